import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, makeChain, named } from '../../test/authority.ts'
import { signatureByName } from '../algorithms/index.ts'
import { bitString, contentOf, integer, nullValue, oid, sequence } from '../asn1/index.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import type { Extension, ExtensionName, ExtensionValues, NameInput, TbsCertificateInput } from '../x509/index.ts'
import { buildName, buildTbsCertificate, keyIdentifier, makeExtension } from '../x509/index.ts'
import { lintCertificate, RULES } from './index.ts'

const LONG_SERIAL = fromHex('41000000000000000000000000000001')

/** A certificate in order, as the builder takes it. */
async function inOrder(): Promise<TbsCertificateInput> {
  const { publicKey } = await generateKeyPair('ec-p256')
  const identifier = await keyIdentifier(publicKey)
  return {
    serial: LONG_SERIAL,
    signature: signatureByName('ECDSA with SHA-256'),
    issuer: buildName(named('CA')),
    subject: buildName(named('pc-1')),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2050-01-01T00:00:00Z'),
    publicKey,
    extensions: [
      makeExtension('basicConstraints', { ca: false }),
      makeExtension('keyUsage', ['digitalSignature']),
      makeExtension('extendedKeyUsage', ['clientAuth']),
      makeExtension('authorityKeyIdentifier', { keyIdentifier: identifier }),
      makeExtension('subjectKeyIdentifier', identifier),
      makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'pc-1.example' }]),
      makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'http://x.example/1.crl' }] }]),
    ],
  }
}

type Change = (input: TbsCertificateInput) => Partial<TbsCertificateInput>

const put = <N extends ExtensionName>(name: N, value: ExtensionValues[N], critical?: boolean): Change => {
  const made = makeExtension(name, value, critical)
  return ({ extensions }) => ({ extensions: [...extensions.filter((one) => one.oid !== made.oid), made] })
}
const without = (name: ExtensionName): Change => {
  const gone = {
    basicConstraints: '19',
    keyUsage: '15',
    extendedKeyUsage: '37',
    authorityKeyIdentifier: '35',
  } as Record<string, string>
  const others = { subjectAltName: '17', crlDistributionPoints: '31', subjectKeyIdentifier: '14' } as Record<
    string,
    string
  >
  const dotted = `2.5.29.${gone[name] ?? others[name]}`
  return ({ extensions }) => ({ extensions: extensions.filter((one) => one.oid !== dotted) })
}
const all =
  (first: Change, second: Change): Change =>
  (input) => {
    const changed = { ...input, ...first(input) }
    return { ...changed, ...second(changed) }
  }
const subject =
  (...pairs: NameInput[]): Change =>
  () => ({ subject: buildName(pairs) })
const rsaKey =
  (modulus: bigint, exponent: bigint): Change =>
  () => ({
    publicKey: sequence(
      sequence(oid('1.2.840.113549.1.1.1'), nullValue()),
      bitString(sequence(integer(modulus), integer(exponent))),
    ),
  })
const MODULUS = (1n << 2047n) + 1n

// At least one breach for every rule; the test below says so.
const BREACHES: readonly (readonly [rule: string, problem: string | undefined, change: Change])[] = [
  ['rfc5280/version', undefined, () => ({ extensions: [] })], // and see the test on version 1
  ['rfc5280/serial-number', 'negative', () => ({ serial: fromHex('ff00000000000000') })],
  ['rfc5280/serial-number', 'zero', () => ({ serial: fromHex('00') })],
  ['rfc5280/serial-number', 'longer than 20 octets', () => ({ serial: new Uint8Array(21).fill(0x41) })],
  ['rfc5280/validity', 'ends before it begins', () => ({ notAfter: new Date('2025-01-01T00:00:00Z') })],
  ['rfc5280/subject', 'no critical alternative name', subject()],
  ['rfc5280/subject', 'empty issuer', () => ({ issuer: buildName([]) })],
  ['rfc5280/attribute-values', 'not two capital letters', subject({ type: 'countryName', value: 'fr' })],
  ['rfc5280/attribute-values', 'too long', subject({ type: 'commonName', value: 'x'.repeat(65) })],
  ['rfc5280/attribute-values', 'empty', subject({ type: 'organizationName', value: ' ' })],
  ['rfc5280/key-identifiers', 'absent', without('authorityKeyIdentifier')],
  ['rfc5280/key-identifiers', 'critical', put('subjectKeyIdentifier', fromHex('aa'), true)],
  ['rfc5280/basic-constraints', 'not critical', put('basicConstraints', { ca: true }, false)],
  ['rfc5280/basic-constraints', 'keyCertSign without cA', put('keyUsage', ['keyCertSign'])],
  ['rfc5280/basic-constraints', 'path length without cA', put('basicConstraints', { ca: false, pathLength: 1 })],
  ['rfc5280/key-usage', 'authority without keyCertSign', put('basicConstraints', { ca: true })],
  ['rfc5280/key-usage', 'no bit set', put('keyUsage', [])],
  ['rfc5280/key-usage', 'not critical', put('keyUsage', ['digitalSignature'], false)],
  [
    'rfc5280/key-usage',
    'encipherment with an elliptic-curve key',
    put('keyUsage', ['digitalSignature', 'keyEncipherment']),
  ],
  [
    'rfc5280/key-usage',
    'keyAgreement with an RSA key',
    all(rsaKey(MODULUS, 65537n), put('keyUsage', ['keyAgreement'])),
  ],
  ['rfc5280/extended-key-usage', 'no matching key usage', put('keyUsage', ['nonRepudiation'])],
  ['rfc5280/extended-key-usage', 'purpose twice', put('extendedKeyUsage', ['clientAuth', 'clientAuth'])],
  [
    'rfc5280/extended-key-usage',
    'critical with anyExtendedKeyUsage',
    put('extendedKeyUsage', ['anyExtendedKeyUsage'], true),
  ],
  ['rfc5280/alternative-names', 'dNSName syntax', put('subjectAltName', [{ kind: 'dNSName', value: 'a..example' }])],
  ['rfc5280/alternative-names', 'dNSName syntax', put('subjectAltName', [{ kind: 'dNSName', value: 'a.example.' }])],
  ['rfc5280/alternative-names', 'dNSName syntax', put('subjectAltName', [{ kind: 'dNSName', value: 'a.*.example' }])],
  [
    'rfc5280/alternative-names',
    'rfc822Name syntax',
    put('subjectAltName', [{ kind: 'rfc822Name', value: 'Ana <a@b>' }]),
  ],
  ['rfc5280/alternative-names', 'URI syntax', put('subjectAltName', [{ kind: 'uri', value: '/relative' }])],
  [
    'rfc5280/alternative-names',
    'address with mask',
    put('subjectAltName', [{ kind: 'iPAddress', value: '10.0.0.0/255.0.0.0' }]),
  ],
  [
    'rfc5280/criticality',
    'critical',
    put('authorityInfoAccess', [{ method: 'ocsp', location: { kind: 'uri', value: 'http://a' } }], true),
  ],
  [
    'rfc5280/criticality',
    'only for authorities',
    put('nameConstraints', { permitted: [{ kind: 'dNSName', value: 'a' }], excluded: [] }),
  ],
  ['scel/serial-entropy', undefined, () => ({ serial: fromHex('41000000000000') })],
  ['scel/key-strength', 'key type', rsaKey((1n << 1023n) + 1n, 65537n)],
  ['scel/key-strength', 'exponent', rsaKey(MODULUS, 3n)],
  [
    'scel/signature-algorithm',
    undefined,
    ({ signature }) => ({
      signature: { ...signature, identifier: sequence(oid('1.2.840.113549.1.1.5'), nullValue()) },
    }),
  ],
  ['scel/server-names', 'no host name', all(put('extendedKeyUsage', ['serverAuth']), without('subjectAltName'))],
  ['scel/leaf-purpose', 'no extended key usage', without('extendedKeyUsage')],
  ['scel/leaf-purpose', 'anyExtendedKeyUsage', put('extendedKeyUsage', ['anyExtendedKeyUsage'])],
  ['scel/revocation-addresses', 'neither CRL nor OCSP address', without('crlDistributionPoints')],
]

const lint = (input: TbsCertificateInput): { rule: string; problem: unknown }[] =>
  lintCertificate(buildTbsCertificate(input)).map(({ rule, facts }) => ({ rule, problem: facts.problem }))

test('certificates in order have no findings', async () => {
  assert.deepEqual(lint(await inOrder()), [])
  for (const { certificate } of Object.values(await makeChain())) {
    const errors = lintCertificate(certificate.signedBytes).filter(({ severity }) => severity === 'error')
    assert.deepEqual(errors, [])
  }
})

for (const [rule, problem, change] of BREACHES.filter(([name]) => name !== 'rfc5280/version')) {
  test(`${rule} finds: ${problem ?? 'its breach'}`, async () => {
    const input = await inOrder()
    const found = lint({ ...input, ...change(input) })
    assert.ok(
      found.some((one) => one.rule === rule && one.problem === problem),
      JSON.stringify(found),
    )
  })
}

test('rfc5280/version finds version 1, rfc5280/validity the wrong time type', async () => {
  const version3 = buildTbsCertificate({ ...(await inOrder()), extensions: [] })
  const version1 = sequence(contentOf(version3).subarray(5)) // without a0 03 02 01 02
  assert.ok(lintCertificate(version1).some(({ rule }) => rule === 'rfc5280/version'))
  const tbs = toHex(version3)
  const early = tbs.replace('180f32303530', '180f32303439') // 2050 becomes 2049, still GeneralizedTime
  assert.notEqual(early, tbs)
  const found = lintCertificate(fromHex(early)).find(({ rule }) => rule === 'rfc5280/validity')
  assert.deepEqual(found?.facts, { problem: 'wrong time type', field: 'notAfter' })
})

test('what cannot be read at all, or holds an extension twice, is a finding too', async () => {
  const broken: Extension = { oid: '2.5.29.15', critical: true, value: fromHex('0500') }
  const input = await inOrder()
  for (const tbs of [new Uint8Array(3), buildTbsCertificate({ ...input, extensions: [broken] })]) {
    assert.equal(lintCertificate(tbs)[0]?.rule, 'rfc5280/well-formed')
  }
  const { certificate } = await certify({ name: named('x'), extensions: [] })
  const twice = toHex(certificate.signedBytes).replace('0603551d23', '0603551d0e')
  assert.deepEqual(lintCertificate(fromHex(twice))[0]?.facts, { code: 'extension_duplicate', oid: '2.5.29.14' })
})

test('every rule has a breach in this file, and a name of its own', () => {
  const names = RULES.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  assert.deepEqual(
    names.filter((name) => !BREACHES.some(([rule]) => rule === name)),
    [],
  )
})
