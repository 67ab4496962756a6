import type {
  DeliverySubject,
  Environment,
  ProfileName,
  RequestState,
  RequestStepKind,
  RevocationReason,
} from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import type { Owner } from '../owner.ts'
import type { Place } from '../scope.ts'
import type { Instant } from '../world.ts'

/** Something that happened, with all that whoever wrote it down knows of it. What is told of it, and to whom, each channel chooses. */
export type Fact = RequestFact | CertificateFact | PersonFact

interface Happened {
  readonly at: Instant
  readonly environment: Environment
  readonly organisation?: string
  readonly service?: string
}

/** A step of a request, whosever it is. */
export interface RequestFact extends Happened {
  readonly about: 'request'
  readonly kind: RequestStepKind
  readonly request: number
  readonly profile: ProfileName
  readonly owner: Owner
  /** Before the step, and after it: the same where it changed none. */
  readonly before: RequestState
  readonly state: RequestState
  /** Of one that was issued, its id. */
  readonly certificate?: string
  /** Decided before it was asked for: nobody has to, of one that comes in. */
  readonly beforehand?: true
  readonly reason?: string
}

/** That a certificate ends in so many days, that it has ended, that it was revoked and why. Whose it is, and where, it says itself. */
export type CertificateFact = {
  readonly about: 'certificate'
  readonly at: Instant
  readonly certificate: Certificate
} & (
  | { readonly kind: 'expiring'; readonly days: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'revoked'; readonly reason: RevocationReason }
)

/** Of somebody who signs in: a link opens by which they come in, or come in anew; of one that waits for a second administrator, once it was confirmed. */
export interface PersonFact extends Happened {
  readonly about: 'person'
  readonly kind: 'invited'
  readonly person: string
  /** Id of the link, by which whoever sends it draws its token (`invitationToken`). */
  readonly invitation: string
  /** The link opens until then. */
  readonly until: Instant
}

/** `request.approved`, `certificate.revoked` … */
export const eventOf = ({ about, kind }: { readonly about: DeliverySubject['kind']; readonly kind: string }): string =>
  `${about}.${kind}`

/** Where it happened. */
export const placeOf = (fact: Fact): Place => (fact.about === 'certificate' ? fact.certificate : fact)

/** The same whoever finds it, and however often; another of each other fact. */
export function idOf(fact: Fact): string {
  const event = eventOf(fact)
  if (fact.about === 'request') return `${event}.${fact.request}.${Date.parse(fact.at)}`
  if (fact.about === 'person') return `${event}.${fact.invitation}`
  return [event, fact.certificate.id, ...Object.values(saidOf(fact))].join('.')
}

/** What a fact of a certificate says beside that it happened. */
export function saidOf(
  fact: CertificateFact,
): { readonly days: number } | { readonly reason: RevocationReason } | object {
  if (fact.kind === 'expiring') return { days: fact.days }
  return fact.kind === 'revoked' ? { reason: fact.reason } : {}
}
