import { sql } from 'kysely'
import type { Bound, Engine } from '../bound.ts'
import { MIGRATIONS } from './list.ts'
import type { Migration } from './migration.ts'

/** The database was made by a newer program, which may rely on what this one does not know. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew'
  readonly found: number
  readonly known: number

  constructor(found: number, known: number) {
    super(
      `the database is at version ${found}, this program knows versions up to ${known}: start the newer program, or restore the backup made before the upgrade`,
    )
    this.found = found
    this.known = known
  }
}

/** Looks whether a newer program has migrated a database that is open here. @returns both versions, when it has */
export async function newerThan(
  db: Bound,
  known: number = MIGRATIONS.length,
): Promise<{ found: number; known: number } | undefined> {
  const last = await db
    .selectFrom('scel_migration')
    .select('number')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last && last.number > known ? { found: last.number, known } : undefined
}

/** Counts them, and is there before the first. */
export const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS scel_migration (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)`

/**
 * Brings the database up to date, forward only. The caller holds a lock and has begun a transaction.
 *
 * @throws DatabaseTooNew; Error where it is another program's, or of a version before the first release
 */
export async function migrate(engine: Engine, db: Bound, known: readonly Migration[] = MIGRATIONS): Promise<void> {
  await sql.raw(MIGRATIONS_TABLE).execute(db)
  const done = await db.selectFrom('scel_migration').select(['number', 'name']).orderBy('number').execute()
  for (const [index, { name }] of done.slice(0, known.length).entries()) {
    if (known[index]!.name !== name)
      throw new Error(`the database is not this program’s: its migration ${index + 1} is ${name}`)
  }
  const last = done.at(-1)?.number ?? 0
  if (last > known.length) throw new DatabaseTooNew(last, known.length)
  for (const [index, { name, statements }] of known.entries()) {
    if (index < done.length) continue
    for (const statement of statements(engine)) await sql.raw(statement).execute(db)
    const values = { number: index + 1, name, applied_at: new Date().toISOString() }
    await db.insertInto('scel_migration').values(values).execute()
  }
}
