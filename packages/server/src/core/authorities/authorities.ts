import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Authority } from './authority.ts'

export interface Authorities {
  /** First start: makes what is missing of both hierarchies; later: makes nothing. */
  ensure(): Promise<void>
  list(actor: PersonActor): Promise<{ items: contract.Authority[] }>
  /** The root of each environment, for everybody. */
  roots(): Promise<
    { environment: contract.Environment; name: string; fingerprint: string; pem: string; der: Uint8Array }[]
  >
  /** DER of one authority, for `/ca/:id.cer`; undefined when there is none. */
  certificate(id: string): Promise<Uint8Array | undefined>
  /** Issuer first, root last. */
  chainOf(id: string): Promise<Authority[]>
  /** Authorities whose certificates open the mutual-TLS door, DER: the list sent to clients. */
  clientAuthorities(): Promise<Uint8Array[]>
}
