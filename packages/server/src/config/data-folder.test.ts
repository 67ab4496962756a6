import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { DataFolderHeld, holdDataFolder } from './data-folder.ts'

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-data-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data')
}

test('only this user may enter the data folder', (t) => {
  const held = holdDataFolder(folderOf(t))
  t.after(() => held.release())
  assert.equal(statSync(held.path).mode & 0o777, 0o700)
})

test('a second desk in the same folder is refused, and taken once the first has gone', (t) => {
  const path = folderOf(t)
  const first = holdDataFolder(path)
  assert.throws(() => holdDataFolder(path), DataFolderHeld)
  first.release()
  holdDataFolder(path).release()
})

test('a desk that was killed leaves no lock behind', async (t) => {
  const path = folderOf(t)
  const module = new URL('./data-folder.ts', import.meta.url).href
  const program = `import { holdDataFolder } from ${JSON.stringify(module)}
    holdDataFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  assert.throws(() => holdDataFolder(path), DataFolderHeld)
  other.kill('SIGKILL')
  await once(other, 'exit')
  holdDataFolder(path).release()
})

test('F10: a folder that cannot be locked for another reason is not said to be used by another desk', (t) => {
  const path = folderOf(t)
  mkdirSync(path)
  writeFileSync(
    join(path, 'desk.lock'),
    'this is no lock, and was never one: it is longer than a hundred octets'.repeat(20),
  )
  assert.throws(
    () => holdDataFolder(path),
    (error: { errcode?: number }) => !(error instanceof DataFolderHeld) && error.errcode === 26, // SQLITE_NOTADB
  )
})
