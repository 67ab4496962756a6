import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import pg from 'pg'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'

eachDatabase('tables that are locked', ({ prepared }) => {
  test('F6: whichever of them somebody holds is noticed in a moment, and forgotten when it is let go', {
    timeout: 60_000,
  }, async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    await work.requireUnlocked()
    if (database.kind !== 'postgres') return
    const holder = new pg.Client({ connectionString: database.url })
    await holder.connect()
    t.after(() => holder.end())
    const hold = async (table: string, mode: string): Promise<void> => {
      await holder.query('BEGIN')
      await holder.query(`LOCK TABLE ${table} IN ${mode} MODE`)
      await assert.rejects(work.requireUnlocked(), (error) => hasDeskCode(error, 'storage_unavailable'), table)
      await holder.query('ROLLBACK')
    }
    await hold('certificate', 'SHARE') // as for a new index: it can be read, and not written
    for (const table of ['audit_event', 'scel_migration']) await hold(table, 'ACCESS EXCLUSIVE')
    await work.requireUnlocked()
  })
})
