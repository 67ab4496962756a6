import type { BodyOf, OutputOf, ParamsOf, QueryOf, Route } from '@scel/contract/routes'
import { ONCE_HEADER, pathOf } from '@scel/contract/routes'
import { languageNow } from '../languages/language.ts'
import { once } from './once.ts'
import { Refusal, refusalOf } from './refusal.ts'

type Given<Name extends string, T> = [T] extends [undefined] ? unknown : { readonly [key in Name]: T }
/** What a route asks for: parameters, query and body, each only when it has one. */
export type Asked<R extends Route> = Given<'params', ParamsOf<R>> &
  Given<'query', QueryOf<R>> &
  Given<'body', BodyOf<R>>

interface Loose {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/**
 * Calls the desk in the contract's words.
 * @throws Refusal with the desk's problem; else with the code `desk_unreachable` or `answer_unreadable`, or of a call that changes
 *   something `answer_lost`: it may have been done; `answer_lost_once` where asking again does it once
 */
export async function call<const R extends Route>(
  route: R,
  asked: Asked<R>,
  signal?: AbortSignal,
): Promise<OutputOf<R>> {
  const { params, query, body } = asked as Loose
  const headers = new Headers({ accept: 'application/json', 'accept-language': languageNow() })
  if (body !== undefined) headers.set('content-type', 'application/json')
  const ask = async (): Promise<OutputOf<R>> => {
    const answer = await reach(addressOf(route, params, query), {
      method: route.method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    const value = await answer.json().catch(() => undefined)
    if (!answer.ok) throw refusalOf(answer.status, value, changes(route.method))
    if (value === undefined) throw new Refusal(changes(route.method) ? 'answer_lost' : 'answer_unreadable')
    return value as OutputOf<R>
  }
  if (!route.once) return ask()
  return once(JSON.stringify([route.path, params, body]), (key) => {
    headers.set(ONCE_HEADER, key)
    return ask()
  })
}

const changes = (method: string | undefined): boolean => method !== 'GET'

/** Path and query of a route; empty and absent query values are left out. */
export function addressOf(
  route: Route,
  params: Readonly<Record<string, string | number>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const path = pathOf(route, params)
  return search.size ? `${path}?${search}` : path
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new Refusal(changes(init.method) ? 'answer_lost' : 'desk_unreachable', undefined, cause)
  }
}
