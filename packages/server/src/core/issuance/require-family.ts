import type { ProfileFamily } from '@scel/contract/values'
import type { Owner, OwnerKind } from '../owner.ts'
import type { Profile } from '../profiles/profile.ts'

/** What each kind of owner is issued. Certificates of authorities are by no profile. */
const FAMILIES: Readonly<Record<OwnerKind, readonly ProfileFamily[]>> = {
  applicant: ['machine', 'service'],
  organisation: ['machine', 'service'],
  person: ['person'],
  desk: ['desk'],
}

/**
 * Whoever asks refuses in words before this: here a mistake of theirs ends, before there is anything to sign. What an applicant
 * or an organisation asked for is never a person’s certificate, nor one that speaks for the desk.
 * @throws Error
 */
export function requireFamily({ kind }: Pick<Owner, 'kind'>, { name, family }: Profile): void {
  if (!FAMILIES[kind].includes(family)) throw new Error(`${kind}: profile ${name} is of family ${family}`)
}
