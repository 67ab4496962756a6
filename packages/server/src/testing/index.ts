export { type Applicant, makeApplicant } from './applicant.ts'
export { type Answer, type CallInput, call } from './call.ts'
export { type Credential, makeCredential } from './credential.ts'
export { type DeskProcess, spawnDesk } from './desk-process.ts'
export { freePorts } from './free-ports.ts'
export {
  approve,
  enrolMachine,
  expectOk,
  type Furnished,
  furnish,
  type Machine,
  makeKit,
  NO_MARK,
  type Office,
  workstationName,
} from './furnish.ts'
export { type Postgres, postgresMissing, withPostgres } from './postgres.ts'
export { type StartDeskOptions, startDesk, type TestDesk } from './start-desk.ts'
export { acceptInvitation, cookieOf, signIn, type Visitor, visitorOf } from './visitor.ts'
