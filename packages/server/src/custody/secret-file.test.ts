import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sweepSecrets, writeSecret } from './secret-file.ts'

const folderOf = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-secret-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('F17: a secret that cannot be written whole leaves nothing behind', async (t) => {
  const folder = folderOf(t)
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(writeSecret(join(folder, 'a.key'), 7 as never))
  }
  assert.deepEqual(readdirSync(folder), [])
  await writeSecret(join(folder, 'a.key'), 'whole')
  await assert.rejects(writeSecret(join(folder, 'a.key'), 'another'), { code: 'EEXIST' })
  assert.deepEqual(readdirSync(folder), ['a.key'])
})

test('F17: what a process left that is gone is erased; what a living one is writing is not', async (t) => {
  const folder = folderOf(t)
  const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(dead, 'exit')
  const of = (pid: number, name: string): string => `${name}.${pid}.0123456789ab.new`
  const living = [of(process.ppid, 'a.key'), of(process.pid, 'b.key'), 'c.key', 'd.new', 'e.key.0123456789ab.new']
  const [old, ahead] = [of(process.pid, 'g.key'), of(process.pid, 'h.key')]
  for (const name of [...living, of(dead.pid!, 'f.key'), old, ahead]) writeFileSync(join(folder, name), '')
  utimesSync(join(folder, old), 0, 0)
  utimesSync(join(folder, ahead), 4e9, 4e9) // written under a clock that was ahead
  await sweepSecrets(folder)
  assert.deepEqual(readdirSync(folder).sort(), living.sort())
})
