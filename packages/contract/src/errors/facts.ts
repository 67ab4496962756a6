import type { KeyAbsence } from '@scel/pki/errors'
import type { Role } from '../values/person.ts'
import type { RequestState } from '../values/request.ts'
import type { Right } from '../values/right.ts'
import type { InputFault } from './input-fault.ts'

// Every code of the desk, with the facts that travel with it. The code is the interface and never changes its meaning;
// the sentence may. Facts are public: they are shown to whoever made the call, so never a secret, a key or a token.

type None = Record<never, never>

export interface DeskErrorFacts {
  // who is asking
  sign_in_required: None
  session_ended: { reason: 'signed_out' | 'expired' | 'ended' | 'certificate' }
  not_allowed: { right: Right }
  rights_changed: None
  origin_refused: None
  invitation_unknown: None
  invitation_expired: { at: string }
  invitation_spent: { at: string }
  invitation_unconfirmed: None
  person_disabled: None
  // a certificate shown at the mutual-TLS door, judged
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
  // what is asked for
  input_invalid: { where: string; what: InputFault }
  body_too_large: { limit: number }
  media_type_unsupported: { expected: string }
  not_found: { what: string }
  route_unknown: { method: string; path: string }
  too_many_requests: { seconds: number }
  cursor_invalid: None
  // organisations, people, kits
  organisation_code_taken: { code: string }
  siren_invalid: { siren: string }
  person_email_taken: { email: string }
  name_suffix_invalid: { suffix: string; rule: string }
  organisation_required: { role: Role }
  organisation_not_for_role: { role: Role }
  last_administrator_certificate: None
  second_administrator_missing: None
  second_administrator_needed: None
  confirmation_not_wanted: None
  person_is_self: None
  kit_unknown: None
  kit_expired: { at: string }
  kit_withdrawn: { at: string }
  delivery_taken: None
  kit_used_up: { uses: number }
  kit_altered: { field: string }
  standing_approval_not_for_profile: { profile: string }
  profile_not_for_kits: { profile: string }
  // applicants
  applicant_signature_missing: None
  applicant_signature_invalid: None
  applicant_nonce_unknown: None
  applicant_nonce_spent: None
  applicant_key_refused: None
  applicant_not_owner: None
  applicant_without_certificate: None
  applicant_blocked: { at: string }
  // requests
  csr_unreadable: { what: string }
  csr_signature_invalid: None
  csr_key_not_allowed: { key: string; allowed: string }
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
  certificate_row_altered: { serial: string }
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
  certificate_already_revoked: { at: string; reason: string }
  // the desk itself
  profile_invalid: { profile: string; field: string }
  profile_unknown: { profile: string }
  lint_refused: { rules: string }
  authority_unavailable: { purpose: string }
  root_ended: { at: string }
  /** What the desk would say of itself breaks the contract: no program would take it. */
  desk_statement_malformed: None
  webhook_secret_malformed: { path: string }
  database_older: { since: string }
  /** Its version, and the last that this program knows. */
  database_newer: { found: number; known: number }
  /** Its version; its rows would be known by codes that it is too old to have. */
  database_before_codes: { found: number }
  /** Where others may create, or have: roles of the server, PUBLIC for every one. */
  database_schema_open: { schema: string; roles: string }
  /** What the desk remembers of its database, beside the keys: it was there. */
  mark_missing: { since: string }
  mark_unreadable: None
  /** The first place where a line is missing, the next that has one, and its number. */
  log_gap: { place: number; next: number; number: number }
  // the log, checked
  /** A line by its number and its place; what of it is not what it was: its hash, or what is shown of it. */
  log_line_altered: { number: number; place: number; what: 'hash' | 'leaf' | 'shown' }
  /** Of the line that is missing, its place and the number of the line before it. */
  log_line_removed: { place: number; after: number }
  log_line_inserted: { number: number }
  log_lines_reordered: { number: number; before: number }
  /** Lines by their places, the last included. */
  log_head_differs: { first: number; last: number; size: number }
  log_head_forged: { size: number; at: string }
  /** A head that no key of the log signed and no lines come to, and how many lines there are. */
  log_head_beyond: { size: number; found: number }
  /** Lines at the end without a signed head, those without a place too, and how many lines the last signed one is of. */
  log_end_unsigned: { lines: number; size: number }
  /** Personal data that is not there any more, and how much of it lines tell of. */
  log_erased_untold: { found: number; told: number }
  log_unsigned: { lines: number }
  /** A head that was kept elsewhere, by its size, and how many lines the log has. */
  log_rewritten: { size: number; found: number }
  log_shorter: { size: number; found: number }
  /** The number and the moment of the line that tells of the accepted copy. */
  log_restored: { size: number; number: number; at: string }
  log_head_foreign: { origin: string; own: string }
  log_head_unreadable: { path: string }
  log_export_unreadable: { line: number }
  log_key_invalid: { key: string }
  /** There are keys of a desk, and no database of one, or an empty one. */
  database_missing: { where: string; path: string }
  /** `found` is what PostgreSQL calls it: LATIN1. */
  database_encoding: { found: string }
  /** There is the database of a desk, and none of its keys. */
  keys_missing: { where: string; path: string }
  key_files_missing: { path: string; files: string }
  /** There are no authorities yet, which what was asked for needs. */
  desk_not_begun: { where: string; path: string }
  keys_of_another_desk: None
  key_ring_missing: { path: string }
  /** Only a root can do it, whose keys lie under a passphrase of their own. */
  root_passphrase_needed: None
  root_passphrase_wrong: None
  /** Its thread did not open the door: it said nothing for as long as it is waited for, or was gone. */
  public_door_shut: { why: 'silent' | 'ended' }
  /** What holds the key, by its label, and why it cannot be asked. */
  token_unavailable: { token: string; why: KeyAbsence }
  passphrase_file_exposed: { path: string; mode: string }
  /** Of a user who is neither the desk's nor root. */
  passphrase_file_foreign: { path: string; owner: string }
  storage_full: None
  storage_unavailable: None
  /** The store broke off in the midst of its commit. */
  storage_uncertain: None
  storage_damaged: None
  /** What is open is not what lies at its path, and the next start would not find what is written. */
  storage_moved: None
  /** Rights of the desk, or tables, are other than it made them. */
  storage_altered: None
  /** Others changed the same each time that it was tried. */
  storage_contended: None
  /** The change is stored; what follows from it, or its answer, was not finished. */
  stored_incomplete: None
  /** Asked of health: `thread` is the one of portal and sign-in. */
  not_ready: {
    part:
      | 'thread'
      | 'database'
      | 'files'
      | 'keys'
      | 'clock'
      | 'restored'
      | 'version'
      | 'disk'
      | 'mark'
      | 'token'
      | 'statement'
    /** What became of the look at it: `late` did not end in time, and says nothing of what it would have found. */
    look: 'failed' | 'late'
  }
  /** The desk is being stopped: it finishes what is under way and takes nothing new. */
  desk_stopping: None
  internal: { reference: string }
}

export type DeskErrorCode = keyof DeskErrorFacts
