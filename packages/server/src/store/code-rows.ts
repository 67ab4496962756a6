import { refuse } from '@scel/contract/errors'
import { type RawBuilder, sql } from 'kysely'
import type { RowCodes } from '../core/row-codes.ts'
import type { Bound } from './bound.ts'
import { CODED, type CodedTable } from './coded-columns.ts'
import { type Covered, codedRows } from './coded-rows.ts'
import { type Database, openDatabase } from './open-database.ts'

/**
 * Gives codes to rows from before there were any. Called once in the life of a desk: whoever could make it happen again
 * could have rows of their own taken for the desk's.
 *
 * @param isOwn whether the desk holds the key of an authority: codes of another desk would make its rows useless to it
 * @returns how many rows were given one
 * @throws DeskError keys_of_another_desk when there are authorities and the desk holds the key of none
 */
export async function codeRows(
  database: Database,
  codes: RowCodes,
  isOwn: (authority: { readonly keyId: string; readonly certificate: Uint8Array }) => Promise<boolean>,
): Promise<number> {
  const open = await openDatabase(database, (db) => db)
  try {
    const authorities = await open.read((db) => db.selectFrom('authority').select(['key_id', 'certificate']).execute())
    const own = await Promise.all(authorities.map(({ key_id: keyId, certificate }) => isOwn({ keyId, certificate })))
    if (own.length > 0 && !own.includes(true)) refuse('keys_of_another_desk', {})
    return await open.transaction(async (db) => {
      let count = 0
      for (const table of Object.keys(CODED) as CodedTable[]) count += await codeTable(db, codes, table)
      return count
    })
  } finally {
    await open.close()
  }
}

async function codeTable(db: Bound, codes: RowCodes, table: CodedTable): Promise<number> {
  const coded = codedRows(codes, () => {})
  const name = sql.table(table)
  const key: readonly string[] = CODED[table].key
  const uncoded: RawBuilder<Covered<typeof table>> = sql`select * from ${name} where row_code is null`
  const { rows } = await uncoded.execute(db)
  for (const row of rows) {
    const { row_code, ...sealed } = coded.sealed(table, row) as unknown as Readonly<Record<string, string>>
    const isRow = sql.join(
      key.map((column) => sql`${sql.ref(column)} = ${sealed[column]}`),
      sql` and `,
    )
    await sql`update ${name} set row_code = ${row_code} where ${isRow}`.execute(db)
  }
  return rows.length
}
