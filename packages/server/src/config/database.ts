import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'

/** Where the desk keeps what it knows. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** The database of a configuration, its password read from its file. @throws Error of the system when that fails */
export async function databaseOf({ database, data }: Config): Promise<DatabaseAddress> {
  if (!database) return { kind: 'sqlite', file: join(data, 'desk.sqlite') }
  const url = new URL(database.address)
  if (database.passwordFile) url.password = encodeURIComponent((await readFile(database.passwordFile, 'utf8')).trim())
  return { kind: 'postgres', url: url.href }
}
