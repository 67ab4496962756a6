import type * as contract from '@scel/contract/routes'
import type { Handler } from '../http/routes/register.ts'

type Contract = typeof contract
/** Every route of the contract, by its name there. */
export type RouteName = {
  [N in keyof Contract]: Contract[N] extends contract.Route ? N : never
}[keyof Contract]

/** Answers to every route: the compiler names the one that is missing. */
export type Handlers = { readonly [N in RouteName]: Handler<Contract[N]> }
export type HandlersOf<N extends RouteName> = Pick<Handlers, N>
