import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { storesOf } from '../testing/sample-codes.ts'
import { openSqlite } from './open-sqlite.ts'

const opened = async (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-files-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'desk.db')
  const store = await openSqlite(file, storesOf)
  const set = (key: string): Promise<void> => store.transaction(({ settings }) => settings.set(key, 'x'))
  await set('before')
  return { folder, file, store, set }
}
const moved = (error: unknown): boolean => hasDeskCode(error, 'storage_moved')

for (const [what, act] of [
  ['the log removed', (file) => rmSync(`${file}-wal`)],
  ['the index removed', (file) => rmSync(`${file}-shm`)],
  ['the database removed', (file) => rmSync(file)],
  [
    'a copy in its place',
    (file) => {
      copyFileSync(file, `${file}.copy`)
      renameSync(`${file}.copy`, file)
    },
  ],
] as const satisfies readonly (readonly [string, (file: string) => void])[]) {
  test(`nothing is stored where no start would find it: ${what}`, async (t) => {
    const { file, store, set } = await opened(t)
    act(file)
    await assert.rejects(Promise.all([set('one'), set('other')]), moved)
    await assert.rejects(set('again'), moved)
    assert.equal(await store.read(({ settings }) => settings.get('before')), 'x', 'what is open is read on')
    await store.close()
  })
}

test('what is put back where it was is written on', async (t) => {
  const { folder, file, store, set } = await opened(t)
  const aside = join(folder, 'aside')
  mkdirSync(aside)
  const all = ['', '-wal', '-shm'].map((ending) => [`${file}${ending}`, join(aside, `desk.db${ending}`)] as const)
  for (const [from, to] of all) renameSync(from, to)
  await assert.rejects(set('meanwhile'), moved)
  for (const [from, to] of all) renameSync(to, from)
  await set('after')
  await store.close()
  const again = await openSqlite(file, storesOf)
  assert.equal(await again.read(({ settings }) => settings.get('after')), 'x')
  assert.equal(await again.read(({ settings }) => settings.get('meanwhile')), undefined)
  await again.close()
})

test('a log that was removed is written into the database when that is closed', async (t) => {
  const { file, store } = await opened(t)
  rmSync(`${file}-wal`)
  rmSync(`${file}-shm`)
  await store.close()
  const again = await openSqlite(file, storesOf)
  assert.equal(await again.read(({ settings }) => settings.get('before')), 'x')
  await again.close()
})

test('a unit during whose commit the log is removed is not known to be stored', async (t) => {
  const { file, store } = await opened(t)
  const removed = store.transaction(async ({ settings }) => {
    await settings.set('during', 'x')
    rmSync(`${file}-wal`)
  })
  await assert.rejects(removed, (error) => hasDeskCode(error, 'storage_uncertain'))
  await store.close()
})
