import type { Sentence } from '../words/sentence.ts'
import type { ApplicantErrors } from './errors.ts'

export const APPLICANTS_EN: Readonly<Record<keyof ApplicantErrors, Sentence>> = {
  applicant_signature_missing: {
    says: 'This call is not signed with an applicant key.',
    hint: 'Use the command scel, or sign as the documentation says.',
  },
  applicant_signature_invalid: {
    says: 'The applicant’s signature does not fit this call.',
    hint: 'Sign this very call again; nothing was changed.',
  },
  applicant_nonce_unknown: {
    says: 'The nonce of this call is too old or not ours.',
    hint: 'Ask for a new nonce and sign again.',
  },
  applicant_nonce_spent: {
    says: 'This signed call was already made once.',
    hint: 'Ask for a new nonce and sign again.',
  },
  applicant_key_refused: {
    says: 'The applicant key is not a P-256 key.',
    hint: 'Let the command scel make the key.',
  },
  applicant_not_owner: {
    says: 'This request was made with another applicant key.',
    hint: 'Use the computer and account that made it.',
  },
  applicant_without_certificate: {
    says: 'This computer has no valid certificate of this desk.',
    hint: 'Ask for one with “scel enrol”; the directory is open once it is there.',
  },
  applicant_blocked: {
    says: 'This computer’s applicant key was blocked on {at, date, long}.',
    hint: 'Ask your registration manager why; only they or an administrator can lift the block.',
  },
}
