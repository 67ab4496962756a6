import type { AuditTarget } from '@scel/contract/values'

/**
 * Codes over rows by a key that the database does not hold: it keeps them, and can neither make one nor move one to
 * another row. What makes somebody act (an intent, a session, a role, a kit's rules) is used only under its code.
 */
export interface RowCodes {
  /** The code over a text that says all of a row; always the same for the same text. */
  codeOf(text: string): string
}

/** A row that was found without its code, or under one that is not its own: planted, changed or moved. */
export interface ForgedRow {
  readonly table: AuditTarget
  /** Its primary key, as it was found. */
  readonly id: string
  /** Where it says that it belongs; nobody vouches for that either. */
  readonly environment?: string
}
