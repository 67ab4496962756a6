import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { damaged } from '../../../test/damage.ts'
import { fromHex, toHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { ExtensionName, ExtensionValues, GeneralName } from '../index.ts'
import {
  buildName,
  EXTENSIONS,
  extension,
  extensionName,
  formatIpAddress,
  KEY_USAGE_BITS,
  makeExtension,
  parseIpAddress,
} from '../index.ts'

const names: GeneralName[] = [
  { kind: 'dNSName', value: '*.example.com' },
  { kind: 'rfc822Name', value: 'ana@example.com' },
  { kind: 'uri', value: 'http://example.com/a?b' },
  { kind: 'iPAddress', value: '192.0.2.1' },
  { kind: 'directoryName', name: buildName([{ type: 'commonName', value: 'x' }]) },
  { kind: 'otherName', oid: '1.3.6.1.4.1.311.20.2.3', value: fromHex('0c0161') },
  { kind: 'registeredID', oid: '1.2.3' },
  { kind: 'unread', der: fromHex('a5020500') },
]

const VALUES: { readonly [N in ExtensionName]: readonly ExtensionValues[N][] } = {
  authorityInfoAccess: [
    [
      { method: 'ocsp', location: names[2]! },
      { method: '1.2.3', location: names[0]! },
    ],
  ],
  authorityKeyIdentifier: [{}, { keyIdentifier: fromHex('aa') }, { issuer: [names[4]!], serial: fromHex('0080') }],
  basicConstraints: [{ ca: false }, { ca: true }, { ca: true, pathLength: 0 }, { ca: true, pathLength: 300 }],
  certificateIssuer: [[names[4]!]],
  certificatePolicies: [
    [{ policy: '1.2.3' }, { policy: '2.5.29.32.0', qualifiers: [{ oid: '1.2', value: fromHex('0500') }] }],
  ],
  cRLNumber: [0n, 127n, 128n, 1n << 150n],
  crlDistributionPoints: [
    [{ fullName: [names[2]!], reasons: [1, 6], crlIssuer: [names[4]!] }, { relativeName: fromHex('a100') }],
  ],
  deltaCRLIndicator: [0n, 127n, 1n << 150n],
  extendedKeyUsage: [['clientAuth', '1.2.3', 'ocspSigning']],
  freshestCRL: [[{ fullName: [names[2]!] }]],
  inhibitAnyPolicy: [0, 127, 128],
  invalidityDate: [new Date('2026-01-01T00:00:00Z')],
  issuerAltName: [names],
  issuingDistributionPoint: [
    {
      fullName: [names[2]!],
      onlyContainsUserCerts: true,
      onlyContainsCACerts: false,
      onlySomeReasons: [3],
      indirectCRL: true,
      onlyContainsAttributeCerts: false,
    },
  ],
  keyUsage: [['digitalSignature'], ['keyCertSign', 'cRLSign'], KEY_USAGE_BITS, ['decipherOnly']],
  nameConstraints: [{ permitted: [names[0]!], excluded: [{ kind: 'iPAddress', value: '10.0.0.0/255.0.0.0' }] }],
  ocspNoCheck: [true],
  policyConstraints: [{ requireExplicitPolicy: 0 }, { inhibitPolicyMapping: 200 }],
  policyMappings: [[{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]],
  reasonCode: ['keyCompromise', 'removeFromCRL', 'aACompromise'],
  subjectAltName: [names],
  subjectKeyIdentifier: [fromHex('00ff')],
}

for (const name of Object.keys(VALUES) as ExtensionName[]) {
  test(`${name}: what is written is read back the same, and damage ends in an error of ours`, () => {
    for (const value of VALUES[name]) {
      const made = makeExtension(name, value as never)
      assert.equal(extensionName(made.oid), name)
      assert.deepEqual(extension({ extensions: [made] }, name), value)
      fc.assert(
        fc.property(damaged(made.value), ({ bytes, how }) => {
          try {
            EXTENSIONS[name].parse(bytes)
          } catch (error) {
            assert.ok(isPkiError(error), `${how}: ${error}`)
          }
        }),
        { numRuns: 150 },
      )
    }
  })
}

test('an extension that is not there is undefined', () => {
  assert.equal(extension({ extensions: [] }, 'keyUsage'), undefined)
})

test('criticality is what the standard asks for, unless told otherwise', () => {
  assert.equal(makeExtension('basicConstraints', { ca: true }).critical, true)
  assert.equal(makeExtension('basicConstraints', { ca: false }).critical, false)
  assert.equal(makeExtension('keyUsage', ['cRLSign']).critical, true)
  assert.equal(makeExtension('subjectAltName', names, true).critical, true)
})

test('defaults that DER leaves out are refused when written out', () => {
  for (const [name, hex] of [
    ['basicConstraints', '3003010100'],
    ['issuingDistributionPoint', '3003810100'],
    ['nameConstraints', '3000'],
    ['extendedKeyUsage', '3000'],
    ['subjectAltName', '3000'],
  ] as const) {
    assert.throws(() => EXTENSIONS[name].parse(fromHex(hex)), isPkiError, name)
  }
})

test('IP addresses are read and printed as RFC 5952 has them', () => {
  for (const text of ['0.0.0.0', '255.1.2.3', '::', '::1', '2001:db8::1', '1:2:3:4:5:6:7:8', '1::8', 'a:0:0:b::c']) {
    assert.equal(formatIpAddress(parseIpAddress(text)), text)
  }
  assert.equal(toHex(parseIpAddress('10.0.0.0/255.0.0.0')), '0a000000ff000000')
  for (const text of [
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    '::1/8',
    '',
  ]) {
    assert.throws(
      () => parseIpAddress(text),
      (error) => hasCode(error, 'name_malformed'),
      text,
    )
  }
  const octets = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 4 }),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
  )
  fc.assert(fc.property(octets, (bytes) => assert.deepEqual(parseIpAddress(formatIpAddress(bytes)), bytes)))
})
