import { mailAddressKey } from '@scel/pki/x509'

/** What of a person tells that a request is his own. */
export interface Interest {
  readonly email: string
  /** SHA-256 of the SPKI of his certificate, hex. */
  readonly key?: string
}

/** What of a request tells whose it is. */
export interface Origin {
  readonly contact: { readonly email: string }
  /** SHA-256 of the SPKI to be certified, hex. */
  readonly key: string
  /** The applicant's key, by the same hash. */
  readonly applicant: string
}

/** Nobody decides his own request: it names his address, or comes from a key that is his. */
export const isOwn = ({ email, key }: Interest, request: Origin): boolean =>
  mailAddressKey(request.contact.email) === mailAddressKey(email) || key === request.key || key === request.applicant
