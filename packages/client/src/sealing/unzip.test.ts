// Attacks D.10 on the archive that comes out of a sealed file: whoever sealed it may be hostile.

import assert from 'node:assert/strict'
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { folderFor } from '../../test/openssl.ts'
import { type RawEnd, type RawEntry, rawZip } from '../../test/raw-zip.ts'
import { isOurZip } from './mark.ts'
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
  ['a control character', 'evil\u001b[2J'],
  ['a null character', 'evil\0.txt'],
  ['bytes that are no UTF-8', 'evil\ufffd'],
  ['two hundred folders in each other', `${'a/'.repeat(200)}evil`],
] as const) {
  test(`name traversal: ${attack} is refused`, (t) => refused(t, [{ name }], 'name'))
}

test('device names, streams and names that Windows shortens are refused on Windows, and files elsewhere', async (t) => {
  for (const name of ['con', 'NUL.txt', 'a/com1.log', 'lpt9', 'file:stream', 'evil.', 'evil ']) {
    await refused(t, [{ name }], 'name', {}, { platform: 'win32' })
    assert.equal((await unpack(t, rawZip([{ name }]))).tops.length, 1, name)
  }
})

test('a symbolic link is refused, and so is every other kind of file', async (t) => {
  for (const mode of [0o120777, 0o010644, 0o060644, 0o020644, 0o140644]) {
    await refused(t, [{ name: 'link', content: '/etc/passwd', mode }], 'link')
  }
})

test('a link and then a file below it: nothing is written through it', (t) =>
  refused(t, [{ name: 'a', content: '/tmp', mode: 0o120777 }, { name: 'a/evil' }], 'link'))

test('duplicate names are refused, also where a file is a folder', async (t) => {
  await refused(t, [{ name: 'a' }, { name: 'a' }], 'twice')
  await refused(t, [{ name: 'a' }, { name: 'a/b' }], 'twice')
  await refused(t, [{ name: 'a/b' }, { name: 'a' }], 'twice')
  await refused(t, [{ name: 'a/', mode: 0o40755 }, { name: 'a' }], 'twice')
})

test('total expanded size, ratio: what is compressed is refused before a byte of it is expanded', async (t) => {
  const bomb = deflateRawSync(Buffer.alloc(10_000_000))
  await refused(t, [{ name: 'bomb', content: bomb, method: 8, size: 10_000_000 }], 'compressed')
  await refused(t, [{ name: 'bomb', content: 'x', size: 10_000_000 }], 'compressed')
})

test('ZIP64 lies: a size beyond the archive is refused', async (t) => {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(2n ** 40n, 4)
  extra.writeBigUInt64LE(2n ** 40n, 12)
  await refused(t, [{ name: 'a', content: 'x', size: 0xffffffff, packedSize: 0xffffffff, extra }], 'size')
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

test('encrypted entries are refused with that as the reason', (t) =>
  refused(t, [{ name: 'a', content: 'x'.repeat(20), flags: 0x801, packedSize: 20, size: 20 }], 'encrypted'))

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
    assert.equal(await isOurZip(handle), ours)
    await handle.close()
  }
})
