import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readFileInParts } from './file-source.ts'

const MIB = 1024 * 1024

function place(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-source-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'file')
}

test('a file comes whole and in order, whatever its length', async (t) => {
  const file = place(t)
  for (const length of [0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB + 17, 70 * MIB]) {
    const content = randomBytes(length)
    writeFileSync(file, content)
    const source = await readFileInParts(file, new AbortController().signal)
    assert.equal(source.length, length)
    const digest = createHash('sha256')
    for await (const part of source) digest.update(part)
    assert.equal(digest.digest('hex'), createHash('sha256').update(content).digest('hex'), `${length} octets`)
  }
})

test('a signal is heard while nobody waits for anything but the file', async (t) => {
  const file = place(t)
  writeFileSync(file, randomBytes(256 * MIB)) // it is in memory now, and comes as fast
  const stop = new AbortController()
  let parts = 0
  const reading = (async () => {
    for await (const _ of await readFileInParts(file, stop.signal)) {
      if (++parts === 10) setImmediate(() => stop.abort())
    }
  })()
  await assert.rejects(reading, { code: 'interrupted' })
  assert.ok(parts < 256, `${parts} of 256 parts were read`)
})

test('a file that grows while it is read is refused', async (t) => {
  const file = place(t)
  writeFileSync(file, randomBytes(3 * MIB))
  const reading = (async () => {
    for await (const part of await readFileInParts(file, new AbortController().signal)) {
      if (part.length > 0) truncateSync(file, 4 * MIB)
    }
  })()
  await assert.rejects(reading, { code: 'file_changed' })
})
