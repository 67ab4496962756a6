import type { ApplicantErrors } from '../applicants/errors.ts'
import type { AuditErrors } from '../audit/errors.ts'
import type { AuthorityErrors } from '../authorities/errors.ts'
import type { CertificateErrors } from '../certificates/errors.ts'
import type { CredentialErrors } from '../credentials/errors.ts'
import type { DeliveryErrors } from '../deliveries/errors.ts'
import type { DeskOwnErrors } from '../desk/errors.ts'
import type { KitErrors } from '../kits/errors.ts'
import type { OrganisationErrors } from '../organisations/errors.ts'
import type { PeopleErrors } from '../people/errors.ts'
import type { ProfileErrors } from '../profiles/errors.ts'
import type { RequestErrors } from '../requests/errors.ts'
import type { ServiceErrors } from '../services/errors.ts'
import type { SessionErrors } from '../sessions/errors.ts'

/**
 * Every code of the desk, with the facts that travel with it. The code is the interface and never changes its meaning; the sentence may.
 * Facts are public: they are shown to whoever made the call, so never a secret, a key or a token.
 */
export interface DeskErrorFacts
  extends SessionErrors,
    CredentialErrors,
    PeopleErrors,
    OrganisationErrors,
    ServiceErrors,
    KitErrors,
    ApplicantErrors,
    RequestErrors,
    CertificateErrors,
    ProfileErrors,
    AuthorityErrors,
    AuditErrors,
    DeliveryErrors,
    DeskOwnErrors {}

export type DeskErrorCode = keyof DeskErrorFacts
