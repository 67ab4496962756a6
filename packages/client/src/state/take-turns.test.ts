import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { folderFor } from '@scel/testkit/peers'
import { readDeskRecord } from './desk-record.ts'
import { makePaths } from './paths.ts'
import { takeTurns } from './take-turns.ts'

const run = promisify(execFile)
const inTest = (name: string): string => fileURLToPath(new URL(`../../test/${name}`, import.meta.url))
const elsewhere = async (file: string): Promise<string> =>
  (await run(process.execPath, [inTest('turn-taker.ts'), file])).stdout
/** By another process: closing a file here would end what this one holds of it. */
const copyElsewhere = (from: string, to: string) => run('sh', ['-c', 'cat "$0" > "$1"', from, to])
const notTheirs = async () => assert.fail('not its turn')

/** Of another kind; of a version to come; one that programs of today only read. */
const DAMAGED = [
  'garbage '.repeat(200),
  'SQLite format 3\0'.repeat(300),
  'SQLite format 3\0\x10\0\x03\x01\0\x40\x20\x20'.padEnd(4096, '\0'),
] as const

test('a run that another one keeps waiting says so, whichever process it is of, and however often one is kept', async (t) => {
  const file = join(folderFor(t), 'desks', '.turn')
  await takeTurns(file, async () => {
    await assert.rejects(takeTurns(file, notTheirs, 50), { code: 'state_busy' })
    assert.equal(await elsewhere(file), 'state_busy')
  })
  assert.equal(await takeTurns(file, async () => 'its turn'), 'its turn')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('a file of turns that was damaged is emptied by whoever comes next', async (t) => {
  const file = join(folderFor(t), '.turn')
  for (const text of DAMAGED) {
    await writeFile(file, text)
    await takeTurns(file, async () => assert.equal(await elsewhere(file), 'state_busy', text.slice(0, 10)))
    assert.equal((await stat(file)).size, 0)
  }
})

test('a file of turns that is damaged while somebody has the turn keeps the others waiting', async (t) => {
  if (process.platform === 'win32') return t.skip('no sh')
  const folder = folderFor(t)
  const [file, damaged] = [join(folder, '.turn'), join(folder, 'damaged')]
  await writeFile(damaged, DAMAGED[0])
  await takeTurns(file, async () => {
    await copyElsewhere(damaged, file)
    await assert.rejects(takeTurns(file, notTheirs, 50), { code: 'state_busy' })
    assert.equal(await elsewhere(file), 'state_busy')
  })
  assert.equal(await elsewhere(file), 'its turn')
})

test('runs side by side each have their say in a record while somebody damages the file of turns', async (t) => {
  if (process.platform === 'win32') return t.skip('no sh')
  const home = folderFor(t)
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  await mkdir(paths.desks, { recursive: true })
  const [name, damaged] = ['production-000000000000', join(home, 'damaged')]
  await writeFile(damaged, DAMAGED[1])
  let ended = false
  const damage = (async () => {
    for (; !ended; await wait(30)) await copyElsewhere(damaged, paths.desksTurn)
  })()
  const writers = [0, 10, 20].map((first) =>
    run(process.execPath, [inTest('record-writer.ts'), home, name, `${first}`]),
  )
  await Promise.all(writers).finally(() => {
    ended = true
  })
  await damage
  assert.equal(Object.keys((await readDeskRecord(paths, name))!.keys).length, 30)
})

test('what a link in the place of the file of turns leads to is not emptied', async (t) => {
  if (process.platform === 'win32') return t.skip('links take rights there')
  const folder = folderFor(t)
  await writeFile(join(folder, 'letter'), DAMAGED[0])
  await symlink('letter', join(folder, '.turn'))
  await assert.rejects(takeTurns(join(folder, '.turn'), notTheirs), { code: 'file_unwritable' })
  assert.equal(await readFile(join(folder, 'letter'), 'utf8'), DAMAGED[0])
})

test('a file of turns that this user may not write is said so, with its name', async (t) => {
  const folder = folderFor(t)
  await mkdir(join(folder, '.turn'))
  await assert.rejects(takeTurns(join(folder, '.turn'), notTheirs), { code: 'file_unwritable' })
  if (process.platform === 'win32' || process.getuid?.() === 0) return
  const file = join(folder, 'another')
  await writeFile(file, DAMAGED[0])
  await chmod(file, 0o400)
  await assert.rejects(takeTurns(file, notTheirs), { code: 'file_unwritable' })
})
