// Algorithm confusion: every way that is known of making one algorithm, key or parameter pass for another.

import assert from 'node:assert/strict'
import { constants, createHash, createSign, generateKeyPairSync, privateEncrypt } from 'node:crypto'
import { test } from 'node:test'
import { bench, selfSigned } from '@scel/testkit/peers'
import type { KeySpec } from '../algorithms/index.ts'
import {
  defaultSignature,
  EC_PUBLIC_KEY,
  KEY_SPECS,
  keySpecOf,
  pssSignature,
  RAW_KEYS,
  RSA_ENCRYPTION,
  RSASSA_PSS,
  readPublicKey,
  readSignatureIdentifier,
  SIGNATURES,
  signatureByName,
  signatureByOid,
  signatureFits,
  signatureRow,
} from '../algorithms/index.ts'
import { bitString, integer, nullValue, octetString, oid, sequence, unsignedInteger } from '../asn1/index.ts'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode } from '../errors/index.ts'
import { parseCertificate, verifyIssuedBy } from '../x509/index.ts'
import {
  agree,
  DANGEROUS_SIGNATURES,
  generateKeyPair,
  importPrivateKey,
  sign,
  verify,
  verifyDangerously,
} from './index.ts'
import { numberOf } from './rsa/public.ts'

const NIST_SIGNATURES = '2.16.840.1.101.3.4.3'
const DATA = utf8('what is signed')
const code = (wanted: PkiErrorCode) => (error: unknown) => hasCode(error, wanted)

/** SubjectPublicKeyInfo of a key that Node makes under its own name, or with other parameters. */
const spkiOf = (type: string, options: object = {}): Uint8Array =>
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of node:crypto want a literal type
  new Uint8Array((generateKeyPairSync as any)(type, options).publicKey.export({ type: 'spki', format: 'der' }))

test('parameters that are absent for an algorithm may not be NULL; RSA alone may leave its NULL out (RFC 4055 §5)', () => {
  for (const row of SIGNATURES.filter(({ scheme }) => scheme !== 'pss')) {
    const [bare, withNull] = [sequence(oid(row.oid)), sequence(oid(row.oid), nullValue())]
    const isRsa = row.scheme === 'pkcs1'
    assert.deepEqual(row.identifier, isRsa ? withNull : bare)
    assert.equal(readSignatureIdentifier(bare).row, row, row.name)
    assert.equal(readSignatureIdentifier(withNull).row, isRsa ? row : undefined, row.name)
    const wrong = isRsa ? sequence(oid(row.oid), nullValue(), nullValue()) : withNull
    assert.equal(
      readSignatureIdentifier(sequence(oid(row.oid), octetString(new Uint8Array()))).row,
      undefined,
      row.name,
    )
    const refused = code(isRsa ? 'der_malformed' : 'algorithm_unsupported')
    assert.throws(() => signatureRow(readSignatureIdentifier(wrong)), refused, row.name)
  }
  for (const { oid: dotted, length, spec } of RAW_KEYS) {
    const key = bitString(new Uint8Array(length))
    assert.equal(keySpecOf(sequence(sequence(oid(dotted)), key)), spec)
    assert.throws(() => readPublicKey(sequence(sequence(oid(dotted), nullValue()), key)), code('key_malformed'), spec)
  }
})

test('an RSA key that is for RSA-PSS only verifies no PKCS #1 v1.5, and no PSS with weaker parameters', async () => {
  const options = { modulusLength: 2048, hashAlgorithm: 'sha384', mgf1HashAlgorithm: 'sha384', saltLength: 48 }
  const spki = spkiOf('rsa-pss', options)
  assert.equal(readPublicKey(spki).kind, 'rsa-pss')
  const strong = { digest: 'SHA-384', mgfDigest: 'SHA-384', saltLength: 48 } as const
  assert.equal(await verify(pssSignature(strong), spki, DATA, new Uint8Array(256)), false)
  for (const row of [
    signatureByName('RSA with SHA-384'),
    pssSignature({ ...strong, digest: 'SHA-256' }),
    pssSignature({ ...strong, mgfDigest: 'SHA-256' }),
    pssSignature({ ...strong, saltLength: 47 }),
    signatureByName('ECDSA with SHA-384'),
  ]) {
    await assert.rejects(verify(row, spki, DATA, new Uint8Array(256)), code('key_mismatch'), row.name)
  }
  // rsaEncryption with the parameters of RSA-PSS is neither.
  const { keyBits } = readPublicKey(spki)
  const mixed = sequence(sequence(oid(RSA_ENCRYPTION), sequence()), bitString(keyBits))
  assert.throws(() => readPublicKey(mixed), code('key_malformed'))
  assert.throws(
    () => readPublicKey(sequence(sequence(oid(RSASSA_PSS), nullValue()), bitString(keyBits))),
    code('key_malformed'),
  )
})

test('a salt that does not fit the key makes no signature and verifies none', async () => {
  const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
  const row = (saltLength: number) => pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-256', saltLength })
  const longest = 256 - 32 - 2
  assert.equal(await verify(row(longest), publicKey, DATA, await sign(privateKey, DATA, row(longest))), true)
  for (const saltLength of [longest + 1, 2048]) {
    await assert.rejects(sign(privateKey, DATA, row(saltLength)), code('key_mismatch'))
    assert.equal(await verify(row(saltLength), publicKey, DATA, new Uint8Array(256)), false)
  }
})

test('a key never verifies under the algorithm of another', async () => {
  const specs = Object.values(KEY_SPECS).filter(({ spec }) => !/rsa-[34]|slh-dsa-.*s$/.test(spec))
  const keys = await Promise.all(specs.map(({ spec }) => generateKeyPair(spec)))
  for (const [index, { publicKey }] of keys.entries()) {
    const facts = readPublicKey(publicKey)
    const own = SIGNATURES.filter((row) => signatureFits(row, facts))
    assert.equal(own.length === 0, specs[index]!.use !== 'sign', specs[index]!.spec)
    for (const row of SIGNATURES) {
      if (own.includes(row)) continue
      const work = verify(row, publicKey, DATA, new Uint8Array(row.length ?? 256))
      await assert.rejects(work, code('key_mismatch'), `${specs[index]!.spec} ${row.name}`)
    }
  }
})

test('an ML-DSA key under an OID of SLH-DSA, or of another ML-DSA, is no key', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ml-dsa-65')
  const { keyBits } = readPublicKey(publicKey)
  for (const { oid: dotted, spec } of RAW_KEYS.filter((row) => row.spec !== 'ml-dsa-65')) {
    assert.throws(() => readPublicKey(sequence(sequence(oid(dotted)), bitString(keyBits))), code('key_malformed'), spec)
  }
  const signature = await sign(privateKey, DATA)
  for (const name of ['SLH-DSA-SHA2-128s', 'ML-DSA-44', 'ML-DSA-87'] as const) {
    await assert.rejects(verify(signatureByName(name), publicKey, DATA, signature), code('key_mismatch'))
    await assert.rejects(sign(privateKey, DATA, signatureByName(name)), code('key_mismatch'))
  }
})

test('a key for encapsulation or agreement in the place of a signing key is refused', async () => {
  for (const spec of ['ml-kem-512', 'ml-kem-768', 'ml-kem-1024', 'x25519', 'x448'] as const) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    assert.throws(() => defaultSignature(spec), code('key_mismatch'))
    assert.throws(() => signatureByOid(KEY_SPECS[spec].oid), code('algorithm_unsupported'))
    await assert.rejects(sign(privateKey, DATA), code('key_mismatch'))
    for (const row of SIGNATURES)
      await assert.rejects(verify(row, publicKey, DATA, new Uint8Array(64)), code('key_mismatch'))
  }
})

test('HashML-DSA and HashSLH-DSA are known neither as signatures nor as keys', async () => {
  // FIPS 204 and 205 in NIST's arc: 32 to 34, and 35 to 46.
  for (let arc = 32; arc <= 46; arc++) {
    const dotted = `${NIST_SIGNATURES}.${arc}`
    assert.equal(readSignatureIdentifier(sequence(oid(dotted))).row, undefined)
    assert.throws(() => signatureByOid(dotted), code('algorithm_unsupported'))
    const key = sequence(sequence(oid(dotted)), bitString(new Uint8Array(1312)))
    assert.equal(readPublicKey(key).kind, 'other')
    const work = verify(signatureByName('ML-DSA-44'), key, DATA, new Uint8Array(2420))
    await assert.rejects(work, code('algorithm_unsupported'))
  }
})

test('CVE-2026-5588: composite signatures, empty or whole, verify nothing', async () => {
  for (let arc = 37; arc <= 54; arc++) {
    const dotted = `1.3.6.1.5.5.7.6.${arc}`
    const identifier = readSignatureIdentifier(sequence(oid(dotted)))
    assert.equal(identifier.row, undefined)
    assert.throws(() => signatureRow(identifier), code('algorithm_unsupported'))
    const key = sequence(sequence(oid(dotted)), bitString(new Uint8Array(1312)))
    for (const signature of [new Uint8Array(), sequence(), new Uint8Array(2420)]) {
      await assert.rejects(verify(signatureByName('ML-DSA-44'), key, DATA, signature), code('algorithm_unsupported'))
    }
  }
})

test('CVE-2020-0601: a curve given by its parameters is refused, also when they are those of P-256', () => {
  for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
    assert.throws(() => readPublicKey(spkiOf('ec', { namedCurve, paramEncoding: 'explicit' })), code('key_malformed'))
  }
  const point = readPublicKey(spkiOf('ec', { namedCurve: 'P-256' })).keyBits
  const key = (...parameters: Uint8Array[]): Uint8Array =>
    sequence(sequence(oid(EC_PUBLIC_KEY), ...parameters), bitString(point))
  for (const bad of [key(), key(nullValue()), key(sequence())]) {
    assert.throws(() => readPublicKey(bad), code('key_malformed'))
  }
})

test('CVE-2026-42770: a peer does not bring domain parameters: DH keys and other curves agree with nothing', async () => {
  const { privateKey } = await generateKeyPair('ec-p256')
  const finite = spkiOf('dh', { primeLength: 512 })
  assert.equal(readPublicKey(finite).kind, 'other')
  for (const peer of [finite, spkiOf('ec', { namedCurve: 'secp256k1' }), spkiOf('ec', { namedCurve: 'P-384' })]) {
    await assert.rejects(agree(privateKey, peer), code('key_mismatch'))
  }
  await assert.rejects(
    agree(privateKey, spkiOf('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })),
    code('key_malformed'),
  )
})

test('MD5, MD2, SHA-1 and DSA signatures are unsupported, and MD5 and SHA-1 are verified under danger alone, labelled', async () => {
  const weak = {
    'MD2 with RSA': '1.2.840.113549.1.1.2',
    'MD5 with RSA': '1.2.840.113549.1.1.4',
    'SHA-1 with RSA': '1.2.840.113549.1.1.5',
    'SHA-1 with RSA, old': '1.3.14.3.2.29',
    'SHA-224 with RSA': '1.2.840.113549.1.1.14',
    'SHA-1 with ECDSA': '1.2.840.10045.4.1',
    'SHA-224 with ECDSA': '1.2.840.10045.4.3.1',
    'SHA-1 with DSA': '1.2.840.10040.4.3',
    'SHA-256 with DSA': '2.16.840.1.101.3.4.3.2',
    'SHA3-224 with RSA': `${NIST_SIGNATURES}.13`,
    'SHA3-224 with ECDSA': `${NIST_SIGNATURES}.9`,
  }
  const spki = spkiOf('rsa', { modulusLength: 2048 })
  for (const [name, dotted] of Object.entries(weak)) {
    assert.throws(() => signatureByOid(dotted), code('algorithm_unsupported'), name)
    for (const parameters of [[], [nullValue()]]) {
      assert.equal(readSignatureIdentifier(sequence(oid(dotted), ...parameters)).row, undefined, name)
    }
    const labelled = DANGEROUS_SIGNATURES.find((row) => row.oid === dotted)
    if (labelled) assert.equal(labelled.weakness, `${name.split(' ')[0]} collides`)
    else
      await assert.rejects(
        verifyDangerously(dotted, spki, DATA, new Uint8Array(256)),
        code('algorithm_unsupported'),
        name,
      )
  }
  assert.equal(DANGEROUS_SIGNATURES.length, 3)
  const [rsa, ecdsa] = DANGEROUS_SIGNATURES
  const point = spkiOf('ec', { namedCurve: 'P-256' })
  await assert.rejects(verifyDangerously(rsa!.oid, point, DATA, new Uint8Array(256)), code('key_mismatch'))
  await assert.rejects(verifyDangerously(ecdsa!.oid, spki, DATA, new Uint8Array(256)), code('key_mismatch'))
  // And the strong ones do not pass by that door.
  await assert.rejects(
    verifyDangerously('1.2.840.113549.1.1.11', spki, DATA, new Uint8Array(256)),
    code('algorithm_unsupported'),
  )
})

test('RSA below 2048 bits is taken as a private key only where that is asked for', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const pkcs8 = new Uint8Array(pair.privateKey.export({ type: 'pkcs8', format: 'der' }))
  await assert.rejects(importPrivateKey(pkcs8), code('key_malformed'))
  await assert.rejects(importPrivateKey(pkcs8, { accept: 'any' }), code('key_malformed'))
  assert.equal((await importPrivateKey(pkcs8, { dangerAnySize: true })).bits, 1024)
  assert.equal(keySpecOf(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))), undefined)
})

test('a certificate whose outer algorithm is not the one inside is malformed', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const der = selfSigned(peer, ['-subj', '/CN=a', '-sha256'])
  const hex = toHex(der)
  const inside = toHex(signatureByName('RSA with SHA-256').identifier)
  assert.equal(hex.split(inside).length, 3, 'once inside, once outside')
  for (const other of ['RSA with SHA-384', 'RSA with SHA-512'] as const) {
    const changed = toHex(signatureByName(other).identifier)
    const [first, last] = [
      hex.replace(inside, changed),
      `${hex.slice(0, hex.lastIndexOf(inside))}${changed}${hex.slice(hex.lastIndexOf(inside) + inside.length)}`,
    ]
    for (const mixed of [first, last]) {
      assert.throws(() => parseCertificate(fromHex(mixed)), code('certificate_malformed'))
    }
  }
})

test('a certificate that names another algorithm, both inside and outside, does not verify', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const der = selfSigned(peer, ['-subj', '/CN=a', '-sha256'])
  const right = parseCertificate(der)
  assert.equal(await verifyIssuedBy(right, right), true)
  const swap = (dotted: string, parameters: boolean): Uint8Array => {
    const inside = toHex(signatureByName('RSA with SHA-256').identifier)
    const identifier = toHex(sequence(oid(dotted), ...(parameters ? [nullValue()] : [])))
    return fromHex(toHex(der).replaceAll(inside, identifier))
  }
  const sha384 = parseCertificate(swap('1.2.840.113549.1.1.12', true))
  assert.equal(await verifyIssuedBy(sha384, sha384), false)
  const md5 = parseCertificate(swap('1.2.840.113549.1.1.4', true))
  await assert.rejects(verifyIssuedBy(md5, md5), code('algorithm_unsupported'))
})

test('an exponent of one, with which every signature is right, is no key', async () => {
  const key = (exponent: bigint): Uint8Array =>
    sequence(
      sequence(oid(RSA_ENCRYPTION), nullValue()),
      bitString(sequence(integer((1n << 2047n) + 1n), integer(exponent))),
    )
  for (const exponent of [1n, 0n, 2n, -3n]) {
    const work = verify(signatureByName('RSA with SHA-256'), key(exponent), DATA, new Uint8Array(256))
    await assert.rejects(work, code('key_malformed'))
  }
})

test('CVE-2006-4339, CVE-2022-24771, -24772, -24773, CVE-2026-33894, CVE-2026-85393, CVE-2020-14968: a signature of PKCS #1 v1.5 has one form', async () => {
  // With an exponent of three, every octet that a verifier does not look at is room for a forged cube root.
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))
  const row = signatureByName('RSA with SHA-256')
  const hash = new Uint8Array(createHash('sha256').update(DATA).digest())
  const sha256 = oid('2.16.840.1.101.3.4.2.1')
  const right = sequence(sequence(sha256, nullValue()), octetString(hash))
  const signed = (info: Uint8Array, { end = 0, type = 1, fill = 0xff, start = 0 } = {}): Promise<boolean> => {
    const block = new Uint8Array(256).fill(fill)
    block.set([start, type])
    block.set([0, ...info], 256 - end - info.length - 1)
    block.fill(0, 256 - end)
    const key = { key: pair.privateKey, padding: constants.RSA_NO_PADDING }
    return verify(row, spki, DATA, new Uint8Array(privateEncrypt(key, block)))
  }
  assert.equal(await signed(right), true)
  const padded = (parameters: Uint8Array): Uint8Array => sequence(sequence(sha256, parameters), octetString(hash))
  const bad: Record<string, Promise<boolean>> = {
    'octets after the digest': signed(right, { end: 40 }),
    'one octet after the digest': signed(right, { end: 1 }),
    'octets in the place of NULL': signed(padded(octetString(new Uint8Array(150)))),
    'parameters beside NULL': signed(padded(Uint8Array.of(...nullValue(), ...nullValue()))),
    'no parameters': signed(sequence(sequence(sha256), octetString(hash))),
    'octets after the digest inside': signed(sequence(sequence(sha256, nullValue()), octetString(hash), nullValue())),
    'a long length': signed(Uint8Array.of(0x30, 0x81, ...right.subarray(1))),
    'another digest of that length': signed(
      sequence(sequence(oid('2.16.840.1.101.3.4.2.8'), nullValue()), octetString(hash)),
    ),
    'block type 2': signed(right, { type: 2 }),
    'block type 0': signed(right, { type: 0, fill: 0 }),
    'padding of other octets': signed(right, { fill: 0xfe }),
    'a first octet': signed(right, { start: 1 }),
    'the bare digest': signed(hash),
  }
  for (const [what, verdict] of Object.entries(bad)) assert.equal(await verdict, false, what)
})

test('a key in which no padded digest of MD5 fits verifies nothing, and breaks nothing', async () => {
  const md5 = '1.2.840.113549.1.1.4'
  for (const length of [1, 16, 36, 37, 44]) {
    const modulus = new Uint8Array(length).fill(0xff)
    const key = bitString(sequence(unsignedInteger(modulus), integer(65_537)))
    const spki = sequence(sequence(oid(RSA_ENCRYPTION), nullValue()), key)
    assert.equal(await verifyDangerously(md5, spki, DATA, new Uint8Array(length)), false, `${length} octets`)
  }
})

test('a signature with MD5 is smaller than the modulus: the same number plus the modulus is another signature', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }))
  const modulus = numberOf(readPublicKey(spki).rsa!.modulus)
  for (let tries = 0; ; tries++) {
    const data = utf8(`${tries}`)
    const signature = new Uint8Array(createSign('md5').update(data).sign(pair.privateKey))
    const hex = (numberOf(signature) + modulus).toString(16)
    if (hex.length > 512) continue // it has no room in as many octets
    const verified = (bytes: Uint8Array): Promise<boolean> =>
      verifyDangerously('1.2.840.113549.1.1.4', spki, data, bytes)
    assert.equal(await verified(signature), true)
    assert.equal(await verified(fromHex(hex)), false)
    return
  }
})

test('signatures of a wrong length are refused before the platform sees them', async () => {
  for (const spec of ['ed25519', 'ed448', 'ml-dsa-44', 'slh-dsa-sha2-128f', 'rsa-2048'] as const satisfies KeySpec[]) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const signature = await sign(privateKey, DATA)
    const row = defaultSignature(spec)
    assert.equal(await verify(row, publicKey, DATA, signature), true)
    for (const wrong of [
      new Uint8Array(),
      signature.subarray(1),
      signature.subarray(0, -1),
      Uint8Array.of(...signature, 0),
    ]) {
      assert.equal(await verify(row, publicKey, DATA, wrong), false, spec)
    }
  }
})
