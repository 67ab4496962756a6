import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { storesOf } from '../testing/sample-codes.ts'
import { openSqlite } from './open-sqlite.ts'

const damaged = (error: unknown): boolean => hasDeskCode(error, 'storage_damaged')
/** Octets of a page, unless a database was made otherwise. */
const PAGE = 4_096
const fileOf = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-damage-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'desk.db')
}

test('F13: a database with a damaged page is called damaged at the start', async (t) => {
  const file = fileOf(t)
  const store = await openSqlite(file, storesOf)
  for (let n = 0; n < 500; n++) {
    await store.transaction(({ settings }) => settings.set(`key ${n}`, 'x'.repeat(500)))
  }
  await store.close()
  const database = openSync(file, 'r+')
  for (let at = 40_960; at < statSync(file).size - 8_192; at += 8_192)
    writeSync(database, Buffer.alloc(2_000, 0xa5), 0, 2_000, at)
  closeSync(database)
  await assert.rejects(openSqlite(file, storesOf), damaged)
})

test('F13: one damaged page that no start needs is found by the start all the same', async (t) => {
  const file = fileOf(t)
  const store = await openSqlite(file, storesOf)
  for (let n = 0; n < 100; n++) {
    await store.transaction(({ settings }) => settings.set(`key ${n}`, `value ${n}.`.padEnd(500, 'x')))
  }
  await store.close()
  const page = Math.floor(readFileSync(file).lastIndexOf('value 50.') / PAGE) * PAGE
  assert.ok(page > 0)
  const database = openSync(file, 'r+')
  writeSync(database, Buffer.alloc(100, 0xa5), 0, 100, page)
  closeSync(database)
  await assert.rejects(openSqlite(file, storesOf), damaged)
})

test('F13: a file that is no database is called damaged', async (t) => {
  const file = fileOf(t)
  writeFileSync(file, 'nobody’s database '.repeat(1_000))
  await assert.rejects(openSqlite(file, storesOf), damaged)
})
