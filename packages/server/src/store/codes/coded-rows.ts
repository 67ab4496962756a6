import { timingSafeEqual } from 'node:crypto'
import type { ForgedRow, RowCodes } from '../../core/row-codes.ts'
import { CODED, type CodedTable, type Coding, type Codings, type CoveredColumn } from './coded-columns.ts'

/** What of a row its code covers. */
export type Covered<T extends CodedTable> = Readonly<Record<CoveredColumn<T>, unknown>>

/** Writes rows under their codes, and takes back only those that still have them. */
export interface CodedRows {
  /** The row with its code, as it is to be written. */
  sealed<T extends CodedTable, R extends Covered<T>>(table: T, row: R): R & { readonly row_code: string }
  /** The row, unless it is missing or forged; a forged one is told of and is otherwise as if it were not there. */
  genuine<T extends CodedTable, R extends Covered<T>>(table: T, row: R | undefined): R | undefined
  /** The same for many. */
  allGenuine<T extends CodedTable, R extends Covered<T>>(table: T, rows: readonly R[]): R[]
  /** The code over a line of the log, of which the leaf says all. */
  codeOfLeaf(leaf: string): string
  /** Whether a line of the log has it. */
  hasCodeOfLeaf(line: { readonly leaf: string | null; readonly row_code: string | null }): boolean
  /** Tells of a row of a table without codes, which the desk cannot have written as it is. */
  altered(row: ForgedRow): void
}

/** @param codings what of each table is covered. @default as it is today */
export function codedRows(codes: RowCodes, onForged: (row: ForgedRow) => void, codings: Codings = CODED): CodedRows {
  const codeOf = <T extends CodedTable>(table: T, row: Covered<T>): string =>
    codes.codeOf(textOf<T>(table, row, codings[table]))
  const isGenuine = <T extends CodedTable>(table: T, row: Covered<T>): boolean => {
    const found = (row as { readonly row_code?: unknown }).row_code
    if (typeof found === 'string' && same(found, codeOf(table, row))) return true
    const { environment, ...others } = row as Record<string, unknown>
    const key: readonly string[] = codings[table].key
    const id = key.map((column) => others[column]).join(' ')
    onForged({ table, id, ...(typeof environment === 'string' && { environment }) })
    return false
  }
  const codeOfLeaf = (leaf: string): string => codes.codeOf(JSON.stringify(['audit_event', leaf.toWellFormed()]))
  return {
    sealed: (table, row) => ({ ...row, row_code: codeOf(table, row) }),
    genuine: (table, row) => (row !== undefined && isGenuine(table, row) ? row : undefined),
    allGenuine: (table, rows) => rows.filter((row) => isGenuine(table, row)),
    codeOfLeaf,
    hasCodeOfLeaf: ({ leaf, row_code }) => leaf !== null && row_code !== null && same(row_code, codeOfLeaf(leaf)),
    altered: onForged,
  }
}

/**
 * All of a row in one text that no other row has: JSON of the table, then column and value in the order of the list.
 * Bytes are told from texts, and a text is taken as a database gives it back, without halves of characters.
 *
 * A column that came later is named where it holds something: what is not named holds nothing, so a text still says all of its row.
 */
export function textOf<T extends CodedTable>(table: T, row: Covered<T>, coding: Coding<T> = CODED[table]): string {
  const values = row as Readonly<Record<string, unknown>>
  const later: readonly string[] = coding.later ?? []
  const columns = coding.covered.filter((column) => !later.includes(column) || plain(values[column]) !== null)
  return JSON.stringify([table, ...columns.flatMap((column) => [column, plain(values[column])])])
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null || typeof value === 'number') return value ?? null
  if (typeof value === 'string') return value.toWellFormed()
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  throw new TypeError(`a column holds ${typeof value}, which has no code`)
}

function same(found: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(found), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
