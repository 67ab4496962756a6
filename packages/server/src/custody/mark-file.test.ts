import assert from 'node:assert/strict'
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { folderNotes } from './folder-notes.ts'
import { markFile } from './mark-file.ts'

const MARK = {
  at: '2026-01-01T00:00:00Z',
  lists: {},
  log: { from: { size: 0, roots: [] }, at: { size: 1, roots: ['c2NlbA'] } },
}

test('F6: whether the mark can be written is found out without touching it, and leaves nothing', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-mark-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [keys, path] = [join(folder, 'keys'), join(folder, 'keys', 'mark.json')]
  const keeper = markFile(path, new Uint8Array(32), folderNotes(folder))
  await keeper.write(MARK)
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

test('M11: a folder misses the mark that it had, whatever its database says, and none that it never had', async (t) => {
  const base = await mkdtemp(join(tmpdir(), 'scel-mark-'))
  t.after(() => rm(base, { recursive: true, force: true }))
  const of = (name: string) => {
    const [path, noted] = [join(base, name, 'mark.json'), join(base, name, 'marked')]
    return { path, noted, keeper: markFile(path, new Uint8Array(32), folderNotes(join(base, name))) }
  }
  const missing = (error: unknown): boolean => hasDeskCode(error, 'mark_missing') && error.facts.since === MARK.at
  const one = of('one')
  await mkdir(join(base, 'one'))
  await cp(join(base, 'one'), join(base, 'two'), { recursive: true })
  await one.keeper.write(MARK)
  await one.keeper.write({ ...MARK, at: '2026-02-02T00:00:00Z' })

  const two = of('two')
  assert.equal(await two.keeper.read(), undefined)
  assert.equal(await two.keeper.isFirst(), true)
  await cp(join(base, 'one'), join(base, 'copied'), { recursive: true })
  assert.ok(await of('copied').keeper.read(), 'a copy has the mark with it')
  await mkdir(join(base, 'bare'))
  await copyFile(one.noted, of('bare').noted)
  await assert.rejects(of('bare').keeper.read(), missing, 'a copy without it misses it')
  await rm(one.path)
  await assert.rejects(of('one').keeper.read(), missing)

  const cut = of('cut')
  await mkdir(join(base, 'cut'))
  await writeFile(cut.noted, 'marked 20')
  assert.equal(await cut.keeper.isFirst(), false, 'a note that does not say when says that there was one')
  await cut.keeper.write(MARK)
  await rm(cut.path)
  await assert.rejects(of('cut').keeper.read(), missing)
})
