// Requests and revocation lists.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { signatureByName } from '../algorithms/index.ts'
import { bitString, contentOf, DerReader, oid, sequence } from '../asn1/index.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import type { PrivateKey } from '../crypto/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import type { CrlEntryInput, Extension, TbsCrlInput } from '../x509/index.ts'
import { buildName, buildRequest, buildTbsCrl, makeExtension } from '../x509/index.ts'
import { CRL_RULES, LINT_SUITES, lintCrl, lintRequest } from './index.ts'

const SCEL = buildName([{ type: 'commonName', value: 'Scel' }])
const ECDSA = signatureByName('ECDSA with SHA-256')
const RSA = signatureByName('RSA with SHA-256')
const REVOKED: CrlEntryInput = { serial: fromHex('41'), revokedAt: new Date('2026-01-01T00:00:00Z') }
const LIST: TbsCrlInput = {
  signature: ECDSA,
  issuer: SCEL,
  thisUpdate: new Date('2026-01-02T00:00:00Z'),
  nextUpdate: new Date('2026-01-09T00:00:00Z'),
  entries: [{ ...REVOKED, reason: 'keyCompromise' }, REVOKED],
  extensions: [
    makeExtension('cRLNumber', 7n),
    makeExtension('authorityKeyIdentifier', { keyIdentifier: fromHex('aabb') }),
  ],
}
// Nobody looks at the signature.
const signed = (tbs: Uint8Array): Uint8Array => sequence(tbs, ECDSA.identifier, bitString(new Uint8Array(8)))
const problemsOf = (der: Uint8Array): string[] =>
  lintCrl(der, { suites: LINT_SUITES }).map(({ rule, problem, facts }) =>
    [rule, problem, ...Object.values(facts)].join(' '),
  )
const listed = (change: Partial<TbsCrlInput>, spoil = (tbs: Uint8Array): Uint8Array => tbs): string[] =>
  problemsOf(signed(spoil(buildTbsCrl({ ...LIST, ...change }))))
/** The list with other entries: the element after the two dates. */
const withEntries = (tbs: Uint8Array, entries: Uint8Array): Uint8Array =>
  sequence(
    DerReader.whole(tbs, 'TBSCertList', (reader) =>
      reader.sequence((fields) => fields.list((one) => one.element()).with(5, entries)),
    ),
  )
const more = (...extensions: readonly Extension[]): Partial<TbsCrlInput> => ({
  extensions: [...LIST.extensions, ...extensions],
})
const entry = (change: Partial<CrlEntryInput>): Partial<TbsCrlInput> => ({ entries: [{ ...REVOKED, ...change }] })
const FULL_NAME = [{ kind: 'uri', value: 'http://x.example/1.crl' }] as const
const SCOPE = {
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  indirectCRL: false,
  onlyContainsAttributeCerts: false,
}
const other: Extension = { oid: '1.2.3', critical: true, value: fromHex('0500') }

const CASES: readonly (readonly [expected: string, found: () => string[]])[] = [
  [
    'rfc5280/crl-fields version-1',
    () => listed({ extensions: [], entries: [] }, (tbs) => sequence(contentOf(tbs).subarray(3))), // without 02 01 01
  ],
  ['rfc5280/crl-fields empty-issuer', () => listed({ issuer: buildName([]) })],
  ['rfc5280/crl-fields no-next-update', () => listed({}, (tbs) => without(tbs, '170d3236303130393030303030305a'))],
  ['rfc5280/crl-fields ends-before-it-begins', () => listed({ nextUpdate: new Date('2026-01-01T00:00:00Z') })],
  [
    'rfc5280/crl-fields wrong-time-type nextUpdate',
    () =>
      listed({ nextUpdate: new Date('2050-01-01T00:00:00Z') }, (tbs) =>
        fromHex(toHex(tbs).replace('180f32303530', '180f32303439')),
      ),
  ],
  [
    'rfc5280/crl-fields wrong-time-type thisUpdate',
    () =>
      listed({ thisUpdate: new Date('2050-01-01T00:00:00Z'), nextUpdate: new Date('2051-01-01T00:00:00Z') }, (tbs) =>
        fromHex(toHex(tbs).replace('180f32303530', '180f32303439')),
      ),
  ],
  ['rfc5280/crl-fields empty-entries', () => listed({}, (tbs) => withEntries(tbs, sequence()))],
  [
    `rfc5280/crl-fields signature-parameters ${RSA.oid}`,
    () => {
      const bare = sequence(oid(RSA.oid))
      const tbs = buildTbsCrl({ ...LIST, signature: { ...RSA, identifier: bare } })
      return problemsOf(sequence(tbs, bare, bitString(new Uint8Array(8))))
    },
  ],
  ['rfc5280/crl-entries revoked-later 1 41', () => listed(entry({ revokedAt: new Date('2026-01-03T00:00:00Z') }))],
  ['rfc5280/crl-extensions absent cRLNumber', () => listed({ extensions: [] })],
  [
    'rfc5280/crl-extensions must-be-critical issuingDistributionPoint',
    () => listed(more(makeExtension('issuingDistributionPoint', { ...SCOPE, fullName: FULL_NAME }, false))),
  ],
  [
    'rfc5280/crl-extensions must-not-be-critical freshestCRL',
    () => listed(more(makeExtension('freshestCRL', [{ fullName: FULL_NAME }], true))),
  ],
  [
    'rfc5280/crl-extensions should-not-be-critical issuerAltName',
    () => listed(more(makeExtension('issuerAltName', FULL_NAME, true))),
  ],
  ['rfc5280/crl-extensions unknown-critical 1.2.3', () => listed(more(other))],
  ['rfc5280/crl-extensions delta-before-base', () => listed(more(makeExtension('deltaCRLIndicator', 8n)))],
  [
    'rfc5280/crl-extensions delta-with-freshest',
    () => listed(more(makeExtension('deltaCRLIndicator', 6n), makeExtension('freshestCRL', [{ fullName: FULL_NAME }]))),
  ],
  [
    'rfc5280/crl-entries unspecified 1 41',
    () => listed(entry({ extensions: [makeExtension('reasonCode', 'unspecified')] })),
  ],
  ['cabf-smime/crl unspecified 1', () => listed(entry({ extensions: [makeExtension('reasonCode', 'unspecified')] }))],
  ['rfc5280/crl-entries removed-outside-delta 1 41', () => listed(entry({ reason: 'removeFromCRL' }))],
  [
    'rfc5280/crl-entries must-be-critical 1 41 certificateIssuer',
    () =>
      listed({
        ...more(makeExtension('issuingDistributionPoint', { ...SCOPE, indirectCRL: true })),
        ...entry({
          extensions: [makeExtension('certificateIssuer', [{ kind: 'directoryName', name: SCEL }], false)],
        }),
      }),
  ],
  [
    'rfc5280/crl-entries must-not-be-critical 1 41 reasonCode',
    () => listed(entry({ extensions: [makeExtension('reasonCode', 'superseded', true)] })),
  ],
  ['rfc5280/crl-entries unknown-critical 1.2.3', () => listed(entry({ extensions: [other] }))],
]

/** Without the element, which stands there once. */
function without(tbs: Uint8Array, element: string): Uint8Array {
  const [front, back] = toHex(contentOf(tbs)).split(element)
  return sequence(fromHex(front! + back!))
}

test('a revocation list in order has no findings', () => {
  assert.deepEqual(listed({}), [])
  assert.deepEqual(listed({ entries: [] }), [])
  assert.deepEqual(
    listed({ ...more(makeExtension('deltaCRLIndicator', 6n)), ...entry({ reason: 'removeFromCRL' }) }),
    [],
  )
})

for (const [expected, found] of CASES) {
  test(`${expected.split(' ')[0]} finds: ${expected}`, () => assert.ok(found().includes(expected), String(found())))
}

test('every problem of every rule for lists is found in one', () => {
  const wanted = Object.entries(CRL_RULES).flatMap(([name, { problems }]) =>
    Object.keys(problems).map((problem) => `${name} ${problem}`),
  )
  assert.deepEqual(
    wanted.filter((one) => !CASES.some(([expected]) => `${expected} `.startsWith(`${one} `))),
    [],
  )
})

test('a list that cannot be read is one finding', () => {
  const [finding, second] = lintCrl(new Uint8Array(3))
  assert.deepEqual([finding?.rule, finding?.clause, second], ['rfc5280/well-formed', 'RFC 5280 §5.1', undefined])
})

let key: PrivateKey
before(async () => {
  key = (await generateKeyPair('ec-p256')).privateKey
})
const requested = async (subject = SCEL, ...extensions: readonly Extension[]): Promise<string[]> =>
  lintRequest(await buildRequest({ subject, key, extensions })).map(({ rule, problem }) => `${rule} ${problem}`)

test('a request in order has no findings, with or without wishes', async () => {
  assert.deepEqual(await requested(), [])
  assert.deepEqual(await requested(SCEL, makeExtension('keyUsage', ['digitalSignature'])), [])
})

test('a request is judged by what the certificate would meet or break', async () => {
  assert.deepEqual(await requested(buildName([{ type: 'countryName', value: 'fr' }])), [
    'rfc5280/attribute-values country',
  ])
  assert.deepEqual(await requested(SCEL, makeExtension('keyUsage', ['keyEncipherment'])), [
    'rfc5280/key-usage-of-key forbidden',
  ])
  assert.deepEqual(await requested(SCEL, makeExtension('extendedKeyUsage', ['serverAuth'])), [
    'scel/server-names no-host-name',
  ])
  assert.deepEqual(await requested(SCEL, { oid: '2.5.29.15', critical: true, value: fromHex('0500') }), [
    'rfc5280/well-formed extension',
  ])
  assert.equal(lintRequest(new Uint8Array(3))[0]?.clause, 'RFC 2986 §4')
})
