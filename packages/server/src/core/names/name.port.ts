import type { Environment, ProfileName, RequestState } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { OrganisationRef } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { HeldName } from './names-of.ts'

/**
 * The names in force: those of certificates that are neither revoked nor past their end, and those of requests that are
 * pending, or approved and not yet signed. They count in the whole environment, whoever holds them. What ends a holder
 * ends its names: `certificates.revoke`, `certificates.insert` (its request’s) and `requests.update` see to that.
 */
export interface NameReader {
  /**
   * Who else has one of the names, or one that a wildcard among them covers or that covers one of them. Certificates
   * first, then by age; at most 50 names.
   */
  heldByOthers(asked: NameQuery): Promise<HeldByOther[]>
}

export interface NameStore extends NameReader {
  /** Of a request, from its submission on. */
  claim(request: NameClaim, names: readonly HeldName[]): Promise<void>
  /** Of a certificate, in the unit that stores it. */
  certify(certificate: NamedCertificate, names: readonly HeldName[]): Promise<void>
  /** Forgets names that have ended. */
  purge(now: Instant): Promise<void>
}

interface Owned {
  readonly environment: Environment
  readonly organisation?: string
  readonly owner: Owner
}
export type NameClaim = Owned & { readonly number: number }
export type NamedCertificate = Owned & { readonly id: string; readonly notAfter: Instant }

export interface NameQuery {
  readonly environment: Environment
  /** Normal. */
  readonly names: readonly string[]
  readonly now: Instant
  /** Whose own names are left out: one owner, as it is now (see `settling`), of one organisation or of none. */
  readonly organisation?: string
  readonly owner: Owner
}

export interface HeldByOther {
  readonly name: string
  readonly organisation?: OrganisationRef
  /** Id of the one of its services that it is of, if it is of one. */
  readonly service?: string
  readonly subjectKey: string
  readonly profile: ProfileName
  readonly certificate?: { readonly id: string; readonly serial: string; readonly notAfter: Instant }
  /** When there is no certificate yet. `certificate` is the one that is about to be signed. */
  readonly request?: { readonly number: number; readonly state: RequestState; readonly certificate?: string }
}
