export { blockApplicant, liftApplicant, listBlockedApplicants } from '../applicants/routes.ts'
export { listAudit, liveEvents, readLogHead } from '../audit/routes.ts'
export { downloadCrl, listAuthorities } from '../authorities/routes.ts'
export {
  downloadCertificate,
  getCertificate,
  listCertificates,
  listMadeWith,
  revokeCertificate,
} from '../certificates/routes.ts'
export {
  addDevice,
  endCredential,
  inspectSignInLink,
  listCredentials,
  listCredentialsOf,
  makeSignInLink,
  nameCredential,
  useSignInLink,
} from '../credentials/routes.ts'
export { listDeliveries, resendDelivery } from '../deliveries/routes.ts'
export { describeDesk, deskStatement, whoAmI } from '../desk/routes.ts'
export { listRecipients, listRecipientsAsApplicant } from '../directory/routes.ts'
export {
  cancelOwnRequest,
  confirmCertificate,
  fetchCertificate,
  getOwnRequest,
  listOwnRequests,
  newNonce,
  submitRequest,
} from '../enrolment/routes.ts'
export {
  confirmKit,
  createKit,
  endStandingApproval,
  getKit,
  listKits,
  refuseKit,
  rejectRequestsOfKit,
  withdrawKit,
} from '../kits/routes.ts'
export {
  createOrganisation,
  getOrganisation,
  listOrganisations,
  setOrganisationNames,
} from '../organisations/routes.ts'
export {
  confirmGrant,
  confirmInvitation,
  disablePerson,
  endGrant,
  getPerson,
  giveGrant,
  invitePerson,
  listPeople,
  refuseGrant,
  refuseInvitation,
  renewInvitation,
} from '../people/routes.ts'
export { listProfiles } from '../profiles/routes.ts'
export {
  approveRequest,
  downloadRequest,
  getRequest,
  handInRequest,
  listRequests,
  rejectRequest,
  withdrawRequest,
} from '../requests/routes.ts'
export {
  type Access,
  type BodyOf,
  ONCE_HEADER,
  type OutputOf,
  type ParamsOf,
  pathOf,
  type QueryOf,
  type Route,
} from '../routing/route.ts'
export { closeService, listServices, makeService, renameService } from '../services/routes.ts'
export { acceptInvitation, endSession, inspectInvitation, listSessions, me, signOut } from '../sessions/routes.ts'
