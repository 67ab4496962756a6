import { APPLICANT_HEADER, parseApplicantHeader } from '@scel/contract/applicant'
import { type Language, refuse } from '@scel/contract/errors'
import { type BodyOf, ONCE_HEADER, type OutputOf, type ParamsOf, type QueryOf, type Route } from '@scel/contract/routes'
import { Problem, Secret } from '@scel/contract/values'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ApplicantActor, PersonActor } from '../../../core/actor.ts'
import type { Judged } from '../../../core/certificates/judge.ts'
import { peerAddress } from '../connections/peer-address.ts'
import type { Door } from '../door/door.ts'
import { bodyLimitOf } from '../input/body-limit.ts'
import { inputCheck } from '../input/check-input.ts'
import type { Failures } from '../limits/failures.ts'
import type { Guards } from './guards.ts'
import { pickerOf } from './known-fields.ts'

interface ActorOf {
  public: undefined
  person: PersonActor
  applicant: ApplicantActor
  certificate: Judged
}

/** One call of a route, checked: what a handler gets. */
export interface Call<R extends Route> {
  readonly params: ParamsOf<R>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  /** Who calls, as the route's access wants it. */
  readonly actor: ActorOf[R['access']['kind']]
  readonly language: Language
  readonly from: string
  /** The key of the wish, where the route makes something once and the caller gave one. */
  readonly once: string | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers a call of the route. A route without output schema answers through `call.reply` by itself. */
export type Handler<R extends Route> = (
  call: Call<R>,
) => Promise<R extends { readonly output: TSchema } ? Readable<OutputOf<R>> : void>

/** The same value, of which nobody asks that it can be changed: rules answer frozen ones. */
type Readable<T> = T extends readonly (infer I)[]
  ? readonly Readable<I>[]
  : T extends object
    ? { readonly [K in keyof T]: Readable<T[K]> }
    : T

/**
 * Puts a route of the contract behind a door: who may call, what they may send, what they are answered. The order matters:
 * a stranger learns nothing about their input.
 *
 * @param failures where those of routes are counted at which something might be guessed
 */
export function register<R extends Route>(
  door: Door,
  guards: Guards,
  route: R,
  handler: Handler<R>,
  failures?: Failures,
): void {
  const params = route.params && inputCheck(route.params, 'path')
  const query = inputCheck(route.query ?? NOTHING, 'query')
  const body = route.body && inputCheck(route.body, 'body')
  const answer = route.output && serializer(route, (what, why) => door.log.error({ ...what, why }, LEFT_OUT))
  const tried = route.tries === undefined ? undefined : countedBy(route, route.tries, failures)
  /** Who called, of calls that were there whole when it was asked: what is done later is judged later. */
  const judged = new WeakMap<FastifyRequest, unknown>()
  door.route({
    method: route.method,
    url: route.path,
    bodyLimit: bodyLimitOf(route),
    exposeHeadRoute: route.output !== undefined, // a stream has no end that a HEAD could tell of
    schema: openApiOf(route),
    validatorCompiler: () => () => true, // checked below, in our own words and with our own codes
    serializerCompiler: () => JSON.stringify,
    // Whoever may not call is told so before their body is read.
    preParsing: async (request, reply) => {
      guards.origin(request, route)
      if (needsBody(route, request)) return
      const actor = await guards.actor(request, reply, route)
      if (request.raw.complete) judged.set(request, actor)
    },
    handler: async (request, reply) => {
      const actor = judged.has(request) ? judged.get(request) : await guards.actor(request, reply, route)
      reply.header('cache-control', 'no-store').header('content-language', request.language)
      const call = {
        params: params?.(request.params),
        query: query(request.query),
        body: body?.(request.body),
        actor,
        language: request.language,
        from: peerAddress(request),
        once: route.once && keyOf(request),
        request,
        reply,
      } as Call<R>
      const act = () => handler(call)
      const result = await (tried ? tried.attempt(call.body as unknown as Tried, call.from, act) : act())
      if (!answer || reply.sent) return reply
      return reply.type('application/json; charset=utf-8').send(answer(result))
    },
  })
}

type Tried = Readonly<Record<string, unknown>>

/** @throws RangeError where nobody would count */
function countedBy(
  { path }: Route,
  field: string,
  failures: Failures | undefined,
): { attempt<T>(body: Tried, from: string, act: () => Promise<T>): Promise<T> } {
  if (!failures) throw new RangeError(`${path} has something to guess at, and nobody counts the failures`)
  return { attempt: (body, from, act) => failures.attempt(String(body[field]), from, act) }
}

/** A proof is of the body as well. What is none is refused without it. */
const needsBody = ({ access }: Route, { headers }: FastifyRequest): boolean =>
  access.kind === 'applicant' && parseApplicantHeader(String(headers[APPLICANT_HEADER])) !== undefined

const NOTHING = { type: 'object', properties: {} } as const

/** @throws DeskError input_invalid */
function keyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers[ONCE_HEADER]
  if (key === undefined) return undefined
  return typeof key === 'string' && isKey(key) ? key : refuse('input_invalid', { where: ONCE_HEADER, what: 'invalid' })
}
const key = Compile(Secret)
const isKey = (text: string): boolean => text.length <= 43 && key.Check(text)

/**
 * Writes an answer with the fields of its schema and no others, so that a field added to a rule's value does not leave
 * the house by itself. An answer that misses its schema is our own fault, found by the first test that makes the call; or
 * it comes of a row that somebody wrote over. Of a list that row alone is left out.
 */
function serializer({ output, path, tag: kind }: Route, leftOut: LeftOut): (value: unknown) => string {
  const compiled = Compile(output!)
  const fits = (value: unknown): boolean => compiled.Check(value)
  const pick = pickerOf(output!)
  const item = itemOf(output!)
  const sound = item && soundOf(item, { kind, path }, leftOut)
  return (value) => {
    const picked = pick(value)
    if (fits(picked)) return JSON.stringify(picked)
    const rest = sound && hasItems(picked) ? { ...picked, items: sound(picked.items) } : picked
    if (fits(rest)) return JSON.stringify(rest)
    const { instancePath, message } = compiled.Errors(rest)[0]!
    const id = idOf(rest)
    throw new Error(
      `the answer of ${path}${id && ` about ${id}`} is not what the contract says: ${instancePath} ${message}`,
    )
  }
}

/** Told of what a list leaves out, once of each. */
type LeftOut = (what: ListOf & { readonly id: string }, why: string) => void
/** What a list is of, and where it is asked for. */
interface ListOf {
  readonly kind: string
  readonly path: string
}
const LEFT_OUT = 'a row is not what the contract says and is left out of its list'

interface Shape {
  readonly properties?: { readonly items?: { readonly items?: TSchema } }
  readonly allOf?: readonly TSchema[]
}
/** What a list is made of; undefined for an answer that is none. */
function itemOf(output: TSchema): TSchema | undefined {
  const { properties, allOf = [] } = output as Shape
  return properties?.items?.items ?? allOf.map(itemOf).find((one) => one !== undefined)
}
const hasItems = (value: unknown): value is { readonly items: readonly unknown[] } =>
  Array.isArray((value as { readonly items?: unknown } | undefined)?.items)

function soundOf(item: TSchema, list: ListOf, leftOut: LeftOut): (items: readonly unknown[]) => unknown[] {
  const compiled = Compile(item)
  const told = new Set<string>()
  return (items) =>
    items.filter((one) => {
      if (compiled.Check(one)) return true
      const id = idOf(one) || 'unnamed'
      if (!told.has(id) && told.size < MOST_TOLD) {
        told.add(id)
        const { instancePath, message } = compiled.Errors(one)[0]!
        leftOut({ ...list, id }, `${instancePath} ${message}`)
      }
      return false
    })
}

/** What names a thing that is answered, or, of one that has no name of its own, what it is about. */
function idOf(value: unknown): string {
  const { number, id, applicant, certificate } = (value ?? {}) as Readonly<Record<string, unknown>>
  const named = number ?? id ?? applicant ?? (certificate as { readonly id?: unknown } | undefined)?.id
  return typeof named === 'string' || typeof named === 'number' ? String(named) : ''
}

/** Whoever writes such rows could write millions. */
const MOST_TOLD = 1_000

const ONCE = {
  type: 'object',
  properties: {
    [ONCE_HEADER]: {
      ...Secret,
      description: '32 random bytes in base64url, new for each wish: sent again, it is done once',
    },
  },
}

const REFUSAL = {
  description: 'refused: the code says why, `detail` and `hint` say it in words',
  content: { 'application/problem+json': { schema: Problem } },
}

/** What the description at /api/openapi.json says of a route. */
function openApiOf(route: Route): Record<string, unknown> {
  const { summary, tag, access, params, query, body, output, once } = route
  return {
    summary,
    tags: [tag],
    ...(access.kind !== 'public' && { security: [{ [access.kind]: [] }] }),
    ...(access.kind === 'person' && access.right && { description: `Right: ${access.right}` }),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(once && { headers: ONCE }),
    response: { ...(output && { 200: { description: summary, ...output } }), default: REFUSAL },
  }
}
