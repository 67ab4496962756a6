import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, named } from '@scel/testkit/authority'
import fc from 'fast-check'
import { damaged } from '../../../test/damage.ts'
import { sample } from '../../../test/sample.ts'
import { collect, LONG, signerOf, signingScene, source, verified } from '../../../test/signing-scene.ts'
import type { KeySpec } from '../../algorithms/index.ts'
import { KEY_SPECS, signatureByName } from '../../algorithms/index.ts'
import { DerReader, sequence } from '../../asn1/index.ts'
import { equal, utf8 } from '../../bytes/index.ts'
import { digest } from '../../crypto/index.ts'
import type { PkiErrorCode } from '../../errors/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import type { Attribute } from '../../x509/index.ts'
import { makeExtension, parseCrl } from '../../x509/index.ts'
import { contentTypeAttribute, messageDigestAttribute } from '../attributes/plain.ts'
import { readCertificateBag } from '../certificate-bag.ts'
import type { SignerVerdict, SignOptions, VerifyOptions } from '../index.ts'
import { signBytes, signContent, signDetached, verifyContent } from '../index.ts'
import { DATA } from '../oids.ts'
import { checkIdentity } from './identity.ts'
import { signedDataDer, signerInfo } from './write.ts'

const TEXT = utf8('It is hereby agreed.')
const NOW = sample.at
const scene = await signingScene()
const ana = await scene.person('Ana')
const by: SignOptions = { signers: [signerOf(ana)], at: NOW }
const trust: VerifyOptions = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' }

const failed = (verdict: SignerVerdict['identity']): string =>
  verdict === 'not-asked' ? verdict : verdict.ok ? 'holds' : verdict.error.code

const rejects = (promise: Promise<unknown>, code: PkiErrorCode): Promise<void> =>
  assert.rejects(promise, (error) => hasCode(error, code), code)

test('every kind of key that signs makes signatures that hold, in all three forms', async () => {
  for (const [spec, { use }] of Object.entries(KEY_SPECS)) {
    // The slow ones take seconds to sign.
    if (use !== 'sign' || /^rsa-[34]|slh.*s$/.test(spec)) continue
    const options = { ...by, signers: [signerOf(await scene.person('Bob', spec as KeySpec))] }
    const detached = await signDetached(source(TEXT, 3), options)
    const alone = await verified(detached, { ...trust, content: source(TEXT, 4) }, 50)
    assert.deepEqual([alone.valid, alone.detached, alone.length], [true, true, TEXT.length], spec)
    for (const signed of [await signBytes(TEXT, options), await collect(signContent(source(TEXT, 5), options))]) {
      const { valid, written, signers } = await verified(signed, trust, 100)
      assert.ok(valid, spec)
      assert.deepEqual(written, TEXT)
      assert.deepEqual(signers[0]!.signingTime, NOW)
    }
  }
})

test('what was signed comes out as it went in, whatever its length and however it is cut', async () => {
  const piece = 256 * 1024
  for (const length of [0, 1, piece / 4 - 1, piece / 4, piece - 1, piece, piece + 1, 3 * piece + 7]) {
    const content = new Uint8Array(length).map((_, i) => i % 251)
    for (const size of [1_000, piece, 1 << 30]) {
      const signed = await collect(signContent(source(content, size), by))
      const { valid, written } = await verified(signed, trust, size - 1)
      assert.ok(valid && equal(written, content), `${length} in parts of ${size}`)
    }
  }
})

test('any damage ends in an error of ours, or in a signature that does not hold, or in the same content', async () => {
  const originals = [await signBytes(TEXT, by), await collect(signContent(source(TEXT), by))]
  for (const original of originals) {
    await fc.assert(
      fc.asyncProperty(damaged(original), async ({ bytes, how }) => {
        try {
          const { valid, written } = await verified(bytes, trust)
          // Some octets are no part of what is signed: versions, and encodings of BER.
          assert.ok(!valid || equal(written, TEXT), how)
        } catch (error) {
          assert.ok(isPkiError(error), `${how}: ${error}`)
        }
      }),
      { numRuns: 400 },
    )
  }
})

test('any flipped bit of a content is found out', async () => {
  const detached = await signDetached(source(TEXT), by)
  for (let bit = 0; bit < 8 * TEXT.length; bit++) {
    const altered = TEXT.slice()
    altered[bit >> 3]! ^= 1 << (bit & 7)
    const { valid, signers } = await verified(detached, { ...trust, content: source(altered) })
    assert.deepEqual([valid, failed(signers[0]!.integrity)], [false, 'content_altered'])
  }
})

test('the issuer that a signature names is the certificate’s in capitals too (RFC 5280 §7.1)', async () => {
  const signed = await signBytes(TEXT, { ...by, withoutSigners: true })
  // Without certificates the first of the names is the one that says who signed.
  const at = Buffer.from(signed).indexOf('Scel Tests')
  signed.set(utf8('SCEL TESTS'), at)
  const { valid, signers } = await verified(signed, { ...trust, intermediates: [ana.certificate] })
  assert.deepEqual([valid, signers[0]!.signer], [true, ana.certificate])
  signed.set(utf8('SCEL_TESTS'), at)
  const other = await verified(signed, { ...trust, intermediates: [ana.certificate] })
  assert.deepEqual([other.valid, failed(other.signers[0]!.integrity)], [false, 'signer_unknown'])
})

test('certificates and lists are carried, each once, the signers’ with them', async () => {
  const certificates = [scene.root.certificate, ana.certificate, scene.root.certificate]
  const signed = await signDetached(source(TEXT), { ...by, certificates, crls: [sample.crl, sample.crl] })
  const bag = readCertificateBag(signed)
  assert.deepEqual([bag.certificates.length, bag.crls], [2, [sample.crl]])
  const found = await verified(signed, { ...trust, content: source(TEXT) })
  assert.deepEqual([found.certificates.length, found.crls], [2, [sample.crl]])
})

test('who cannot sign is refused before anything is read: dates, usage, key, nobody', async () => {
  const untouched: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => assert.fail('read') }
  const [signer] = by.signers as [SignOptions['signers'][0]]
  const encryption = await certify({
    ...{ name: named('Eve'), issuer: scene.root, ...LONG },
    extensions: [makeExtension('keyUsage', ['keyAgreement'])],
  })
  const cases: readonly (readonly [Partial<SignOptions>, PkiErrorCode])[] = [
    [{ signers: [] }, 'signature_missing'],
    [{ at: new Date('2041-01-01T00:00:00Z') }, 'certificate_expired'],
    [{ at: new Date('2019-01-01T00:00:00Z') }, 'certificate_not_yet_valid'],
    [{ at: new Date(Number.NaN) }, 'time_malformed'],
    [{ signers: [signer, signerOf(encryption)] }, 'key_usage_missing'],
    [{ signers: [{ ...signer, certificate: encryption.certificate }] }, 'key_mismatch'],
    [{ signers: [{ ...signer, algorithm: signatureByName('RSA with SHA-256') }] }, 'key_mismatch'],
  ]
  for (const [options, code] of cases) {
    await rejects(signDetached(untouched, { ...by, ...options }), code)
    assert.throws(
      () => signContent(untouched, { ...by, ...options }),
      (error) => hasCode(error, code),
    )
  }
  const committed = await certify({
    ...{ name: named('Eve'), issuer: scene.root, ...LONG },
    extensions: [makeExtension('keyUsage', ['nonRepudiation'])],
  })
  assert.ok((await signBytes(TEXT, { ...by, signers: [signerOf(committed)] })).length > 0)
  const late = { ...by, at: new Date('2041-01-01T00:00:00Z'), signers: [{ ...signer, anyway: ['expired'] as const }] }
  assert.ok((await signBytes(TEXT, late)).length > 0)
  const unusual = { ...by, signers: [{ ...signerOf(encryption), anyway: ['usage'] as const }] }
  assert.ok((await signBytes(TEXT, unusual)).length > 0)
})

test('the signer is who was expected: address in any case of the domain, or fingerprint', async () => {
  const signed = await signBytes(TEXT, by)
  const print = Buffer.from(await crypto.subtle.digest('SHA-256', ana.certificate.der.slice())).toString('hex')
  for (const [identity, verdict] of [
    [{}, 'not-asked'],
    [{ email: 'ana@example.org' }, 'holds'],
    [{ email: 'ana@EXAMPLE.org' }, 'holds'],
    [{ email: 'Ana@example.org' }, 'identity_mismatch'],
    [{ email: 'bob@example.org' }, 'identity_mismatch'],
    [{ email: 'ana@example.org.evil.example' }, 'identity_mismatch'],
    [{ email: '' }, 'identity_mismatch'],
    [{ fingerprint: print }, 'holds'],
    [{ fingerprint: print.toUpperCase() }, 'holds'],
    [{ fingerprint: print.slice(2) }, 'identity_mismatch'],
    [{ email: 'bob@example.org', fingerprint: print }, 'identity_mismatch'],
    [{ email: 'ana@example.org', fingerprint: print.replace(/^./, 'x') }, 'identity_mismatch'],
  ] as const) {
    const { signers, valid } = await verified(signed, { ...trust, identity })
    assert.equal(failed(signers[0]!.identity), verdict, JSON.stringify(identity))
    assert.equal(valid, verdict !== 'identity_mismatch')
  }
})

test('the address in the name counts where the certificate has no other, and none where they cannot be read', async () => {
  const email = 'ana@example.org'
  const name = [...named('Ana'), { type: 'emailAddress', value: email } as const]
  const { certificate } = await certify({ name, issuer: scene.root, ...LONG })
  assert.deepEqual(await checkIdentity(certificate, { email }), { ok: true })
  const elsewhere = makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'bob@example.org' }])
  const other = await certify({ name, issuer: scene.root, ...LONG, extensions: [elsewhere] })
  assert.equal(failed(await checkIdentity(other.certificate, { email })), 'identity_mismatch')
  const bent = { ...elsewhere, value: sequence(sequence()) }
  const unreadable = await certify({ name, issuer: scene.root, ...LONG, extensions: [bent] })
  assert.equal(failed(await checkIdentity(unreadable.certificate, { email })), 'der_malformed')
})

test('revocation is its own verdict, and the lists in the file count', async () => {
  const { root, issuing, revoked } = sample
  const options: SignOptions = { signers: [revoked], at: NOW, certificates: [issuing.certificate] }
  const common = { anchors: [root.certificate], at: NOW, purpose: 'any' } as const
  const bare = await signBytes(TEXT, options)
  const carrying = await signBytes(TEXT, { ...options, crls: [sample.crl] })
  const required = { mode: 'required' } as const
  const lenient = { mode: 'if-known' } as const
  for (const [signed, revocation, verdict, valid] of [
    [bare, 'not-asked', 'not-asked', true],
    [carrying, 'not-asked', 'not-asked', true],
    [bare, lenient, 'holds', true],
    [bare, required, 'revocation_unknown', false],
    [bare, { ...lenient, crls: [parseCrl(sample.crl)] }, 'certificate_revoked', false],
    [carrying, lenient, 'certificate_revoked', false],
    [carrying, required, 'certificate_revoked', false],
    [carrying, () => 'good' as const, 'holds', true],
    [bare, () => 'unknown' as const, 'revocation_unknown', false],
  ] as const) {
    const found = await verified(signed, { ...common, revocation })
    const [signer] = found.signers
    assert.equal(failed(signer!.revocation), verdict)
    assert.equal(failed(signer!.chain), 'holds')
    assert.equal(found.valid, valid)
    if (revocation !== 'not-asked') assert.ok(signer!.chain.explained)
  }
})

test('an authority that nobody knows: the chain fails, the rest is told all the same', async () => {
  const stranger = await certify({ name: named('Root'), extensions: authorityExtensions(), ...LONG })
  const signed = await signBytes(TEXT, { ...by, certificates: [scene.root.certificate] })
  const { valid, signers } = await verified(signed, {
    ...trust,
    anchors: [stranger.certificate],
    revocation: { mode: 'required' },
  })
  const [signer] = signers
  assert.equal(valid, false)
  assert.deepEqual([failed(signer!.integrity), failed(signer!.revocation)], ['holds', 'not-asked'])
  assert.ok(['issuer_unknown', 'signature_invalid'].includes(failed(signer!.chain)))
  assert.equal(signer!.chain.explained?.valid, false)
})

test('a signal ends signing and verifying with its reason; progress counts octets of content', async () => {
  const reason = new Error('enough')
  const aborted = AbortSignal.abort(reason)
  const is = (error: unknown): boolean => error === reason
  await assert.rejects(signDetached(source(TEXT), { ...by, signal: aborted }), is)
  await assert.rejects(collect(signContent(source(TEXT), { ...by, signal: aborted })), is)
  const signed = await signBytes(TEXT, by)
  await assert.rejects(verified(signed, { ...trust, signal: aborted }), is)
  const late = new AbortController()
  const content = async function* (): AsyncGenerator<Uint8Array> {
    yield TEXT
    late.abort(reason)
    yield TEXT
  }
  await assert.rejects(signDetached(content(), { ...by, signal: late.signal }), is)
  const told: number[] = []
  const detached = await signDetached(source(TEXT), by)
  await verified(detached, { ...trust, content: source(TEXT, 8), progress: (done) => void told.push(done) })
  assert.deepEqual(told, [8, 16, 20])
})

test('a sink that fails ends verifying, and so does a content that fails', async () => {
  const reason = new Error('disk full')
  const sink = { write: () => Promise.reject(reason) }
  const signed = await signBytes(TEXT, by)
  await assert.rejects(verifyContent(source(signed), trust, sink), (error) => error === reason)
  const broken: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(reason) }) }
  await assert.rejects(signDetached(broken, by), (error) => error === reason)
  await assert.rejects(collect(signContent(broken, by)), (error) => error === reason)
})

test('a source is closed when verifying ends, well or not', async () => {
  const signed = await signBytes(TEXT, by)
  let closed = 0
  async function* watched(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      yield bytes
      yield new Uint8Array(0)
    } finally {
      closed++
    }
  }
  assert.equal((await verifyContent(watched(signed), trust)).valid, true)
  await rejects(verifyContent(watched(utf8('no file')), trust), 'der_malformed')
  await rejects(verifyContent(watched(signed), { ...trust, content: source(TEXT) }), 'content_twice')
  assert.equal(closed, 3)
})

test('verifying waits for its sink: no part is asked for before the one before is written', async () => {
  const signed = await collect(signContent(source(new Uint8Array(1_000_000), 100_000), by))
  let [read, written] = [0, 0]
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const part of source(signed, 50_000)) {
      read += part.length
      assert.ok(read - written < 700_000, `${read} read, ${written} written`)
      yield part
    }
  }
  const write = async (bytes: Uint8Array): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve))
    written += bytes.length
  }
  assert.equal((await verifyContent(counted(), trust, { write })).valid, true)
  assert.equal(written, 1_000_000)
})

test('countersignatures are shown with what they are worth, and do not decide whether the file is valid', async () => {
  const bob = await scene.person('Bob')
  const row = signatureByName('ECDSA with SHA-256')
  const besides = {
    contentType: DATA,
    digests: ['SHA-256'] as const,
    certificates: [ana.certificate, bob.certificate],
    crls: [],
  }
  const counted = async (
    make: (signature: Uint8Array) => Promise<Uint8Array>,
  ): Promise<readonly [boolean, string, string]> => {
    const attributes = [contentTypeAttribute(DATA), messageDigestAttribute(await digest('SHA-256', TEXT))]
    const info = await signerInfo(signerOf(ana), row, 'SHA-256', attributes, async (signature) => [
      { oid: '1.2.840.113549.1.9.6', values: [await make(signature)] },
    ])
    const { valid, signers } = await verified(signedDataDer(besides, [info], TEXT), trust)
    const [counter] = signers[0]!.countersignatures
    if (counter) assert.equal(counter.algorithm, 'ECDSA with SHA-256')
    return [valid, counter ? failed(counter.integrity) : 'none', counter ? failed(counter.chain) : 'none']
  }
  const over = async (bytes: Uint8Array, more: readonly Attribute[] = []): Promise<Uint8Array> =>
    signerInfo(signerOf(bob), row, 'SHA-256', [messageDigestAttribute(await digest('SHA-256', bytes)), ...more])
  assert.deepEqual(await counted((signature) => over(signature)), [true, 'holds', 'holds'])
  assert.deepEqual(await counted(() => over(TEXT)), [true, 'content_altered', 'holds'])
  assert.deepEqual(await counted((one) => over(one, [contentTypeAttribute(DATA)])), [true, 'cms_malformed', 'holds'])
  assert.deepEqual(await counted(async () => sequence()), [true, 'none', 'none'])
  const stranger = signerOf(await certify({ name: named('Eve'), ...LONG }))
  const strange = async (signature: Uint8Array): Promise<Uint8Array> =>
    signerInfo(stranger, row, 'SHA-256', [messageDigestAttribute(await digest('SHA-256', signature))])
  assert.deepEqual(await counted(strange), [true, 'signer_unknown', 'signer_unknown'])
})

test('a large content without attributes is refused for its length alone, and the rest of the verdict stands', async () => {
  // 17 MiB: the algorithms take their message in one piece.
  const { signers, length } = await verified(await bare(17 * 1024 * 1024), trust)
  assert.deepEqual([failed(signers[0]!.integrity), length], ['input_too_large', 17 * 1024 * 1024])
})

async function bare(length: number): Promise<Uint8Array> {
  const row = signatureByName('ECDSA with SHA-256')
  const model = await signerInfo(signerOf(ana), row, 'SHA-256', [contentTypeAttribute('1.2.3')])
  const parts = DerReader.whole(model, 'SignerInfo', (reader) =>
    reader.sequence((all) => all.list((one) => one.element())),
  )
  const info = sequence(...parts.filter((_, i) => i !== 3))
  const besides = {
    contentType: '1.2.840.113549.1.7.1',
    digests: ['SHA-256'] as const,
    certificates: [ana.certificate],
    crls: [],
  }
  return signedDataDer(besides, [info], new Uint8Array(length))
}
