import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { pino } from 'pino'
import { GroupCommit } from '../store/sqlite/group-commit.ts'
import { connect, migrateSqlite } from '../store/sqlite/open-sqlite.ts'
import { storesOf } from '../store/testing/sample-codes.ts'
import { makeReadiness } from './readiness.ts'
import { watchRoom } from './watch-room.ts'

const isFull = (error: unknown): boolean => hasDeskCode(error, 'storage_full')

/** Watched work on a real database that may grow by so many pages, of 4 KiB; and what the operator was told. */
async function scene(t: TestContext, left: () => number) {
  const folder = mkdtempSync(join(tmpdir(), 'scel-room-'))
  const database = connect(join(folder, 'desk.db'))
  await migrateSqlite(database)
  const writer = new GroupCommit(database, storesOf)
  t.after(async () => {
    await writer.close()
    database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const told: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void told.push(JSON.parse(line).msg) })
  const work = { transaction: writer.transaction.bind(writer), read: writer.transaction.bind(writer) }
  const watched = watchRoom(work as never, [folder], log, async () => left())
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
  const grow = (by: number): void => database.exec(`PRAGMA max_page_count = ${pages + by}`)
  const store = (kilobytes: number) =>
    watched.transaction(({ settings }) => settings.set('submitted', 'x'.repeat(kilobytes * 1024)))
  return { watched, told, grow, store }
}

test('F6: on a nearly full disk, where a look still fits and a submission does not, the desk is not ready; with room it is, by itself', async (t) => {
  const { watched, told, grow, store } = await scene(t, () => Number.POSITIVE_INFINITY)
  const ready = makeReadiness(
    [
      { part: 'disk', look: () => watched.requireRoom() },
      { part: 'database', look: () => watched.transaction(({ settings }) => settings.set('ready', 'now')) },
    ],
    { holds: 0 },
  )
  await ready()
  grow(10) // 40 KiB
  await ready()
  await assert.rejects(store(60), isFull)
  for (let look = 0; look < 2; look++)
    await assert.rejects(ready(), (error) => hasDeskCode(error, 'not_ready') && error.facts.part === 'disk')
  await store(1)
  await assert.rejects(ready(), 'what is small enough does not make it roomy')
  grow(1_000)
  await ready()
  await store(60)
  assert.deepEqual(told, ['the disk is full: nothing is stored until there is room', 'there is room on the disk again'])
})

test('F6: a disk with next to nothing left is told before anybody’s submission has failed', async (t) => {
  let left = 40_000
  const { watched, told } = await scene(t, () => left)
  await assert.rejects(watched.requireRoom(), isFull)
  assert.equal(told.length, 1)
  left = 1e9
  await watched.requireRoom()
  assert.equal(told.length, 2)
})

test('F6: a full disk is called so wherever it shows, and not a database that does not answer', async (t) => {
  const { grow, store } = await scene(t, () => Number.POSITIVE_INFINITY)
  grow(2)
  const ready = makeReadiness([{ part: 'database', look: () => store(60) }])
  await assert.rejects(ready(), (error) => hasDeskCode(error, 'not_ready') && error.facts.part === 'disk')
})
