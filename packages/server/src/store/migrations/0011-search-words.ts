import { type RawBuilder, sql } from 'kysely'
import type { Bound, Engine } from '../bound.ts'
import { searchable } from '../search.ts'
import { enterWords, type Indexed } from '../search-words.ts'
import { type Migration, migration } from './migration.ts'

/** In which rows of the long lists a word stands: see search-words.ts. Rows from before are entered at once. */
export const searchWords: Migration = {
  ...migration('search words', ({ text, integer, engine }) => [
    `CREATE TABLE search_word (
      list ${integer} NOT NULL,
      word ${text} NOT NULL,
      row ${integer} NOT NULL,
      PRIMARY KEY (list, word, row)
    ) ${engine === 'sqlite' ? 'STRICT, WITHOUT ROWID' : ''}`,
  ]),
  async fill(engine, db) {
    for (const table of SHORT) await rewrite(db, table, sql`id`, [sql`search`])
    await rewrite(db, 'request', sql`number`, [sql`search`])
    // Of what the database lets nobody change, the searchable column is no part: it is made of others.
    await withoutTrigger(engine, db, 'certificate', 'certificate_stays_as_issued', () =>
      rewrite(db, 'certificate', sql`number`, [sql`search`, sql`serial`]),
    )
    const refusal = engine === 'sqlite' ? 'audit_event_no_update' : 'audit_event_append_only'
    await withoutTrigger(engine, db, 'audit_event', refusal, () =>
      rewrite(db, 'audit_event', sql`number`, [sql`search`]),
    )
  },
}

const SHORT = ['organisation', 'person', 'kit'] as const
type Searched = (typeof SHORT)[number] | Indexed

/** Turns the text that a search looked into, and others, into words, and enters the row under them. */
async function rewrite(
  db: Bound,
  table: Searched,
  key: RawBuilder<unknown>,
  texts: readonly RawBuilder<unknown>[],
): Promise<void> {
  const name = sql.table(table)
  for (let after: string | number | undefined; ; ) {
    const beyond = after === undefined ? sql`1 = 1` : sql`${key} > ${after}`
    const { rows } = await sql<Row>`select ${key} as key, environment, ${sql.join(texts, sql` || ' ' || `)} as text
      from ${name} where ${beyond} order by ${key} limit ${sql.lit(CHUNK)}`.execute(db)
    for (const row of rows) {
      const search = searchable(row.text)
      await sql`update ${name} set search = ${search} where ${key} = ${row.key}`.execute(db)
      if (typeof row.key !== 'number' || isShort(table)) continue
      const words = table === 'request' ? `${search} ${row.key}` : search
      await enterWords(db, table, row.environment, row.key, words)
    }
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.key
  }
}

interface Row {
  readonly key: string | number
  readonly environment: 'production' | 'test'
  readonly text: string
}
const CHUNK = 1_000
const isShort = (table: Searched): table is (typeof SHORT)[number] => (SHORT as readonly string[]).includes(table)

/** Runs something that a trigger would refuse; the trigger is there again when it is done, and at every other time. */
async function withoutTrigger(
  engine: Engine,
  db: Bound,
  table: string,
  trigger: string,
  run: () => Promise<void>,
): Promise<void> {
  const [of, named] = [sql.table(table), sql.ref(trigger)]
  if (engine === 'postgres') {
    await sql`alter table ${of} disable trigger ${named}`.execute(db)
    await run()
    await sql`alter table ${of} enable trigger ${named}`.execute(db)
    return
  }
  const found = await sql<{
    sql: string
  }>`select sql from sqlite_schema where type = 'trigger' and name = ${trigger}`.execute(db)
  await sql`drop trigger ${named}`.execute(db)
  await run()
  await sql.raw(found.rows[0]!.sql).execute(db)
}
