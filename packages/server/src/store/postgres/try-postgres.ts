import type { Bound } from '../bound.ts'
import type { Trial } from '../opening/open-store.ts'
import { postgresFailure } from './failures.ts'
import { begunUpToDate, connect } from './open-postgres.ts'

/** As of `tryDatabase`, on one connection. */
export async function tryPostgres<S>(url: string, storesOf: (db: Bound) => S): Promise<Trial<S>> {
  const pool = connect(url, 1)
  try {
    const client = await pool.connect()
    // Whatever comes of it, the connection goes, and takes its transaction with it.
    const end = async (): Promise<void> => {
      client.release(true)
      await pool.end()
    }
    try {
      const stores = storesOf(await begunUpToDate(client))
      return {
        read: async (run) => {
          try {
            return await run(stores)
          } catch (error) {
            throw postgresFailure(error)
          }
        },
        close: async () => {
          await client.query('ROLLBACK').catch(() => {})
          await end()
        },
      }
    } catch (error) {
      await end()
      throw error
    }
  } catch (error) {
    if (!pool.ended) await pool.end()
    throw postgresFailure(error)
  }
}
