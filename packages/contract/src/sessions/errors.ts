import type { Right } from '../rights/values.ts'

import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface SessionErrors {
  sign_in_required: None
  session_ended: { reason: 'signed_out' | 'expired' | 'ended' | 'certificate' | 'credential' | 'role' | 'many' }
  not_allowed: { right: Right }
  rights_changed: None
  origin_refused: None
  certificate_missing: None
  certificate_unreadable: None
  certificate_unknown_authority: { issuer: string }
  certificate_not_issued_here: { serial: string }
  certificate_expired_at: { at: string }
  certificate_not_valid_before: { at: string }
  certificate_is_revoked: { at: string; reason: string }
  certificate_wrong_purpose: { purpose: string }
  certificate_without_account: { serial: string }
  certificate_refused: { why: string }
}
