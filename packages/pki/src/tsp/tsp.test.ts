import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { dotted, generalName } from '../../test/extension-values.ts'
import type { DigestName } from '../algorithms/index.ts'
import { DIGESTS } from '../algorithms/index.ts'
import {
  boolean,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  string,
} from '../asn1/index.ts'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Extension } from '../x509/index.ts'
import type { TimeStampFailure, TimeStampStatus } from './index.ts'
import {
  buildTimeStampRequest,
  buildTimeStampResponse,
  buildTstInfo,
  checkTimeStamp,
  imprintOf,
  parseTimeStampRequest,
  parseTimeStampResponse,
  parseTstInfo,
  timeStampToken,
} from './index.ts'

const imprint = await imprintOf(utf8('contract'))
const stamp = { policy: '1.2.3', imprint, serial: fromHex('0080'), genTime: new Date('2026-06-01T12:00:00.120Z') }
const refuses = (run: () => unknown, code: PkiErrorCode, words?: string): void =>
  assert.throws(run, (error) => hasCode(error, code), words)

const imprints = fc
  .constantFrom(...DIGESTS)
  .chain((row) =>
    fc
      .uint8Array({ minLength: row.length, maxLength: row.length })
      .map((hash) => ({ digest: row.name as DigestName, hash })),
  )
const nonces = fc.bigInt({ min: 0n, max: 1n << 128n })
const extensions: fc.Arbitrary<Extension[]> = fc.uniqueArray(
  fc.record({ oid: dotted, critical: fc.boolean(), value: fc.uint8Array({ maxLength: 8 }) }, { noNullPrototype: true }),
  { maxLength: 3, selector: (one) => one.oid },
)
const moments = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
const options = { noNullPrototype: true } as const

const requests = fc.record(
  { imprint: imprints, wantsCertificate: fc.boolean(), extensions, policy: dotted, nonce: nonces },
  { ...options, requiredKeys: ['imprint', 'wantsCertificate', 'extensions'] },
)
const thousandths = fc.integer({ min: 1, max: 999 })
const infos = fc.record(
  {
    ...{ policy: dotted, imprint: imprints, serial: fc.constant(fromHex('0080')), serialHex: fc.constant('80') },
    ...{ genTime: moments, ordering: fc.boolean(), extensions, nonce: nonces, tsa: generalName },
    accuracy: fc.record(
      { seconds: fc.nat(), millis: thousandths, micros: thousandths },
      { ...options, requiredKeys: [] },
    ),
  },
  { ...options, requiredKeys: ['policy', 'imprint', 'serial', 'serialHex', 'genTime', 'ordering', 'extensions'] },
)
const FAILURES: readonly TimeStampFailure[] = [
  'badAlg',
  'badRequest',
  'badDataFormat',
  'timeNotAvailable',
  'unacceptedPolicy',
  'unacceptedExtension',
  'addInfoNotAvailable',
  'systemFailure',
]
const REFUSALS: readonly TimeStampStatus[] = ['rejection', 'waiting', 'revocationWarning', 'revocationNotification']
const texts = fc.array(fc.string({ unit: fc.constantFrom(...'a é漢'), maxLength: 8 }), { maxLength: 3 })
const responses = fc.oneof(
  fc.record({ status: fc.constantFrom(...REFUSALS), texts, failures: fc.subarray([...FAILURES]) }, options),
  fc.record(
    {
      ...{ status: fc.constantFrom<TimeStampStatus>('granted', 'grantedWithMods'), texts },
      ...{ failures: fc.constant<TimeStampFailure[]>([]), token: fc.constant(sequence(nullValue())) },
    },
    options,
  ),
)

test('requests, responses and stamps are read back as they were written', () => {
  fc.assert(fc.property(requests, (one) => assert.deepEqual(parseTimeStampRequest(buildTimeStampRequest(one)), one)))
  fc.assert(fc.property(responses, (one) => assert.deepEqual(parseTimeStampResponse(buildTimeStampResponse(one)), one)))
  fc.assert(fc.property(infos, (one) => assert.deepEqual(parseTstInfo(buildTstInfo(one)), one)))
})

test('damage ends in an error of ours or in a value that is written the same again', () => {
  const check = <T>(values: fc.Arbitrary<T>, write: (value: T) => Uint8Array, read: (der: Uint8Array) => T): void =>
    fc.assert(
      fc.property(
        values.chain((value) => damaged(write(value))),
        ({ bytes, how }) => {
          let value: T
          try {
            value = read(bytes)
          } catch (error) {
            assert.ok(isPkiError(error), `${how}: ${error}`)
            return
          }
          assert.deepEqual(read(write(value)), value, how)
        },
      ),
      { numRuns: 1_000 },
    )
  check(requests, buildTimeStampRequest, parseTimeStampRequest)
  check(responses, buildTimeStampResponse, parseTimeStampResponse)
  check(infos, buildTstInfo, parseTstInfo)
})

test('the fraction of a second is written without zeros at its end, and read to the millisecond (RFC 3161 §2.4.2)', () => {
  const written = (iso: string): string =>
    /20260601120000[.0-9]*Z/.exec(String.fromCharCode(...buildTstInfo({ ...stamp, genTime: new Date(iso) })))![0]
  assert.equal(written('2026-06-01T12:00:00.120Z'), '20260601120000.12Z')
  assert.equal(written('2026-06-01T12:00:00.007Z'), '20260601120000.007Z')
  assert.equal(written('2026-06-01T12:00:00.000Z'), '20260601120000Z')
  const read = (text: string): Date => {
    const from = toHex(utf8('20260601120000.12Z'))
    const lengthBefore = 0x12
    const hex = toHex(buildTstInfo(stamp)).replace(`18${lengthBefore.toString(16)}${from}`, () => {
      return `18${utf8(text).length.toString(16).padStart(2, '0')}${toHex(utf8(text))}`
    })
    const der = fromHex(hex)
    der[1] = der.length - 2
    return parseTstInfo(der).genTime
  }
  assert.equal(read('20260601120000.123456Z').toISOString(), '2026-06-01T12:00:00.123Z')
  assert.equal(read('20260601120000.9Z').toISOString(), '2026-06-01T12:00:00.900Z')
  assert.equal(read('20260601120000.123456789012345678Z').toISOString(), '2026-06-01T12:00:00.123Z')
  assert.equal(read('19690601120000.0009Z').toISOString(), '1969-06-01T12:00:00.000Z')
  assert.equal(read('20260601120000.1239Z').toISOString(), '2026-06-01T12:00:00.123Z')
  for (const text of [
    '20260601120000.1:Z',
    '20260601120000.1/Z',
    '20260601120000.1234567890123456789Z',
    '20260601120000.Z',
    '20260601120000.10Z',
    '20260601120000,1Z',
    '20260601120000.1',
    '20260601120000.1+Z',
    '20260601120060.1Z',
  ]) {
    assert.throws(() => read(text), isPkiError, text)
  }
})

test('a response that grants brings a token, and one that refuses brings none', () => {
  const granted = sequence(sequence(integer(0)))
  refuses(() => parseTimeStampResponse(granted), 'time_stamp_malformed')
  refuses(() => parseTimeStampResponse(sequence(sequence(integer(2)), sequence())), 'time_stamp_malformed')
  refuses(() => buildTimeStampResponse({ status: 'granted' }), 'time_stamp_malformed')
  refuses(() => buildTimeStampResponse({ status: 'rejection', token: sequence() }), 'time_stamp_malformed')
  const response = parseTimeStampResponse(buildTimeStampResponse({ status: 'rejection', failures: ['badAlg'] }))
  assert.throws(
    () => timeStampToken(response),
    (error) => hasCode(error, 'time_stamp_refused') && error.facts.status === 'badAlg',
  )
  const silent = parseTimeStampResponse(buildTimeStampResponse({ status: 'rejection' }))
  assert.throws(
    () => timeStampToken(silent),
    (error) => hasCode(error, 'time_stamp_refused') && error.facts.status === 'rejection',
  )
})

test('a status or a reason that nobody knows is refused', () => {
  refuses(() => parseTimeStampResponse(sequence(sequence(integer(6)))), 'time_stamp_malformed')
  refuses(() => parseTimeStampResponse(sequence(sequence(integer(2), fromHex('03020640')))), 'time_stamp_malformed')
  // A list of more bits than there are names for.
  refuses(() => parseTimeStampResponse(sequence(sequence(integer(2), fromHex('0306000000000001')))), 'der_malformed')
})

test('a digest of another length than its algorithm has is refused, read and written', () => {
  const short = { digest: 'SHA-256', hash: new Uint8Array(20) } as const
  refuses(() => buildTimeStampRequest({ imprint: short }), 'time_stamp_malformed')
  const der = buildTimeStampRequest({ imprint: { digest: 'SHA-1', hash: new Uint8Array(20) } })
  const confused = fromHex(toHex(der).replace(toHex(oid('1.3.14.3.2.26')), toHex(oid('1.3.14.3.2.27'))))
  refuses(() => parseTimeStampRequest(confused), 'algorithm_unsupported')
})

test('CVE-2025-69420: a field of another type than the standard says is refused, never read as that type', () => {
  const whole = buildTstInfo({ ...stamp, accuracy: { seconds: 1 }, ordering: true, nonce: 7n })
  const response = buildTimeStampResponse({ status: 'rejection', texts: ['no'], failures: ['badAlg'] })
  const request = buildTimeStampRequest({ imprint, policy: '1.2.3', nonce: 7n, wantsCertificate: true })
  const readers = [
    [whole, parseTstInfo],
    [response, parseTimeStampResponse],
    [request, parseTimeStampRequest],
  ] as const
  for (const [der, read] of readers) {
    let identifier = 2
    while (identifier < der.length) {
      for (const tag of [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x16, 0x30, 0x31, 0x80, 0xa0]) {
        if (tag === der[identifier]) continue
        const confused = der.slice()
        confused[identifier] = tag
        assert.throws(() => read(confused), isPkiError, `${toHex(der)} at ${identifier}: ${tag}`)
      }
      identifier += 2 + der[identifier + 1]!
    }
  }
})

test('a stamp of another version, with a default written out, a part of nothing or a short digest is refused', () => {
  const parts = (version: number, hash: Uint8Array, ...rest: Uint8Array[]): Uint8Array =>
    sequence(
      integer(version),
      oid('1.2.3'),
      sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue()), octetString(hash)),
      integer(1),
      generalizedTime(new Date(0)),
      ...rest,
    )
  assert.equal(parseTstInfo(parts(1, imprint.hash)).genTime.getTime(), 0)
  refuses(() => parseTstInfo(parts(2, imprint.hash)), 'time_stamp_malformed')
  refuses(() => parseTstInfo(parts(1, imprint.hash.subarray(1))), 'time_stamp_malformed')
  refuses(() => parseTstInfo(parts(1, imprint.hash, boolean(false))), 'der_malformed')
  refuses(() => parseTstInfo(parts(1, imprint.hash, sequence(implicit(0, Uint8Array.of(0))))), 'time_stamp_malformed')
  refuses(() => parseTstInfo(parts(1, imprint.hash, sequence(implicit(0, Uint8Array.of(3, 0xe8))))), 'der_malformed')
  const words = sequence(sequence(integer(2), sequence(string('IA5String', 'no'))))
  refuses(() => parseTimeStampResponse(words), 'der_malformed')
})

test('octets that are read stay as they are, those of a Buffer too', () => {
  const extensions = [{ oid: '1.2.3', critical: false, value: utf8('x') }]
  for (const [der, read] of [
    [buildTimeStampRequest({ imprint, extensions }), parseTimeStampRequest],
    [buildTstInfo({ ...stamp, extensions }), parseTstInfo],
  ] as const) {
    const given = Buffer.from(der)
    assert.deepEqual(read(given).extensions, extensions)
    assert.equal(toHex(given), toHex(der))
  }
})

test('version, defaults written out, accuracy out of range and size are refused', () => {
  const good = buildTimeStampRequest({ imprint })
  const version = good.slice()
  version[4] = 2
  refuses(() => parseTimeStampRequest(version), 'time_stamp_malformed')
  const content = good.subarray(2)
  refuses(() => parseTimeStampRequest(sequence(content, boolean(false))), 'der_malformed')
  refuses(() => parseTimeStampRequest(new Uint8Array(17_000)), 'input_too_large')
  refuses(() => parseTimeStampResponse(new Uint8Array(257 * 1024)), 'input_too_large')
  for (const millis of [0, 1_000, 0.5, 1.5, -1]) {
    refuses(() => buildTstInfo({ ...stamp, accuracy: { millis } }), 'time_stamp_malformed', String(millis))
  }
})

test('a stamp answers one request only: imprint, nonce and policy are compared', async () => {
  const info = parseTstInfo(buildTstInfo({ ...stamp, nonce: 7n }))
  checkTimeStamp(info, { imprint })
  checkTimeStamp(info, { imprint, nonce: 7n, policy: '1.2.3' })
  for (const request of [
    { imprint: await imprintOf(utf8('another')) },
    { imprint: await imprintOf(utf8('contract'), 'SHA-512') },
    { imprint: { digest: 'SHA3-256', hash: imprint.hash } as const },
    { imprint, nonce: 8n },
    { imprint, policy: '1.2.4' },
  ]) {
    refuses(() => checkTimeStamp(info, request), 'time_stamp_malformed')
  }
  refuses(() => checkTimeStamp(parseTstInfo(buildTstInfo(stamp)), { imprint, nonce: 7n }), 'time_stamp_malformed')
})
