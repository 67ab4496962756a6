export { BlockedApplicant, Thumbprint } from './applicant.ts'
export {
  AUDIT_ACTIONS,
  AUDIT_FACTS,
  type AuditAction,
  AuditEvent,
  type AuditFact,
  LiveEvent,
  LogHead,
} from './audit.ts'
export { Authority, AuthorityPurpose, DueCeremony } from './authority.ts'
export * from './basics.ts'
export {
  CertificateDetail,
  CertificateStatus,
  CertificateSummary,
  ChainLink,
  MadeWith,
  REVOCATION_REASONS,
  RevocationReason,
  Revoked,
} from './certificate.ts'
export { Delivery, DeliveryAnswerKind, DeliveryState } from './delivery.ts'
export { ENVIRONMENTS, Environment } from './environment.ts'
export { isKeyChoice, KEY_CHOICES, KeyChoice } from './keys.ts'
export { CommonNameRule, Kit, KitState, StoreType } from './kit.ts'
export { oneOf } from './one-of.ts'
export { Organisation } from './organisation.ts'
export { Awaiting, InvitationLink, LanguageChoice, Me, Person, PersonState, Role, Session } from './person.ts'
export { Problem } from './problem.ts'
export { CommonNameForm, isProfileName, Profile, ProfileFamily, ProfileName, ProfileRef, Title } from './profile.ts'
export { Recipient } from './recipient.ts'
export {
  Contact,
  DecodedCsr,
  Finding,
  FindingCode,
  MachineFacts,
  REQUEST_STATES,
  RequestDetail,
  RequestState,
  RequestStep,
  RequestStepKind,
  RequestSummary,
} from './request.ts'
export { Entitlement, Reach, Right } from './right.ts'
