import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import { type Bench, bench } from '@scel/testkit/peers'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { refuses } from '../../test/refuses.ts'
import { sample } from '../../test/sample.ts'
import {
  collect,
  deposit,
  LONG,
  printedCms,
  signerOf,
  signingScene,
  source,
  verified,
} from '../../test/signing-scene.ts'
import { defaultSignature, signatureByName } from '../algorithms/index.ts'
import { nullValue } from '../asn1/index.ts'
import { equal, utf8 } from '../bytes/index.ts'
import { contentTypeAttribute, messageDigestAttribute } from '../cms/attributes/plain.ts'
import type { SignOptions, VerifyOptions } from '../cms/index.ts'
import { signBytes, signContent } from '../cms/index.ts'
import { signedDataDer, signerInfo } from '../cms/signed/write.ts'
import { sign } from '../crypto/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { RevocationReason } from '../x509/index.ts'
import { assembleSigned, buildTbsCrl, makeExtension, parseCrl } from '../x509/index.ts'
import type { TimeStampTokenInput, TstInfoInput, VerifyTimeStampOptions } from './index.ts'
import {
  buildTimeStampRequest,
  buildTimeStampResponse,
  buildTimeStampToken,
  buildTstInfo,
  imprintOf,
  parseTimeStampRequest,
  parseTimeStampResponse,
  stampVerifier,
  TST_INFO,
  timeStampToken,
  verifyTimeStampToken,
} from './index.ts'

const TEXT = utf8('It is hereby agreed.')
const NOW = sample.at
const scene = await signingScene()
const tsa = await scene.service()
const ana = await scene.person('Ana')
const imprint = await imprintOf(TEXT)
const service = { certificate: tsa.certificate, key: tsa.keys.privateKey }
const tst: TstInfoInput = { policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: NOW }
const trust: VerifyTimeStampOptions = {
  anchors: [scene.root.certificate],
  at: NOW,
  revocation: 'not-asked',
  data: TEXT,
}
const token = (input: Partial<TstInfoInput> = {}, more: Partial<TimeStampTokenInput> = {}): Promise<Uint8Array> =>
  buildTimeStampToken({ tst: { ...tst, ...input }, ...service, ...more })

/** Refused as no stamp for this, and for what. */
const refusesToken = (promise: Promise<unknown>, what: string): Promise<unknown> =>
  refuses(promise, 'time_stamp_malformed', { what })

const short = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-07-01T00:00:00Z'),
  extensions: [makeExtension('keyUsage', ['digitalSignature']), makeExtension('extendedKeyUsage', ['emailProtection'])],
}
const brief = await certify({ name: named('Bob'), issuer: scene.root, ...short })
const LATER = new Date('2026-09-01T00:00:00Z')
const judgedAt = (at: Date): VerifyOptions => ({
  ...{ anchors: [scene.root.certificate], at, revocation: 'not-asked' },
  verifyStamp: stampVerifier({ anchors: [scene.root.certificate], at, revocation: 'not-asked' }),
})

/** Signed by Bob, whose certificate ends in July, and stamped at `genTime`. */
const stampedBy = (genTime: Date, more: Partial<TstInfoInput> = {}): Promise<Uint8Array> =>
  signBytes(TEXT, {
    ...{ signers: [signerOf(brief)], at: NOW },
    stamp: ({ digest, value }) => token({ imprint: { digest, hash: value }, genTime, ...more }),
  })

test('a token tells the moment, the serial number, the policy and the service, of data or of an imprint', async () => {
  const made = await token({ accuracy: { seconds: 1 }, nonce: 5n })
  for (const about of [{ data: TEXT }, { data: source(TEXT, 3) }, { imprint }]) {
    const { data: _, ...bare } = trust
    const stamp = await verifyTimeStampToken(made, { ...bare, ...about, nonce: 5n, policy: '1.2.3' })
    assert.deepEqual([stamp.at, stamp.serialHex, stamp.policy, stamp.accuracy], [NOW, '07', '1.2.3', { seconds: 1 }])
    assert.deepEqual(stamp.tsa.der, tsa.certificate.der)
  }
})

test('a token over something else, for another question, or of the future is refused', async () => {
  const made = await token({ nonce: 5n })
  for (const [wrong, what] of [
    [{ data: utf8('It is hereby agreed?') }, 'message imprint'],
    [{ imprint: await imprintOf(TEXT, 'SHA-512') }, 'message imprint'],
    [{ nonce: 6n }, 'nonce'],
    [{ policy: '1.2.4' }, 'policy'],
    [{ at: new Date(NOW.getTime() - 3_600_000) }, 'moment in the future'],
  ] as const) {
    await refusesToken(verifyTimeStampToken(made, { ...trust, ...wrong }), what)
  }
  const { data: _, ...nothing } = trust
  await refusesToken(verifyTimeStampToken(made, nothing), 'message imprint')
  const weak = await token({ imprint: await imprintOf(TEXT, 'SHA-1') })
  await refuses(verifyTimeStampToken(weak, trust), 'algorithm_weak')
  const strange = await token({ extensions: [{ oid: '1.2.3', critical: true, value: nullValue() }] })
  await refuses(verifyTimeStampToken(strange, trust), 'extension_critical_unknown')
})

test('only a certificate for time stamping alone, said in a critical extension, stamps (RFC 3161 §2.3)', async () => {
  const bits = makeExtension('keyUsage', ['digitalSignature'])
  for (const usage of [
    [],
    [makeExtension('extendedKeyUsage', ['timeStamping'], false)],
    [makeExtension('extendedKeyUsage', ['timeStamping', 'emailProtection'], true)],
    [makeExtension('extendedKeyUsage', ['anyExtendedKeyUsage'], true)],
  ]) {
    const wrong = await certify({ name: named('TSA'), issuer: scene.root, extensions: [bits, ...usage], ...LONG })
    const signer = signerOf(wrong)
    await refuses(buildTimeStampToken({ tst, ...signer }), 'usage_not_allowed')
    const options = { contentType: TST_INFO, signers: [signer], at: NOW }
    await refuses(verifyTimeStampToken(await signBytes(buildTstInfo(tst), options), trust), 'usage_not_allowed')
  }
})

test('a token has one signer, a TSTInfo inside, and names its certificate', async () => {
  const other = signerOf(await scene.service())
  const options: SignOptions = { contentType: TST_INFO, signers: [service, other], at: NOW }
  await refusesToken(verifyTimeStampToken(await signBytes(buildTstInfo(tst), options), trust), 'several signers')
  const typed = await signBytes(buildTstInfo(tst), { signers: [service], at: NOW })
  await refusesToken(verifyTimeStampToken(typed, trust), 'content type')
  const elsewhere = await signBytes(TEXT, { ...options, signers: [service] })
  await refuses(verifyTimeStampToken(elsewhere, trust), 'der_malformed')
  const info = buildTstInfo(tst)
  const attributes = [contentTypeAttribute(TST_INFO), messageDigestAttribute((await imprintOf(info)).hash)]
  const besides = { contentType: TST_INFO, digests: ['SHA-256'] as const, certificates: [tsa.certificate], crls: [] }
  const unnamed = signedDataDer(
    besides,
    [await signerInfo(service, signatureByName('ECDSA with SHA-256'), 'SHA-256', attributes)],
    info,
  )
  await refusesToken(verifyTimeStampToken(unnamed, trust), 'signing certificate missing')
})

test('a service stamps while its certificate is in force, and not later than now, clocks being what they are', async () => {
  const [notBefore, notAfter] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z')]
  const extensions = [makeExtension('extendedKeyUsage', ['timeStamping'], true)]
  const service = signerOf(await certify({ name: named('TSA'), issuer: scene.root, extensions, notBefore, notAfter }))
  for (const [genTime, at, wrong] of [
    ['2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'],
    ['2026-04-30T23:59:59.999Z', '2026-06-01T00:00:00Z', 'moment outside of its dates'],
    ['2026-06-01T00:05:00Z', '2026-06-01T00:00:00Z'],
    ['2026-06-01T00:05:00.001Z', '2026-06-01T00:00:00Z', 'moment in the future'],
    ['2026-07-01T00:00:00.999Z', '2026-06-30T23:59:00Z'],
    ['2026-07-01T00:00:01Z', '2026-06-30T23:59:00Z', 'moment outside of its dates'],
  ] as const) {
    const info = buildTstInfo({ ...tst, genTime: new Date(genTime) })
    const made = await signBytes(info, { contentType: TST_INFO, signers: [service], at: NOW })
    const judged = verifyTimeStampToken(made, { ...trust, at: new Date(at) })
    await (wrong ? refusesToken(judged, wrong) : judged)
  }
})

test('the service may be named, but only as its certificate names it (RFC 3161 §2.4.2)', async () => {
  const { subject } = tsa.certificate
  for (const [name, ok] of [
    [{ kind: 'directoryName', name: subject }, true],
    [{ kind: 'rfc822Name', value: 'tsa@example.org' }, true],
    [{ kind: 'rfc822Name', value: 'eve@example.org' }, false],
    [{ kind: 'directoryName', name: ana.certificate.subject }, false],
  ] as const) {
    const judged = verifyTimeStampToken(await token({ tsa: name }), trust)
    await (ok ? judged : refusesToken(judged, 'name of the service'))
  }
})

test('a damaged token proves nothing', async () => {
  const made = await token()
  await fc.assert(
    fc.asyncProperty(damaged(made), async ({ bytes, how }) => {
      try {
        const stamp = await verifyTimeStampToken(bytes, trust)
        assert.ok(equal(stamp.tsa.der, tsa.certificate.der) && stamp.at.getTime() === NOW.getTime(), how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 300 },
  )
})

test('a token whose content or signature was altered is refused, and one of a service that was revoked', async () => {
  const made = await token({ serial: Uint8Array.of(0x77, 0x66, 0x55) })
  const at = Buffer.from(made).indexOf('776655', 'hex')
  const [content, signature] = [made.slice(), made.slice()]
  content[at]! ^= 1
  signature[signature.length - 1]! ^= 1
  await refuses(verifyTimeStampToken(content, trust), 'content_altered')
  await refuses(verifyTimeStampToken(signature, trust), 'signature_invalid')
  const revocation = async (serial: Uint8Array): Promise<VerifyTimeStampOptions['revocation']> => ({
    ...{ mode: 'required', crls: [parseCrl(await listing(new Date('2026-06-10T00:00:00Z'), 'superseded', serial))] },
  })
  const options = { ...trust, at: new Date('2026-06-20T00:00:00Z') }
  const good = await verifyTimeStampToken(made, { ...options, revocation: await revocation(ana.certificate.serial) })
  assert.deepEqual(good.at, NOW)
  const revoked = { ...options, revocation: await revocation(tsa.certificate.serial) }
  await refuses(verifyTimeStampToken(made, revoked), 'certificate_revoked')
})

test('a stamp on a signature that does not hold is not even looked at', async () => {
  const signed = await stampedBy(NOW)
  const at = Buffer.from(signed).indexOf(Buffer.from(TEXT))
  signed[at]! ^= 1
  const verifyStamp = (): never => assert.fail('asked')
  const { signers } = await verified(signed, { ...judgedAt(LATER), verifyStamp })
  assert.deepEqual([signers[0]!.integrity.ok, signers[0]!.timeStamp, signers[0]!.chain.at], [false, undefined, LATER])
})

test('a fault of whoever is asked about the service is thrown, and is no verdict on its stamp', async () => {
  const fault = new Error('no line')
  const revocation = (): Promise<never> => Promise.reject(fault)
  const verifyStamp = stampVerifier({ anchors: [scene.root.certificate], at: NOW, revocation })
  await assert.rejects(verifyStamp(await token(), TEXT), fault)
})

test('a time stamp that holds keeps a signature valid after its certificate has ended; one that does not, does not', async () => {
  const good = await verified(await stampedBy(NOW), judgedAt(LATER))
  const [signer] = good.signers
  assert.equal(good.valid, true)
  assert.deepEqual([signer!.chain.at, signer!.timeStamp?.at], [NOW, NOW])
  assert.deepEqual(signer!.timeStamp?.tsa?.der, tsa.certificate.der)
  const late = await verified(await stampedBy(new Date('2026-08-01T00:00:00Z')), judgedAt(LATER))
  assert.deepEqual([late.valid, late.signers[0]!.timeStamp?.verdict], [false, { ok: true }])
  for (const [signed, options] of [
    // Over another signature, by a service that nobody trusts, and not looked at.
    [await stampedBy(NOW, { imprint }), judgedAt(LATER)],
    [
      await stampedBy(NOW),
      { ...judgedAt(LATER), verifyStamp: stampVerifier({ anchors: [], at: LATER, revocation: 'not-asked' }) },
    ],
    [await stampedBy(NOW), { anchors: [scene.root.certificate], at: LATER, revocation: 'not-asked' }],
  ] as const) {
    const { valid, signers } = await verified(signed, options)
    assert.equal(valid, false)
    assert.notEqual(signers[0]!.timeStamp?.verdict?.ok, true)
    assert.deepEqual(signers[0]!.chain.at, LATER)
    assert.ok(signers[0]!.timeStamp?.token)
  }
})

test('a revocation after the stamp does not undo the signature, unless the key was stolen', async () => {
  const signed = await stampedBy(NOW)
  const at = new Date('2026-06-20T00:00:00Z')
  for (const [revokedAt, reason, valid] of [
    ['2026-06-10T00:00:00Z', 'superseded', true],
    ['2026-06-10T00:00:00Z', 'keyCompromise', false],
    ['2026-05-10T00:00:00Z', 'superseded', false],
  ] as const) {
    const crl = parseCrl(await listing(new Date(revokedAt), reason))
    const found = await verified(signed, { ...judgedAt(at), revocation: { mode: 'required', crls: [crl] } })
    assert.equal(found.valid, valid, `${revokedAt} ${reason}`)
    // Without a stamp, every revocation counts.
    const bare = await signBytes(TEXT, { signers: [signerOf(brief)], at: NOW })
    assert.equal(
      (await verified(bare, { ...judgedAt(at), revocation: { mode: 'required', crls: [crl] } })).valid,
      false,
    )
  }
})

async function listing(
  revokedAt: Date,
  reason: RevocationReason,
  serial: Uint8Array = brief.certificate.serial,
): Promise<Uint8Array> {
  const row = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    ...{ signature: row, issuer: scene.root.certificate.subject },
    ...{ thisUpdate: new Date('2026-06-15T00:00:00Z'), nextUpdate: new Date('2026-06-25T00:00:00Z') },
    entries: [{ serial, revokedAt, reason }],
    extensions: [makeExtension('cRLNumber', 1n)],
  })
  return assembleSigned(tbs, row, await sign(scene.root.keys.privateKey, tbs, row))
}

async function setUp(peer: Bench): Promise<void> {
  await deposit(peer, 'root', scene.root)
  await deposit(peer, 'tsa', tsa)
  peer.write('text', TEXT)
}

test('openssl believes our token, alone and in a response to its own question, with every key that it knows', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  for (const spec of ['ec-p256', 'ec-p384', 'rsa-2048'] as const) {
    const { certificate, keys } = await scene.service(spec)
    peer.run('openssl', 'ts', '-query', '-data', 'text', '-sha512', '-cert', '-out', 'q.tsq')
    const { imprint: asked, nonce } = parseTimeStampRequest(peer.read('q.tsq'))
    const genTime = new Date('2026-06-01T12:00:00.25Z')
    const info = { ...tst, imprint: asked, genTime, accuracy: { seconds: 1 }, ordering: true, nonce: nonce! }
    const made = await buildTimeStampToken({ tst: info, certificate, key: keys.privateKey })
    peer.write('token', made)
    peer.write('r.tsr', buildTimeStampResponse({ status: 'granted', token: made }))
    for (const question of [
      ['-data', 'text'],
      ['-queryfile', 'q.tsq'],
    ]) {
      for (const answer of [
        ['-in', 'r.tsr'],
        ['-in', 'token', '-token_in'],
      ]) {
        const { text } = peer.run('openssl', 'ts', '-verify', ...question, ...answer, '-CAfile', 'root.pem')
        assert.match(text, /Verification: OK/, text)
      }
    }
  }
})

test('we believe the tokens of openssl, with both kinds of ESSCertID', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  for (const id of ['sha1', 'sha256', 'sha512']) {
    peer.write('serial', '0A')
    peer.write(
      'ts.cnf',
      `[tsa]\ndefault_tsa=s\n[s]\nserial=serial\ndefault_policy=1.2.3\ndigests=sha256\nsigner_digest=sha256\ntsa_name=yes\ness_cert_id_alg=${id}\n`,
    )
    peer.write('q.tsq', buildTimeStampRequest({ imprint, nonce: 9n, wantsCertificate: true }))
    const by = ['-config', 'ts.cnf', '-signer', 'tsa.pem', '-inkey', 'tsa.key']
    const { ok, text } = peer.run('openssl', 'ts', '-reply', ...by, '-queryfile', 'q.tsq', '-out', 'r.tsr')
    assert.ok(ok, text)
    const theirs = timeStampToken(parseTimeStampResponse(peer.read('r.tsr')))
    const stamp = await verifyTimeStampToken(theirs, {
      ...trust,
      at: new Date(Date.now() + 60_000),
      nonce: 9n,
      policy: '1.2.3',
    })
    assert.deepEqual(stamp.tsa.der, tsa.certificate.der)
    const now = new Date(Date.now() + 60_000)
    await refusesToken(verifyTimeStampToken(theirs, { ...trust, at: now, nonce: 8n }), 'nonce')
  }
})

test('openssl verifies a signature that carries our time stamp', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  await setUp(peer)
  const options: SignOptions = {
    ...{ signers: [signerOf(ana)], at: NOW },
    stamp: ({ digest, value }) => token({ imprint: { digest, hash: value } }),
  }
  peer.write('signed', await collect(signContent(source(TEXT), options)))
  const wish = ['-inform', 'DER', '-in', 'signed', '-CAfile', 'root.pem', '-out', 'out']
  const { ok, text } = peer.run('openssl', 'cms', '-verify', '-binary', ...wish)
  assert.ok(ok, text)
  assert.match(printedCms(peer, 'signed'), /id-smime-aa-timeStampToken/)
})
