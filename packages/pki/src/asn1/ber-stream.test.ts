import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collect, inParts } from '@scel/testkit/scenes'
import fc from 'fast-check'
import { concat, fromHex, toHex } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import { BerStream } from './ber-stream.ts'
import { integer, octetString, sequence } from './writer.ts'

const stream = (bytes: Uint8Array, size = 3): BerStream => new BerStream(inParts(bytes, size), 'test')

const malformed = (error: unknown): boolean => hasCode(error, 'der_malformed')

test('structures of both forms are entered and left, elements are read whole, whatever the parts', async () => {
  const definite = sequence(integer(5), octetString(fromHex('aabbcc')), sequence(integer(1)))
  const indefinite = fromHex('3080020105 2480 0401aa 2480 0402bbcc 0000 0000 3080 020101 0000 0000'.replaceAll(' ', ''))
  for (const bytes of [definite, indefinite]) {
    for (const size of [1, 2, 7, 1_000]) {
      const ber = stream(bytes, size)
      await ber.enter(0x30)
      assert.equal(toHex(await ber.element(10)), '020105')
      assert.equal(toHex(await collect(ber.octets())), 'aabbcc')
      assert.equal(toHex(await ber.element(20)), '3003020101')
      assert.equal(await ber.peek(), undefined)
      await ber.leave()
      await ber.end()
      assert.equal(ber.offset, bytes.length)
    }
  }
})

test('content comes out whole, in pieces of any length and nesting', async () => {
  const piece = fc.uint8Array({ maxLength: 400 })
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 500 }), async (pieces, size) => {
      const inner = pieces.map((one, at) => {
        const string = octetString(one)
        return at % 3 === 0 ? concat(fromHex('2480'), string, fromHex('0000')) : string
      })
      const ber = stream(concat(fromHex('a080'), ...inner, fromHex('0000')), size)
      assert.deepEqual(await collect(ber.octets(0x80)), concat(...pieces))
      await ber.end()
    }),
    { numRuns: 200 },
  )
})

test('a source may use the memory of a part again once the next one is asked for, also that of a Node Buffer', async () => {
  async function* again(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    const memory = Buffer.alloc(size)
    for await (const part of inParts(bytes, size)) {
      memory.fill(0xee)
      memory.set(part)
      yield memory.subarray(0, part.length)
      memory.fill(0xdd)
    }
  }
  const bytes = sequence(octetString(fromHex('00112233445566778899')), integer(5))
  for (const size of [1, 2, 3, 5, 8, 100]) {
    const ber = new BerStream(again(bytes, size), 'test')
    assert.equal(toHex(await ber.element(100)), toHex(bytes), String(size))
    const other = new BerStream(again(bytes, size), 'test')
    await other.enter(0x30)
    assert.equal(toHex(await collect(other.octets())), '00112233445566778899', String(size))
    assert.equal(toHex(await other.element(10)), '020105', String(size))
  }
})

test('content longer than what is gathered, and content after it', async () => {
  const long = new Uint8Array(700_000).map((_, i) => i)
  const pieces = [long, long.subarray(0, 10), long.subarray(0, 300_000), ...Array(900).fill(long.subarray(0, 1_000))]
  const ber = stream(concat(fromHex('2480'), ...pieces.map((one) => octetString(one)), fromHex('0000')), 65_536)
  assert.deepEqual(await collect(ber.octets()), concat(...pieces))
})

test('a cut anywhere is an error, never a shorter content', async () => {
  const bytes = concat(fromHex('30802480'), octetString(fromHex('aabbcc')), fromHex('0401dd00000000'))
  for (let cut = 0; cut < bytes.length; cut++) {
    const ber = stream(bytes.subarray(0, cut))
    await assert.rejects(
      async () => {
        await ber.enter(0x30)
        await collect(ber.octets())
        await ber.leave()
      },
      malformed,
      `${cut}`,
    )
  }
})

test('what must not be: indefinite primitives, lengths beyond the structure, other strings inside, octets after the end', async () => {
  const refused = [
    '0480aabb0000',
    '24030402aa',
    '248002010100000000',
    '3003020201',
    '24048404ffffffff',
    '04880000000000000001aa',
    '0401aa00',
    '24800401aa0005',
  ]
  for (const hex of refused) {
    const ber = stream(fromHex(hex))
    await assert.rejects(
      async () => {
        if ((await ber.peek()) === 0x30) await ber.element(100)
        else await collect(ber.octets())
        await ber.end()
      },
      malformed,
      hex,
    )
  }
})

test('what is kept octet for octet has no high tag number', async () => {
  await assert.rejects(stream(fromHex('30809f000000')).verbatim(100), malformed)
  assert.equal(toHex(await stream(fromHex('308080000000')).verbatim(100)), '308080000000')
})

test('depth and size are bounded before anything is kept', async () => {
  const deep = stream(fromHex('30 80'.repeat(40).replaceAll(' ', '')), 50)
  await assert.rejects(deep.element(1_000_000), (error) => hasCode(error, 'der_too_deep'))
  const nested = stream(fromHex('2480'.repeat(40)), 50)
  await assert.rejects(collect(nested.octets()), (error) => hasCode(error, 'der_too_deep'))
  const large = stream(concat(fromHex('30847fffffff'), new Uint8Array(10)))
  await assert.rejects(large.element(1_000), (error) => hasCode(error, 'input_too_large'))
})
