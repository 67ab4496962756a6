import { sql } from 'kysely'
import { type Bound, engineOf } from '../bound.ts'
import type { Tables } from '../tables.ts'

/**
 * Within a unit: whether every table takes writes, or somebody holds one of them locked. A write to one table says nothing about the
 * others; the embedded database has one lock for all, which any write meets.
 *
 * @throws what a store throws, when a lock is not let go within a moment
 */
export async function requireUnlocked(db: Bound): Promise<void> {
  if (engineOf(db) === 'sqlite') return
  await sql.raw(`SET LOCAL lock_timeout = ${MOMENT}`).execute(db)
  await sql.raw(`LOCK TABLE ${TABLES.join(', ')} IN ROW EXCLUSIVE MODE`).execute(db)
}

/** Milliseconds; less than the second after which the server looks for deadlocks, so that nobody else is ended for this look. */
const MOMENT = 800

/** The compiler asks for every table. */
const TABLES = Object.keys({
  scel_migration: true,
  audit_event: true,
  log_head: true,
  outbox: true,
  nonce: true,
  setting: true,
  organisation: true,
  service: true,
  person: true,
  person_grant: true,
  invitation: true,
  credential: true,
  inventory: true,
  session: true,
  kit: true,
  request: true,
  request_step: true,
  authority: true,
  certificate: true,
  intent: true,
  crl: true,
  name_in_force: true,
  key_holder: true,
  compromise: true,
  duty: true,
  delivery: true,
  search_word: true,
} satisfies Record<keyof Tables, true>)
