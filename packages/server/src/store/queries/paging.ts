import { refuse } from '@scel/contract/errors'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Page, readCursor, writeCursor } from '../../core/paging.ts'

/**
 * Cuts a page. The query asks for one row more than shown: whether it comes says whether there is a next page.
 *
 * @param keyOf the key by which the list is ordered
 * @param usable which of the rows that were cut are shown: a page then has fewer, and goes on where it would have
 * @param floor key of the last row that was looked at, when there are more: the page goes on from there
 */
export function pageOf<R, T>(
  rows: readonly R[],
  size: number,
  keyOf: (row: R) => readonly (string | number)[],
  toValue: (row: R) => T,
  usable: (rows: readonly R[]) => readonly R[] = (rows) => rows,
  floor?: readonly (string | number)[],
): Page<T> {
  const items = usable(rows.slice(0, size)).map(toValue)
  if (rows.length <= size) return floor ? { items, next: writeCursor(...floor) } : { items }
  return { items, next: writeCursor(...keyOf(rows[size - 1]!)) }
}

/** The number in a cursor. @throws DeskError cursor_invalid, also for a number that no row has */
export function numberKey(cursor: string): number {
  const [key] = readCursor(cursor, 'number')
  return Number.isSafeInteger(key) ? key : refuse('cursor_invalid', {})
}

/** The text in a cursor. @throws DeskError cursor_invalid, also for a text that no row has */
export const textKey = (cursor: string): string => text(readCursor(cursor, 'string')[0])

/** The two texts in a cursor. @throws DeskError cursor_invalid, as `textKey` */
export function textKeys(cursor: string): readonly [string, string] {
  const [first, second] = readCursor(cursor, 'string', 'string')
  return [text(first), text(second)]
}

// PostgreSQL refuses NUL in a text, with an error of its own.
const text = (key: string): string => (key.includes('\0') ? refuse('cursor_invalid', {}) : key)

/** Rows after (`>`) or before (`<`) a key of two columns, in one comparison that an index can follow. */
export const keyed = (
  columns: readonly [string, string],
  order: '<' | '>' | '>=',
  key: readonly [string, string],
): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(columns[0])}, ${sql.ref(columns[1])}) ${sql.raw(order)} (${key[0]}, ${key[1]})`

/**
 * How many rows a search looks at in one query, whether an index proposed them or not. Its caller goes on from there
 * (`inSlices`), so that on the embedded database, which is asked within the event loop, nobody waits for the whole of a
 * long table.
 */
export const SLICE = 2_500
