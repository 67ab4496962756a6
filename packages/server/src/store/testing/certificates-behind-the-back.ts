import type { Database } from '../opening/open-database.ts'
import { ask } from './ask.ts'

/** Takes away what the database itself refuses of certificates, as its owner may; for tests only. */
export async function unguardCertificates(database: Database): Promise<void> {
  const isSqlite = database.kind === 'sqlite'
  const guards = isSqlite
    ? "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'certificate'"
    : "SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'certificate'::regclass AND NOT tgisinternal"
  for (const { name } of await ask(database, guards))
    await ask(database, `DROP TRIGGER ${String(name)}${isSqlite ? '' : ' ON certificate'}`)
}
