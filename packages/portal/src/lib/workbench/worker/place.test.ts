import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryPlace, openPlace } from './place.ts'

const target = { name: 'a.txt', type: 'text/plain' }
const utf8 = (text: string) => new TextEncoder().encode(text)

test('without a folder of its own it holds the outcome in memory, whatever becomes of the octets it was given', async () => {
  const place = await openPlace(target) // there is no such folder outside of browsers
  const bytes = utf8('one ')
  for (let i = 0; i < 100; i++) await place.write(bytes)
  bytes.fill(0)
  const { name, size, file } = await place.keep()
  assert.deepEqual([name, size, file?.name, file?.type], ['a.txt', 400, 'a.txt', 'text/plain'])
  assert.equal(await file?.text(), 'one '.repeat(100))
})

test('what is too large for memory is refused, with the limit', async () => {
  const place = memoryPlace(target, 10)
  await place.write(utf8('0123456789'))
  await assert.rejects(place.write(utf8('!')), { code: 'too-large-for-memory', facts: { limit: 10 } })
})

test('a file that was chosen is put in its place when it is kept, and is gone when it is not', async () => {
  const done: string[] = []
  const writable = {
    write: async (bytes: Uint8Array) => void done.push(`write ${bytes.length}`),
    close: async () => void done.push('close'),
    abort: async () => void done.push('abort'),
  }
  const handle = { name: 'b.txt', createWritable: async () => writable, remove: async () => void done.push('remove') }
  const picked = handle as unknown as FileSystemFileHandle
  const kept = await openPlace({ ...target, picked })
  await kept.write(utf8('abc'))
  assert.deepEqual(await kept.keep(), { name: 'b.txt', size: 3 })
  const discarded = await openPlace({ ...target, picked })
  await discarded.write(utf8('plain'))
  await discarded.discard()
  assert.deepEqual(done, ['write 3', 'close', 'write 5', 'abort', 'remove'])
})
