import type { RevocationReason } from '@scel/contract/values'
import { OWNER_RULES, type Owner, type OwnerKind } from '../owner.ts'

/**
 * What stood behind a certificate that was revoked because somebody else may have it: whoever comes with it again is
 * looked at by a person. An applicant key, the key of the certificate and an address of a network card are marked by
 * themselves, wherever they were met; a person, and what somebody signed in with (of a certificate its own), by their ids.
 */
export interface Mark {
  readonly kind: OwnerKind | 'key' | 'address' | 'credential'
  readonly value: string
}

/** Of an owner who stands behind one certificate; else its key and its machine are marked alone. */
export const ownerMarks = ({ kind, id }: Owner): Mark[] => (OWNER_RULES[kind].isMarked ? [{ kind, value: id }] : [])

/** Reasons after which nothing that stood behind the certificate is trusted by itself. */
export const isCompromise = (reason: RevocationReason): boolean => COMPROMISES.has(reason)

const COMPROMISES: ReadonlySet<RevocationReason> = new Set([
  'keyCompromise',
  'cessationOfOperation',
  'privilegeWithdrawn',
])
