import type { ChoiceName } from '../profiles/choices.ts'
import type { None } from '../words/none.ts'
import type { RequestState } from './values.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface RequestErrors {
  csr_unreadable: { what: string }
  csr_signature_invalid: None
  csr_key_not_allowed: { key: string; allowed: string }
  /** It is none of those that an origin may ask for: of a person, say, where a machine asks. */
  profile_not_for_origin: { profile: string }
  /** None of those that its profile offers; where it offers none, the one that it has. */
  choice_not_offered: { choice: ChoiceName; value: string | number; profile: string; offered: string }
  csr_key_weak: { what: string }
  csr_key_revoked: None
  csr_key_in_use: None
  csr_applicant_mismatch: None
  subject_not_allowed: { attribute: string; expected: string; found: string }
  name_not_allowed: { name: string; rule: string }
  name_outside_organisation: { name: string; allowed: string }
  request_state_impossible: { request: number; state: RequestState; wanted: RequestState }
  request_decided_already: { request: number; state: RequestState; by: string; at: string }
  /** What is asked for does not read as it did when whoever decides looked at it. */
  request_changed_since: { request: number }
  /** What the row of the request says is not what its own CSR gives. */
  request_row_altered: { request: number }
  request_profile_changed: { request: number; profile: string }
  names_certified_since: { request: number; names: string }
  own_request: { request: number }
  /** It names no applicant, and another one asks with the same key: one of the two is a copy. */
  request_key_contested: { request: number }
  /** Whoever asked fetches the certificate themselves, with their applicant key. */
  request_by_applicant: { request: number }
  request_of_blocked: { request: number; at: string }
  request_needs_administrator: { request: number }
  reason_required: None
  pending_too_many: { of: 'applicant' | 'kit' | 'person'; most: number }
  /** So many in so many hours; `seconds` is what `retry-after` says. */
  submissions_too_many: {
    of: 'applicant' | 'kit' | 'person'
    most: number
    hours: number
    minutes: number
    seconds: number
  }
  certificate_not_ready: { request: number; state: RequestState }
}
