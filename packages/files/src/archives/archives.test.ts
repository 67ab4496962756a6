import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '@scel/pki/bytes'
import fc from 'fast-check'
import { accessTo, isOurZip, MARK } from './index.ts'
import { readArchive } from './read.ts'
import { type ArchiveItem, writeArchive } from './write.ts'

const DATE = new Date('2025-03-04T05:06:08Z')

const file = (name: string, content = '', more: Partial<ArchiveItem> = {}): ArchiveItem => ({
  ...{ name, modified: DATE, ...more },
  open: async () => ({ size: utf8(content).length, bytes: pieces(content) }),
})

async function* pieces(content: string): AsyncGenerator<Uint8Array> {
  const bytes = utf8(content)
  for (let at = 0; at < bytes.length; at += 7) yield bytes.slice(at, at + 7)
}

async function archive(...items: ArchiveItem[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of writeArchive(items)) parts.push(part.slice())
  return Buffer.concat(parts)
}

async function contents(bytes: Uint8Array): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of (await readArchive(accessTo(bytes), { on: 'elsewhere' })).entries) {
    const parts: Buffer[] = []
    await entry.copyTo({ write: async (part) => void parts.push(Buffer.from(part)) })
    if (entry.kind === 'file') found[entry.name] = Buffer.concat(parts).toString()
  }
  return found
}

test('what is written is read back: names, contents, dates, folders, programs', async () => {
  const bytes = await archive(
    { name: 'offer', modified: DATE },
    file('offer/été.txt', 'an offer that is longer than a piece of it'),
    file('offer/none'),
    file('run.sh', 'true', { executable: true }),
  )
  const { entries, tops, files } = await readArchive(accessTo(bytes), { on: 'windows' })
  assert.deepEqual([tops, files], [['offer', 'run.sh'], 3])
  assert.deepEqual(
    entries.map(({ name, kind, executable, modified }) => [name, kind, executable, modified.getTime()]),
    [
      ['offer', 'folder', false, DATE.getTime()],
      ['offer/été.txt', 'file', false, DATE.getTime()],
      ['offer/none', 'file', false, DATE.getTime()],
      ['run.sh', 'file', true, DATE.getTime()],
    ],
  )
  assert.deepEqual(await contents(bytes), {
    'offer/été.txt': 'an offer that is longer than a piece of it',
    'offer/none': '',
    'run.sh': 'true',
  })
})

test('whatever names and contents go in come out', async () => {
  const name = fc.stringMatching(/^[a-zé日.]{1,8}x$/)
  const items = fc.dictionary(name, fc.string({ maxLength: 60 }), { maxKeys: 5, noNullPrototype: true })
  await fc.assert(
    fc.asyncProperty(items, async (all) => {
      const bytes = await archive(...Object.entries(all).map(([path, content]) => file(path, content)))
      assert.deepEqual(
        await contents(bytes),
        Object.fromEntries(Object.entries(all).map(([path, content]) => [path, Buffer.from(content).toString()])),
      )
    }),
    { numRuns: 40 },
  )
})

test('a name that nobody would unpack is refused before anything is read', async () => {
  const never = (name: string): ArchiveItem => ({ name, modified: DATE, open: () => Promise.reject(new Error('read')) })
  for (const [names, reason] of [
    [['fine', '../evil'], 'name'],
    [['a\\b'], 'name'],
    [['/etc/x'], 'name'],
    [['invoice\u202efdp.exe'], 'letters'],
    [['rap\u00adport.pdf'], 'letters'],
    [['a', 'a'], 'twice'],
    [['a', 'a/b'], 'twice'],
    [['a/b', 'a'], 'twice'],
  ] as const) {
    await assert.rejects(archive(...names.map(never)), { name: 'ArchiveRefused', reason }, names.join())
  }
})

test('what goes wrong while a file is read is thrown as it was, and nothing is taken for an archive', async () => {
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield utf8('the first ')
    throw new RangeError('the disk')
  }
  const item: ArchiveItem = { name: 'a', modified: DATE, open: async () => ({ size: 20, bytes: broken() }) }
  await assert.rejects(archive(item), RangeError)
  await assert.rejects(archive({ ...item, open: () => Promise.reject(new RangeError('gone')) }), RangeError)
  const stopped = writeArchive([file('a', 'x')], AbortSignal.abort(new RangeError('stopped')))
  await assert.rejects(stopped.next(), RangeError)
})

test('a source that cannot be read is not called a damaged archive', async () => {
  const fault = new RangeError('the disk')
  await assert.rejects(
    readArchive({ size: 1000, read: () => Promise.reject(fault) }, { on: 'elsewhere' }),
    (error) => error === fault,
  )
})

test('an archive is known by the comment at its very end', async () => {
  const ours = await archive(file('a', 'scel'))
  const known = (bytes: Uint8Array | Blob) => isOurZip(accessTo(bytes))
  assert.deepEqual([await known(ours), await known(new Blob([ours as Uint8Array<ArrayBuffer>]))], [true, true])
  const otherLength = Uint8Array.from(ours)
  otherLength[ours.length - MARK.length - 2]! ^= 1
  for (const bytes of [Buffer.concat([ours, utf8('x')]), otherLength, MARK, new Uint8Array(0), ours.subarray(0, -1)])
    assert.equal(await known(bytes), false)
})
