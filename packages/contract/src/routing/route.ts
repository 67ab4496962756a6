import type { Static, TSchema } from 'typebox'
import type { Right } from '../rights/values.ts'

/**
 * Who may call a route. `public`: anyone. `person`: a signed-in person, with the right that is named (none for what concerns only oneself).
 * `applicant`: whoever signs with an applicant key (see `applicant/`). `certificate`: a client certificate at the
 * mutual-TLS door.
 */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'person'; readonly right?: Right }
  | { readonly kind: 'applicant' }
  | { readonly kind: 'certificate' }

/** One route: what server, client and portal agree on. Paths carry parameters as `:name`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly access: Access
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  /** The field of the body that somebody might guess at, such as a token: who fails with one too often has to wait. */
  readonly tries?: string
  /**
   * Makes something that sending it twice would make twice: under one key (`ONCE_HEADER`) it is made once, and whoever did not hear
   * the answer hears it again.
   */
  readonly once?: true
  /** Schema of the JSON answer; `undefined` for answers that are files or streams. */
  readonly output?: TSchema
}

/** Carries the key of a wish that is to be done once: 32 random bytes in base64url, new for each wish. */
export const ONCE_HEADER = 'idempotency-key'

type Part<R, K extends keyof Route> = R extends { readonly [key in K]: infer S extends TSchema } ? Static<S> : undefined
export type ParamsOf<R> = Part<R, 'params'>
export type QueryOf<R> = Part<R, 'query'>
export type BodyOf<R> = Part<R, 'body'>
export type OutputOf<R> = Part<R, 'output'>

/** Keeps the literal types of a route. What it says is tried is a field of its body. */
export const route = <const R extends Route>(value: R & { readonly tries?: keyof BodyOf<R> }): R => value

export const anyone = { kind: 'public' } as const
export const applicant = { kind: 'applicant' } as const
export const certificateHolder = { kind: 'certificate' } as const
export const person = (right?: Right) => ({ kind: 'person', ...(right && { right }) }) as const

/** Fills the parameters of a path. */
export function pathOf(route: Route, params: Readonly<Record<string, string | number>> = {}): string {
  return route.path.replace(/:([a-z]+)/gi, (_, name: string) => encodeURIComponent(String(params[name])))
}
