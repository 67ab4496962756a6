// Messages of more elements, and sources of more parts, than a call takes arguments.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import { inParts } from '@scel/testkit/scenes'
import fc from 'fast-check'
import { mailAround, reading } from '../../test/mail-scene.ts'
import { ana, CONTENT, rsa, sealedFor } from '../../test/sealed-scene.ts'
import { open, to } from '../../test/sealing.ts'
import { element, explicit, integer, octetString, oid, sequence, setOf } from '../asn1/index.ts'
import { concat, fromHex } from '../bytes/index.ts'
import { isPkiError } from '../errors/index.ts'
import { readMail } from '../smime/index.ts'
import { verifyTimeStampToken } from '../tsp/index.ts'
import { describeSealed, describeSigned, openContent, verifyContent } from './index.ts'

const MANY = 70_000
const NULLS = new Uint8Array(2 * MANY).map((_, i) => (i % 2 === 0 ? 5 : 0))
const END = new Uint8Array(2)
const indefinite = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  concat(Uint8Array.of(tag, 0x80), parts, END)

const DATA = '1.2.840.113549.1.7.1'
/** An originatorInfo of very many children. */
const sealed = sequence(
  oid('1.2.840.113549.1.7.3'),
  explicit(
    0,
    sequence(
      integer(0),
      indefinite(0xa0, NULLS),
      setOf(),
      sequence(
        oid(DATA),
        sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16))),
        element(0x80, new Uint8Array(32)),
      ),
    ),
  ),
)
/** A SignerInfo of very many children. */
const signed = sequence(
  oid('1.2.840.113549.1.7.2'),
  explicit(0, sequence(integer(1), setOf(), sequence(oid(DATA)), element(0x31, indefinite(0x30, NULLS)))),
)

const sink = { write: async () => {} }
const judging = { anchors: [], at: NOW, revocation: 'not-asked' } as const
type Door = (bytes: Uint8Array, size?: number) => Promise<unknown>
const DOORS = {
  describeSealed: (bytes, size) => describeSealed(inParts(bytes, size)),
  openContent: (bytes, size) => openContent(inParts(bytes, size), ana, sink),
  describeSigned: (bytes, size) => describeSigned(inParts(bytes, size)),
  verifyContent: (bytes, size) => verifyContent(inParts(bytes, size), judging, sink),
  verifyTimeStampToken: (bytes) =>
    verifyTimeStampToken(bytes, { ...judging, imprint: { digest: 'SHA-256', hash: new Uint8Array(32) } }),
} satisfies Readonly<Record<string, Door>>

const SEALED: ReadonlySet<string> = new Set(['describeSealed', 'openContent'])

async function answers(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    assert.ok(isPkiError(error), String(error))
  }
}

test('elements without end: a message of a hundred thousand is answered, never a RangeError', async () => {
  for (const [name, run] of Object.entries<Door>(DOORS)) {
    const bytes = SEALED.has(name) ? sealed : signed
    await assert.doesNotReject(() => answers(() => run(bytes)), name)
  }
})

test('elements without end: a mail that holds such a message is read, and the layer is to blame', async () => {
  for (const bytes of [sealed, signed]) {
    const { layers } = await readMail(mailAround(bytes), reading)
    assert.ok(layers[0] && 'error' in layers[0] && isPkiError(layers[0].error))
  }
})

test('a source that drips: one octet at a time, a hundred thousand of them for one element', async () => {
  const whole = sequence(
    oid('1.2.840.113549.1.7.3'),
    explicit(0, sequence(integer(0), element(0xa0, octetString(NULLS)))),
  )
  await assert.doesNotReject(() => answers(() => describeSealed(inParts(whole, 1))))
  const long = await sealedFor(to(rsa), { cipher: 'AES-256-CBC' })
  assert.deepEqual((await open(long, ana, 1)).content, CONTENT)
})

test('any nesting of very many elements, in parts of any length, ends in an answer', async () => {
  const shape = fc.record({
    tag: fc.constantFrom(0x30, 0x31, 0xa0, 0xa1, 0xa2, 0x24),
    child: fc.constantFrom('0500', '0400', '3080' + '0000', '2480' + '0000', '020100'),
    count: fc.integer({ min: 60_000, max: 80_000 }),
    depth: fc.integer({ min: 0, max: 5 }),
    place: fc.integer({ min: 0, max: 3 }),
    type: fc.constantFrom('1.2.840.113549.1.7.3', '1.2.840.113549.1.7.2', '1.2.840.113549.1.9.16.1.23'),
    size: fc.constantFrom(1_000, 65_536, 10_000_000),
  })
  await fc.assert(
    fc.asyncProperty(shape, async ({ tag, child, count, depth, place, type, size }) => {
      const one = fromHex(child)
      let inner = new Uint8Array(count * one.length)
      for (let i = 0; i < count; i++) inner.set(one, i * one.length)
      for (let i = 0; i < depth; i++) inner = indefinite(0x30, inner) as Uint8Array<ArrayBuffer>
      const fields = [integer(0), setOf(), sequence(oid(DATA))]
      const bytes = sequence(
        oid(type),
        explicit(0, sequence(fields.slice(0, place), indefinite(tag, inner), fields.slice(place))),
      )
      for (const run of [DOORS.describeSealed, DOORS.openContent, DOORS.verifyContent]) {
        await answers(() => run(bytes, size))
      }
    }),
    { numRuns: 6 },
  )
})
