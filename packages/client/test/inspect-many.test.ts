// What is said of a file of many objects is said as it comes: it takes fifty times the room of the file.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mock, type TestContext, test } from 'node:test'
import { pemEncode } from '@scel/pki/bytes'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { folderFor } from '@scel/testkit/peers'
import { formatInstant } from '../src/ui/language.ts'
import { scel } from './run-scel.ts'

const dates = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' }

async function manyIn(t: TestContext, tail: string): Promise<{ home: string; file: string; count: number }> {
  const home = folderFor(t)
  const { certificate } = await certify({
    name: 'CN=One of many',
    serial: '4a',
    ...dates,
    extensions: authorityExtensions(),
  })
  const [file, count] = [join(home, 'many.pem'), 300]
  writeFileSync(file, pemEncode('CERTIFICATE', certificate.der).repeat(count) + tail)
  return { home, file, count }
}

const BROKEN = pemEncode('CERTIFICATE', Uint8Array.of(0x30, 0x00))

test('a file of many certificates is told one after the other, and none of it is kept', async (t) => {
  const { home, file, count } = await manyIn(t, '')
  for (const format of [[], ['--json']]) {
    let [writes, longest, slow, text] = [0, 0, 0, '']
    const { exit, out } = await scel(['inspect', file, ...format], home, {
      write: async (data) => {
        writes += 1
        slow += 1
        longest = Math.max(longest, data.length)
        text += String(data)
        await new Promise((resolve) => setImmediate(resolve))
        slow -= 1
        assert.equal(slow, 0, 'nothing is made while the reader has not taken what came before')
      },
    })
    assert.deepEqual([exit, out, writes >= count, longest < 8_000], [0, '', true, true])
    if (format.length > 0) assert.equal(JSON.parse(text).objects.length, count)
    else assert.equal(text.split('\n\n').length, count)
  }
})

test('one that cannot be read ends the list: what came before is told, and with --json it is one document', async (t) => {
  const { home, file, count } = await manyIn(t, BROKEN)
  const text = await scel(['inspect', file], home)
  assert.equal(text.exit, 1)
  assert.equal(text.out.split('\n\n').length, count)
  assert.match(text.err, /^scel: error: /m)
  const json = await scel(['inspect', file, '--json'], home)
  const { objects, error } = JSON.parse(json.out)
  assert.deepEqual([json.exit, objects.length, typeof error.code], [1, count, 'string'])
  const first = join(home, 'first.pem')
  writeFileSync(first, BROKEN)
  const nothing = await scel(['inspect', first, '--json'], home)
  assert.deepEqual([nothing.exit, Object.keys(JSON.parse(nothing.out))], [1, ['error']])
})

test('instants are told by one formatter: each holds memory that no collection is in a hurry to free', () => {
  formatInstant('2026-01-01T00:00:00.000Z', 'en')
  formatInstant('2026-01-01T00:00:00.000Z', 'fr')
  const made = mock.method(Intl, 'DateTimeFormat')
  for (let day = 1; day < 20; day += 1) formatInstant(new Date(day * 86_400_000), day % 2 ? 'en' : 'fr')
  made.mock.restore()
  assert.equal(made.mock.callCount(), 0)
})
