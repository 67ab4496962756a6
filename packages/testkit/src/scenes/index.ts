export type { Office, Person } from './office.ts'
export { openOffice, PASSPHRASE } from './office.ts'
export { collect, inParts } from './parts.ts'
