import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import files, { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename, join } from 'node:path'
import process from 'node:process'
import { type TestContext, test } from 'node:test'
import { folderFor } from '@scel/testkit/peers'
import { isAlive, ownerIn, partName, thisProcess } from '../state/part-name.ts'
import { sweep } from '../state/sweep.ts'
import { partFile, partFolder } from './part.ts'

const atExit = (): (() => void) => () => undefined
const NOW = new Date('2026-06-01T12:00:00Z')

test('a file has its name only once it is committed, and nobody else may read it before', async (t) => {
  const folder = folderFor(t)
  const target = join(folder, 'bid.pdf')
  const part = await partFile(target, false, atExit)
  await part.write(Buffer.from('half'))
  const [name, ...more] = await readdir(folder)
  assert.equal(more.length, 0)
  assert.match(name!, /^\.bid\.pdf\.scel-/)
  assert.equal((await stat(part.path)).mode & 0o777, 0o600)
  await part.give(Buffer.alloc(100_000, 'x'))
  await part.commit()
  await part.discard()
  assert.deepEqual(await readdir(folder), ['bid.pdf'])
  assert.equal(await readFile(target, 'utf8'), `half${'x'.repeat(100_000)}`)
})

test('pieces of every size come out in their order, whether lent or given', async (t) => {
  const target = join(folderFor(t), 'file')
  const part = await partFile(target, false, atExit)
  const expected: Buffer[] = []
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.alloc((i * 7919) % 20_000, i)
    expected.push(Buffer.from(bytes))
    await (i % 3 ? part.give(bytes) : part.write(bytes))
    if (i % 3 === 0) bytes.fill(0) // what was lent may be overwritten
  }
  await part.commit()
  assert.ok(Buffer.concat(expected).equals(await readFile(target)))
})

test('what is discarded leaves nothing, a file and a folder', async (t) => {
  const folder = folderFor(t)
  const part = await partFile(join(folder, 'a'), false, atExit)
  await part.give(Buffer.alloc(100_000))
  await part.discard()
  const inner = await partFolder(join(folder, 'b'), atExit)
  await writeFile(join(inner.path, 'x'), 'x')
  await inner.discard()
  assert.deepEqual(await readdir(folder), [])
})

test('a process that is made to end erases its parts at once', async (t) => {
  const folder = folderFor(t)
  const last: (() => void)[] = []
  const keep = (work: () => void): (() => void) => {
    last.push(work)
    return () => undefined
  }
  const part = await partFile(join(folder, 'a'), false, keep)
  await partFolder(join(folder, 'b'), keep)
  for (const work of last) work()
  assert.deepEqual(await readdir(folder), [])
  await part.discard()
})

test('a name that was taken meanwhile is not written over, unless that is asked for', async (t) => {
  const folder = folderFor(t)
  const target = join(folder, 'a')
  const part = await partFile(target, false, atExit)
  await writeFile(target, 'theirs')
  await assert.rejects(part.commit(), { code: 'file_exists' })
  assert.equal(await readFile(target, 'utf8'), 'theirs')
  const forced = await partFile(target, true, atExit)
  await forced.write(Buffer.from('ours'))
  await forced.commit()
  assert.equal(await readFile(target, 'utf8'), 'ours')
  const inner = await partFolder(join(folder, 'b'), atExit)
  await assert.rejects(inner.commit(target), { code: 'folder_exists' })
  assert.deepEqual(await readdir(folder), ['a'])
})

/** Has somebody else, who writes over nothing either, take the name in the last moment before a rename. */
function raceFor(t: TestContext, take: () => Promise<unknown>): { readonly got: () => boolean } {
  const { rename } = files
  let got = false
  t.mock.method(files, 'rename', async (from: string, to: string) => {
    await take().then(
      () => {
        got = true
      },
      () => undefined,
    )
    return rename(from, to)
  })
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  return { got: () => got }
}

test('a name that is taken in the last moment is not written over: a file where there are no links', async (t) => {
  const folder = folderFor(t)
  const target = join(folder, 'a')
  t.mock.method(files, 'link', () => Promise.reject(Object.assign(new Error(), { code: 'ENOTSUP' })))
  const race = raceFor(t, () => writeFile(target, 'theirs', { flag: 'wx' }))
  const part = await partFile(target, false, atExit)
  await part.write(Buffer.from('ours'))
  await part.commit()
  assert.deepEqual([race.got(), await readFile(target, 'utf8')], [false, 'ours'])
  await assert.rejects((await partFile(target, false, atExit)).commit(), { code: 'file_exists' })
  assert.deepEqual(await readdir(folder), ['a'])
})

test('a name that is taken in the last moment is not written over: the one file of an archive, a folder', async (t) => {
  const folder = folderFor(t)
  const race = raceFor(t, () => writeFile(join(folder, 'one'), 'theirs', { flag: 'wx' }))
  const file = await partFolder(join(folder, 'one'), atExit)
  await writeFile(join(file.path, 'one'), 'ours')
  await file.commit(join(folder, 'one'), 'one')
  assert.deepEqual([race.got(), await readFile(join(folder, 'one'), 'utf8')], [false, 'ours'])
  const into = raceFor(t, () => writeFile(join(folder, 'many', 'theirs'), 'theirs'))
  const whole = await partFolder(join(folder, 'many'), atExit)
  await writeFile(join(whole.path, 'ours'), 'ours')
  await assert.rejects(whole.commit(join(folder, 'many')), { code: 'folder_exists' })
  assert.deepEqual([into.got(), await readdir(join(folder, 'many'))], [true, ['theirs']])
  assert.deepEqual((await readdir(folder)).sort(), ['many', 'one'])
})

test('the name of a part stays within what file systems take, and says whose it is', () => {
  for (const name of ['a', 'é'.repeat(127), '🗳'.repeat(63), 'x'.repeat(255)]) {
    const made = partName(name)
    assert.ok(Buffer.byteLength(made) <= 255)
    assert.deepEqual(ownerIn(made), thisProcess())
    assert.doesNotMatch(made, /\ufffd/)
  }
  for (const name of ['.scel', 'a.part', '.a.scel-x-1-1-y.part', 'b.scel-00000000-1-1-00000000.part']) {
    assert.equal(ownerIn(name), undefined, name)
  }
})

test('a process lives, has ended, or its id has been given to another', async () => {
  assert.equal(isAlive(thisProcess()), true)
  if (process.platform === 'linux') assert.equal(isAlive({ ...thisProcess(), start: '1' }), false)
  assert.equal(isAlive({ ...thisProcess(), place: '00000000' }), undefined)
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  assert.equal(isAlive({ ...thisProcess(), pid: child.pid!, start: '0' }), false)
})

test('what killed runs left is erased, of a link the link alone; what is at work, or is no part at all, stays', async (t) => {
  const folder = folderFor(t)
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  const dead = { ...thisProcess(), pid: child.pid!, start: '5' }
  const elsewhere = { ...thisProcess(), place: '00000000' }
  const left = join(folder, partName('left', dead))
  await writeFile(left, 'plaintext')
  const leftFolder = join(folder, partName('folder', dead))
  await mkdir(join(leftFolder, 'inner'), { recursive: true })
  const old = join(folder, partName('old', elsewhere))
  await writeFile(old, '')
  await utimes(old, NOW, new Date(NOW.getTime() - 86_400_001))
  const ahead = join(folder, partName('ahead', elsewhere)) // written under a clock that was ahead
  await writeFile(ahead, '')
  await utimes(ahead, NOW, new Date(NOW.getTime() + 20 * 86_400_000))
  const fresh = join(folder, partName('fresh', elsewhere))
  await writeFile(fresh, '')
  await utimes(fresh, NOW, new Date(NOW.getTime() - 80_000_000))
  const own = await partFile(join(folder, 'own'), false, atExit)
  await writeFile(join(folder, '.hidden.part'), '')
  const outside = folderFor(t)
  await writeFile(join(outside, 'x'), '')
  await symlink(outside, join(folder, partName('link', dead)))
  await sweep(folder, NOW)
  const kept = [basename(fresh), basename(own.path), '.hidden.part']
  assert.deepEqual((await readdir(folder)).sort(), kept.sort())
  assert.deepEqual(await readdir(outside), ['x'])
  await own.discard()
})
