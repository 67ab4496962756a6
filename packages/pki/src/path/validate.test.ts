import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  type Chain,
  certify,
  type Holder,
  leafExtensions,
  makeChain,
  NOW,
  named,
  pathOf,
} from '@scel/testkit/authority'
import { refuses } from '../../test/refuses.ts'
import { defaultSignature } from '../algorithms/index.ts'
import { contentOf, sequence } from '../asn1/index.ts'
import { concat, fromHex } from '../bytes/index.ts'
import { generateKeyPair, sign } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  EXTENSIONS,
  makeExtension,
  parseCertificate,
} from '../x509/index.ts'
import type { Purpose, ValidatePathOptions, ValidPath } from './index.ts'
import { explainPath, validatePath } from './index.ts'

const check = (chain: Chain, change: Partial<ValidatePathOptions> = {}): Promise<ValidPath> =>
  validatePath({ ...pathOf(chain), purpose: 'clientAuth', ...change })

const subject = (name: string): string => `CN=${name},O=Scel Tests,C=FR`
const bag = (...holders: Holder[]): Certificate[] => holders.map(({ certificate }) => certificate)

test('a good chain is found whatever else lies in the bag', async () => {
  const chain = await makeChain()
  const [other, again] = [await makeChain(), chain]
  const intermediates = bag(other.leaf, other.issuing, again.leaf, again.issuing, other.root)
  const path = await check(chain, { intermediates })
  assert.deepEqual(path.chain, bag(chain.leaf, chain.issuing, chain.root))
})

test('dates are inclusive to the second, and the error names the certificate', async () => {
  const { root, issuing } = await makeChain()
  const notBefore = new Date('2026-06-01T00:00:00Z')
  const notAfter = new Date('2026-06-30T23:59:59Z')
  const extensions = leafExtensions()
  const leaf = await certify({ name: named('short'), issuer: issuing, extensions, notBefore, notAfter })
  const at = (text: string): Promise<ValidPath> => check({ root, issuing, leaf }, { at: new Date(text) })
  await at('2026-06-01T00:00:00Z')
  await at('2026-06-30T23:59:59.999Z')
  await refuses(at('2026-05-31T23:59:59.999Z'), 'certificate_not_yet_valid', { subject: subject('short') })
  await refuses(at('2026-07-01T00:00:00Z'), 'certificate_expired', { notAfter: notAfter.toISOString() })
})

test('a moment that is no date is refused, since nothing would have expired at it', async () => {
  const chain = await makeChain()
  const at = new Date('yesterday')
  await refuses(check(chain, { at }), 'time_malformed')
  await assert.rejects(
    explainPath({
      leaf: chain.leaf.certificate,
      intermediates: [],
      anchors: bag(chain.root),
      at,
      purpose: 'any',
      revocation: 'not-asked',
    }),
    (error) => hasCode(error, 'time_malformed'),
  )
})

test('an expired authority is the reason given, not "unknown issuer"', async () => {
  const { root } = await makeChain()
  const notAfter = new Date(NOW.getTime() - 1_000)
  const issuing = await certify({ name: named('Old'), issuer: root, extensions: authorityExtensions(), notAfter })
  const leaf = await certify({ name: named('leaf'), issuer: issuing, extensions: leafExtensions() })
  await refuses(check({ root, issuing, leaf }), 'certificate_expired', { subject: subject('Old') })
})

test('without its issuer, or with another root, the issuer is unknown', async () => {
  const chain = await makeChain()
  await refuses(check(chain, { intermediates: [] }), 'issuer_unknown', { issuer: subject('Issuing') })
  await refuses(check(chain, { anchors: [] }), 'issuer_unknown', { issuer: subject('Root') })
  const other = await makeChain()
  await refuses(check(chain, { anchors: bag(other.root) }), 'signature_invalid', { what: subject('Issuing') })
})

test('a leaf does not become trusted by being an anchor’s twin or self-signed', async () => {
  const { root, issuing } = await makeChain()
  const leaf = await certify({ name: named('Root'), extensions: [...leafExtensions()] })
  await refuses(check({ root, issuing, leaf }), 'signature_invalid')
  await refuses(check({ root, issuing, leaf }, { anchors: bag(leaf) }), 'issuer_unknown')
})

test('CVE-2026-33896, CVE-2026-5501, CVE-2026-57826: a leaf cannot issue, with any mixture of missing extensions', async () => {
  const { root, issuing, leaf } = await makeChain()
  const ca = makeExtension('basicConstraints', { ca: true })
  const notCa = makeExtension('basicConstraints', { ca: false })
  const signs = makeExtension('keyUsage', ['keyCertSign'])
  const cases: [(typeof ca)[], PkiErrorCode][] = [
    [[], 'not_an_authority'],
    [[signs], 'not_an_authority'],
    [[notCa, signs], 'not_an_authority'],
    [[ca, makeExtension('keyUsage', ['digitalSignature'])], 'key_usage_missing'],
  ]
  for (const [only, code] of cases) {
    const middle = await certify({ name: named('Middle'), issuer: root, only })
    const end = await certify({ name: named('End'), issuer: middle, extensions: leafExtensions() })
    await refuses(check({ root, issuing: middle, leaf: end }), code, { subject: subject('Middle') })
  }
  const below = await certify({ name: named('Below'), issuer: leaf, extensions: leafExtensions() })
  const options = { leaf: below.certificate, intermediates: bag(leaf, issuing) }
  await refuses(check({ root, issuing, leaf }, options), 'not_an_authority', { subject: subject('pc-1') })
})

test('CVE-2026-33896: versions 1 and 2 cannot say that they may issue, so they may not', async () => {
  const { root } = await makeChain()
  const keys = await generateKeyPair('ec-p256')
  const row = defaultSignature('ec-p384')
  const dates = { notBefore: root.certificate.notBefore, notAfter: root.certificate.notAfter }
  const tbs = buildTbsCertificate({
    serial: Uint8Array.of(1),
    signature: row,
    issuer: root.certificate.subject,
    subject: buildName(named('Old')),
    ...dates,
    publicKey: keys.publicKey,
    extensions: [],
  })
  const content = contentOf(tbs)
  assert.deepEqual([...content.subarray(0, 5)], [0xa0, 3, 2, 1, 2]) // [0] version 3
  const versions = [content.subarray(5), concat(Uint8Array.of(0xa0, 3, 2, 1, 1), content.subarray(5))]
  for (const [index, fields] of versions.entries()) {
    const old = sequence(fields)
    const der = assembleSigned(old, row, await sign(root.keys.privateKey, old, row))
    const issuing = { certificate: parseCertificate(der), keys }
    assert.equal(issuing.certificate.version, index + 1)
    const leaf = await certify({ name: named('leaf'), issuer: issuing, extensions: leafExtensions() })
    await refuses(check({ root, issuing, leaf }), 'not_an_authority', { subject: subject('Old') })
    await refuses(check({ root: issuing, issuing, leaf }), 'not_an_authority') // not even as an anchor
    const bare = { subject: issuing.certificate.subject, publicKey: issuing.certificate.publicKey }
    await check({ root, issuing, leaf }, { anchors: [bare] })
  }
})

test('CVE-2026-42769: a certificate does not become an anchor by its name, nor by issuing itself', async () => {
  const { root, leaf } = await makeChain()
  const fake = await certify({ name: named('Root'), extensions: authorityExtensions() })
  const forged = await certify({ name: named('Issuing'), issuer: fake, extensions: authorityExtensions() })
  const victim = await certify({ name: named('victim'), issuer: forged, extensions: leafExtensions() })
  const intermediates = bag(forged, fake)
  await refuses(check({ root, issuing: forged, leaf: victim }, { intermediates }), 'signature_invalid')
  // The fake says that the real root was issued by it, and shows the real one as if it were below.
  const inverted = await certify({
    name: named('Root'),
    issuer: fake,
    keys: root.keys,
    extensions: authorityExtensions(),
  })
  const more = { intermediates: bag(forged, fake, inverted) }
  await refuses(check({ root, issuing: forged, leaf: victim }, more), 'signature_invalid')
  await refuses(check({ root, issuing: forged, leaf }, { ...more, anchors: [] }), 'signature_invalid')
})

test('a rolled key is followed: old with new, new with old', async () => {
  const { root } = await makeChain()
  const older = await certify({ name: named('Rolling'), issuer: root, extensions: authorityExtensions() })
  const newer = await certify({ name: named('Rolling'), issuer: older, extensions: authorityExtensions() })
  const leaf = await certify({ name: named('leaf'), issuer: newer, extensions: leafExtensions() })
  for (const intermediates of [bag(older, newer), bag(newer, older)]) {
    const path = await check({ root, issuing: older, leaf }, { intermediates })
    assert.deepEqual(path.chain, bag(leaf, newer, older, root))
  }
})

test('an expired anchor does not hide a cross certificate of it under a good one', async () => {
  const notAfter = new Date(NOW.getTime() - 1_000)
  const expired = await certify({ name: named('Old Root'), extensions: authorityExtensions(), notAfter })
  const other = await certify({ name: named('New Root'), extensions: authorityExtensions() })
  const keys = expired.keys
  const cross = await certify({ name: named('Old Root'), issuer: other, keys, extensions: authorityExtensions() })
  const leaf = await certify({ name: named('leaf'), issuer: expired, extensions: leafExtensions() })
  const options = { intermediates: bag(expired, cross), anchors: bag(expired, other) }
  const path = await check({ root: other, issuing: cross, leaf }, options)
  assert.deepEqual(path.chain, bag(leaf, cross, other))
})

test('path length counts authorities below, self-issued ones excepted', async () => {
  const { root, issuing } = await makeChain() // issuing has path length 0
  const sub = await certify({ name: named('Sub'), issuer: issuing, extensions: authorityExtensions() })
  const leaf = await certify({ name: named('leaf'), issuer: sub, extensions: leafExtensions() })
  const all = { intermediates: bag(issuing, sub) }
  await refuses(check({ root, issuing, leaf }, all), 'path_length_exceeded', { subject: subject('Issuing') })
  const rolled = await certify({
    name: issuing.certificate.subject,
    issuer: issuing,
    extensions: authorityExtensions(0),
  })
  const end = await certify({ name: named('end'), issuer: rolled, extensions: leafExtensions() })
  await check({ root, issuing, leaf: end }, { intermediates: bag(issuing, rolled) })
})

test('purposes are asked of the leaf and bound by authorities', async () => {
  const { root, issuing, leaf } = await makeChain()
  await refuses(check({ root, issuing, leaf }, { purpose: 'serverAuth' }), 'usage_not_allowed', {
    purpose: 'serverAuth',
  })
  await check({ root, issuing, leaf }, { purpose: 'any' })
  const limited = [...authorityExtensions(), makeExtension('extendedKeyUsage', ['serverAuth'])]
  const web = await certify({ name: named('Web'), issuer: root, extensions: limited })
  const both = await certify({
    name: named('both'),
    issuer: web,
    extensions: leafExtensions('clientAuth', 'serverAuth'),
  })
  await check({ root, issuing: web, leaf: both }, { purpose: 'serverAuth' })
  await refuses(check({ root, issuing: web, leaf: both }), 'usage_not_allowed', { subject: subject('Web') })
  const usages = [makeExtension('keyUsage', ['keyEncipherment']), makeExtension('extendedKeyUsage', ['clientAuth'])]
  const silent = await certify({ name: named('silent'), issuer: issuing, extensions: usages })
  await refuses(check({ root, issuing, leaf: silent }), 'key_usage_missing', { usage: 'digitalSignature' })
  const plain = await certify({ name: named('plain'), issuer: issuing })
  await check({ root, issuing, leaf: plain }) // no purposes named means all but OCSP
  await refuses(check({ root, issuing, leaf: plain }, { purpose: 'ocspSigning' }), 'usage_not_allowed')
})

test('an unknown critical extension is refused on any certificate, an unknown other one nowhere', async () => {
  const { root, issuing } = await makeChain()
  const unknown = (critical: boolean) => ({ oid: '1.2.3.4', critical, value: Uint8Array.of(5, 0) })
  const strange = await certify({
    name: named('leaf'),
    issuer: issuing,
    extensions: [...leafExtensions(), unknown(true)],
  })
  await refuses(check({ root, issuing, leaf: strange }), 'extension_critical_unknown', { oid: '1.2.3.4' })
  const mild = await certify({
    name: named('leaf'),
    issuer: issuing,
    extensions: [...leafExtensions(), unknown(false)],
  })
  await check({ root, issuing, leaf: mild })
  const middle = await certify({
    name: named('Middle'),
    issuer: root,
    extensions: [...authorityExtensions(), unknown(true)],
  })
  const end = await certify({ name: named('end'), issuer: middle, extensions: leafExtensions() })
  await refuses(check({ root, issuing: middle, leaf: end }), 'extension_critical_unknown', {
    subject: subject('Middle'),
  })
})

test('a critical extension that cannot be read is refused on any certificate, whoever asks for it (RFC 5280 §4.2)', async () => {
  const { root, issuing } = await makeChain()
  const names = [
    'basicConstraints',
    'keyUsage',
    'extendedKeyUsage',
    'subjectAltName',
    'nameConstraints',
    'certificatePolicies',
    'policyMappings',
    'policyConstraints',
    'inhibitAnyPolicy',
    'crlDistributionPoints',
    'ocspNoCheck',
  ] as const
  const accepted: string[] = []
  const judge = async (what: string, chain: Chain, purpose: Purpose): Promise<void> => {
    const verdict = await check(chain, { purpose }).then(
      () => 'accepted',
      (error: unknown) => assert.ok(isPkiError(error), String(error)),
    )
    if (verdict === 'accepted') accepted.push(what)
  }
  for (const name of names) {
    const broken = { oid: EXTENSIONS[name].oid, critical: true, value: fromHex('3001') }
    const leaf = await certify({ name: named('leaf'), issuer: issuing, only: [broken] })
    for (const purpose of ['any', 'emailProtection', 'serverAuth'] as const) {
      await judge(`${name} of a leaf for ${purpose}`, { root, issuing, leaf }, purpose)
    }
    const middle = await certify({
      name: named('Middle'),
      issuer: root,
      only: [...authorityExtensions().filter(({ oid }) => oid !== broken.oid), broken],
    })
    const below = await certify({ name: named('end'), issuer: middle, extensions: leafExtensions() })
    await judge(`${name} of an authority`, { root, issuing: middle, leaf: below }, 'any')
  }
  const many = Array.from({ length: 10_001 }, (_, i) => ({ kind: 'dNSName', value: `${i}.example` }) as const)
  const crowd = await certify({
    name: named('leaf'),
    issuer: issuing,
    only: [makeExtension('subjectAltName', many, true)],
  })
  await judge('subjectAltName beyond its limit', { root, issuing, leaf: crowd }, 'any')
  assert.deepEqual(accepted, [])
})

test('revocation is asked from the top down, and unknown is not good', async () => {
  const chain = await makeChain()
  const asked: string[] = []
  await check(chain, {
    revocation: async (certificate, issuer) => {
      asked.push(`${certificate.serialHex} by ${'serialHex' in issuer ? issuer.serialHex : 'a bare anchor'}`)
      return 'good' as const
    },
  })
  const [root, issuing, leaf] = bag(chain.root, chain.issuing, chain.leaf).map(({ serialHex }) => serialHex)
  assert.deepEqual(asked, [`${issuing} by ${root}`, `${leaf} by ${issuing}`])
  const revoked = { revoked: { at: NOW, reason: 'keyCompromise' } } as const
  await refuses(check(chain, { revocation: () => revoked }), 'certificate_revoked', {
    subject: subject('Issuing'),
    reason: 'keyCompromise',
    serial: issuing!,
  })
  await refuses(
    check(chain, { revocation: (one) => (one.serialHex === leaf ? 'unknown' : 'good') }),
    'revocation_unknown',
    { subject: subject('pc-1') },
  )
})

test('a revoked cross certificate does not hide a good way round', async () => {
  const { root } = await makeChain()
  const other = await certify({ name: named('Other'), extensions: authorityExtensions() })
  const first = await certify({ name: named('Shared'), issuer: root, extensions: authorityExtensions() })
  const second = await certify({
    name: named('Shared'),
    issuer: other,
    keys: first.keys,
    extensions: authorityExtensions(),
  })
  const leaf = await certify({ name: named('leaf'), issuer: first, extensions: leafExtensions() })
  const options = { intermediates: bag(first, second), anchors: bag(root, other) }
  const revocation: ValidatePathOptions['revocation'] = (one) =>
    one.serialHex === first.certificate.serialHex ? { revoked: { at: NOW } } : 'good'
  const path = await check({ root, issuing: first, leaf }, { ...options, revocation })
  assert.deepEqual(path.chain, bag(leaf, second, other))
})

test('a signature of another algorithm than ours is named as unsupported', async () => {
  const { root, issuing, leaf } = await makeChain()
  const hex = Buffer.from(leaf.certificate.der).toString('hex')
  const sha1 = hex.replaceAll('2a8648ce3d040302', '2a8648ce3d040301') // ecdsa-with-SHA256 and an unknown neighbour
  const certificate = parseCertificate(new Uint8Array(Buffer.from(sha1, 'hex')))
  await refuses(check({ root, issuing, leaf }, { leaf: certificate }), 'algorithm_unsupported', {
    oid: '1.2.840.10045.4.3.1',
  })
})
