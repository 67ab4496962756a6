import { type Migration, migration } from './migration.ts'

/**
 * Codes over the rows that make somebody act (see coded-columns.ts). Rows from before are given theirs by the first start
 * that follows, once.
 */
export const rowCodes: Migration = migration('row codes', ({ text }) =>
  ['organisation', 'person', 'invitation', 'session', 'kit', 'authority', 'intent', 'setting'].map(
    (table) => `ALTER TABLE ${table} ADD COLUMN row_code ${text}`,
  ),
)
