// Dangers of the keys inside messages, named after those whom they have hurt.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  changed,
  elementsOf,
  refused,
  takeApart,
  withAlgorithm,
  withElements,
  withKey,
} from '../../../test/sealed-parts.ts'
import { ana, CONTENT, ec, kem, rsa, sealedFor } from '../../../test/sealed-scene.ts'
import { keyOf, open, receiver, to } from '../../../test/sealing.ts'
import {
  contentOf,
  element,
  explicit,
  implicitConstructed,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { concat, equal, utf8 } from '../../bytes/index.ts'
import { encryptPkcs1v15, generateKeyPair, randomBytes } from '../../crypto/index.ts'
import { hasCode } from '../../errors/index.ts'
import type { OpenOptions, Recipient } from '../index.ts'
import { writeSecretKey } from './secret-key.ts'

test('CVE-2012-0884, CVE-2019-1563, CVE-2026-63573, CVE-2026-69247: RSA v1.5 with wrong padding, length, or key takes one path to one error', async () => {
  const sealed = await sealedFor(to(rsa, 'PKCS1-v1.5'))
  const { spki } = rsa.certificate.publicKey
  const other = await generateKeyPair('rsa-2048')
  const keys = {
    'no padding': concat(Uint8Array.of(0), randomBytes(255)),
    'a key that is too short': await encryptPkcs1v15(spki, randomBytes(16)),
    'a key that is too long': await encryptPkcs1v15(spki, randomBytes(48)),
    'no key': await encryptPkcs1v15(spki, new Uint8Array(0)),
    'another key': await encryptPkcs1v15(spki, randomBytes(32)),
    'for somebody else': await encryptPkcs1v15(other.publicKey, randomBytes(32)),
    nothing: new Uint8Array(0),
    'one octet less': randomBytes(255),
  }
  for (const [what, key] of Object.entries(keys)) {
    const parts: number[] = []
    const error: unknown = await open(withKey(sealed, key), { ...ana, progress: (done) => parts.push(done) }).catch(
      (thrown: unknown) => thrown,
    )
    assert.ok(hasCode(error, 'decryption_failed'), what)
    assert.deepEqual(error.facts, {})
    // The content is decrypted to its end in every case: where it stops says nothing.
    assert.ok(parts.at(-1)! > CONTENT.length, what)
  }
  const cbc = await sealedFor(to(rsa, 'PKCS1-v1.5'), { cipher: 'AES-256-CBC' })
  for (const [what, key] of Object.entries(keys)) {
    // CBC alone authenticates nothing: with a wrong key the padding is right by chance once in 256 times.
    const found = await open(withKey(cbc, key), ana).catch((error: unknown) => error)
    if (!hasCode(found, 'decryption_failed'))
      assert.ok(!equal((found as { content: Uint8Array }).content, CONTENT), what)
  }
})

test('CVE-2026-42768: of several recipients with the same name only the first is looked at', async () => {
  const sealed = await sealedFor(to(rsa, 'PKCS1-v1.5'))
  const bad = takeApart(withKey(sealed, randomBytes(256))).recipients
  const first = changed(sealed, ({ recipients }) => ({ recipients: [...bad, ...recipients] }))
  await refused(first, ana, 'decryption_failed')
  const second = changed(sealed, ({ recipients }) => ({ recipients: [...recipients, ...bad] }))
  assert.deepEqual((await open(second, ana)).content, CONTENT)
})

test('openssl/openssl#25875: no success with a wrong key, not even with a certificate that the message names', async () => {
  for (const [holder, spec] of [
    [rsa, 'rsa-2048'],
    [ec, 'ec-p256'],
    [kem, 'ml-kem-768'],
  ] as const) {
    const stranger = await generateKeyPair(spec)
    const { certificate } = holder
    const sealed = await sealedFor(to(holder))
    await refused(sealed, { keys: [{ certificate, key: stranger.privateKey }] }, 'key_mismatch')
    // Somebody else's certificate under the same issuer and serial number.
    const publicKey = { ...certificate.publicKey, spki: stranger.publicKey }
    const forged = { ...certificate, publicKey }
    await refused(sealed, { keys: [{ certificate: forged, key: stranger.privateKey }] }, 'decryption_failed')
  }
  const forEc = await sealedFor(to(ec))
  const asEc = { ...ec.certificate, publicKey: rsa.certificate.publicKey }
  await refused(forEc, { keys: [{ certificate: asEc, key: rsa.keys.privateKey }] }, 'decryption_failed', 'another kind')
})

test('CVE-2026-63072, CVE-2026-24881, CVE-2025-9230: a wrapped key of an impossible length is refused before it is unwrapped', async () => {
  const secret = { identifier: utf8('a'), key: randomBytes(32) }
  const cases: readonly (readonly [Recipient, OpenOptions])[] = [
    [to(rsa), ana],
    [to(rsa, 'PKCS1-v1.5'), ana],
    [to(kem), { keys: [keyOf(kem)] }],
    [{ kind: 'secret-key', ...secret }, { secretKeys: [secret] }],
    [{ kind: 'passphrase', passphrase: 'x', iterations: 1 }, { passphrase: 'x' }],
  ]
  for (const [recipient, options] of cases) {
    const sealed = await sealedFor(recipient)
    for (const length of [0, 1, 8, 15, 16, 24, 33, 64, 1_000, 30_000]) {
      const inside = recipient.kind === 'certificate' && recipient.certificate === kem.certificate
      const bad = inside
        ? changed(sealed, ({ recipients: [one] }) => ({
            recipients: [
              withElements(one!, ([type, value]) => [
                type!,
                withElements(value!, (all) => [...all.slice(0, -1), octetString(randomBytes(length))]),
              ]),
            ],
          }))
        : withKey(sealed, randomBytes(length))
      await refused(bad, options, 'decryption_failed', `${recipient.kind} ${length}`)
    }
  }
  const forEc = await sealedFor(to(ec))
  for (const length of [0, 8, 41, 30_000]) {
    const bad = changed(forEc, ({ recipients: [one] }) => ({
      recipients: [
        withElements(one!, (all) => [
          ...all.slice(0, -1),
          sequence(withElements(contentOf(all.at(-1)!), ([rid]) => [rid!, octetString(randomBytes(length))])),
        ]),
      ],
    }))
    await refused(bad, { keys: [keyOf(ec)] }, 'decryption_failed', `ECDH ${length}`)
  }
})

test('CVE-2026-28389, CVE-2026-28390, CVE-2026-42766, CVE-2026-9076: algorithms whose parameters are missing are malformed', async () => {
  const forRsa = await sealedFor(to(rsa, 'PKCS1-v1.5'))
  await refused(withAlgorithm(forRsa, 2, sequence(oid('1.2.840.113549.1.1.1'))), ana, 'der_malformed')
  await refused(withAlgorithm(forRsa, 2, sequence(oid('1.2.840.113549.1.1.7'))), ana, 'der_malformed')
  const forEc = await sealedFor(to(ec))
  const keys = [keyOf(ec)]
  for (const algorithm of [sequence(oid('1.3.132.1.11.1')), sequence(oid('1.3.132.1.11.1'), nullValue())]) {
    await refused(withAlgorithm(forEc, 2, algorithm), { keys }, 'decryption_failed')
  }
  const forX = await sealedFor({ kind: 'passphrase', passphrase: 'x', iterations: 1 })
  const passphrase = 'x'
  await refused(
    withAlgorithm(forX, 1, implicitConstructed(0, oid('1.2.840.113549.1.5.12'))),
    { passphrase },
    'der_malformed',
  )
  await refused(withAlgorithm(forX, 2, sequence(oid('1.2.840.113549.1.9.16.3.9'))), { passphrase }, 'der_malformed')
  const bare = sequence(oid('1.2.840.113549.1.9.16.3.9'), sequence(oid('2.16.840.1.101.3.4.1.42')))
  await refused(withAlgorithm(forX, 2, bare), { passphrase }, 'der_malformed')
  const underived = changed(forX, ({ recipients: [one] }) => ({
    recipients: [withElements(one!, (all) => all.toSpliced(1, 1))],
  }))
  await refused(underived, { passphrase }, 'not_a_recipient')
})

test('a key of another length than the cipher’s is the same error as a wrong key', async () => {
  const secret = { identifier: utf8('a'), key: randomBytes(32) }
  const sealed = await sealedFor({ kind: 'secret-key', ...secret })
  for (const length of [16, 24, 40]) {
    const recipients = [await writeSecretKey({ kind: 'secret-key', ...secret }, randomBytes(length))]
    await refused(
      changed(sealed, () => ({ recipients })),
      { secretKeys: [secret] },
      'decryption_failed',
    )
  }
})

test('openssl/openssl#31259: an ML-KEM ciphertext of another length is refused first, another ciphertext fails at the wrap', async () => {
  const sealed = await sealedFor(to(kem))
  const withCiphertext = (octets: Uint8Array): Uint8Array =>
    changed(sealed, ({ recipients: [one] }) => ({
      recipients: [
        withElements(one!, ([type, value]) => [type!, withElements(value!, (all) => all.with(3, octetString(octets)))]),
      ],
    }))
  for (const length of [0, 1, 1_087, 1_088, 1_089, 1_568]) {
    await refused(withCiphertext(randomBytes(length)), { keys: [keyOf(kem)] }, 'decryption_failed', `${length}`)
  }
})

test('RFC 9629 §3: the length of the key must be the one that the wrap takes, and ukm is part of the derivation', async () => {
  const sealed = await sealedFor(to(kem))
  const withFields = (change: (all: Uint8Array[]) => Uint8Array[]): Uint8Array =>
    changed(sealed, ({ recipients: [one] }) => ({
      recipients: [withElements(one!, ([type, value]) => [type!, withElements(value!, change)])],
    }))
  const keys = [keyOf(kem)]
  await refused(
    withFields((all) => all.with(5, integer(16))),
    { keys },
    'cms_malformed',
  )
  await refused(
    withFields((all) => all.with(5, integer(65_536))),
    { keys },
    'der_malformed',
  )
  // ML-KEM-512 and ML-KEM-1024 where the key is one of ML-KEM-768.
  for (const arc of [1, 3]) {
    const other = withFields((all) => all.with(2, sequence(oid(`2.16.840.1.101.3.4.4.${arc}`))))
    await refused(other, { keys }, 'decryption_failed', `${arc}`)
  }
  // Empty is another thing than absent.
  const empty = withFields((all) => all.toSpliced(6, 0, explicit(0, octetString())))
  await refused(empty, { keys }, 'decryption_failed')
})

test('CVE-2026-13586, CVE-2026-63572: passphrases may not buy hours of work, alone or all together', async () => {
  const one = await sealedFor({ kind: 'passphrase', passphrase: 'x', iterations: 1_000 })
  const derivation = (rounds: number): Uint8Array =>
    implicitConstructed(0, oid('1.2.840.113549.1.5.12'), sequence(octetString(utf8('salt')), integer(rounds)))
  await refused(withAlgorithm(one, 1, derivation(4_000_000_000)), { passphrase: 'x' }, 'input_too_large')
  const many = changed(withAlgorithm(one, 1, derivation(3_000_000)), ({ recipients }) => ({
    recipients: Array.from({ length: 9_000 }, () => recipients[0]!),
  }))
  await refused(many, { passphrase: 'y' }, 'input_too_large')
})

test('a passphrase in a way that is not known here does not hide the one after it', async () => {
  const sealed = await sealedFor({ kind: 'passphrase', passphrase: 'x', iterations: 1 })
  const unknown = takeApart(withAlgorithm(sealed, 1, implicitConstructed(0, oid('1.2.3.4')))).recipients
  const both = changed(sealed, ({ recipients }) => ({ recipients: [...unknown, ...recipients] }))
  assert.deepEqual((await open(both, { passphrase: 'x' })).content, CONTENT)
  await refused(both, { passphrase: 'y' }, 'decryption_failed')
  const alone = changed(sealed, () => ({ recipients: unknown }))
  await refused(alone, { passphrase: 'x' }, 'algorithm_unsupported')
})

test('CVE-2026-42770: the sender’s ephemeral key must be of the recipient’s algorithm and curve, on the curve', async () => {
  const sealed = await sealedFor(to(ec))
  const { publicKey } = await generateKeyPair('ec-p384')
  const withOriginator = (algorithm: Uint8Array, point: Uint8Array): Uint8Array =>
    withAlgorithm(sealed, 1, explicit(0, implicitConstructed(1, algorithm, element(0x03, Uint8Array.of(0), point))))
  const ecKey = oid('1.2.840.10045.2.1')
  const keys = [keyOf(ec)]
  // The key that was there, under another name.
  const own = originatorPoint(sealed)
  assert.deepEqual(
    (await open(withOriginator(sequence(ecKey, oid('1.2.840.10045.3.1.7')), own), { keys })).content,
    CONTENT,
  )
  assert.deepEqual((await open(withOriginator(sequence(ecKey, nullValue()), own), { keys })).content, CONTENT)
  await refused(withOriginator(sequence(ecKey, oid('1.3.132.0.34')), own), { keys }, 'decryption_failed', 'curve said')
  await refused(withOriginator(sequence(oid('1.3.132.1.12')), own), { keys }, 'decryption_failed', 'algorithm said')
  const off = concat(Uint8Array.of(4), randomBytes(64))
  await refused(withOriginator(sequence(ecKey), publicKey.slice(-97)), { keys }, 'decryption_failed', 'another curve')
  await refused(withOriginator(sequence(ecKey), off), { keys }, 'decryption_failed', 'off the curve')
  await refused(withOriginator(sequence(ecKey), Uint8Array.of(0)), { keys }, 'decryption_failed', 'infinity')
  await refused(withOriginator(sequence(oid('1.3.101.110')), randomBytes(32)), { keys }, 'decryption_failed', 'X25519')
  const x = await receiver('x25519')
  const zero = withAlgorithm(
    await sealedFor(to(x)),
    1,
    explicit(
      0,
      implicitConstructed(1, sequence(oid('1.3.101.110')), element(0x03, Uint8Array.of(0), new Uint8Array(32))),
    ),
  )
  await refused(zero, { keys: [keyOf(x)] }, 'decryption_failed', 'a shared secret of zeros')
})

test('a recipient put in another’s place gets nothing', async () => {
  const [mine, other] = [await sealedFor(to(rsa)), await sealedFor(to(rsa))]
  const swapped = changed(mine, () => ({ recipients: takeApart(other).recipients }))
  await refused(swapped, ana, 'decryption_failed')
})

test('more recipients than a message is ever sent to are refused', async () => {
  const secret = { identifier: utf8('a'), key: randomBytes(32) }
  const sealed = await sealedFor({ kind: 'secret-key', ...secret })
  const many = (count: number): Uint8Array =>
    changed(sealed, ({ recipients: [one] }) => ({ recipients: Array.from({ length: count }, () => one!) }))
  assert.equal((await open(many(10_000), { secretKeys: [secret] })).recipients.length, 10_000)
  await refused(many(10_001), { secretKeys: [secret] }, 'input_too_large')
  // Few of them, and more than 32 MiB together.
  const large = implicitConstructed(4, oid('1.2.3.4'), octetString(new Uint8Array(900 * 1024)))
  const heavy = (count: number): Uint8Array =>
    changed(sealed, ({ recipients }) => ({ recipients: [...recipients, ...Array<Uint8Array>(count).fill(large)] }))
  assert.equal((await open(heavy(36), { secretKeys: [secret] })).recipients.length, 37)
  await refused(heavy(37), { secretKeys: [secret] }, 'input_too_large')
})

test('the version of a recipient follows from his kind and from how he is named, and must be true', async () => {
  const secret = { identifier: utf8('a'), key: randomBytes(32) }
  const all: readonly (readonly [own: number, recipient: Recipient, options: OpenOptions])[] = [
    [0, to(rsa), ana],
    [3, to(ec), { keys: [keyOf(ec)] }],
    [4, { kind: 'secret-key', ...secret }, { secretKeys: [secret] }],
    [0, { kind: 'passphrase', passphrase: 'x', iterations: 1 }, { passphrase: 'x' }],
  ]
  for (const [own, recipient, options] of all) {
    const sealed = await sealedFor(recipient)
    for (const version of [0, 1, 2, 3, 4, 5]) {
      const other = withAlgorithm(sealed, 0, integer(version))
      if (version === own) assert.deepEqual((await open(other, options)).content, CONTENT)
      else await refused(other, options, 'der_malformed', `${recipient.kind} ${version}`)
    }
  }
  const encapsulated = changed(await sealedFor(to(kem)), ({ recipients: [one] }) => ({
    recipients: [
      withElements(one!, ([type, value]) => [type!, withElements(value!, (fields) => fields.with(0, integer(1)))]),
    ],
  }))
  await refused(encapsulated, { keys: [keyOf(kem)] }, 'der_malformed')
})

/** The sender's ephemeral point in the only recipient: [1] { version, [0] { [1] { algorithm, point } }, … }. */
function originatorPoint(sealed: Uint8Array): Uint8Array {
  const [recipient] = takeApart(sealed).recipients
  const [, originator] = elementsOf(recipient!)
  const [key] = elementsOf(originator!)
  return contentOf(elementsOf(key!)[1]!).slice(1)
}
