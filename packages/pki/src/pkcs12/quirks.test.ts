// What programs write that the standard does not foresee, or that ours do not write.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeChain } from '@scel/testkit/authority'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { data, encryptedData, macData, pfx, sealed } from '../../test/pkcs12-parts.ts'
import { refuses } from '../../test/refuses.ts'
import { element, explicit, octetString, oid, sequence, setOf, string, TAG } from '../asn1/index.ts'
import { concat, utf8 } from '../bytes/index.ts'
import {
  encryptDanger3Des,
  encryptPbes2,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  passphraseForms,
} from '../crypto/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { openPkcs12, readPkcs12 } from './index.ts'
import { CRL_BAG, KEY_BAG, SAFE_CONTENTS_BAG, X509_CRL } from './oids.ts'
import { certificateBag, keyBag } from './safe-bag.ts'

const { leaf, issuing } = await makeChain()
const key = leaf.keys.privateKey
const certificate = leaf.certificate.der
const pkcs8 = await exportPrivateKey(key)
const CERTIFICATES = data(sequence(certificateBag(certificate, {})))
const shrouded = async (passphrase: string): Promise<Uint8Array> =>
  data(sequence(keyBag(await encryptPrivateKey(key, passphrase, { iterations: 1 }), {})))

test('no passphrase and the empty passphrase are both opened by the empty one', async () => {
  const salt = new Uint8Array(8)
  for (const secret of [new Uint8Array(0), new Uint8Array(2)]) {
    const forms = { ...passphraseForms(''), bmp: () => secret }
    const { algorithm, bytes } = await encryptDanger3Des(pkcs8, forms, salt, 1)
    const content = sequence(CERTIFICATES, data(sequence(keyBag(sequence(algorithm, octetString(bytes)), {}))))
    const file = pfx(content, await macData(content, '', { secret }))
    const read = await readPkcs12(file, '', { dangerOldCiphers: true })
    assert.deepEqual(read.key.publicKey, key.publicKey)
    await refuses(readPkcs12(file, ' ', { dangerOldCiphers: true }), 'passphrase_wrong')
    const bare = pfx(content)
    const open = { dangerOldCiphers: true, allowWithoutMac: true }
    assert.deepEqual((await readPkcs12(bare, '', open)).key.publicKey, key.publicKey)
  }
})

test('a file without a code is refused with that reason, and opened when that is allowed', async () => {
  const content = sequence(CERTIFICATES, await shrouded('secret'))
  await refuses(readPkcs12(pfx(content), 'secret'), 'pkcs12_mac_missing')
  const read = await readPkcs12(pfx(content), 'secret', { allowWithoutMac: true })
  assert.deepEqual(read.certificate, certificate)
  assert.equal(read.protection.mac, undefined)
  await refuses(readPkcs12(pfx(content), 'guess', { allowWithoutMac: true }), 'passphrase_wrong')
  const { algorithm, bytes } = await encryptPbes2(sequence(certificateBag(certificate, {})), 'secret', 1)
  const hidden = pfx(sequence(encryptedData(algorithm, bytes), await shrouded('secret')))
  await refuses(readPkcs12(hidden, 'guess', { allowWithoutMac: true }), 'passphrase_wrong')
})

test('a key under a passphrase of its own is said to be, and opened with it', async () => {
  const file = await sealed('file', CERTIFICATES, await shrouded('key'))
  await refuses(readPkcs12(file, 'file'), 'key_passphrase_wrong')
  await refuses(readPkcs12(file, 'file', { keyPassphrase: 'file' }), 'key_passphrase_wrong')
  await refuses(readPkcs12(file, 'key', { keyPassphrase: 'key' }), 'passphrase_wrong')
  assert.deepEqual((await readPkcs12(file, 'file', { keyPassphrase: 'key' })).key.publicKey, key.publicKey)
})

test('a part of the file under another passphrase is no typing error', async () => {
  const { algorithm, bytes } = await encryptPbes2(sequence(certificateBag(certificate, {})), 'other', 1)
  const file = await sealed('file', encryptedData(algorithm, bytes), await shrouded('file'))
  await refuses(readPkcs12(file, 'file'), 'pkcs12_malformed')
})

test('a key that is not encrypted is read and called weak', async () => {
  const bag = sequence(oid(KEY_BAG), explicit(0, pkcs8))
  const read = await readPkcs12(await sealed('p', CERTIFICATES, data(sequence(bag))), 'p')
  assert.deepEqual(read.key.publicKey, key.publicKey)
  assert.deepEqual(read.protection, { mac: 'HMAC SHA-1', encryption: [], weak: true })
})

test('one OCTET STRING too many around the content or a safe is taken off', async () => {
  const content = sequence(data(octetString(sequence(certificateBag(certificate, {})))), await shrouded('p'))
  const wrapped = octetString(content)
  for (const over of [wrapped, content]) {
    const file = pfx(wrapped, await macData(wrapped, 'p', { over }))
    assert.deepEqual((await readPkcs12(file, 'p')).certificate, certificate)
  }
  await refuses(readPkcs12(pfx(octetString(wrapped), await macData(octetString(wrapped), 'p')), 'p'), 'der_malformed')
})

test('BER inside BER: indefinite lengths and strings in pieces at every level', async () => {
  const plain = indefinite(TAG.sequence, certificateBag(certificate, {}))
  const { algorithm, bytes } = await encryptPbes2(plain, 'p', 1)
  const half = bytes.length >> 1
  const inPieces = indefinite(0xa0, octetString(bytes.subarray(0, half)), octetString(bytes.subarray(half)))
  const info = indefinite(TAG.sequence, oid('1.2.840.113549.1.7.1'), algorithm, inPieces)
  const safe = indefinite(
    TAG.sequence,
    oid('1.2.840.113549.1.7.6'),
    indefinite(0xa0, indefinite(TAG.sequence, element(TAG.integer, Uint8Array.of(0)), info)),
  )
  const content = indefinite(TAG.sequence, safe, await shrouded('p'))
  const split = indefinite(0x24, octetString(content.subarray(0, 100)), octetString(content.subarray(100)))
  const authSafe = indefinite(TAG.sequence, oid('1.2.840.113549.1.7.1'), indefinite(0xa0, split))
  const version = element(TAG.integer, Uint8Array.of(3))
  const file = indefinite(TAG.sequence, version, authSafe, await macData(content, 'p'))
  assert.deepEqual((await readPkcs12(file, 'p')).certificate, certificate)
})

test('several keys each find their certificate by the public key, whatever localKeyID says', async () => {
  const other = await generateKeyPair('ec-p256')
  const lie = { localKeyId: Uint8Array.of(1), friendlyName: 'same' }
  const keys = [
    keyBag(await encryptPrivateKey(other.privateKey, 'p', { iterations: 1 }), lie),
    keyBag(await encryptPrivateKey(key, 'p', { iterations: 1 }), lie),
    keyBag(await encryptPrivateKey(issuing.keys.privateKey, 'p', { iterations: 1 }), lie),
  ]
  const certificates = [certificateBag(issuing.certificate.der, lie), certificateBag(certificate, lie)]
  const file = await sealed('p', data(sequence(...certificates)), data(sequence(...keys)))
  const read = await openPkcs12(file, 'p')
  assert.deepEqual(
    read.keys.map((one) => one.certificate),
    [undefined, certificate, issuing.certificate.der],
  )
  assert.deepEqual(
    read.certificates.map(({ localKeyId }) => localKeyId),
    [Uint8Array.of(1), Uint8Array.of(1)],
  )
  await assert.rejects(
    readPkcs12(file, 'p'),
    (error) => hasCode(error, 'pkcs12_keys_several') && error.facts.count === 3,
  )
})

test('a file without a key says so, and its certificates are there', async () => {
  const file = await sealed('p', CERTIFICATES)
  await refuses(readPkcs12(file, 'p'), 'pkcs12_key_missing')
  const { certificates, keys } = await openPkcs12(file, 'p')
  assert.deepEqual(certificates, [{ der: certificate }])
  assert.deepEqual(keys, [])
})

test('a key whose certificate is missing is a mismatch, not half an identity', async () => {
  const strange = data(sequence(certificateBag(issuing.certificate.der, {})))
  await refuses(readPkcs12(await sealed('p', strange, await shrouded('p')), 'p'), 'key_mismatch')
})

test('names: none, empty, in another string type, on the certificate alone', async () => {
  const named = async (...values: readonly Uint8Array[]): Promise<string | undefined> => {
    const attribute = sequence(oid('1.2.840.113549.1.9.20'), setOf(...values))
    const encrypted = await encryptPrivateKey(key, 'p', { iterations: 1 })
    const bag = sequence(oid('1.2.840.113549.1.12.10.1.2'), explicit(0, encrypted), setOf(attribute))
    return (await readPkcs12(await sealed('p', CERTIFICATES, data(sequence(bag))), 'p')).friendlyName
  }
  assert.equal(await named(string('BMPString', 'Clé 😀')), 'Clé 😀')
  assert.equal(await named(string('UTF8String', 'Clé')), 'Clé')
  assert.equal(await named(string('BMPString', '')), undefined)
  const marked = data(sequence(certificateBag(certificate, { friendlyName: 'on the certificate' })))
  const file = await sealed('p', marked, await shrouded('p'))
  assert.equal((await readPkcs12(file, 'p')).friendlyName, 'on the certificate')
})

test('bags within a bag, revocation lists, and kinds that are not read', async () => {
  const crl = Uint8Array.of(0x30, 0x00)
  const bags = [
    sequence(oid(SAFE_CONTENTS_BAG), explicit(0, sequence(certificateBag(certificate, {})))),
    sequence(oid(CRL_BAG), explicit(0, sequence(oid(X509_CRL), explicit(0, octetString(crl))))),
    sequence(oid('1.2.840.113549.1.12.10.1.5'), explicit(0, sequence())),
  ]
  const read = await openPkcs12(await sealed('p', data(sequence(...bags))), 'p')
  assert.deepEqual(read.certificates, [{ der: certificate }])
  assert.deepEqual(read.crls, [crl])
  assert.deepEqual(read.others, ['1.2.840.113549.1.12.10.1.5'])
  let nested = sequence(certificateBag(certificate, {}))
  for (let i = 0; i < 6; i++) nested = sequence(sequence(oid(SAFE_CONTENTS_BAG), explicit(0, nested)))
  await refuses(openPkcs12(await sealed('p', data(nested)), 'p'), 'der_too_deep')
})

test('passphrases beyond ASCII: the standard’s form, and the one of OpenSSL before 1.1.0', async () => {
  const text = 'Pâtes'
  const old = concat(Uint8Array.from(Array.from(utf8(text)).flatMap((octet) => [0, octet])), new Uint8Array(2))
  for (const secret of [passphraseForms(text).bmp(), old]) {
    const forms = { ...passphraseForms(text), bmp: () => secret }
    const { algorithm, bytes } = await encryptDanger3Des(pkcs8, forms, new Uint8Array(8), 1)
    const content = sequence(CERTIFICATES, data(sequence(keyBag(sequence(algorithm, octetString(bytes)), {}))))
    const file = pfx(content, await macData(content, text, { secret }))
    const read = await readPkcs12(file, text, { dangerOldCiphers: true })
    assert.deepEqual(read.key.publicKey, key.publicKey)
  }
})

test('a code by a digest that is not known is named by its OID, never called a wrong passphrase', async () => {
  const content = sequence(CERTIFICATES)
  const md2 = sequence(oid('1.2.840.113549.2.2'), element(TAG.null))
  const mac = sequence(sequence(md2, octetString(new Uint8Array(16))), octetString(new Uint8Array(8)))
  await assert.rejects(
    openPkcs12(pfx(content, mac), 'p'),
    (error) => hasCode(error, 'algorithm_unsupported') && error.facts.oid === '1.2.840.113549.2.2',
  )
  const signed = sequence(
    element(TAG.integer, Uint8Array.of(3)),
    sequence(oid('1.2.840.113549.1.7.2'), explicit(0, sequence())),
  )
  await assert.rejects(
    openPkcs12(signed, 'p'),
    (error) => hasCode(error, 'algorithm_unsupported') && error.facts.oid === '1.2.840.113549.1.7.2',
  )
})

test('without a code, damage anywhere inside is a coded refusal or another value, never a crash', async () => {
  const named = { friendlyName: 'été', localKeyId: Uint8Array.of(1), trustedFor: ['2.5.29.37.0'] }
  const crl = sequence(oid(CRL_BAG), explicit(0, sequence(oid(X509_CRL), explicit(0, octetString(sequence())))))
  const plain = data(sequence(certificateBag(certificate, named), sequence(oid(KEY_BAG), explicit(0, pkcs8)), crl))
  const { algorithm, bytes } = await encryptPbes2(sequence(certificateBag(issuing.certificate.der, {})), 'p', 1)
  const file = pfx(sequence(plain, encryptedData(algorithm, bytes)))
  assert.equal((await openPkcs12(file, 'p', { allowWithoutMac: true })).certificates.length, 2)
  const property = fc.asyncProperty(damaged(file), async ({ bytes: broken, how }) => {
    try {
      await openPkcs12(broken, 'p', { allowWithoutMac: true })
    } catch (error) {
      assert.ok(isPkiError(error), `${how}: ${error}`)
    }
  })
  await fc.assert(property, { numRuns: 1_500 })
})

/** BER of indefinite length. */
function indefinite(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0))
}
