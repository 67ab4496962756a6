// Entries of CRLs: that they are found, that each is checked although none is made a value, and that a list comes back
// as it was written.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { signatureByName } from '../../algorithms/index.ts'
import { boolean, element, enumerated, integer, octetString, oid, sequence, time } from '../../asn1/index.ts'
import { fromHex, toHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { Crl, CrlEntryInput, Extension, Name } from '../index.ts'
import {
  assembleSigned,
  buildName,
  buildTbsCrl,
  crlEntry,
  extension,
  makeExtension,
  parseCrl,
  REVOCATION_REASONS,
} from '../index.ts'

const ROW = signatureByName('ECDSA with SHA-256')
const ISSUER = buildName([{ type: 'commonName', value: 'Issuer' }])
const OTHERS = ['A', 'B', 'C'].map((value) => buildName([{ type: 'commonName', value }]))
const AT = new Date('2026-06-01T12:00:00Z')
const NEXT = new Date('2026-06-08T12:00:00Z')

function write(entries: Iterable<CrlEntryInput>, extensions: readonly Extension[] = []): Uint8Array {
  const tbs = buildTbsCrl({ signature: ROW, issuer: ISSUER, thisUpdate: AT, nextUpdate: NEXT, entries, extensions })
  return assembleSigned(tbs, ROW, fromHex('3006020101020101'))
}

/** A CRL around entries that are given as bytes. */
function around(entries: readonly Uint8Array[], version: 1 | 2 = 2): Uint8Array {
  const front = version === 2 ? [integer(1)] : []
  const tbs = sequence(...front, ROW.identifier, ISSUER.der, time(AT), time(NEXT), sequence(...entries))
  return assembleSigned(tbs, ROW, fromHex('3006020101020101'))
}

test('what is written is read back the same: serials, dates, reasons, issuers, extensions', () => {
  const seconds = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 })
  const entry = fc.record(
    {
      serial: fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => integer(bytes).slice(-bytes.length)),
      revokedAt: seconds.map((second) => new Date(second * 1_000)),
      reason: fc.constantFrom(...REVOCATION_REASONS),
      issuer: fc.constantFrom(ISSUER, ...OTHERS),
      extensions: fc.constantFrom([], [makeExtension('invalidityDate', AT)], [foreign('1.2.3.4', false)]),
    },
    { requiredKeys: ['serial', 'revokedAt'] },
  )
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      const der = write(entries, [makeExtension('cRLNumber', 1n)])
      const crl = parseCrl(der)
      const shown = (one: CrlEntryInput): unknown => [
        toHex(integer(one.serial)),
        one.revokedAt,
        one.reason ?? 'unspecified',
        (one.issuer ?? ISSUER).rdns[0]![0]!.value,
      ]
      assert.deepEqual(Array.from(crl.entries, shown), entries.map(shown))
      assert.deepEqual(write(crl.entries, crl.extensions), der)
    }),
    { numRuns: 200 },
  )
})

test('every serial of a list is found, no other is, and a negative one is not its positive twin', () => {
  const serial = fc.oneof(fc.bigInt({ min: -300n, max: 300n }), fc.bigInt({ min: 0n, max: 1n << 159n }))
  fc.assert(
    fc.property(fc.uniqueArray(serial, { maxLength: 60 }), fc.array(serial, { maxLength: 30 }), (listed, asked) => {
      const crl = parseCrl(write(listed.map((value) => ({ serial: content(value), revokedAt: AT }))))
      for (const value of [...listed, ...asked]) {
        const found = crlEntry(crl, content(value))
        assert.equal(found !== undefined, listed.includes(value))
        if (found) assert.deepEqual(found.serial, content(value))
      }
    }),
  )
  const crl = parseCrl(write([{ serial: fromHex('00ff'), revokedAt: AT }]))
  assert.equal(crlEntry(crl, fromHex('ff')), undefined)
  assert.equal(crlEntry(parseCrl(write([{ serial: fromHex('4142'), revokedAt: AT }])), fromHex('41')), undefined)
  assert.ok(crlEntry(crl, fromHex('000000ff'))) // the same number, written longer than DER does
})

test('entries can be asked for by position and are the same ones each way', () => {
  const crl = parseCrl(write([1, 2, 3].map((value) => ({ serial: Uint8Array.of(value), revokedAt: AT }))))
  assert.deepEqual([crl.entries.at(3), crl.entries.at(-1), crl.entries.at(0.5)], [undefined, undefined, undefined])
  assert.deepEqual(
    [...crl.entries],
    [0, 1, 2].map((position) => crl.entries.at(position)),
  )
  assert.ok(Object.isFrozen(crl.entries) && Object.isFrozen(crl.entries.at(0)))
  const empty = parseCrl(write([]))
  assert.deepEqual([empty.entries.length, [...empty.entries], crlEntry(empty, Uint8Array.of(1))], [0, [], undefined])
})

test('indirect: the issuer that an entry names holds until the next one; serials are looked up under their issuer', () => {
  const [a, b] = OTHERS as [Name, Name]
  const wanted = [undefined, a, a, b, ISSUER, undefined]
  const crl = parseCrl(
    write(
      wanted.map((issuer, index) => ({
        serial: Uint8Array.of(1 + (index % 2)),
        revokedAt: AT,
        ...(issuer && { issuer }),
      })),
      [
        makeExtension('issuingDistributionPoint', {
          onlyContainsUserCerts: false,
          onlyContainsCACerts: false,
          indirectCRL: true,
          onlyContainsAttributeCerts: false,
        }),
      ],
    ),
  )
  assert.deepEqual(
    Array.from(crl.entries, ({ issuer }) => issuer.rdns[0]![0]!.value),
    ['Issuer', 'A', 'A', 'B', 'Issuer', 'Issuer'],
  )
  // Written only where it changes.
  assert.deepEqual(
    Array.from(crl.entries, (entry) => extension(entry, 'certificateIssuer') !== undefined),
    [false, true, false, true, true, false],
  )
  assert.ok(crlEntry(crl, Uint8Array.of(2), a))
  assert.ok(crlEntry(crl, Uint8Array.of(1), a))
  assert.equal(crlEntry(crl, Uint8Array.of(1), b), undefined)
  assert.equal(crlEntry(crl, Uint8Array.of(1), OTHERS[2]), undefined)
})

test('a list that speaks of one certificate twice revokes it, whatever comes first', () => {
  const serial = Uint8Array.of(7)
  const revoked: CrlEntryInput = { serial, revokedAt: AT, reason: 'keyCompromise' }
  const removed: CrlEntryInput = { serial, revokedAt: AT, reason: 'removeFromCRL' }
  assert.equal(crlEntry(parseCrl(write([removed, revoked])), serial)?.reason, 'keyCompromise')
  assert.equal(crlEntry(parseCrl(write([revoked, removed])), serial)?.reason, 'keyCompromise')
  assert.equal(crlEntry(parseCrl(write([removed])), serial)?.reason, 'removeFromCRL')
})

test('critical extensions of entries that nobody here knows are told', () => {
  const entry = (critical: boolean): Crl =>
    parseCrl(write([{ serial: Uint8Array.of(1), revokedAt: AT, extensions: [foreign('1.2.3.4', critical)] }]))
  assert.deepEqual(entry(true).unknownCriticalInEntries, ['1.2.3.4'])
  assert.deepEqual(entry(false).unknownCriticalInEntries, [])
})

test('each entry is checked when the list is read, although it is not made a value', () => {
  const good = sequence(integer(5), time(AT))
  const reason = (value: Uint8Array): Uint8Array => sequence(sequence(oid('2.5.29.21'), octetString(value)))
  const bad: Record<string, Uint8Array> = {
    'no date': sequence(integer(5)),
    'serial not minimal': sequence(element(0x02, fromHex('0005')), time(AT)),
    'empty serial': sequence(element(0x02), time(AT)),
    'serial of another type': sequence(octetString(fromHex('05')), time(AT)),
    '30 February': sequence(integer(5), element(0x17, new TextEncoder().encode('260230000000Z'))),
    'a date with fractions': sequence(integer(5), element(0x18, new TextEncoder().encode('20260101000000.5Z'))),
    'something after the extensions': sequence(integer(5), time(AT), reason(enumerated(1)), integer(1)),
    'empty extensions': sequence(integer(5), time(AT), sequence()),
    'reason 7': sequence(integer(5), time(AT), reason(enumerated(7))),
    'reason 11': sequence(integer(5), time(AT), reason(enumerated(11))),
    'reason as INTEGER': sequence(integer(5), time(AT), reason(integer(1))),
    'reason twice': sequence(
      integer(5),
      time(AT),
      sequence(
        sequence(oid('2.5.29.21'), octetString(enumerated(1))),
        sequence(oid('2.5.29.21'), octetString(enumerated(1))),
      ),
    ),
    'critical FALSE': sequence(
      integer(5),
      time(AT),
      sequence(sequence(oid('2.5.29.21'), boolean(false), octetString(enumerated(1)))),
    ),
    'an issuer without a directory name': sequence(
      integer(5),
      time(AT),
      sequence(sequence(oid('2.5.29.29'), boolean(true), octetString(sequence(element(0x82, fromHex('61')))))),
    ),
    'a long length': element(0x30, integer(5), time(AT)).with(0, 0x30).with(1, 0x81),
  }
  assert.equal(parseCrl(around([good, good])).entries.length, 2)
  for (const [what, entry] of Object.entries(bad)) {
    assert.throws(() => parseCrl(around([good, entry, good])), isPkiError, what)
  }
  const withReason = sequence(integer(5), time(AT), reason(enumerated(1)))
  assert.equal(parseCrl(around([withReason])).entries.at(0)?.reason, 'keyCompromise')
  assert.throws(
    () => parseCrl(around([withReason], 1)),
    (error) => hasCode(error, 'crl_malformed'),
  )
  assert.equal(parseCrl(around([good], 1)).entries.length, 1)
})

test('entries are written from a generator, and a reason that is unspecified is left out', () => {
  function* entries(): Generator<CrlEntryInput> {
    for (let i = 1; i <= 3; i++) yield { serial: Uint8Array.of(i), revokedAt: AT, reason: 'unspecified' }
  }
  const crl = parseCrl(write(entries()))
  assert.deepEqual(
    Array.from(crl.entries, ({ serial, reason, extensions }) => [serial[0], reason, extensions.length]),
    [1, 2, 3].map((value) => [value, undefined, 0]),
  )
})

const foreign = (dotted: string, critical: boolean): Extension => ({ oid: dotted, critical, value: fromHex('0500') })
const content = (value: bigint): Uint8Array => integer(value).subarray(2)
