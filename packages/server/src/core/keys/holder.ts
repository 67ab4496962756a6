import type { Environment } from '@scel/contract/values'

/** Whose a certified key is: one subject of one applicant of one organisation, a person, or the desk itself. */
export type Holder =
  | {
      readonly kind: 'machine'
      readonly organisation: string
      readonly subjectKey: string
      readonly applicant: string
    }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'desk' }

/** A key by the SHA-256 of its SPKI, hex, and whose it is in an environment. */
export interface HeldKey {
  readonly environment: Environment
  readonly key: string
  readonly holder: Holder
}

/** Who has shown that they hold a key: the applicant of a machine, in whatever environment; people and the desk by what they are. */
export interface Party {
  readonly kind: Holder['kind']
  readonly applicant?: string
}

/** Who has shown it of the key of a certificate. */
export function partyOf({ applicant, person }: { readonly applicant?: string; readonly person?: string }): Party {
  if (person !== undefined) return { kind: 'person' }
  return applicant === undefined ? { kind: 'desk' } : { kind: 'machine', applicant }
}

export const isSameParty = (one: Party, other: Party): boolean =>
  one.kind === other.kind && one.applicant === other.applicant

export function isSameHolder(one: Holder, other: Holder): boolean {
  if (one.kind === 'machine' && other.kind === 'machine') {
    const same = one.organisation === other.organisation && one.subjectKey === other.subjectKey
    return same && one.applicant === other.applicant
  }
  if (one.kind === 'person' && other.kind === 'person') return one.person === other.person
  return one.kind === other.kind
}
