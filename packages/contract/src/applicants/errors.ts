import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface ApplicantErrors {
  applicant_signature_missing: None
  applicant_signature_invalid: None
  applicant_nonce_unknown: None
  applicant_nonce_spent: None
  applicant_key_refused: None
  applicant_not_owner: None
  applicant_without_certificate: None
  applicant_blocked: { at: string }
}
