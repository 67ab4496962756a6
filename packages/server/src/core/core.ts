import type { AuditLog } from './audit/audit-log.ts'
import type { Authorities } from './authorities/authorities.ts'
import type { OwnCertificates } from './authorities/own-certificates.ts'
import type { Certificates } from './certificates/certificates.ts'
import type { Judge } from './certificates/judge.ts'
import type { CoreConfig } from './config.ts'
import type { Applicants, Requests } from './enrolment/enrolment.ts'
import type { Signers } from './issuance/signer.port.ts'
import type { Kits } from './organisations/kits.ts'
import type { Organisations } from './organisations/organisations.ts'
import type { Live } from './outbox/live.ts'
import type { Invitations } from './people/invitations.ts'
import type { People } from './people/people.ts'
import type { Sessions } from './people/sessions.ts'
import type { Profiles } from './profiles/profile.ts'
import type { OcspResponder, Revocation } from './revocation/revocation.ts'
import type { Work } from './work.ts'
import type { World } from './world.ts'

/** What the rules stand on. */
export interface CoreOutside {
  readonly work: Work
  readonly world: World
  readonly signers: Signers
  readonly profiles: Profiles
  readonly config: CoreConfig
}

/** All rules of the desk. `core.start()` must have returned before any other is called. */
export interface Core {
  /** Completes open intents, makes missing authorities and own certificates, publishes stale lists. */
  start(): Promise<void>
  /** Forgets what has no use any more: spent nonces, ended sessions, old outbox entries. */
  purge(): Promise<void>
  /** Id of this desk, named in applicant signatures; made at first start. */
  readonly deskId: () => Promise<string>
  readonly organisations: Organisations
  readonly kits: Kits
  readonly people: People
  readonly invitations: Invitations
  readonly sessions: Sessions
  readonly applicants: Applicants
  readonly requests: Requests
  readonly certificates: Certificates
  readonly judge: Judge
  readonly authorities: Authorities
  readonly ownCertificates: OwnCertificates
  readonly revocation: Revocation
  readonly ocsp: OcspResponder
  readonly audit: AuditLog
  readonly live: Live
}

// buildCore(outside: CoreOutside): Core
