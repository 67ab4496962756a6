import type { Crl } from './crl.ts'

export interface Revocation {
  /** The newest list of an authority; undefined when there is no such authority. */
  crl(authorityId: string): Promise<Crl | undefined>
  /** Publishes every list that is missing, a day old (roots: a month before its end), or behind the revocations. Answers how many. */
  publishDue(): Promise<number>
  /** Publishes the list of one authority now; calls that come while one is drawn up share the next. */
  publish(authorityId: string): Promise<void>
}

export interface OcspResponder {
  /** RFC 6960: answers a request with a response, always; what cannot be answered is an error response. */
  answer(requestDer: Uint8Array): Promise<OcspAnswer>
}

export interface OcspAnswer {
  readonly response: Uint8Array
  /** For the caching headers of GET (RFC 5019 §6.2); absent when the answer must not be cached. */
  readonly cache?: { readonly thisUpdate: Date; readonly nextUpdate: Date }
}
