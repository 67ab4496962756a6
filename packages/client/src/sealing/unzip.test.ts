// Attacks D.10 on the archive that comes out of a sealed file: whoever sealed it may be hostile.

import assert from 'node:assert/strict'
import { type FileHandle, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { isOurZip } from '@scel/files/archives'
import { folderFor } from '@scel/testkit/peers'
import { type RawEnd, type RawEntry, rawZip } from '../../test/raw-zip.ts'
import { accessToFile } from './file-source.ts'
import { type UnzipOptions, unzip } from './unzip.ts'

const OPTIONS: UnzipOptions = { platform: 'linux', signal: new AbortController().signal }

interface Unpacked {
  readonly tops: readonly string[]
  readonly folder: string
  /** What lies beside the folder. */
  readonly beside: readonly string[]
}

async function unpack(t: TestContext, archive: Uint8Array, options: Partial<UnzipOptions> = {}): Promise<Unpacked> {
  const home = folderFor(t)
  const folder = join(home, 'out', 'inner')
  await mkdir(folder, { recursive: true })
  await writeFile(join(home, 'archive'), archive)
  const handle = await open(join(home, 'archive'))
  try {
    const { tops } = await unzip(handle, folder, { ...OPTIONS, ...options })
    return { tops, folder, beside: [...(await readdir(home)), ...(await readdir(join(home, 'out')))].sort() }
  } finally {
    await handle.close()
  }
}

async function refused(
  t: TestContext,
  entries: readonly RawEntry[],
  reason: string,
  end: RawEnd = {},
  options: Partial<UnzipOptions> = {},
): Promise<void> {
  await assert.rejects(
    unpack(t, rawZip(entries, end), options),
    (error: { code?: string; facts?: { reason?: string } }) => {
      assert.deepEqual([error.code, error.facts?.reason], ['archive_refused', reason], String(error))
      return true
    },
  )
}

test('an archive as sealing makes it is unpacked: files 0600, folders 0700, programs 0700', async (t) => {
  const { tops, folder, beside } = await unpack(
    t,
    rawZip([
      { name: 'bid/', mode: 0o40755 },
      { name: 'bid/offer.txt', content: 'an offer' },
      { name: 'bid/run.sh', content: 'true', mode: 0o100755 },
    ]),
  )
  assert.deepEqual(tops, ['bid'])
  assert.equal(await readFile(join(folder, 'bid', 'offer.txt'), 'utf8'), 'an offer')
  const mode = async (name: string): Promise<string> => ((await stat(join(folder, name))).mode & 0o7777).toString(8)
  assert.deepEqual([await mode('bid'), await mode('bid/offer.txt'), await mode('bid/run.sh')], ['700', '600', '700'])
  assert.deepEqual(beside, ['archive', 'inner', 'out'])
})

for (const [attack, name] of [
  ['a name that climbs out', '../evil'],
  ['a name that climbs out further on', 'bid/../../evil'],
  ['an absolute name', '/etc/evil'],
  ['a drive letter', 'C:/evil'],
  ['a backslash', '..\\evil'],
  ['an empty part', 'bid//evil'],
  ['a dot', './evil'],
  ['a null character', 'evil\0.txt'],
  ['two hundred folders in each other', `${'a/'.repeat(200)}evil`],
] as const) {
  test(`name traversal: ${attack} is refused`, (t) => refused(t, [{ name }], 'name'))
}

for (const [attack, name] of [
  ['a control character', 'evil\u001b[2J'],
  ['bytes that are no UTF-8', 'evil\ufffd'],
  ['letters that turn the line round', 'bid/evil\u202efdp.exe'],
  ['letters without width', 'bid/evil\u200b'],
] as const) {
  test(`letters in names: ${attack} are refused`, (t) => refused(t, [{ name }], 'letters'))
}

test('device names, streams and names that Windows shortens are refused on Windows, and files elsewhere', async (t) => {
  for (const name of ['con', 'NUL.txt', 'a/com1.log', 'lpt9', 'file:stream', 'evil.', 'evil ']) {
    await refused(t, [{ name }], 'name', {}, { platform: 'win32' })
    assert.equal((await unpack(t, rawZip([{ name }]))).tops.length, 1, name)
  }
})

test('a symbolic link is refused, and so is every other kind of file, with permissions and without', async (t) => {
  for (const kind of [0o120000, 0o010000, 0o060000, 0o020000, 0o140000]) {
    for (const permissions of [0o777, 0o644, 0]) {
      await refused(t, [{ name: 'link', content: '/etc/passwd', mode: kind | permissions }], 'link')
    }
  }
})

test('an archive that says nothing of kinds holds files, and folders where a name ends with a slash', async (t) => {
  const { folder } = await unpack(
    t,
    rawZip([
      { name: 'a/', mode: 0 },
      { name: 'a/b', content: 'x', mode: 0 },
    ]),
  )
  assert.equal(await readFile(join(folder, 'a', 'b'), 'utf8'), 'x')
})

test('a link and then a file below it: nothing is written through it', (t) =>
  refused(t, [{ name: 'a', content: '/tmp', mode: 0o120777 }, { name: 'a/evil' }], 'link'))

test('duplicate names are refused before anything is written, also where a file is a folder', async (t) => {
  const folder = { name: 'a/', mode: 0o40755 }
  for (const entries of [
    [{ name: 'a' }, { name: 'a' }],
    [{ name: 'a' }, { name: 'a/b' }],
    [{ name: 'a/b' }, { name: 'a' }],
    [folder, { name: 'a' }],
    [{ name: 'a' }, folder],
  ]) {
    let written = 0
    const count = (bytes: number): void => {
      written += bytes
    }
    await refused(t, [{ name: 'first', content: 'x' }, ...entries], 'twice', {}, { count })
    assert.equal(written, 0)
  }
  const { tops } = await unpack(t, rawZip([{ name: 'a/b' }, folder]))
  assert.deepEqual(tops, ['a'], 'a folder that was there already is the same folder')
})

test('two names that are one on the file system do not write over each other', async (t) => {
  const folder = folderFor(t)
  await writeFile(join(folder, 'offer.txt'), 'the first') // as OFFER.TXT would have been where case does not count
  const file = join(folderFor(t), 'archive')
  await writeFile(file, rawZip([{ name: 'offer.txt', content: 'the second' }]))
  const handle = await open(file)
  await assert.rejects(unzip(handle, folder, OPTIONS), {
    code: 'archive_refused',
    facts: { reason: 'twice', name: 'offer.txt' },
  })
  await handle.close()
  assert.equal(await readFile(join(folder, 'offer.txt'), 'utf8'), 'the first')
})

test('total expanded size, ratio: what is compressed is refused before a byte of it is expanded', async (t) => {
  const bomb = deflateRawSync(Buffer.alloc(10_000_000))
  await refused(t, [{ name: 'bomb', content: bomb, method: 8, size: 10_000_000 }], 'compressed')
  await refused(t, [{ name: 'bomb', content: 'x', size: 10_000_000 }], 'compressed')
  await refused(t, [{ name: 'bomb', content: bomb, method: 8 }], 'compressed')
})

test('ZIP64 lies: a size beyond the archive is refused', async (t) => {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(2n ** 40n, 4)
  extra.writeBigUInt64LE(2n ** 40n, 12)
  await refused(t, [{ name: 'a', content: 'x', size: 0xffffffff, packedSize: 0xffffffff, extra }], 'size')
})

test('contents as large as the archive are refused: its own list takes a part of it', async (t) => {
  const content = 'x'.repeat(100)
  const { length } = rawZip([{ name: 'a', content }])
  await refused(t, [{ name: 'a', content, size: length, packedSize: length }], 'size')
  await refused(t, [{ name: 'a', content, size: length - 1, packedSize: length - 1 }], 'damaged')
})

test('as many files and folders as are allowed come out, and not one more', async (t) => {
  const entries = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]
  assert.equal((await unpack(t, rawZip(entries), { most: 3 })).tops.length, 3)
  await refused(t, entries, 'entries', {}, { most: 2 })
})

test('entry count: a directory that ends before or after the count is refused', async (t) => {
  await refused(t, [{ name: 'a' }, { name: 'b' }], 'damaged', { count: 1 })
  await refused(t, [{ name: 'a' }], 'damaged', { count: 2 })
})

test('central against local header: another name, another size', async (t) => {
  await refused(t, [{ name: 'good.txt', localName: 'evil.exe', content: 'x' }], 'damaged')
  await refused(t, [{ name: 'a', content: 'xy', localSize: 1 }], 'damaged')
})

test('overlapping entries are refused', async (t) => {
  const inner = rawZip([{ name: 'b', content: 'inner' }], { comment: new Uint8Array(0) })
  const local = inner.subarray(0, 30 + 1 + 5)
  // The second entry lies within the content of the first.
  await refused(
    t,
    [
      { name: 'a', content: local },
      { name: 'b', content: 'inner', offset: 31 },
    ],
    'overlap',
  )
})

test('encrypted entries are refused with that as the reason', async (t) => {
  await refused(t, [{ name: 'a', content: 'x'.repeat(20), flags: 0x801 }], 'encrypted')
  await refused(t, [{ name: 'a', content: 'x'.repeat(32), flags: 0x801, size: 20 }], 'encrypted')
})

test('whoever interrupts is heard before the next file or folder, and within a file', async (t) => {
  const stopped = AbortSignal.abort()
  await assert.rejects(unpack(t, rawZip([{ name: 'a/', mode: 0o40755 }]), { signal: stopped }), { code: 'interrupted' })
  const stop = new AbortController()
  let written = 0
  const count = (bytes: number): void => {
    written += bytes
    stop.abort()
  }
  const large = rawZip([{ name: 'large', content: Buffer.alloc(1_000_000) }])
  await assert.rejects(unpack(t, large, { signal: stop.signal, count }), { code: 'interrupted' })
  assert.ok(written < 1_000_000)
})

test('a disk that cannot be read is not called a damaged archive', async () => {
  const fault = Object.assign(new Error('i/o error'), { code: 'EIO' })
  const handle = { stat: async () => ({ size: 1_000 }), read: () => Promise.reject(fault) } as unknown as FileHandle
  await assert.rejects(unzip(handle, '', OPTIONS), { code: 'EIO' })
})

test('something before the archive, and a checksum that differs, are refused', async (t) => {
  await refused(t, [{ name: 'a' }], 'damaged', { before: Buffer.from('#!/bin/sh\n') })
  await refused(t, [{ name: 'a', content: 'x', crc: 1 }], 'damaged')
})

test('nested archives stay files', async (t) => {
  const inner = rawZip([{ name: '../evil' }])
  const { folder } = await unpack(t, rawZip([{ name: 'inner.zip', content: inner }]))
  assert.deepEqual(await readdir(folder), ['inner.zip'])
})

test('only an archive with the mark of sealing is taken apart', async (t) => {
  const file = join(folderFor(t), 'archive')
  for (const [bytes, ours] of [
    [rawZip([{ name: 'a' }]), true],
    [rawZip([{ name: 'a' }], { comment: Buffer.from('somebody else’s') }), false],
    [Buffer.concat([rawZip([{ name: 'a' }]), Buffer.from('x')]), false],
    [Buffer.from('scel sealed folder 1'), false],
    [Buffer.alloc(0), false],
  ] as const) {
    await writeFile(file, bytes)
    const handle = await open(file)
    assert.equal(await isOurZip(await accessToFile(handle)), ours)
    await handle.close()
  }
})
