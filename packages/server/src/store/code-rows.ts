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
 * @returns how many rows were given one
 */
export async function codeRows(database: Database, codes: RowCodes): Promise<number> {
  const open = await openDatabase(database, (db) => db)
  try {
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
  const [name, key] = [sql.table(table), sql.ref(CODED[table].key)]
  const uncoded: RawBuilder<Covered<typeof table>> = sql`select * from ${name} where row_code is null`
  const { rows } = await uncoded.execute(db)
  for (const row of rows) {
    const { row_code, [CODED[table].key]: id } = coded.sealed(table, row) as unknown as Record<string, string>
    await sql`update ${name} set row_code = ${row_code} where ${key} = ${id}`.execute(db)
  }
  return rows.length
}
