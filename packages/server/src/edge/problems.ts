import type { DeskErrorCode } from '@scel/contract/errors'
import { DeskError, type ErrorCode, isDeskError, type Language, SENTENCES } from '@scel/contract/errors'
import type { Problem } from '@scel/contract/values'
import { isPkiError, type PkiErrorCode } from '@scel/pki/errors'
import { inputFaultInWords } from './words/input-faults.ts'
import { type Facts, phrase } from './words/phrase.ts'

// Errors become answers here and nowhere else. The type makes a code without a status a compile error.

const DESK: Readonly<Record<DeskErrorCode, number>> = {
  applicant_blocked: 403,
  applicant_key_refused: 400,
  applicant_nonce_spent: 401,
  applicant_nonce_unknown: 401,
  applicant_not_owner: 404, // whose request it is, is nobody else's business
  applicant_signature_invalid: 401,
  applicant_signature_missing: 401,
  applicant_without_certificate: 403,
  authority_unavailable: 503,
  root_ended: 503,
  body_too_large: 413,
  certificate_already_revoked: 409,
  certificate_expired_at: 403,
  certificate_is_revoked: 403,
  certificate_missing: 401,
  certificate_not_issued_here: 403,
  certificate_not_ready: 409,
  certificate_not_valid_before: 403,
  certificate_refused: 403,
  certificate_unknown_authority: 403,
  certificate_unreadable: 400,
  certificate_without_account: 403,
  certificate_wrong_purpose: 403,
  confirmation_not_wanted: 409,
  csr_applicant_mismatch: 422,
  csr_key_in_use: 409,
  csr_key_not_allowed: 422,
  csr_key_revoked: 422,
  csr_key_weak: 422,
  csr_signature_invalid: 422,
  csr_unreadable: 422,
  cursor_invalid: 400,
  desk_not_begun: 503,
  desk_statement_malformed: 503,
  desk_stopping: 503,
  webhook_secret_malformed: 500,
  input_invalid: 400,
  internal: 500,
  database_before_codes: 503,
  database_missing: 503,
  database_newer: 503,
  database_older: 503,
  invitation_expired: 410,
  invitation_spent: 410,
  invitation_unconfirmed: 403,
  invitation_unknown: 404,
  key_ring_missing: 503,
  key_files_missing: 503,
  keys_missing: 503,
  keys_of_another_desk: 503,
  kit_altered: 422,
  kit_expired: 403,
  kit_unknown: 403,
  kit_used_up: 403,
  kit_withdrawn: 403,
  last_administrator_certificate: 409,
  lint_refused: 422,
  log_erased_untold: 500,
  log_export_unreadable: 422,
  log_end_unsigned: 500,
  log_gap: 500,
  log_head_beyond: 500,
  log_head_differs: 500,
  log_head_foreign: 422,
  log_head_forged: 500,
  log_head_unreadable: 422,
  log_key_invalid: 422,
  log_line_altered: 500,
  log_line_inserted: 500,
  log_line_removed: 500,
  log_lines_reordered: 500,
  log_restored: 500,
  log_rewritten: 500,
  log_shorter: 500,
  log_unsigned: 500,
  mark_missing: 503,
  mark_unreadable: 503,
  media_type_unsupported: 415,
  name_not_allowed: 422,
  name_outside_organisation: 422,
  name_suffix_invalid: 422,
  names_certified_since: 409,
  not_allowed: 403,
  not_found: 404,
  public_door_shut: 503,
  not_ready: 503,
  organisation_code_taken: 409,
  organisation_not_for_role: 422,
  organisation_required: 422,
  origin_refused: 403,
  own_request: 403,
  passphrase_file_exposed: 503,
  passphrase_file_foreign: 503,
  pending_too_many: 409,
  person_disabled: 403,
  person_email_taken: 409,
  person_is_self: 409,
  profile_invalid: 500,
  profile_not_for_kits: 422,
  profile_unknown: 409,
  reason_required: 422,
  request_by_applicant: 409,
  request_changed_since: 409,
  request_decided_already: 409,
  request_key_contested: 409,
  request_needs_administrator: 403,
  request_of_blocked: 409,
  request_row_altered: 409,
  request_profile_changed: 409,
  certificate_row_altered: 409,
  request_state_impossible: 409,
  rights_changed: 403,
  root_passphrase_needed: 503,
  root_passphrase_wrong: 503,
  route_unknown: 404,
  second_administrator_missing: 409,
  second_administrator_needed: 403,
  session_ended: 401,
  sign_in_required: 401,
  siren_invalid: 422,
  standing_approval_not_for_profile: 422,
  storage_damaged: 503,
  storage_full: 507,
  storage_uncertain: 503,
  storage_unavailable: 503,
  stored_incomplete: 503,
  subject_not_allowed: 422,
  submissions_too_many: 429,
  token_unavailable: 503,
  too_many_requests: 429,
}

// What the library says about bytes that a caller sent. A fault of ours never travels under these codes: rules wrap it.
const REFUSED_BYTES = 422
export const statusOf = (code: ErrorCode): number => DESK[code as DeskErrorCode] ?? REFUSED_BYTES

/** What can be answered in the caller's words; anything else is `internal` and shows nothing of itself. */
export type Sayable = DeskError | { readonly code: PkiErrorCode; readonly facts: object }

export const sayable = (error: unknown): Sayable | undefined =>
  isDeskError(error) ? error : isPkiError(error) ? error : undefined

/** The only place where an error becomes something a stranger may read (RFC 9457). */
export function toProblem({ code, facts }: Sayable, language: Language): Problem {
  const { says, hint } = SENTENCES[language][code]
  const told = code === 'input_invalid' ? inputFaultInWords(facts as Facts, language) : (facts as Facts)
  return {
    type: `/errors/${code}`,
    code,
    status: statusOf(code),
    title: code.replaceAll('_', ' '),
    detail: phrase(says, language, told),
    hint: phrase(hint, language, told),
    facts: facts as Record<string, string | number>,
  }
}

/** An error nobody foresaw, under a reference that also stands in the log. */
export const internal = (reference: string): DeskError<'internal'> => new DeskError('internal', { reference })
