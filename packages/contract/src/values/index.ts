export { BlockedApplicant, Thumbprint } from '../applicants/values.ts'
export {
  AUDIT_ACTIONS,
  AUDIT_FACTS,
  AUDIT_TARGETS,
  type AuditAction,
  AuditEvent,
  type AuditFact,
  type AuditTarget,
  DESK_PARTS,
  type DeskPart,
  LiveEvent,
  LogHead,
} from '../audit/values.ts'
export { Authority, AuthorityPurpose, DueCeremony } from '../authorities/values.ts'
export * from '../basics/basics.ts'
export { ENVIRONMENTS, Environment } from '../basics/environment.ts'
export { isKeyChoice, KEY_CHOICES, KeyChoice } from '../basics/keys.ts'
export { oneOf } from '../basics/one-of.ts'
export { Problem } from '../basics/problem.ts'
export {
  CertificateDetail,
  CertificateStatus,
  CertificateSummary,
  ChainLink,
  MadeWith,
  REVOCATION_REASONS,
  RevocationReason,
  Revoked,
} from '../certificates/values.ts'
export { Credential, CredentialKind } from '../credentials/values.ts'
export {
  Delivery,
  DeliveryAddressee,
  DeliveryAnswerKind,
  DeliveryChannel,
  DeliveryState,
  DeliverySubject,
} from '../deliveries/values.ts'
export { Recipient } from '../directory/values.ts'
export { CommonNameRule, STORE_TYPES, StoreType } from '../kit/store-type.ts'
export { Kit, KitState } from '../kits/values.ts'
export { Organisation } from '../organisations/values.ts'
export {
  Awaiting,
  Grant,
  InvitationLink,
  LanguageChoice,
  Me,
  Person,
  PersonState,
  Role,
  Session,
  SessionStart,
} from '../people/values.ts'
export { type ChoiceName, Choices, Offers } from '../profiles/choices.ts'
export {
  CommonNameForm,
  isProfileName,
  Profile,
  ProfileFamily,
  ProfileName,
  ProfileRef,
  Title,
} from '../profiles/values.ts'
export {
  Contact,
  DecodedCsr,
  Finding,
  FindingCode,
  MachineFacts,
  ORIGIN_KINDS,
  OriginKind,
  REQUEST_STATES,
  RequestDetail,
  RequestState,
  RequestStep,
  RequestStepKind,
  RequestSummary,
} from '../requests/values.ts'
export { Entitlement, Reach, Right, Strength } from '../rights/values.ts'
export { Service, ServiceState } from '../services/values.ts'
