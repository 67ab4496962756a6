import type pg from 'pg'
import { type Bound, bind } from '../bound.ts'
import { RunConnection } from './run-connection.ts'

/**
 * Lets somebody look, on a connection that is new, whether it leads to what the last one led to. Whoever keeps the table locked is not
 * waited for: then nothing was seen, and the look that comes every minute will.
 */
export async function meet(client: pg.ClientBase, look: (db: Bound) => Promise<void>): Promise<void> {
  await client.query(BEGIN)
  const connection = new RunConnection(client)
  try {
    await look(bind('postgres', connection))
  } catch (error) {
    if (connection.failure?.error !== error || (error as { readonly code?: string }).code !== LOCK_NOT_AVAILABLE)
      throw error
  } finally {
    await connection.end()
  }
  await client.query('ROLLBACK')
}

const BEGIN = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL lock_timeout = '1s'`
const LOCK_NOT_AVAILABLE = '55P03'
