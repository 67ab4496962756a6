// What the standards forbid inside extensions, one line each.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  boolean,
  element,
  explicit,
  generalizedTime,
  implicit,
  implicitConstructed,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  string,
} from '../../asn1/index.ts'
import { concat, utf8 } from '../../bytes/index.ts'
import { isPkiError } from '../../errors/index.ts'
import type { ExtensionName } from '../index.ts'
import { EXTENSIONS, makeExtension } from '../index.ts'

const CPS = oid('1.3.6.1.5.5.7.2.1')
const NOTICE = oid('1.3.6.1.5.5.7.2.2')
const policy = (...qualifiers: Uint8Array[]): Uint8Array => sequence(sequence(oid('1.2.3'), sequence(...qualifiers)))
const qc = (number: number, info: Uint8Array): Uint8Array => sequence(sequence(oid(`0.4.0.1862.1.${number}`), info))
const printable = (text: string): Uint8Array => string('PrintableString', text)
const money = (currency: Uint8Array, exponent: number | bigint): Uint8Array =>
  qc(2, sequence(currency, integer(1), integer(exponent)))
const vector = (bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes)
const timestamps = (...all: Uint8Array[]): Uint8Array => octetString(vector(concat(...all.map(vector))))
const timestamp = (milliseconds: number[], ...rest: number[]): Uint8Array =>
  Uint8Array.of(0, ...new Uint8Array(32), ...milliseconds, 0, 0, 4, 3, 0, 1, 9, ...rest)
const EARLY = [0, 0, 1, 0, 0, 0, 0, 0]
const sid = (type: string, value: Uint8Array): Uint8Array =>
  sequence(implicitConstructed(0, oid(type), explicit(0, octetString(value))))
/** A constructed element with rubbish inside. */
const hollow = element(0x30, Uint8Array.of(1))

const REFUSED: readonly (readonly [name: ExtensionName, why: string, der: Uint8Array])[] = [
  ['policyMappings', 'none', sequence()],
  ['policyMappings', 'half a pair', sequence(sequence(oid('1.2.3')))],
  ['policyConstraints', 'empty', sequence()],
  ['policyConstraints', 'negative', sequence(implicit(0, Uint8Array.of(0xff)))],
  [
    'policyConstraints',
    'the second before the first',
    sequence(implicit(1, Uint8Array.of(0)), implicit(0, Uint8Array.of(0))),
  ],
  ['inhibitAnyPolicy', 'negative', integer(-1)],
  ['cRLNumber', 'negative', integer(-1)],
  ['deltaCRLIndicator', 'more than 20 octets', integer(1n << 159n)],
  ['certificatePolicies', 'none', sequence()],
  ['certificatePolicies', 'one twice', sequence(sequence(oid('1.2.3')), sequence(oid('1.2.3')))],
  ['certificatePolicies', 'an empty list of qualifiers', policy()],
  ['certificatePolicies', 'an address that is not IA5String', policy(sequence(CPS, string('UTF8String', 'http://x')))],
  ['certificatePolicies', 'a notice in PrintableString', policy(sequence(NOTICE, sequence(printable('x'))))],
  ['certificatePolicies', 'a qualifier that is rubbish', policy(sequence(oid('1.2.4'), hollow))],
  ['applicationPolicies', 'none', sequence()],
  ['subjectDirectoryAttributes', 'none', sequence()],
  ['subjectDirectoryAttributes', 'no value', sequence(sequence(oid('1.2.3'), setOf()))],
  [
    'subjectDirectoryAttributes',
    'values out of order',
    sequence(sequence(oid('1.2.3'), element(0x31, integer(2), integer(1)))),
  ],
  ['authorityInfoAccess', 'none', sequence()],
  ['subjectInfoAccess', 'none', sequence()],
  ['freshestCRL', 'none', sequence()],
  ['certificateIssuer', 'none', sequence()],
  ['privateKeyUsagePeriod', 'neither end', sequence()],
  ['privateKeyUsagePeriod', 'an end in UTCTime', sequence(implicit(0, utf8('260101000000Z')))],
  ['expiredCertsOnCRL', 'a fraction of a second', element(0x18, utf8('20260101000000.5Z'))],
  ['signedCertificateTimestamps', 'none', timestamps()],
  ['signedCertificateTimestamps', 'an empty one', timestamps(new Uint8Array(0))],
  ['signedCertificateTimestamps', 'a date that no calendar has', timestamps(timestamp([255, 0, 0, 0, 0, 0, 0, 0]))],
  ['signedCertificateTimestamps', 'octets after the signature', timestamps(timestamp(EARLY, 0))],
  [
    'signedCertificateTimestamps',
    'a list longer than it says',
    octetString(vector(vector(timestamp(EARLY))), Uint8Array.of(0)),
  ],
  ['signedCertificateTimestamps', 'a length beyond the end', octetString(Uint8Array.of(0, 9, 0))],
  ['precertificatePoison', 'something', boolean(true)],
  ['tlsFeature', 'a number of three octets', sequence(integer(0x10000))],
  ['smimeCapabilities', 'parameters that are rubbish', sequence(sequence(oid('1.2.3'), hollow))],
  ['qcStatements', 'a currency of two letters', money(printable('EU'), 1)],
  ['qcStatements', 'a currency of no number', money(integer(1_000), 1)],
  ['qcStatements', 'an exponent beyond all money', money(printable('EUR'), 1_001)],
  ['qcStatements', 'an exponent far beyond', money(printable('EUR'), 1n << 90n)],
  [
    'qcStatements',
    'a language of three letters',
    qc(5, sequence(sequence(string('IA5String', 'x'), printable('fra')))),
  ],
  ['qcStatements', 'a country in UTF8String', qc(7, sequence(string('UTF8String', 'FR')))],
  ['qcStatements', 'information where there is none', qc(1, nullValue())],
  ['qcStatements', 'rubbish', sequence(sequence(oid('1.2.3'), hollow))],
  ['certificateTemplate', 'a version beyond 32 bits', sequence(oid('1.2.3'), integer(2n ** 32n))],
  ['certificateTemplateName', 'another string', string('UTF8String', 'User')],
  ['ntdsCaSecurity', 'another name', sid('1.3.6.1.4.1.311.25.1', utf8('S-1-5-21-1'))],
  ['ntdsCaSecurity', 'no identifier', sid('1.3.6.1.4.1.311.25.2.1', utf8('Ana'))],
  ['ntdsCaSecurity', 'beyond ASCII', sid('1.3.6.1.4.1.311.25.2.1', utf8('S-1-5-é'))],
  ['netscapeComment', 'another string', string('UTF8String', 'x')],
  ['ocspNoCheck', 'something', boolean(true)],
]

for (const [name, why, der] of REFUSED) {
  test(`${name} is refused: ${why}`, () => {
    assert.throws(() => EXTENSIONS[name].parse(der), isPkiError)
  })
}

test('the same values are read once the fault is taken away', () => {
  for (const [name, der] of [
    ['certificatePolicies', policy(sequence(NOTICE, sequence(string('VisibleString', 'x'))))],
    ['signedCertificateTimestamps', timestamps(timestamp(EARLY))],
    ['qcStatements', money(printable('EUR'), 1_000)],
    ['ntdsCaSecurity', sid('1.3.6.1.4.1.311.25.2.1', utf8('S-1-5-21-1'))],
    ['tlsFeature', sequence(integer(0xffff))],
    ['privateKeyUsagePeriod', sequence(implicit(0, generalizedTime(new Date(0)).subarray(2)))],
  ] as const) {
    EXTENSIONS[name].parse(der)
  }
})

test('what cannot be said is not written', () => {
  const log = { version: 1, extensions: new Uint8Array(0), hashAlgorithm: 4, signatureAlgorithm: 3 } as const
  const signed = { ...log, timestamp: new Date(0), signature: new Uint8Array(1) }
  assert.throws(
    () => makeExtension('signedCertificateTimestamps', [{ ...signed, logId: new Uint8Array(31) }]),
    isPkiError,
  )
  const long = { ...signed, logId: new Uint8Array(32), signature: new Uint8Array(0x10000) }
  assert.throws(() => makeExtension('signedCertificateTimestamps', [long]), isPkiError)
  assert.throws(() => makeExtension('ntdsCaSecurity', 'Ana'), isPkiError)
  assert.throws(() => makeExtension('netscapeComment', 'é'), isPkiError)
})
