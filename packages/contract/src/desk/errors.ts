import type { None } from '../words/none.ts'
import type { InputFault } from './input-fault.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface DeskOwnErrors {
  input_invalid: { where: string; what: InputFault }
  body_too_large: { limit: number }
  media_type_unsupported: { expected: string }
  not_found: { what: string }
  route_unknown: { method: string; path: string }
  too_many_requests: { seconds: number }
  cursor_invalid: None
  /** What the desk would say of itself breaks the contract: no program would take it. */
  desk_statement_malformed: None
  database_older: { since: string }
  /** Its version, and the last that this program knows. */
  database_newer: { found: number; known: number }
  /** A database, or a folder of keys, of a version before the first release. */
  before_first_release: { where: string }
  /** Tables that no desk made. */
  database_of_another_program: { where: string }
  /** What tells whose it is does not say this desk's any more, beside a folder of keys that has used one. */
  database_altered: { where: string; path: string }
  /** Where others may create, or have: roles of the server, PUBLIC for every one. */
  database_schema_open: { schema: string; roles: string }
  /** What the desk remembers of its database, beside the keys: it was there. */
  mark_missing: { since: string }
  mark_unreadable: None
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
  /** Its thread did not open the door: it said nothing for as long as it is waited for, or was gone. */
  public_door_shut: { why: 'silent' | 'ended' }
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
      | 'duties'
      | 'altered'
    /** What became of the look at it: `late` did not end in time, and says nothing of what it would have found. */
    look: 'failed' | 'late'
  }
  /** The desk is being stopped: it finishes what is under way and takes nothing new. */
  desk_stopping: None
  internal: { reference: string }
}
