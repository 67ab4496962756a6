// Anchors without a certificate, and what a verdict tells beyond yes and no.

import assert from 'node:assert/strict'
import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { test } from 'node:test'
import {
  authorityExtensions,
  certify,
  daysFromNow,
  leafExtensions,
  makeChain,
  makeCrl,
  named,
  pathOf,
} from '@scel/testkit/authority'
import { signatureByName } from '../algorithms/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { AccessDescription, Extension } from '../x509/index.ts'
import { assembleSigned, buildName, buildTbsCertificate, makeExtension, parseCertificate } from '../x509/index.ts'
import type { PathVerdict, TrustAnchor, ValidatePathOptions } from './index.ts'
import { explainPath, validatePath } from './index.ts'

const chain = await makeChain()
const { root, issuing, leaf } = chain
const ASKED: ValidatePathOptions = pathOf(chain)
const explain = (change: Partial<ValidatePathOptions> = {}): Promise<PathVerdict> =>
  explainPath({ ...ASKED, ...change })
const bare = (constraints?: TrustAnchor['constraints']): TrustAnchor => ({
  subject: root.certificate.subject,
  publicKey: { spki: root.keys.publicKey },
  ...(constraints ? { constraints } : {}),
})

test('a bare name and key is an anchor: it ends the chain unseen and has no dates', async () => {
  const anchor = bare()
  const path = await validatePath({ ...ASKED, anchors: [anchor] })
  assert.deepEqual(path.chain, [leaf.certificate, issuing.certificate])
  assert.equal(path.anchor, anchor)
  const late = await certify({
    name: named('late'),
    issuer: root,
    extensions: leafExtensions(),
    notAfter: daysFromNow(9e3),
  })
  await validatePath({ ...ASKED, leaf: late.certificate, anchors: [anchor], at: daysFromNow(8e3) })
  const stranger = { ...anchor, publicKey: { spki: issuing.keys.publicKey } }
  await assert.rejects(validatePath({ ...ASKED, anchors: [stranger] }), (error) => hasCode(error, 'signature_invalid'))
})

test('what is said about a bare anchor binds: path length, names, lists of its key', async () => {
  await validatePath({ ...ASKED, anchors: [bare({ pathLength: 1 })] })
  const refused = { ...ASKED, anchors: [bare({ pathLength: 0 })] }
  await assert.rejects(validatePath(refused), (error) => hasCode(error, 'path_length_exceeded'))
  const names = { permitted: [], excluded: [{ kind: 'directoryName', name: root.certificate.subject } as const] }
  await validatePath({ ...ASKED, anchors: [bare({ names })] })
  const excluded = { ...names, excluded: [{ kind: 'directoryName', name: leaf.certificate.subject } as const] }
  await assert.rejects(validatePath({ ...ASKED, anchors: [bare({ names: excluded })] }), (error) =>
    hasCode(error, 'name_constraint_violated'),
  )
  const crls = [await makeCrl({ signer: root, entries: [issuing] }), await makeCrl({ signer: issuing })]
  const asked = { ...ASKED, anchors: [bare()], revocation: { mode: 'required', crls } as const }
  await assert.rejects(validatePath(asked), (error) => hasCode(error, 'certificate_revoked'))
})

test('every path that was tried is told, with its reason and the certificate it concerns', async () => {
  const other = await certify({ name: named('Other'), extensions: authorityExtensions(), notAfter: daysFromNow(-1) })
  const keys = issuing.keys
  const cross = await certify({ name: named('Issuing'), issuer: other, keys, extensions: authorityExtensions() })
  const twin = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions() })
  const bag = { intermediates: [cross.certificate, twin.certificate], anchors: [other.certificate, root.certificate] }
  const verdict = await explain(bag)
  assert.ok(!verdict.valid)
  const told = [verdict.best, ...verdict.refused].map(({ chain, reason, certificate }) => [
    chain.length,
    reason.code,
    certificate,
  ])
  assert.deepEqual(told, [
    [3, 'certificate_expired', other.certificate],
    [1, 'signature_invalid', leaf.certificate],
  ])
  const found = await explain({ ...bag, intermediates: [cross.certificate, twin.certificate, issuing.certificate] })
  assert.ok(found.valid)
  assert.deepEqual(found.path.chain, [leaf.certificate, issuing.certificate, root.certificate])
  assert.ok(found.refused.some(({ reason }) => hasCode(reason, 'certificate_expired')))
})

test('a root that was sent along is not told as another way', async () => {
  const intermediates = [issuing.certificate, root.certificate]
  const verdict = await explain({ intermediates, revocation: { mode: 'required' } })
  assert.ok(!verdict.valid && hasCode(verdict.best.reason, 'revocation_unknown'))
  assert.deepEqual(verdict.refused, [])
})

test('a bare anchor is no certificate: not of what is shown, and not one of those sent along', async () => {
  const late = await certify({ name: named('Issuing'), issuer: root, keys: issuing.keys, notAfter: daysFromNow(-1) })
  const asked = { intermediates: [root.certificate, issuing.certificate], anchors: [bare({ pathLength: 0 })] }
  const verdict = await explain(asked)
  assert.ok(!verdict.valid && hasCode(verdict.best.reason, 'path_length_exceeded'))
  assert.deepEqual(verdict.best.chain, [leaf.certificate, issuing.certificate])
  const own = { subject: late.certificate.subject, publicKey: { spki: root.keys.publicKey } }
  const stranger = await explain({ anchors: [own], intermediates: [late.certificate] })
  assert.ok(!stranger.valid)
  assert.ok([stranger.best, ...stranger.refused].some(({ reason }) => hasCode(reason, 'signature_invalid')))
})

test('a leaf that fails by itself is shown with its chain all the same', async () => {
  for (const [change, code] of [
    [{ at: daysFromNow(5_000) }, 'certificate_expired'],
    [{ purpose: 'serverAuth' }, 'usage_not_allowed'],
  ] as const) {
    const verdict = await explain(change)
    assert.ok(!verdict.valid)
    assert.equal(verdict.best.reason.code, code)
    assert.equal(verdict.best.certificate, leaf.certificate)
    assert.ok(verdict.best.chain.length > 1)
  }
  const lonely = await explain({ intermediates: [], purpose: 'serverAuth' })
  assert.ok(!lonely.valid && hasCode(lonely.best.reason, 'usage_not_allowed'))
  assert.deepEqual(lonely.best.chain, [leaf.certificate])
})

test('the verdict is that of validatePath, whatever is asked', async () => {
  const crls = [await makeCrl({ signer: root })]
  const changes: Partial<ValidatePathOptions>[] = [
    {},
    { intermediates: [] },
    { anchors: [] },
    { at: daysFromNow(9_000) },
    { purpose: 'emailSigning' },
    { policy: { requireExplicitPolicy: true } },
    { revocation: { mode: 'required', crls } },
    { revocation: { mode: 'if-known', crls } },
    { budget: { signatures: 1 } },
  ]
  for (const change of changes) {
    const verdict = await explain(change)
    const thrown = await validatePath({ ...ASKED, ...change }).then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.equal(verdict.valid ? undefined : verdict.best.reason.code, isPkiError(thrown) ? thrown.code : undefined)
  }
})

test('what would help is named: issuers, lists, deltas and responders, each once', async () => {
  const uri = (value: string) => ({ kind: 'uri', value }) as const
  const access = (method: string, value: string): AccessDescription => ({ method, location: uri(value) })
  const addresses = (name: string): Extension[] => [
    makeExtension('authorityInfoAccess', [
      access('caIssuers', `http://${name}.example/issuer.cer`),
      access('ocsp', `http://${name}.example/ocsp`),
    ]),
    makeExtension('crlDistributionPoints', [{ fullName: [uri(`http://${name}.example/all.crl`)] }]),
    makeExtension('freshestCRL', [{ fullName: [uri(`http://${name}.example/delta.crl`)] }]),
  ]
  const sub = await certify({
    name: named('Sub'),
    issuer: root,
    extensions: [...authorityExtensions(), ...addresses('root')],
  })
  const end = await certify({ name: named('end'), issuer: sub, extensions: [...leafExtensions(), ...addresses('sub')] })
  const asked = { leaf: end.certificate, intermediates: [sub.certificate] }
  const alone = await explain({ ...asked, intermediates: [] })
  assert.deepEqual(alone.wants, [
    { kind: 'issuer', url: 'http://sub.example/issuer.cer', certificate: end.certificate },
  ])
  const unknown = await explain({ ...asked, revocation: { mode: 'required' } })
  assert.ok(!unknown.valid)
  // All that is missing is named at once, not only what failed first.
  assert.deepEqual(
    unknown.wants.map(({ kind, url, issuer }) => [kind, url, issuer]),
    [
      ['ocsp', 'http://sub.example/ocsp', sub.certificate],
      ['crl', 'http://sub.example/all.crl', undefined],
      ['delta-crl', 'http://sub.example/delta.crl', undefined],
      ['ocsp', 'http://root.example/ocsp', root.certificate],
      ['crl', 'http://root.example/all.crl', undefined],
      ['delta-crl', 'http://root.example/delta.crl', undefined],
    ],
  )
  const half = await explain({ ...asked, revocation: { mode: 'if-known', crls: [await makeCrl({ signer: root })] } })
  assert.ok(half.valid)
  assert.deepEqual(
    half.wants.map(({ url }) => new URL(url).host),
    ['sub.example', 'sub.example', 'sub.example'],
  )
  assert.deepEqual((await explain({ ...asked })).wants, [])
})

test('a serial number that two authorities used is two OCSP questions, at one address too', async () => {
  const location = { kind: 'uri', value: 'http://ocsp.example/' } as const
  const address = makeExtension('authorityInfoAccess', [{ method: 'ocsp', location }])
  const ca = [...authorityExtensions(), address]
  const sub = await certify({ name: named('Sub'), issuer: root, serial: '01', extensions: ca })
  const end = await certify({
    name: named('end'),
    issuer: sub,
    serial: '01',
    extensions: [...leafExtensions(), address],
  })
  const { wants } = await explain({
    leaf: end.certificate,
    intermediates: [sub.certificate],
    revocation: { mode: 'required' },
  })
  assert.deepEqual(
    wants.map(({ kind, certificate }) => [kind, certificate]),
    [
      ['ocsp', end.certificate],
      ['ocsp', sub.certificate],
    ],
  )
})

test('RSA below 2,048 bits is refused anywhere in a path, unless the caller reads archives', async () => {
  const [weak] = await Promise.all([generateKeyPair('ec-p256')])
  const short = new Uint8Array(Buffer.from(RSA_1024, 'base64'))
  const keys = { publicKey: short, privateKey: weak!.privateKey }
  const { certificate } = await certify({ name: named('weak'), issuer: issuing, keys, extensions: leafExtensions() })
  await assert.rejects(
    validatePath({ ...ASKED, leaf: certificate }),
    (error) => hasCode(error, 'key_too_weak') && error.facts.bits === 1024,
  )
  await validatePath({ ...ASKED, leaf: certificate, dangerAllowWeakKeys: true })
  const anchor: TrustAnchor = { subject: root.certificate.subject, publicKey: { spki: short } }
  await assert.rejects(validatePath({ ...ASKED, anchors: [anchor] }), isPkiError)
})

test('the key of an anchor without a certificate is not below 2,048 bits either', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const row = signatureByName('RSA with SHA-256')
  const subject = buildName(named('Short'))
  const { notBefore, notAfter, publicKey } = leaf.certificate
  const fields = { serial: Uint8Array.of(1), signature: row, issuer: subject, subject: buildName(named('end')) }
  const tbs = buildTbsCertificate({ ...fields, notBefore, notAfter, publicKey: publicKey.spki, extensions: [] })
  const end = parseCertificate(assembleSigned(tbs, row, signBytes('sha256', tbs, pair.privateKey)))
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))
  const asked = { ...ASKED, leaf: end, intermediates: [], anchors: [{ subject, publicKey: { spki } }] }
  await assert.rejects(validatePath(asked), (error) => hasCode(error, 'key_too_weak') && error.facts.bits === 1024)
  await validatePath({ ...asked, dangerAllowWeakKeys: true })
})

test('a fault of whoever is asked about revocation is no refusal: no other way is taken', async () => {
  const extensions = authorityExtensions()
  const twin = await certify({ name: named('Issuing'), issuer: root, keys: issuing.keys, extensions })
  let asked = 0
  const revocation = (): 'good' => {
    if (asked++ === 0) throw new Error('the store is away')
    return 'good'
  }
  const intermediates = [twin.certificate, issuing.certificate]
  await assert.rejects(validatePath({ ...ASKED, intermediates, revocation }), /the store is away/)
  await validatePath({ ...ASKED, intermediates, revocation })
})

// A public key of 1,024 bits, made by openssl; nobody has its private half.
const RSA_1024 =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDGjFOA5ANfUcdiqfx8hFO6r+Xfdfx6DdEqUd03JnUw8GN8XDGxklK5oxhQDRALYWNPO3X30aWrR2wKZRiUBXcDUcnuPNh9MKpO0KJToUyfjFZXkpu9iqTxbtJoQChexAWssO/H2doE6xD/fgb1ziomOhD2mRrbqiTJooa6j2J+VQIDAQAB'
