import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import type { Database } from '../opening/open-database.ts'

/** Speaks SQL to a database behind the back of the store, as an operator might; for tests only. */
export async function ask(database: Database, sql: string): Promise<Record<string, unknown>[]> {
  if (database.kind === 'sqlite') return askSqlite(database.file, sql)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function askSqlite(file: string, sql: string): Record<string, unknown>[] {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}
