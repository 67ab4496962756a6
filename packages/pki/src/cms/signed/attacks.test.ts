import assert from 'node:assert/strict'
import { createPrivateKey, createSign } from 'node:crypto'
import { test } from 'node:test'
import { certify, named, type Wish } from '@scel/testkit/authority'
import { bench } from '@scel/testkit/peers'
import { collect, LONG, signerOf, signingScene, source, verified } from '../../../test/signing-scene.ts'
import { signatureByName } from '../../algorithms/index.ts'
import { DerReader, implicit, integer, nullValue, octetString, oid, sequence } from '../../asn1/index.ts'
import { concat, equal, fromHex, toHex, utf8 } from '../../bytes/index.ts'
import { digest, exportPrivateKey, sign } from '../../crypto/index.ts'
import type { PkiErrorCode } from '../../errors/index.ts'
import { hasCode, PkiError } from '../../errors/index.ts'
import { Budget } from '../../path/index.ts'
import type { Attribute, Certificate, Extension } from '../../x509/index.ts'
import { extension, makeExtension, parseCertificate, writeGeneralName } from '../../x509/index.ts'
import { algorithmProtectionAttribute } from '../attributes/algorithm-protection.ts'
import { attribute, attributeSet } from '../attributes/attribute.ts'
import { contentTypeAttribute, messageDigestAttribute, signingTimeAttribute } from '../attributes/plain.ts'
import { signingCertificateAttribute } from '../attributes/signing-certificate.ts'
import type { SignerVerdict, StampVerdict, VerifyOptions } from '../index.ts'
import { signBytes, signContent, signDetached } from '../index.ts'
import { DATA } from '../oids.ts'
import { checkIntegrity } from './integrity.ts'
import { readSignerInfo } from './signer-info.ts'
import { signedDataDer, signerInfo } from './write.ts'

const TEXT = utf8('pay 100 to Ana')
const NOW = new Date('2026-06-01T12:00:00Z')
const scene = await signingScene()
const ana = await scene.person('Ana')
const bob = await scene.person('Bob', 'rsa-2048')
const signer = signerOf(ana)
const row = signatureByName('ECDSA with SHA-256')
const trust: VerifyOptions = { anchors: [scene.root.certificate], at: NOW, revocation: 'not-asked' }

const failed = (verdict: SignerVerdict['integrity']): string => (verdict.ok ? 'holds' : verdict.error.code)

/** SignedData around SignerInfos that were made by hand. */
const around = (
  infos: readonly Uint8Array[],
  content?: Uint8Array,
  certificates: readonly Certificate[] = [ana.certificate],
): Uint8Array => signedDataDer({ contentType: DATA, digests: ['SHA-256'], certificates, crls: [] }, infos, content)

/** What one signature is worth whose attributes were chosen by hand. */
async function worth(attributes: readonly Attribute[], content: Uint8Array = TEXT): Promise<string> {
  const info = await signerInfo(signer, row, 'SHA-256', attributes)
  const { signers, valid } = await verified(around([info], content), trust)
  const verdict = failed(signers[0]!.integrity)
  assert.equal(valid, verdict === 'holds')
  return verdict
}

const TYPE = contentTypeAttribute(DATA)
const DIGEST = messageDigestAttribute(await digest('SHA-256', TEXT))

const rejects = (promise: Promise<unknown>, code: PkiErrorCode): Promise<void> =>
  assert.rejects(promise, (error) => hasCode(error, code))

/** Replaces octets that occur once. */
function exchanged(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const [hex, wanted] = [toHex(bytes), toHex(from)]
  assert.equal(hex.split(wanted).length, 2, 'occurs once')
  return fromHex(hex.replace(wanted, toHex(to)))
}

test('CVE-2026-59639, CVE-2026-44310: what nobody signed is refused, with and without certificates, detached and not', async () => {
  for (const content of [TEXT, undefined]) {
    for (const certificates of [[], [ana.certificate]]) {
      const options = content ? trust : { ...trust, content: source(TEXT) }
      await rejects(verified(around([], content, certificates), options), 'signature_missing')
    }
  }
})

test('Johnny c2: of several signers each must hold; one with an unknown algorithm counts as failure', async () => {
  const both = { signers: [signer, signerOf(bob)], at: NOW }
  const good = await signBytes(TEXT, both)
  assert.equal((await verified(good, trust)).valid, true)
  // ecdsa-with-SHA256 becomes an algorithm that nobody knows; it stands in the certificates too, so only the last one.
  const [known, strange] = [oid('1.2.840.10045.4.3.2'), oid('1.2.840.10045.4.3.9')]
  const hex = toHex(good)
  const at = hex.lastIndexOf(toHex(known))
  const altered = fromHex(hex.slice(0, at) + toHex(strange) + hex.slice(at + 2 * strange.length))
  const { valid, signers } = await verified(altered, trust)
  assert.equal(valid, false)
  assert.deepEqual(signers.map(({ integrity }) => failed(integrity)).sort(), ['algorithm_unsupported', 'holds'])
})

test('CVE-2018-18509, CVE-2019-7284, CVE-2009-0547: a signature that is said to be detached and holds a content is refused', async () => {
  const enclosed = await signBytes(TEXT, { signers: [signer], at: NOW })
  // The same content or another: two contents are two truths.
  for (const shown of [TEXT, utf8('pay 100 to Eve')]) {
    await rejects(verified(enclosed, { ...trust, content: source(shown) }), 'content_twice')
  }
  const detached = await signDetached(source(TEXT), { signers: [signer], at: NOW })
  await rejects(verified(detached, trust), 'content_missing')
  const { signers } = await verified(detached, { ...trust, content: source(utf8('pay 100 to Eve')) })
  assert.equal(failed(signers[0]!.integrity), 'content_altered')
})

test('content type and message digest are there exactly once, with one value, and say what is outside', async () => {
  assert.equal(await worth([TYPE, DIGEST]), 'holds')
  assert.equal(await worth([TYPE, DIGEST], utf8('pay 900 to Ana')), 'content_altered')
  const other = messageDigestAttribute(await digest('SHA-256', utf8('pay 900 to Ana')))
  const twoValues = (one: Attribute, two: Attribute): Attribute => ({
    oid: one.oid,
    values: [...one.values, ...two.values],
  })
  for (const attributes of [
    [TYPE],
    [DIGEST],
    [TYPE, DIGEST, DIGEST],
    [TYPE, DIGEST, other],
    [TYPE, twoValues(DIGEST, other)],
    [TYPE, TYPE, DIGEST],
    [twoValues(TYPE, contentTypeAttribute('1.2.3')), DIGEST],
    [contentTypeAttribute('1.2.3'), DIGEST],
  ]) {
    assert.equal(await worth(attributes), 'cms_malformed')
  }
})

test('signed attributes are hashed as a SET in DER, whatever order and lengths they arrive in', async () => {
  const attributes = [TYPE, DIGEST, signingTimeAttribute(NOW)]
  const info = await signerInfo(signer, row, 'SHA-256', attributes)
  const set = attributeSet(attributes)
  const inside = set.subarray(2)
  const elements = DerReader.whole(set, 'attributes', (reader) => reader.setOf((one) => one.element()))
  const [mixed, indefinite] = [concat(...elements.toReversed()), concat(...elements)]
  const good = around([info], TEXT)
  assert.ok(!equal(mixed, inside))
  assert.equal((await verified(exchanged(good, inside, mixed), trust)).valid, true)
  // The lengths around grow by the three octets of the other form: rebuilt from the inside.
  const [head, tail] = toHex(info).split(toHex(set).slice(4)) as [string, string]
  const fields = fromHex(head).subarray(info[1]! < 0x80 ? 2 : 2 + (info[1]! & 0x7f), -2)
  const ber = concat(
    Uint8Array.of(0x30, 0x80),
    fields,
    Uint8Array.of(0xa0, 0x80),
    indefinite,
    new Uint8Array(2),
    fromHex(tail),
    new Uint8Array(2),
  )
  assert.equal((await verified(around([ber], TEXT), trust)).valid, true)
})

test('attribute stripping: somebody’s signed attributes are not taken for a content that he signed', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const set = attributeSet([TYPE, DIGEST])
  const stripped = exchanged(info, concat(Uint8Array.of(0xa0), set.subarray(1)), new Uint8Array(0))
  const fields = stripped.subarray(stripped[1]! < 0x80 ? 2 : 2 + (stripped[1]! & 0x7f))
  const { signers } = await verified(around([sequence(fields)], set), trust)
  const [verdict] = signers
  assert.equal(failed(verdict!.integrity), 'cms_malformed')
  // The signature itself would be right.
  assert.ok(!verdict!.integrity.ok && JSON.stringify(verdict!.integrity.error.facts).includes('as content'))
})

test('a content of another type is signed with attributes or not at all (RFC 5652 §5.3)', async () => {
  const bare = await bareInfo(octetString(await sign(ana.keys.privateKey, TEXT, row)))
  assert.equal((await verified(around([bare], TEXT), trust)).valid, true)
  const typed = signedDataDer(
    { contentType: '1.2.3.4', digests: ['SHA-256'], certificates: [ana.certificate], crls: [] },
    [bare],
    TEXT,
  )
  assert.equal(failed((await verified(typed, trust)).signers[0]!.integrity), 'cms_malformed')
})

test('what is signed without attributes may begin as they do; of a countersignature it may be attributes', async () => {
  const set = attributeSet([TYPE, DIGEST])
  const over = async (content: Uint8Array): Promise<Uint8Array> =>
    bareInfo(octetString(await sign(ana.keys.privateKey, content, row)))
  for (const content of [fromHex('3105'), fromHex('31020500'), attributeSet([TYPE]), new Uint8Array(0)]) {
    assert.equal((await verified(around([await over(content)], content), trust)).valid, true, toHex(content))
  }
  const info = readSignerInfo(await over(set))
  const thing = { digest: () => assert.fail('asked'), whole: () => set }
  const check = (contentType: string | undefined): Promise<Certificate> =>
    checkIntegrity(info, { ...thing, contentType }, [ana.certificate], false)
  assert.equal(await check(undefined), ana.certificate)
  await rejects(check(DATA), 'cms_malformed')
})

test('a fault of the program is thrown, and is no verdict on a signature', async () => {
  const fault = new Error('out of order')
  const broken = Object.create(ana.certificate, { publicKey: { get: () => assert.fail(fault) } }) as Certificate
  const thing = { contentType: DATA, digest: () => digest('SHA-256', TEXT), whole: () => TEXT }
  const info = readSignerInfo(await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST]))
  await assert.rejects(checkIntegrity(info, thing, [broken, ana.certificate], false), fault)
  class Broken extends Budget {
    override spend(): never {
      throw fault
    }
  }
  await assert.rejects(
    verified(await signBytes(TEXT, { signers: [signer], at: NOW }), { ...trust, budget: new Broken() }),
    fault,
  )
})

test('a version that no signature has is refused; a time that cannot be read states nothing', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  for (const [version, fits] of [
    [1, true],
    [3, true],
    [0, false],
    [2, false],
    [4, false],
  ] as const) {
    const changed = exchanged(info, fromHex('02010130'), fromHex(`02010${version}30`))
    if (fits) assert.ok(readSignerInfo(changed))
    else
      assert.throws(
        () => readSignerInfo(changed),
        (error) => hasCode(error, 'cms_malformed'),
      )
  }
  const bent = attribute('1.2.840.113549.1.9.5', octetString(TEXT))
  const unclear = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST, bent])
  const { signers, valid } = await verified(around([unclear], TEXT), trust)
  assert.deepEqual([valid, 'signingTime' in signers[0]!, 'timeStamp' in signers[0]!], [true, false, false])
})

test('of several stamps the earliest that holds counts, in whatever order they stand', async () => {
  const moments = { early: new Date('2026-05-01T00:00:00Z'), late: new Date('2026-05-02T00:00:00Z') }
  const bad = new PkiError('time_stamp_malformed', { what: 'test' })
  const stamps: readonly StampVerdict[] = [
    { verdict: { ok: true }, at: moments.early },
    { verdict: { ok: true }, at: moments.late },
    { verdict: { ok: false, error: bad }, at: new Date('2026-04-01T00:00:00Z') },
    { verdict: { ok: true }, at: moments.early },
  ]
  const best = async (...order: number[]): Promise<number> => {
    const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST], async () => [
      { oid: '1.2.840.113549.1.9.16.2.14', values: order.map((_, place) => sequence(integer(place))) },
    ])
    const verifyStamp = async (token: Uint8Array): Promise<StampVerdict> => stamps[order[token.at(-1)!]!]!
    const { signers } = await verified(around([info], TEXT), { ...trust, verifyStamp })
    return order[signers[0]!.timeStamp!.token.at(-1)!]!
  }
  for (const [order, counts] of [
    [[0, 1], 0],
    [[1, 0], 0],
    [[2, 1], 1],
    [[1, 2], 1],
    [[0, 3], 0],
    [[3, 0], 3],
    [[2], 2],
  ] as const) {
    assert.equal(await best(...order), counts, String(order))
  }
})

test('a certificate of another number costs no more than that, however long its names are', async () => {
  const name = Array.from({ length: 30 }, (_, i) => ({ type: 'organizationName', value: `${i}`.padEnd(60) }) as const)
  const long = await certify({ name: [...named('Long'), ...name] })
  const { certificate } = await certify({ name: named('Far'), issuer: long })
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const options = { ...trust, intermediates: Array<Certificate>(100).fill(certificate) }
  const { signers } = await verified(around([info], TEXT), { ...options, budget: new Budget({ nameComparisons: 150 }) })
  assert.equal(failed(signers[0]!.integrity), 'holds')
})

/** A SignerInfo without attributes, around this signature. */
async function bareInfo(signature: Uint8Array): Promise<Uint8Array> {
  const model = await signerInfo(signer, row, 'SHA-256', [TYPE])
  const parts = DerReader.whole(model, 'SignerInfo', (reader) =>
    reader.sequence((inner) => inner.list((one) => one.element())),
  )
  return sequence(parts[0]!, parts[1]!, parts[2]!, row.identifier, signature)
}

test('CVE-2026-59641: the signing time that a signature states does not move the moment of validation', async () => {
  const past = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') }
  const extensions = [makeExtension('keyUsage', ['digitalSignature'])]
  const old = await certify({ name: named('Old'), issuer: scene.root, extensions, ...past })
  const stated = new Date('2020-06-01T00:00:00Z')
  const signed = await signBytes(TEXT, { signers: [signerOf(old)], at: stated })
  const { valid, signers } = await verified(signed, trust)
  const [verdict] = signers
  assert.deepEqual(verdict!.signingTime, stated)
  assert.equal(verdict!.integrity.ok, true)
  assert.equal(failed(verdict!.chain), 'certificate_expired')
  assert.deepEqual(verdict!.chain.at, NOW)
  assert.equal(valid, false)
  // Nor does a time in the future, of a certificate that holds.
  const future = await signBytes(TEXT, { signers: [signer], at: new Date('2035-01-01T00:00:00Z') })
  assert.deepEqual((await verified(future, trust)).signers[0]!.chain.at, NOW)
})

test('digest and signature algorithm must agree; both ways to write RSA are taken', async () => {
  const sha256 = '2.16.840.1.101.3.4.2.1'
  const info = async (digestOid: string, algorithm: Uint8Array): Promise<string> => {
    const model = await signerInfo(signerOf(bob), signatureByName('RSA with SHA-256'), 'SHA-256', [TYPE, DIGEST])
    const parts = DerReader.whole(model, 'SignerInfo', (reader) =>
      reader.sequence((inner) => inner.list((one) => one.element())),
    )
    const made = sequence(parts[0]!, parts[1]!, sequence(oid(digestOid)), parts[3]!, algorithm, parts[5]!)
    return failed((await verified(around([made], TEXT, [bob.certificate]), trust)).signers[0]!.integrity)
  }
  const rsa = (arc: number, ...parameters: Uint8Array[]): Uint8Array =>
    sequence(oid(`1.2.840.113549.1.1.${arc}`), ...parameters)
  for (const algorithm of [rsa(1, nullValue()), rsa(1), rsa(11, nullValue()), rsa(11)]) {
    assert.equal(await info(sha256, algorithm), 'holds')
  }
  assert.equal(await info('2.16.840.1.101.3.4.2.3', rsa(11, nullValue())), 'cms_malformed')
  assert.equal(await info(sha256, rsa(13, nullValue())), 'cms_malformed')
  assert.equal(await info('1.3.14.3.2.26', rsa(1, nullValue())), 'algorithm_weak')
  assert.equal(await info('1.2.840.113549.2.5', rsa(1, nullValue())), 'algorithm_weak')
  assert.equal(await info('1.3.14.3.2.26', rsa(11, nullValue())), 'algorithm_weak')
  // ECDSA with SHAKE256, and one of another kind of key.
  assert.equal(await info(sha256, sequence(oid('1.3.6.1.5.5.7.6.33'))), 'algorithm_unsupported')
  assert.equal(await info(sha256, row.identifier), 'key_mismatch')
})

test('RSA-PSS: the parameters that are stated are those that are verified', async () => {
  const pss = signatureByName('RSA-PSS with SHA-256')
  const signed = await signBytes(TEXT, { signers: [{ ...signerOf(bob), algorithm: pss }], at: NOW })
  assert.equal((await verified(signed, trust)).valid, true)
  // A salt of 32 octets becomes one of 21: [2] 02 01 20, of which the attribute holds a copy.
  const altered = fromHex(toHex(signed).replaceAll('a203020120', 'a203020115'))
  assert.equal(failed((await verified(altered, trust)).signers[0]!.integrity), 'signature_invalid')
})

test('RFC 6211: algorithms that were exchanged after signing are found out', async () => {
  const sha384 = sequence(oid('2.16.840.1.101.3.4.2.2'))
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
  assert.equal(await worth([TYPE, DIGEST, algorithmProtectionAttribute(sha256, row.identifier)]), 'holds')
  const withNull = sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue())
  assert.equal(await worth([TYPE, DIGEST, algorithmProtectionAttribute(withNull, row.identifier)]), 'holds')
  assert.equal(await worth([TYPE, DIGEST, algorithmProtectionAttribute(sha384, row.identifier)]), 'cms_malformed')
  const other = signatureByName('ECDSA with SHA-384').identifier
  assert.equal(await worth([TYPE, DIGEST, algorithmProtectionAttribute(sha256, other)]), 'cms_malformed')
  const bent = attribute('1.2.840.113549.1.9.52', sequence(sha256))
  assert.equal(await worth([TYPE, DIGEST, bent]), 'der_malformed')
})

test('substitution of the certificate: another one for the same key does not become the signer’s (RFC 5035)', async () => {
  const twin = await certify({
    ...{ name: named('Eve'), issuer: scene.root, keys: ana.keys, ...LONG },
    serial: toHex(ana.certificate.serial),
  })
  const named35 = await signerInfo(signer, row, 'SHA-256', [
    TYPE,
    DIGEST,
    await signingCertificateAttribute(ana.certificate),
  ])
  const { signers, valid } = await verified(around([named35], TEXT, [twin.certificate]), trust)
  assert.deepEqual([failed(signers[0]!.integrity), valid], ['signature_invalid', false])
  // With both at hand, the one that is named is found, wherever it stands.
  for (const certificates of [
    [twin.certificate, ana.certificate],
    [ana.certificate, twin.certificate],
  ]) {
    const found = (await verified(around([named35], TEXT, certificates), trust)).signers[0]!
    assert.deepEqual([found.integrity.ok, found.signer?.der], [true, ana.certificate.der])
    assert.equal(found.namesCertificate, true)
  }
})

test('a certificate of the same name and serial, but for another key, does not hide the signer’s', async () => {
  const fake = await certify({ name: named('Ana'), issuer: scene.root, serial: toHex(ana.certificate.serial), ...LONG })
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const { signers } = await verified(around([info], TEXT, [fake.certificate, ana.certificate]), trust)
  assert.deepEqual(signers[0]!.signer?.der, ana.certificate.der)
  const alone = await verified(around([info], TEXT, [fake.certificate]), trust)
  assert.equal(failed(alone.signers[0]!.integrity), 'signature_invalid')
  const none = await verified(around([info], TEXT, []), trust)
  assert.equal(failed(none.signers[0]!.integrity), 'signer_unknown')
  assert.equal(failed(none.signers[0]!.chain), 'signer_unknown')
})

test('a signing certificate is named by digest, serial number and issuer, and each must be the signer’s', async () => {
  const der = ana.certificate.der
  const issuerSerial = (issuer: Certificate, serial: Uint8Array): Uint8Array =>
    sequence(sequence(writeGeneralName({ kind: 'directoryName', name: issuer.issuer })), integer(serial))
  const other = (await certify({ name: named('Other'), ...LONG })).certificate
  const [v1, v2] = ['1.2.840.113549.1.9.16.2.12', '1.2.840.113549.1.9.16.2.47'] as const
  const [sha1, sha256] = [await digest('SHA-1', der), await digest('SHA-256', der)]
  const { serial } = ana.certificate
  for (const [type, hash, rest, verdict] of [
    [v2, sha256, [], 'holds'],
    [v2, sha256, [issuerSerial(ana.certificate, serial)], 'holds'],
    [v2, sha256, [issuerSerial(ana.certificate, other.serial)], 'signature_invalid'],
    [v2, sha256, [issuerSerial(other, serial)], 'signature_invalid'],
    [v2, await digest('SHA-256', other.der), [], 'signature_invalid'],
    [v2, sha1, [], 'signature_invalid'],
    [v1, sha1, [], 'holds'],
    [v1, await digest('SHA-1', other.der), [], 'signature_invalid'],
    [v1, sha1, [issuerSerial(other, serial)], 'signature_invalid'],
  ] as const) {
    const value = sequence(sequence(sequence(octetString(hash), ...rest)))
    assert.equal(await worth([TYPE, DIGEST, attribute(type, value)]), verdict)
  }
})

test('a weak digest does not stand for the content, whatever the signature; danger lets SHA-1 pass, with SHA-1', async () => {
  const edward = await scene.person('Edward', 'ed25519')
  const made = async (name: 'SHA-224' | 'SHA-256'): Promise<string> => {
    const attributes = [TYPE, messageDigestAttribute(await digest(name, TEXT))]
    const info = await signerInfo(signerOf(edward), signatureByName('Ed25519'), name, attributes)
    const besides = { contentType: DATA, digests: [name], certificates: [edward.certificate], crls: [] }
    return failed((await verified(signedDataDer(besides, [info], TEXT), trust)).signers[0]!.integrity)
  }
  assert.deepEqual([await made('SHA-256'), await made('SHA-224')], ['holds', 'algorithm_weak'])
  // Everything fits SHA-1 but the digest that the signer states.
  const attributes = [TYPE, messageDigestAttribute(await digest('SHA-1', TEXT))]
  const model = await signerInfo(signerOf(bob), signatureByName('RSA with SHA-256'), 'SHA-256', attributes)
  const [strong, weak] = [oid('1.2.840.113549.1.1.11'), oid('1.2.840.113549.1.1.5')]
  const old = fromHex(toHex(model).replace(toHex(strong), toHex(weak)))
  const besides = { contentType: DATA, digests: ['SHA-1'] as const, certificates: [bob.certificate], crls: [] }
  const options = { ...trust, danger: { oldSignatures: true } as const }
  const { signers } = await verified(signedDataDer(besides, [old], TEXT), options)
  assert.equal(failed(signers[0]!.integrity), 'cms_malformed')
  // And one that another program made with SHA-1 throughout.
  const pkcs8 = Buffer.from(await exportPrivateKey(bob.keys.privateKey))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const signature = createSign('RSA-SHA1').update(attributeSet(attributes)).sign(key)
  const parts = DerReader.whole(model, 'SignerInfo', (reader) =>
    reader.sequence((inner) => inner.list((one) => one.element())),
  )
  const whole = sequence(
    ...[parts[0]!, parts[1]!, sequence(oid('1.3.14.3.2.26')), parts[3]!],
    ...[sequence(weak, nullValue()), octetString(signature)],
  )
  for (const [asked, verdict] of [
    [options, 'holds'],
    [trust, 'algorithm_weak'],
  ] as const) {
    const found = await verified(signedDataDer(besides, [whole], TEXT), asked)
    assert.equal(failed(found.signers[0]!.integrity), verdict)
  }
})

test('what is no signed content is not read as one, though all inside is the same', async () => {
  const signed = await signBytes(TEXT, { signers: [signer], at: NOW })
  const hex = toHex(signed)
  const enveloped = fromHex(hex.replace(toHex(oid('1.2.840.113549.1.7.2')), toHex(oid('1.2.840.113549.1.7.3'))))
  await rejects(verified(enveloped, trust), 'cms_malformed')
})

test('only a certificate that the signature names can be its signer’s, though others hold the same key', async () => {
  const twin = async (wish: Partial<Wish>): Promise<Certificate> =>
    (await certify({ name: named('Ana'), issuer: scene.root, keys: ana.keys, ...LONG, ...wish })).certificate
  const other = await certify({ name: named('Other'), ...LONG })
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const judged = async (made: Uint8Array, certificate: Certificate): Promise<string> =>
    failed((await verified(around([made], TEXT, [certificate]), trust)).signers[0]!.integrity)
  const serial = toHex(ana.certificate.serial)
  assert.equal(await judged(info, await twin({ serial })), 'holds')
  assert.equal(await judged(info, await twin({})), 'signer_unknown')
  assert.equal(await judged(info, await twin({ serial, issuer: other })), 'signer_unknown')
  // The same by key identifier.
  const parts = DerReader.whole(info, 'SignerInfo', (reader) =>
    reader.sequence((all) => all.list((one) => one.element())),
  )
  const identifier = extension(ana.certificate, 'subjectKeyIdentifier')!
  const byKey = sequence(integer(3), implicit(0, identifier), ...parts.slice(2))
  const withKey = (value: Uint8Array): Extension[] => [makeExtension('subjectKeyIdentifier', value)]
  assert.equal(await judged(byKey, await twin({})), 'holds')
  assert.equal(await judged(byKey, await twin({ only: withKey(identifier.slice(1)) })), 'signer_unknown')
  assert.equal(await judged(byKey, await twin({ only: [] })), 'signer_unknown')
  const [bent] = withKey(identifier)
  assert.equal(await judged(byKey, await twin({ only: [{ ...bent!, value: identifier }] })), 'signer_unknown')
})

test('a certificate in BER is none: it would have two fingerprints', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const { der } = ana.certificate
  const ber = concat(Uint8Array.of(0x30, 0x80), der.subarray(4), new Uint8Array(2))
  assert.throws(() => parseCertificate(ber))
  const signed = signedDataDer(
    { contentType: DATA, digests: ['SHA-256'], certificates: [{ ...ana.certificate, der: ber }], crls: [] },
    ...([[info], TEXT] as const),
  )
  const { certificates, signers } = await verified(signed, trust)
  assert.deepEqual([certificates, failed(signers[0]!.integrity)], [[], 'signer_unknown'])
})

test('a key that may not sign mails does not make a valid signature; for any purpose it does', async () => {
  const server = await certify({
    ...{ name: named('www'), issuer: scene.root, ...LONG },
    extensions: [makeExtension('keyUsage', ['digitalSignature']), makeExtension('extendedKeyUsage', ['serverAuth'])],
  })
  const signed = await signBytes(TEXT, { signers: [signerOf(server)], at: NOW })
  assert.equal(failed((await verified(signed, trust)).signers[0]!.chain), 'usage_not_allowed')
  assert.equal((await verified(signed, { ...trust, purpose: 'any' })).valid, true)
})

test('bombs: signers, digests and members of sets have bounds; nesting too', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  await rejects(verified(around(Array(65).fill(info), TEXT), trust), 'input_too_large')
  const many = await signerInfo(signer, row, 'SHA-256', [
    TYPE,
    DIGEST,
    ...Array.from({ length: 300 }, (_, i) => attribute(`1.2.3.${i}`, nullValue())),
  ])
  await rejects(verified(around([many], TEXT), trust), 'input_too_large')
  const deep = concat(...Array(60).fill(Uint8Array.of(0x24, 0x80)))
  const streamed = await collect(signContent(source(TEXT), { signers: [signer], at: NOW }))
  const start = toHex(streamed).indexOf('2480')
  const nested = concat(streamed.subarray(0, start / 2), deep, streamed.subarray(start / 2))
  await rejects(verified(nested, trust), 'der_too_deep')
})

test('what anyone may add to a signature is looked at up to a bound: stamps, countersignatures, certificates', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST], async (signature) => {
    const about = [messageDigestAttribute(await digest('SHA-256', signature))]
    const counter = await signerInfo(signer, row, 'SHA-256', about)
    const stamps = Array.from({ length: 9 }, (_, i) => integer(i))
    return [
      { oid: '1.2.840.113549.1.9.6', values: Array<Uint8Array>(9).fill(counter) },
      { oid: '1.2.840.113549.1.9.16.2.14', values: stamps },
    ]
  })
  const asked: Uint8Array[] = []
  const verifyStamp = async (token: Uint8Array): Promise<StampVerdict> => {
    asked.push(token)
    return { verdict: { ok: true }, at: NOW }
  }
  const { signers } = await verified(around([info], TEXT), { ...trust, verifyStamp })
  assert.deepEqual([signers[0]!.countersignatures.length, asked.length], [4, 4])
  const fake = { name: named('Ana'), issuer: scene.root, serial: toHex(ana.certificate.serial), ...LONG }
  const fakes = await Promise.all(Array.from({ length: 8 }, async () => (await certify(fake)).certificate))
  for (const [count, verdict] of [
    [7, 'holds'],
    [8, 'signature_invalid'],
  ] as const) {
    const crowded = around([info], TEXT, [...fakes.slice(0, count), ana.certificate])
    assert.equal(failed((await verified(crowded, trust)).signers[0]!.integrity), verdict, `${count}`)
  }
})

test('what follows a signed file is not part of it, and refused', async () => {
  const signed = await signBytes(TEXT, { signers: [signer], at: NOW })
  await rejects(verified(concat(signed, utf8('x')), trust), 'der_malformed')
})

test('RFC 5652 §5.3: an empty SET of unsigned attributes says nothing and costs nothing; an empty one of signed attributes is malformed', async (t) => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const elements = DerReader.whole(info, 'SignerInfo', (reader) =>
    reader.sequence((fields) => fields.list((one) => one.element())),
  )
  const empty = around([sequence(elements, Uint8Array.of(0xa1, 0))], TEXT)
  assert.equal((await verified(empty, trust)).valid, true)
  const unsigned = around([sequence(elements.with(3, Uint8Array.of(0xa0, 0)))], TEXT)
  const { signers, valid } = await verified(unsigned, trust).catch(() => ({ signers: [], valid: false }))
  assert.equal(valid, false)
  assert.ok(signers.every(({ integrity }) => !integrity.ok))
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('empty.der', empty)
  const judged = peer.run('openssl', 'cms', '-verify', '-inform', 'DER', '-in', 'empty.der', '-noverify', '-out', 'out')
  assert.match(judged.text, /Verification successful/)
})

test('sixty-four signers have one budget for their chains: what one bag of strangers costs, they cost together', async () => {
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const crowd = around(Array<Uint8Array>(64).fill(info), TEXT)
  // As many as there may be, each with a chain of its own, are judged whole.
  assert.equal((await verified(crowd, trust)).valid, true)
  const { signers, valid } = await verified(crowd, { ...trust, budget: new Budget({ steps: 40 }) })
  assert.equal(valid, false)
  const held = signers.filter(({ chain }) => chain.ok).length
  assert.equal(held, 40)
  for (const { chain } of signers.slice(held)) assert.ok(!chain.ok && chain.error.code === 'path_too_costly')
})

test('time stamps on signatures, and certificates that signers are looked for among, are paid from the same budget', async () => {
  const token = attribute('1.2.840.113549.1.9.16.2.14', sequence(integer(1)))
  const stamped = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST], async () => [token])
  const budget = new Budget()
  let given: Budget | undefined
  await verified(around([stamped], TEXT), {
    ...trust,
    budget,
    verifyStamp: async (_token, _signature, left) => {
      given = left
      return { verdict: { ok: true }, at: NOW }
    },
  })
  assert.equal(given, budget)
  const info = await signerInfo(signer, row, 'SHA-256', [TYPE, DIGEST])
  const many = around(Array<Uint8Array>(64).fill(info), TEXT)
  const intermediates = Array<Certificate>(100).fill(bob.certificate)
  const left = new Budget({ nameComparisons: 64 * 50 })
  const { signers } = await verified(many, { ...trust, intermediates, budget: left })
  assert.ok(signers.some(({ integrity }) => failed(integrity) === 'path_too_costly'))
})

test('a digest that is not known is named, and not the algorithm of the key that stands beside it', async () => {
  const rsa = signerOf(bob)
  const MD4 = '1.2.840.113549.2.4'
  const info = await signerInfo(rsa, signatureByName('RSA with SHA-256'), 'SHA-256', [TYPE, DIGEST])
  const elements = DerReader.whole(info, 'SignerInfo', (reader) =>
    reader.sequence((fields) => fields.list((one) => one.element())),
  )
  const old = elements
    .with(2, sequence(oid(MD4), nullValue()))
    .with(4, sequence(oid('1.2.840.113549.1.1.1'), nullValue()))
  const { signers } = await verified(around([sequence(old)], TEXT, [bob.certificate]), trust)
  const { integrity } = signers[0]!
  assert.ok(!integrity.ok && hasCode(integrity.error, 'algorithm_unsupported'))
  assert.equal(integrity.error.facts.oid, MD4)
})
