import { mailAddressKey } from '@scel/pki/x509'
import type { Request } from './request.ts'

/** What of a person tells that a request is their own. */
export interface Interest {
  /** Their id: what they hand in themselves has it as its origin. */
  readonly id: string
  readonly email: string
  /** SHA-256 of the SPKI of their certificate, hex. */
  readonly key?: string
}

/** Nobody decides their own request: they handed it in, it names their address, or comes from a key that is theirs. */
export const isOwn = (
  { id, email, key }: Interest,
  request: Pick<Request, 'contact' | 'key' | 'owner' | 'origin'>,
): boolean =>
  request.origin.id === id ||
  mailAddressKey(request.contact.email) === mailAddressKey(email) ||
  key === request.key ||
  (request.owner.kind === 'applicant' && key === request.owner.id)
