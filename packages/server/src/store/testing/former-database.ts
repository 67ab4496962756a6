import type { Database } from '../opening/open-database.ts'
import { ask } from './ask.ts'

/** What a version before the first release says of a database that it made, in an empty one; for tests only. */
export async function formerDatabase(database: Database): Promise<void> {
  await ask(
    database,
    'CREATE TABLE scel_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)',
  )
  for (const [index, name] of FIRST.entries())
    await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${index + 1}, '${name}', '')`)
  // As many as there were last: more than there are today.
  for (let number = FIRST.length + 1; number <= 35; number++)
    await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${number}, 'and so on', '')`)
}

const FIRST = ['log', 'organisations and people', 'requests', 'certificates', 'recipients', 'names', 'row codes']
