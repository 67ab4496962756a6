/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface AuditErrors {
  /** The first place where a line is missing, the next that has one, and its number. */
  log_gap: { place: number; next: number; number: number }
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
}
