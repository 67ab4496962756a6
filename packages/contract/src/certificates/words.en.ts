import type { Sentence } from '../words/sentence.ts'
import type { CertificateErrors } from './errors.ts'

export const CERTIFICATES_EN: Readonly<Record<keyof CertificateErrors, Sentence>> = {
  certificate_row_altered: {
    says: 'What the database says of the certificate {serial} does not read: somebody changed it.',
    hint: 'Nobody changes a certificate through the desk: tell its operator. A revocation is stored all the same, though this page cannot show it.',
  },
  certificate_already_revoked: {
    says: 'This certificate was already revoked on {at, date, long} ({reason, select, unspecified {no reason given} keyCompromise {key compromised} affiliationChanged {affiliation changed} superseded {superseded} cessationOfOperation {no longer in use} privilegeWithdrawn {privilege withdrawn} other {{reason}}}).',
    hint: '{reason, select, keyCompromise {There is nothing more to do.} other {If somebody else may have its key, revoke it again for that reason; otherwise there is nothing more to do.}}',
  },
}
