import { APPLICANT_HEADER, applicantSignedBytes, formatApplicantHeader, NONCE_HEADER } from '@scel/contract/applicant'
import type { Language } from '@scel/contract/errors'
import {
  type BodyOf,
  newNonce,
  type OutputOf,
  type ParamsOf,
  pathOf,
  type QueryOf,
  type Route,
} from '@scel/contract/routes'
import { Problem } from '@scel/contract/values'
import { utf8 } from '@scel/pki/bytes'
import { sign } from '@scel/pki/crypto'
import { Value } from 'typebox/value'
import type { ApplicantKey } from '../state/applicant-key.ts'
import type { DeskRecord } from '../state/desk-record.ts'
import { LONGEST_WORD } from '../state/word-age.ts'
import { DeskRefusal, isCliError, isDeskRefusal, stop } from '../ui/cli-error.ts'
import { formatSpan } from '../ui/language.ts'
import { explainByClock } from './clock.ts'
import { callHttps, type HttpsAnswer } from './https-call.ts'
import { parseJson } from './parse-json.ts'

/** Where a desk is and what its certificate is checked against, by its own word. */
export type ReachedDesk = Pick<DeskRecord, 'desk'> & { readonly roots: Pick<DeskRecord['roots'], 'tls'> }

export interface DeskClientOptions {
  readonly desk: ReachedDesk
  /** Milliseconds since the desk said what is known of it. @default 0 */
  readonly wordAge?: () => number
  /** Asks for the desk's present word when that is a day old, and when what answers there is not what its certificates are known by. */
  readonly renew?: () => Promise<ReachedDesk & { keep(): Promise<void> }>
  /** Opened at the first signed call. */
  readonly applicant: () => Promise<ApplicantKey>
  readonly language: Language
  readonly signal: AbortSignal
  now(): Date
}

interface CallInput<R extends Route> {
  readonly params?: ParamsOf<R>
  readonly query?: QueryOf<R>
  readonly body?: BodyOf<R>
  /** Number of the request concerned: it is part of what is signed. */
  readonly request?: number
}

/** Speaks the contract with one desk, and with nobody else: only the authority that the desk's own word names for it is trusted. */
export class DeskClient {
  readonly #options: DeskClientOptions
  #desk: ReachedDesk
  #isRenewed = false
  #nonce: string | undefined

  constructor(options: DeskClientOptions) {
    this.#options = options
    this.#desk = options.desk
  }

  /** Host and port of the desk, for what is said to people. */
  get host(): string {
    return new URL(this.#desk.desk.services.portal).host
  }

  /**
   * Fetches the nonce of the next signed call, unless one is there, and makes sure that it is our desk that answers.
   * @throws desk_changed and what `callHttps` throws
   */
  async prepare(): Promise<void> {
    if (this.#nonce === undefined) {
      const { nonce, desk } = await this.#answer(newNonce, await this.#send('POST', newNonce.path, undefined))
      if (desk !== this.#desk.desk.id) stop('desk_changed', { host: this.host })
      this.#nonce = nonce
    }
  }

  /** A call signed by the applicant key. @throws DeskRefusal, and what `callHttps` throws */
  async signed<R extends Route>(route: R, input: CallInput<R> = {}): Promise<OutputOf<R>> {
    try {
      return await this.#signedOnce(route, input)
    } catch (error) {
      // A nonce lives ten minutes: after a night of `scel get --wait` the first call finds its own outdated.
      if (!isDeskRefusal(error) || !STALE.has(error.problem.code)) throw error
      this.#nonce = undefined
      return this.#signedOnce(route, input)
    }
  }

  async #signedOnce<R extends Route>(route: R, { params, query, body, request }: CallInput<R>): Promise<OutputOf<R>> {
    await this.prepare()
    const nonce = this.#nonce ?? ''
    this.#nonce = undefined
    const path = `${pathOf(route, params as Record<string, string | number> | undefined)}${queryText(query ?? {})}`
    const bytes = body === undefined ? undefined : utf8(JSON.stringify(body))
    const { key } = await this.#options.applicant()
    const signedBytes = await applicantSignedBytes({
      desk: this.#desk.desk.id,
      ...(request === undefined ? {} : { request }),
      method: route.method,
      path,
      body: bytes ?? new Uint8Array(),
      nonce,
    })
    const proof = { key: key.publicKey, nonce, signature: await sign(key, signedBytes) }
    const answer = await this.#send(route.method, path, bytes, { [APPLICANT_HEADER]: formatApplicantHeader(proof) })
    const value = this.#answer(route, answer)
    const about = requestIn(value)
    if (request !== undefined && about !== undefined && about !== request)
      stop('answer_unreadable', { host: this.host, status: answer.status })
    return value
  }

  /** The authority that certifies a desk has successors, and a desk moves: its present word says so, or what was wrong stays wrong. */
  async #send(
    method: string,
    path: string,
    body: Uint8Array | undefined,
    headers: Record<string, string> = {},
  ): Promise<HttpsAnswer> {
    await this.#freshen()
    try {
      return await this.#sendOnce(method, path, body, headers)
    } catch (error) {
      if (this.#isRenewed || !isCliError(error) || !OTHERWISE.has(error.code)) throw error
      this.#isRenewed = true
      await this.#renew().catch(() => {
        throw error
      })
      return this.#sendOnce(method, path, body, headers)
    }
  }

  /**
   * A word that is a day old is asked for anew before anything else is: who had the desk's key for a moment, and said that it is with them, cannot
   * say so again once that key is revoked. Where none is to be had, the old one counts as long as its certificate could, and no longer.
   */
  async #freshen(): Promise<void> {
    const age = this.#options.wordAge?.() ?? 0
    if (this.#isRenewed || age < DAY) return
    this.#isRenewed = true
    await this.#renew().catch((error: unknown) => {
      if (age > LONGEST_WORD) throw error
      this.#isRenewed = false // for what is wrong at the first call
    })
  }

  async #renew(): Promise<void> {
    const renewed = await this.#options.renew?.()
    if (!renewed) return
    const before = this.#desk
    this.#desk = renewed
    await this.#greet().catch((error: unknown) => {
      this.#desk = before
      throw error
    })
    await renewed.keep()
  }

  /** A desk may say that it is where another one is; whoever answers there says who they are. */
  async #greet(): Promise<string> {
    const { nonce, desk } = await this.#answer(newNonce, await this.#sendOnce('POST', newNonce.path, undefined, {}))
    return desk === this.#desk.desk.id ? nonce : stop('desk_changed', { host: this.host })
  }

  async #sendOnce(
    method: string,
    path: string,
    body: Uint8Array | undefined,
    headers: Record<string, string>,
  ): Promise<HttpsAnswer> {
    const { language, signal } = this.#options
    const { desk, roots } = this.#desk
    return callHttps({
      origin: desk.services.portal,
      method,
      path,
      roots: [roots.tls],
      ...(body ? { body } : {}),
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-language': language,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      signal,
    }).catch(async (error: unknown) => {
      throw await explainByClock(error, desk.services.public, this.#options.now(), (span) => formatSpan(span, language))
    })
  }

  /** Reads an answer by its schema: a desk says what the contract has it say, or nothing. What it says beyond is left out. */
  #answer<R extends Route>(route: R, { status, headers, body }: HttpsAnswer): OutputOf<R> {
    this.#nonce = headers[NONCE_HEADER] || undefined
    const value = parseJson(body)
    if (status >= 200 && status < 300) {
      if (route.output && Value.Check(route.output, value)) return Value.Clean(route.output, value) as OutputOf<R>
    } else if (Value.Check(Problem, value)) {
      throw new DeskRefusal(value)
    }
    return stop('answer_unreadable', { host: this.host, status })
  }
}

/** Number of the request that an answer is about: it is one, or has one. */
function requestIn(value: unknown): unknown {
  const { number, request } = value as { number?: unknown; request?: { number?: unknown } }
  return request?.number ?? number
}

const queryText = (query: object): string => {
  const text = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
  return text && `?${text}`
}

const DAY = 86_400_000
const STALE: ReadonlySet<string> = new Set(['applicant_nonce_unknown', 'applicant_nonce_spent'])
const OTHERWISE: ReadonlySet<string> = new Set(['desk_not_trusted', 'desk_other_name'])
