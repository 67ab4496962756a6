import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Page, writeCursor } from '../core/paging.ts'

/**
 * Cuts a page. The query asks for one row more than shown: whether it comes says whether there is a next page.
 *
 * @param keyOf the key by which the list is ordered
 */
export function pageOf<R, T>(
  rows: readonly R[],
  size: number,
  keyOf: (row: R) => readonly (string | number)[],
  toValue: (row: R) => T,
): Page<T> {
  const items = rows.slice(0, size).map(toValue)
  if (rows.length <= size) return { items }
  return { items, next: writeCursor(...keyOf(rows[size - 1]!)) }
}

/** Rows after (`>`) or before (`<`) a key of two columns, in one comparison that an index can follow. */
export const keyed = (
  columns: readonly [string, string],
  order: '<' | '>',
  key: readonly [string, string],
): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(columns[0])}, ${sql.ref(columns[1])}) ${sql.raw(order)} (${key[0]}, ${key[1]})`
