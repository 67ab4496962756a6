import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { markFile } from './mark-file.ts'

test('F6: whether the mark can be written is found out without touching it, and leaves nothing', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-mark-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [keys, path] = [join(folder, 'keys'), join(folder, 'keys', 'mark.json')]
  const keeper = markFile(path, new Uint8Array(32))
  await keeper.write({ at: '2026-01-01T00:00:00Z', lists: {}, log: { from: 0, before: '', number: 0, chain: '' } })
  const before = await readFile(path, 'utf8')
  await keeper.tryOut()
  assert.deepEqual(await readdir(keys), ['mark.json'])
  assert.equal(await readFile(path, 'utf8'), before)
  await rename(keys, join(folder, 'away'))
  await writeFile(keys, 'no folder')
  await assert.rejects(keeper.tryOut())
  await rm(keys)
  await rename(join(folder, 'away'), keys)
  await keeper.tryOut()
})
