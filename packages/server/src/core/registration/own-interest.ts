import { mailAddressKey } from '@scel/pki/x509'
import type { Request } from './request.ts'

/** What of a person tells that a request is his own. */
export interface Interest {
  readonly email: string
  /** SHA-256 of the SPKI of his certificate, hex. */
  readonly key?: string
}

/** Nobody decides his own request: it names his address, or comes from a key that is his. */
export const isOwn = ({ email, key }: Interest, request: Pick<Request, 'contact' | 'key' | 'owner'>): boolean =>
  mailAddressKey(request.contact.email) === mailAddressKey(email) ||
  key === request.key ||
  (request.owner.kind === 'applicant' && key === request.owner.id)
