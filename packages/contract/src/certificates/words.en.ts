import type { Sentence } from '../words/sentence.ts'
import type { CertificateErrors } from './errors.ts'

export const CERTIFICATES_EN: Readonly<Record<keyof CertificateErrors, Sentence>> = {
  certificate_row_altered: {
    says: 'What the database says of the certificate {serial} is not what an authority of this desk signed: somebody wrote it, or changed it.',
    hint: 'Nobody does that through the desk: tell its operator. Nothing was revoked, because another certificate may be meant: look for it by its serial number, or among what its holder signs in with.',
  },
  certificate_already_revoked: {
    says: 'This certificate was already revoked on {at, date, long} ({reason, select, unspecified {no reason given} keyCompromise {key compromised} affiliationChanged {affiliation changed} superseded {superseded} cessationOfOperation {no longer in use} privilegeWithdrawn {privilege withdrawn} other {{reason}}}).',
    hint: '{reason, select, keyCompromise {There is nothing more to do.} other {If somebody else may have its key, revoke it again for that reason; otherwise there is nothing more to do.}}',
  },
}
