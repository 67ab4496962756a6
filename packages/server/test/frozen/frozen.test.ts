import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { ForgedRow } from '../../src/core/row-codes.ts'
import type { Bound, Engine } from '../../src/store/bound.ts'
import { CODED, type CodedTable, type Codings } from '../../src/store/codes/coded-columns.ts'
import { codedRows } from '../../src/store/codes/coded-rows.ts'
import { MIGRATIONS } from '../../src/store/migrations/list.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { type Database, openDatabase } from '../../src/store/opening/open-database.ts'
import type { OpenStore } from '../../src/store/opening/open-store.ts'
import { storesOf } from '../../src/store/stores.ts'
import { ask } from '../../src/store/testing/ask.ts'
import { eachDatabase } from '../../src/store/testing/each-database.ts'
import { SAMPLE_CODES } from '../../src/store/testing/sample-codes.ts'
import { PRODUCTION } from '../../src/store/testing/samples.ts'
import { FROZEN, type Frozen, migrationsNow, thaw } from './frozen-database.ts'
import { seen } from './rows.ts'

const TABLES = Object.keys(CODED) as CodedTable[]
type Row = Record<string, unknown> & { readonly row_code: string | null }

test('a migration that a frozen database had says what it said: another one corrects it', () => {
  assert.ok(FROZEN.size > 0)
  for (const [name, { migrations }] of FROZEN) {
    const say = `${name}: before the first release, node packages/server/test/frozen/write.ts --again`
    assert.deepEqual(migrationsNow().slice(0, migrations.length), migrations, say)
  }
})

eachDatabase('a database that an earlier desk left', ({ where, engine }) => {
  const thawed = async (
    frozen: Frozen,
    run: (open: OpenStore<Bound>, database: Database) => Promise<void>,
  ): Promise<void> => {
    const database = await where()
    await thaw(database, frozen)
    const open = await openDatabase(database, (db) => db)
    try {
      await run(open, database)
    } finally {
      await open.close()
    }
  }
  const rowsOf = async (db: Bound, table: CodedTable): Promise<Row[]> =>
    (await db.selectFrom(table).selectAll().execute()) as Row[]

  for (const [name, frozen] of FROZEN) {
    test(`${name}: every row is genuine, and is what the rules are given`, async () => {
      await thawed(frozen, async (open) => {
        const forged: ForgedRow[] = []
        const coded = codedRows(SAMPLE_CODES, (row) => forged.push(row))
        await open.read(async (db) => {
          const stores = storesOf(db, coded)
          for (const table of TABLES) {
            const rows = await rowsOf(db, table)
            const kept = frozen.rows[table]?.length
            assert.deepEqual([rows.length, coded.allGenuine(table, rows as never[]).length], [kept, kept], table)
            for (const row of rows) assert.ok(await seen[table](stores, row), `${table} ${JSON.stringify(row)}`)
          }
          const { items } = await stores.audit.page(PRODUCTION, {})
          assert.deepEqual(
            items.map(({ action, altered, facts }) => [action, altered, facts]),
            [['request.rejected', undefined, { reason: 'known to nobody', number: 1 }]],
          )
        })
        assert.deepEqual(forged, [])
      })
    })

    test(`${name}: a table with codes gets a column; rows from before are genuine, one that holds it is forged once it is changed or emptied`, async () => {
      await thawed(frozen, async (open, database) => {
        await open.transaction((db) => migrate(engine, db, [...MIGRATIONS, WITH_ONE_MORE]))
        await ask(database, engine === 'sqlite' ? 'DROP TRIGGER crl_stays' : 'ALTER TABLE crl DISABLE TRIGGER USER')
        const forged: string[] = []
        const coded = codedRows(SAMPLE_CODES, ({ table }) => forged.push(table), LATER)
        const genuine = (table: CodedTable): Promise<number> =>
          open.read(async (db) => coded.allGenuine(table, (await rowsOf(db, table)) as never[]).length)
        for (const table of TABLES) {
          const all = frozen.rows[table]!.length
          assert.equal(await genuine(table), all, `${table}: rows from before`)
          const [row] = await open.read((db) => rowsOf(db, table))
          const { row_code } = coded.sealed(table, { ...row, added: 'new' } as never)
          const write = (added: string | null, code: string | null): Promise<unknown> =>
            open.transaction((db) =>
              sql`update ${sql.table(table)} set added = ${added}, row_code = ${code}
                where row_code in (${row!.row_code}, ${row_code})`.execute(db),
            )
          await write('new', row!.row_code)
          assert.equal(await genuine(table), all - 1, `${table}: filled by somebody else`)
          await write('new', row_code)
          assert.equal(await genuine(table), all, `${table}: written by the desk`)
          forged.length = 0
          for (const other of [null, 'other', '']) {
            await write(other, row_code)
            assert.equal(await genuine(table), all - 1, `${table}: then ${other}`)
          }
          assert.deepEqual(forged, [table, table, table])
        }
      })
    })
  }
})

/** A column more for each table that has codes. */
const WITH_ONE_MORE = {
  name: 'one more',
  statements: (engine: Engine) =>
    TABLES.map((table) => `ALTER TABLE ${table} ADD COLUMN added ${engine === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"'}`),
}

const LATER = Object.fromEntries(
  TABLES.map((table) => {
    const { covered, later = [], ...coding } = CODED[table]
    return [table, { ...coding, covered: [...covered, 'added'], later: [...later, 'added'] }]
  }),
) as unknown as Codings
