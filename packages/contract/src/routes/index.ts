export { blockApplicant, liftApplicant, listBlockedApplicants } from './applicants.ts'
export { listAudit, liveEvents, readLogHead } from './audit.ts'
export { downloadCrl, listAuthorities } from './authorities.ts'
export {
  downloadCertificate,
  getCertificate,
  listCertificates,
  listMadeWith,
  revokeCertificate,
} from './certificates.ts'
export { listDeliveries, resendDelivery } from './deliveries.ts'
export { describeDesk, deskStatement, whoAmI } from './desk.ts'
export { listRecipients, listRecipientsAsApplicant } from './directory.ts'
export {
  cancelOwnRequest,
  confirmCertificate,
  fetchCertificate,
  getOwnRequest,
  listOwnRequests,
  newNonce,
  submitRequest,
} from './enrolment.ts'
export {
  confirmKit,
  createKit,
  endStandingApproval,
  getKit,
  listKits,
  refuseKit,
  rejectRequestsOfKit,
  withdrawKit,
} from './kits.ts'
export { createOrganisation, getOrganisation, listOrganisations, setOrganisationNames } from './organisations.ts'
export {
  confirmInvitation,
  disablePerson,
  invitePerson,
  listPeople,
  refuseInvitation,
  renewInvitation,
} from './people.ts'
export { listProfiles } from './profiles.ts'
export {
  approveRequest,
  downloadRequest,
  getRequest,
  handInRequest,
  listRequests,
  rejectRequest,
} from './requests.ts'
export {
  type Access,
  type BodyOf,
  ONCE_HEADER,
  type OutputOf,
  type ParamsOf,
  pathOf,
  type QueryOf,
  type Route,
} from './route.ts'
export { acceptInvitation, endSession, inspectInvitation, listSessions, me, signOut } from './sessions.ts'
