import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, readdirSync } from 'node:fs'
import { chmod, mkdir, open, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, run } from '@scel/testkit/peers'
import { readFileInParts } from './file-source.ts'
import { gather } from './gather.ts'
import { unzip } from './unzip.ts'
import { zipOf } from './zip.ts'

const signal = new AbortController().signal
const DATE = new Date('2025-03-04T05:06:08Z')

async function bytesOf(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** A folder with what folders hold. */
async function folderOf(home: string): Promise<string> {
  const root = join(home, 'offer')
  await mkdir(join(root, 'annexes', 'empty'), { recursive: true })
  await writeFile(join(root, 'offre n° 1 — été.txt'), 'an offer')
  await writeFile(join(root, 'none'), '')
  await writeFile(join(root, 'annexes', 'large.bin'), Buffer.alloc(3_000_000, 'abc'))
  await writeFile(join(root, 'run.sh'), 'true\n')
  await chmod(join(root, 'run.sh'), 0o755)
  await symlink('../none', join(root, 'annexes', 'link'))
  await utimes(join(root, 'none'), DATE, DATE)
  return root
}

test('a folder comes out as it went in: names, contents, dates, programs', async (t) => {
  const home = folderFor(t)
  const root = await folderOf(home)
  let counted = 0
  const archive = await bytesOf(
    zipOf(await gather([root], 'linux'), signal, (bytes) => {
      counted += bytes
    }),
  )
  assert.equal(counted, 3_000_000 + 8 + 5)
  await writeFile(join(home, 'archive.zip'), archive)
  const handle = await open(join(home, 'archive.zip'))
  const out = join(home, 'out')
  await mkdir(out)
  const { tops, files } = await unzip(handle, out, { platform: 'linux', signal })
  await handle.close()
  assert.deepEqual([tops, files], [['offer'], 5])
  assert.deepEqual(readdirSync(out, { recursive: true }).sort(), [
    'offer',
    'offer/annexes',
    'offer/annexes/empty',
    'offer/annexes/large.bin',
    'offer/annexes/link',
    'offer/none',
    'offer/offre n° 1 — été.txt',
    'offer/run.sh',
  ])
  assert.equal(await readFile(join(out, 'offer', 'offre n° 1 — été.txt'), 'utf8'), 'an offer')
  assert.ok((await readFile(join(out, 'offer', 'annexes', 'large.bin'))).equals(Buffer.alloc(3_000_000, 'abc')))
  assert.equal((await stat(join(out, 'offer', 'none'))).mtime.getTime(), DATE.getTime())
  assert.equal((await stat(join(out, 'offer', 'run.sh'))).mode & 0o100, 0o100)
})

test('unzip reads the archive, and finds nothing wrong with it', async (t) => {
  const home = folderFor(t)
  try {
    run('unzip', ['-v'], home)
  } catch {
    return t.skip('NO unzip ON THIS MACHINE: archives were NOT read by it')
  }
  await writeFile(
    join(home, 'archive.zip'),
    await bytesOf(zipOf(await gather([await folderOf(home)], 'linux'), signal)),
  )
  assert.match(run('unzip', ['-t', 'archive.zip'], home), /No errors detected/)
})

test('what would be missing from the archive stops it before it begins', async (t) => {
  const home = folderFor(t)
  const root = join(home, 'folder')
  await mkdir(root)
  await writeFile(join(home, 'secret'), 'x')
  const refusing = async (prepare: (path: string) => unknown, code: string): Promise<void> => {
    const path = join(root, code)
    await prepare(path)
    await assert.rejects(gather([root], 'linux'), { code })
    execFileSync('rm', ['-r', path])
  }
  await refusing((path) => symlink(join(home, 'secret'), path), 'link_leaves')
  await refusing((path) => symlink('../secret', path), 'link_leaves')
  await refusing((path) => symlink('.', path), 'link_leaves')
  await refusing((path) => symlink('nowhere', path), 'link_leaves')
  await mkdir(join(root, 'inner'))
  await refusing((path) => symlink('inner', path), 'link_leaves')
  await assert.rejects(gather(['/'], 'linux'), { code: 'name_unfit', facts: { name: '/' } })
  await refusing((path) => execFileSync('mkfifo', [path]), 'not_a_file')
  await assert.rejects(gather([join(home, 'gone')], 'linux'), { code: 'file_missing' })
  await writeFile(join(root, 'back\\slash'), '')
  await assert.rejects(gather([root], 'linux'), { code: 'name_unfit' })
  await assert.rejects(gather([join(home, 'secret'), join(home, 'secret')], 'linux'), { code: 'name_twice' })
})

test('an archive holds as many files and folders as are allowed, and not one more', async (t) => {
  const root = join(folderFor(t), 'folder')
  await mkdir(root)
  for (const name of ['a', 'b']) await writeFile(join(root, name), name)
  assert.equal((await gather([root], 'linux', 3)).length, 3)
  await assert.rejects(gather([root], 'linux', 2), { code: 'entries_too_many', facts: { most: 2 } })
})

test('a link to a file of the same folder is that file, and one that a person names is what it leads to', async (t) => {
  const home = folderFor(t)
  await mkdir(join(home, 'folder'))
  await writeFile(join(home, 'folder', 'a'), 'a')
  await symlink('a', join(home, 'folder', 'b'))
  await symlink('folder', join(home, 'link'))
  const names = (await gather([join(home, 'link')], 'linux')).map(({ name }) => name)
  assert.deepEqual(names, ['link', 'link/a', 'link/b'])
})

test('a file that is written to while it is read is refused, alone and in an archive', async (t) => {
  const file = join(folderFor(t), 'growing')
  await writeFile(file, Buffer.alloc(5_000_000))
  const growing = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    let first = true
    for await (const _ of source) {
      if (first) appendFileSync(file, 'more')
      first = false
    }
  }
  await assert.rejects(growing(await readFileInParts(file, signal)), { code: 'file_changed' })
  await assert.rejects(growing(zipOf(await gather([file], 'linux'), signal)), { code: 'file_changed' })
})

test('a reader who stops early ends the archive, and a signal does too', async (t) => {
  const file = join(folderFor(t), 'large')
  await writeFile(file, Buffer.alloc(20_000_000))
  for await (const _ of zipOf(await gather([file], 'linux'), signal)) break
  const stop = new AbortController()
  const aborted = async (): Promise<void> => {
    for await (const _ of zipOf(await gather([file], 'linux'), stop.signal)) stop.abort()
  }
  await assert.rejects(aborted(), { code: 'interrupted' })
})

test('a file is read in its order, whatever its length', async (t) => {
  const file = join(folderFor(t), 'file')
  for (const length of [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3_500_000]) {
    const content = Buffer.alloc(length, `${length}.`)
    await writeFile(file, content)
    const source = await readFileInParts(file, signal)
    assert.equal(source.length, length)
    assert.ok((await bytesOf(source)).equals(content), String(length))
  }
  await assert.rejects(readFileInParts(folderFor(t), signal), { code: 'not_a_file' })
})
