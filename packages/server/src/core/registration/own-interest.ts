import { mailAddressKey } from '@scel/pki/x509'
import type { Request } from './request.ts'

/** What of a person tells that a request is their own. */
export interface Interest {
  /** Their id: what they hand in themselves has it as its origin. */
  readonly id: string
  readonly email?: string
  /** Of every certificate that they were ever issued: SHA-256 of the SPKI, hex. */
  readonly keys: readonly string[]
}

/** Nobody decides their own request: they handed it in, it is for themselves, it names their address, or comes from a key that is theirs. */
export const isOwn = (
  { id, email, keys }: Interest,
  request: Pick<Request, 'contact' | 'key' | 'owner' | 'origin'>,
): boolean =>
  request.origin.id === id ||
  (request.contact !== undefined &&
    email !== undefined &&
    mailAddressKey(request.contact.email) === mailAddressKey(email)) ||
  keys.includes(request.key) ||
  (request.owner.kind === 'applicant' && keys.includes(request.owner.id)) ||
  (request.owner.kind === 'person' && request.owner.id === id)
