import type { KeyChoice, ProfileFamily, ProfileName } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { ProvenCsr } from '../issuance/csr.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Readers } from '../work.ts'
import type { Refusal } from './may-decide.ts'
import type { OriginKind, Request } from './request.ts'
import type { RequestView } from './request-view.ts'
import type { Wish } from './wish.ts'

// Registration takes requests in, shows them and has them decided, whatever brought them. What is peculiar to a kit, a file or a
// link, its origin says; which origins there are is handed in from above.

/** What an origin says of the requests that it brought. */
export interface OriginRules {
  /** Whether all that it brings was decided before it came: nobody ever decides one, and lists leave them out until they are asked for. */
  readonly beforehand?: true
  /** By which rules a request was made, from rows that have their codes; undefined when there are none any more. */
  ground(stores: Readers, request: Request): Promise<Ground | undefined>
  /**
   * What keeps anybody from approving it now, whatever it asks for; undefined when nothing does.
   * @param viewer for whom it is shown; without, nothing is
   */
  hindrance(stores: Readers, request: Request, viewer?: PersonActor): Promise<Hindrance | undefined>
}
export type Origins = Readonly<Record<OriginKind, OriginRules>>

/** The rules that a request was made under. What they said when it came does not count: they are looked at as they are. */
export interface Ground {
  /** None where it is nobody's: then no name of it is a machine's, and whoever decides for no organisation alone decides. */
  readonly organisation?: Organisation
  /** Id of the one of its services that it is for. */
  readonly service?: string
  /** By which it is read and signed. */
  readonly profile: ProfileName
  /** Of which its profile has to be, for the origin to ask for it. */
  readonly families: readonly ProfileFamily[]
  /** Keys that may be asked for. */
  readonly keys: readonly KeyChoice[]
  /**
   * What of a request is laid down by its CSR.
   * @param csr proven with one of the keys
   * @throws DeskError those of `profileRefusal`; csr_key_weak, csr_applicant_mismatch, subject_not_allowed, name_not_allowed
   */
  wish(profiles: Profiles, csr: ProvenCsr): Wish
}

export interface Hindrance {
  readonly refusal: Refusal
  /** What the detail of the request shows of it. */
  readonly shown: Pick<RequestView, 'blocked'>
}
