export type { KeyAbsence, PkiErrorCode, PkiErrorFacts } from './pki-error.ts'
export { fail, hasCode, isPkiError, PKI_ERROR_CODES, PkiError } from './pki-error.ts'
