import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HEAD } from '@scel/files/kinds'
import { pemDecode } from '@scel/pki/bytes'
import fc from 'fast-check'
import { peeked } from './peeked.ts'
import { pemOf, unwrapped } from './pem-stream.ts'

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** The bytes in parts of these lengths, the last ones of one octet; each part is overwritten once it is taken. */
async function* inParts(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const part = Uint8Array.from(bytes.subarray(at, at + (lengths[turn] ?? 1 + (turn % 7))))
    at += part.length
    yield part
    part.fill(0x2d)
  }
}

const bytes = fc.uint8Array({ maxLength: 400 })
const lengths = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 })

test('what is written as PEM is read back, however it is cut, and is what others write', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, lengths, lengths, async (content, some, others) => {
      const pem = await whole(pemOf(inParts(content, some)))
      if (content.length > 0) assert.deepEqual(pemDecode(pem.toString())[0]?.der, content)
      const windows = Buffer.from(pem.toString().replaceAll('\n', '\r\n'))
      for (const text of [pem, windows]) {
        assert.deepEqual(await whole(unwrapped(inParts(text, others))), Buffer.from(content))
      }
    }),
  )
})

test('what is no PEM passes as it is', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, lengths, async (content, some) => {
      const der = Buffer.from([0x30, ...content])
      assert.deepEqual(await whole(unwrapped(inParts(der, some))), der)
      const { head, source } = await peeked(inParts(der, some))
      assert.deepEqual(Buffer.from(head), der.subarray(0, HEAD))
      assert.deepEqual(await whole(source), der)
    }),
  )
})

test('PEM that is cut, damaged or of something else is refused', async () => {
  const pem = (await whole(pemOf(inParts(new Uint8Array(100).fill(7), [])))).toString()
  const broken = [
    pem.slice(0, -20),
    pem.slice(0, 60),
    pem.replace('Bw', 'B!'),
    pem.replace('Bw', 'B'),
    pem.replace('END CMS', 'END PKCS7'),
    pem.replace('BwcHBw', 'BwcH=w'),
    pem.replaceAll('CMS', 'CERTIFICATE'),
  ]
  for (const text of broken) {
    const read = whole(unwrapped(inParts(Buffer.from(text), [200])))
    await assert.rejects(read, { code: 'pem_malformed' }, text)
  }
})

test('PEM is one block: a second one, or any text after it, was not signed by whoever signed the first', async () => {
  const pem = (await whole(pemOf(inParts(new Uint8Array(100).fill(7), [])))).toString()
  assert.equal((await whole(unwrapped(inParts(Buffer.from(`\n${pem} \r\n\t\n`), [9])))).length, 100)
  for (const text of [`${pem}${pem}`, `${pem}I owe you a million.\n`, `${pem.trimEnd()}\u00a0`, `${pem.trimEnd()}-\n`])
    await fc.assert(
      fc.asyncProperty(lengths, async (some) => {
        await assert.rejects(whole(unwrapped(inParts(Buffer.from(text), some))), { code: 'pem_malformed' }, text)
      }),
    )
})
