import { type RawBuilder, type SqlBool, sql } from 'kysely'

// Both databases compare text byte by byte, and neither knows that É is é. What is looked for without regard to case
// is therefore folded by us, when it is written and when it is asked for.

/** Lower case without accents: for searching and sorting, never for telling two things apart. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** The text that a search looks into. */
export const searchable = (...parts: readonly (string | undefined)[]): string =>
  fold(parts.filter((part) => part !== undefined && part !== '').join('\n'))

/** Whether a searchable column holds what was typed; `%` and `_` stand for themselves. */
export const holds = (column: string, typed: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} like ${`%${escaped(fold(typed.trim()))}%`} escape '\\'`

/** Whether a column begins with a text. */
export const beginsWith = (column: string, text: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} like ${`${escaped(text)}%`} escape '\\'`

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
