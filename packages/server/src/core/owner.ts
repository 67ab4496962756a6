/**
 * Whose a certificate is, and with it a certified key and the names in a certificate. What it was asked for by (a request, a
 * link) is no owner: one owner asks in several ways.
 */
export interface Owner {
  readonly kind: OwnerKind
  /** Of an applicant the thumbprint of their key, hex; of a person and an organisation their id. There is one desk, so its own tells nothing. */
  readonly id: string
}

/** Whoever holds an applicant key, an organisation whose people ask for its servers, a person who signs in, or the desk itself. */
export type OwnerKind = 'applicant' | 'organisation' | 'person' | 'desk'

export const THE_DESK: Owner = { kind: 'desk', id: 'desk' }

/** @param thumbprint of the applicant key, hex */
export const applicantOwner = (thumbprint: string): Owner => ({ kind: 'applicant', id: thumbprint })

/** @param id of the organisation */
export const organisationOwner = (id: string): Owner => ({ kind: 'organisation', id })

/** @param id of the person */
export const personOwner = (id: string): Owner => ({ kind: 'person', id })

export const isSameOwner = (one: Owner, other: Owner): boolean => one.kind === other.kind && one.id === other.id
