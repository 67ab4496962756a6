import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DeskError } from '@scel/contract/errors'
import type { Bound } from '../bound.ts'
import { connect, migrateSqlite } from './open-sqlite.ts'
import { SnapshotReader } from './snapshot-reader.ts'

async function scene(t: { after(run: () => void): void }) {
  const folder = mkdtempSync(join(tmpdir(), 'scel-reader-'))
  const database = connect(join(folder, 'desk.db'))
  await migrateSqlite(database)
  const reading = new DatabaseSync(join(folder, 'desk.db'), { readOnly: true })
  const reader = new SnapshotReader(reading, (db: Bound) => db)
  t.after(() => {
    reading.close()
    database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const write = (key: string) => database.exec(`INSERT INTO setting (key, value) VALUES ('${key}', 'x')`)
  const keys = async (db: Bound) => (await db.selectFrom('setting').select('key').execute()).map(({ key }) => key)
  return { reader, write, keys, folder }
}

test('a read sees what was committed before it was asked for', async (t) => {
  const { reader, write, keys } = await scene(t)
  write('a')
  const first = reader.read(keys)
  write('b')
  const [early, late] = await Promise.all([first, reader.read(keys)])
  assert.ok(early.includes('a'))
  assert.deepEqual(late, ['a', 'b'])
  write('c')
  assert.deepEqual(await reader.read(keys), ['a', 'b', 'c'])
})

test('of reads asked for together, one that fails or strays leaves the others alone', async (t) => {
  const { reader, write, keys } = await scene(t)
  write('a')
  const outcomes = await Promise.allSettled([
    reader.read(keys),
    reader.read(async () => Promise.reject(new Error('a rule said no'))),
    reader.read(async (db) => db.deleteFrom('setting').execute()),
    reader.read(async () => wait(20)),
    reader.read(keys),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(await reader.read(keys), ['a'])
})

test('a log of the database that was cut short is told by its own error, and once it is whole again all is read', async (t) => {
  const { reader, write, keys, folder } = await scene(t)
  write('a')
  assert.deepEqual(await reader.read(keys), ['a'])
  write('b')
  const log = join(folder, 'desk.db-wal')
  const whole = readFileSync(log)
  truncateSync(log, 0)
  await assert.rejects(
    reader.read(keys),
    (error) => error instanceof DeskError && error.code === 'storage_unavailable' && /I\/O/.test(`${error.cause}`),
  )
  writeFileSync(log, whole)
  assert.deepEqual(await reader.read(keys), ['a', 'b'])
})

test('closing waits for the reads that were asked for, and refuses the next', async (t) => {
  const { reader, keys } = await scene(t)
  const asked = reader.read(keys)
  await reader.close()
  assert.deepEqual(await asked, [])
  await assert.rejects(reader.read(keys))
})

test('many slow reads at once leave the event loop to others in between', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-reader-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const reader = new SnapshotReader(new DatabaseSync(join(folder, 'desk.db')), () => ({}))
  const order: string[] = []
  const slow = (name: number) =>
    reader.read(async () => {
      const until = performance.now() + 15
      while (performance.now() < until); // as long as a scan of many rows would be
      order.push(`read ${name}`)
    })
  const reads = Array.from({ length: 5 }, (_, index) => slow(index))
  const others = (async () => {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      order.push('somebody else')
    }
  })()
  await Promise.all([...reads, others])
  assert.ok(order.lastIndexOf('somebody else') < order.indexOf('read 4'), order.join(', '))
  assert.deepEqual(
    order.filter((one) => one.startsWith('read')),
    ['read 0', 'read 1', 'read 2', 'read 3', 'read 4'],
  )
  await reader.close()
})
