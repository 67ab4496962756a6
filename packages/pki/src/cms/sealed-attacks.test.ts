// Dangers of enveloped content, named after those whom they have hurt.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import type { SealedParts } from '../../test/sealed-parts.ts'
import { AUTH_ENVELOPED, changed, ENVELOPED, takeApart, withElements } from '../../test/sealed-parts.ts'
import type { OpenedBytes } from '../../test/sealing.ts'
import { keyOf, open, receiver, seal } from '../../test/sealing.ts'
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
  setOf,
} from '../asn1/index.ts'
import { concat, equal, utf8 } from '../bytes/index.ts'
import { encryptPkcs1v15, generateKeyPair, randomBytes } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { sameName } from '../x509/index.ts'
import type { DecryptionKey, OpenOptions, Recipient, SealOptions } from './index.ts'
import { writeSecretKey } from './recipients/secret-key.ts'

const CONTENT = randomBytes(40_000)
const rsa = await receiver('rsa-2048')
const ec = await receiver('ec-p256')
const kem = await receiver('ml-kem-768')
const ana = { keys: [keyOf(rsa)] }

const to = (
  { certificate }: { certificate: DecryptionKey['certificate'] },
  keyTransport: 'OAEP' | 'PKCS1-v1.5' = 'OAEP',
): Recipient => ({ kind: 'certificate', certificate, keyTransport })
const sealedFor = (recipient: Recipient, options: Partial<SealOptions> = {}): Promise<Uint8Array> =>
  seal(CONTENT, { recipients: [recipient], ...options })
const refused = (sealed: Uint8Array, options: OpenOptions, code: PkiErrorCode, message?: string): Promise<void> =>
  assert.rejects(open(sealed, options), (error) => hasCode(error, code), message ?? code)

/** The message with the last element of its first recipient, the encrypted key, replaced. */
const withKey = (sealed: Uint8Array, key: Uint8Array): Uint8Array =>
  changed(sealed, ({ recipients }) => ({
    recipients: recipients.map((one) => withElements(one, (all) => [...all.slice(0, -1), octetString(key)])),
  }))
/** The same with the algorithm before it replaced. */
const withAlgorithm = (sealed: Uint8Array, place: number, algorithm: Uint8Array): Uint8Array =>
  changed(sealed, ({ recipients }) => ({
    recipients: recipients.map((one) => withElements(one, (all) => all.with(place, algorithm))),
  }))

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

test('the padding oracle of CBC: a wrong key, wrong padding and a cut block are one error without facts', async () => {
  const sealed = await sealedFor(to(rsa), { cipher: 'AES-256-CBC' })
  const { content } = takeApart(sealed)
  const octets = contentOf(content!)
  const ends = [octets.slice(0, -1), octets.slice(0, -5)]
  for (const end of ends) {
    const cut = changed(sealed, () => ({
      content: element(0x80, bytesOf(content!).slice(0, -(octets.length - end.length))),
    }))
    await refused(cut, ana, 'decryption_failed')
  }
  const altered = bytesOf(content!)
  altered[altered.length - 17]! ^= 0x80
  await refused(
    changed(sealed, () => ({ content: element(0x80, altered) })),
    ana,
    'decryption_failed',
  )
  await refused(
    changed(sealed, () => ({ content: element(0x80) })),
    ana,
    'decryption_failed',
  )
  await refused(withKey(sealed, randomBytes(256)), ana, 'decryption_failed')
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

test('openssl/openssl#21414: what was decrypted before a wrong tag is never accepted', async () => {
  for (const recipient of [to(rsa), to(ec), to(kem)]) {
    const sealed = await sealedFor(recipient)
    const tag = takeApart(sealed).mac!.slice()
    tag[tag.length - 1]! ^= 1
    await refused(
      changed(sealed, () => ({ mac: tag })),
      { keys: [keyOf(rsa), keyOf(ec), keyOf(kem)] },
      'decryption_failed',
    )
  }
})

const gcmParameters = (nonce: Uint8Array, ...length: Uint8Array[]): Uint8Array =>
  sequence(oid('2.16.840.1.101.3.4.1.46'), sequence(octetString(nonce), ...length))

test('CVE-2026-12802: tags under 12 octets are malformed, those under 16 are read on request only', async () => {
  const sealed = await sealedFor(to(rsa))
  const { cipher, mac } = takeApart(sealed)
  const nonce = cipher.slice(-15, -3)
  const cut = (length: number, ...said: Uint8Array[]): Uint8Array =>
    changed(sealed, () => ({
      cipher: gcmParameters(nonce, ...said),
      mac: octetString(contentOf(mac!).slice(0, length)),
    }))
  const danger = { shortTags: true } as const
  for (const length of [0, 1, 4, 8, 11]) {
    await refused(cut(length, integer(length)), { ...ana, danger }, 'der_malformed', `${length}`)
  }
  for (const length of [12, 13, 14, 15]) {
    await refused(cut(length, integer(length)), ana, 'algorithm_weak', `${length}`)
    assert.deepEqual((await open(cut(length, integer(length)), { ...ana, danger })).content, CONTENT)
  }
  await refused(cut(12), ana, 'algorithm_weak', 'the default is 12')
  await refused(cut(17, integer(17)), ana, 'der_malformed')
  // A tag that is shorter than was said.
  await refused(cut(12, integer(16)), { ...ana, danger }, 'decryption_failed')
})

test('CVE-2025-15467: a nonce of another length than 12 octets is malformed, however long', async () => {
  const sealed = await sealedFor(to(rsa))
  for (const length of [0, 1, 8, 11, 13, 16, 60_000]) {
    const bad = changed(sealed, () => ({ cipher: gcmParameters(randomBytes(length), integer(16)) }))
    await refused(bad, ana, 'der_malformed', `${length}`)
  }
})

test('CVE-2026-34182: GCM in EnvelopedData and CBC in AuthEnvelopedData are refused', async () => {
  const [gcm, cbc] = [await sealedFor(to(rsa)), await sealedFor(to(rsa), { cipher: 'AES-256-CBC' })]
  await refused(
    changed(gcm, () => ({ structure: ENVELOPED, mac: undefined })),
    ana,
    'cms_malformed',
  )
  await refused(
    changed(gcm, () => ({ structure: ENVELOPED })),
    ana,
    'cms_malformed',
  )
  const mac = octetString(randomBytes(16))
  await refused(
    changed(cbc, () => ({ structure: AUTH_ENVELOPED, mac })),
    ana,
    'cms_malformed',
  )
})

test('RFC 9709: a key that is bound to its cipher is of no use under another, nor without the binding', async () => {
  const bound = await sealedFor(to(rsa), { boundKey: true })
  const { cipher } = takeApart(bound)
  // The identifier inside, as if the key were not derived.
  const inner = cipher.slice(-takeApart(await sealedFor(to(rsa))).cipher.length)
  await refused(
    changed(bound, () => ({ cipher: inner })),
    ana,
    'decryption_failed',
  )
  const nonce = randomBytes(12)
  const other = sequence(oid('1.2.840.113549.1.9.16.3.31'), gcmParameters(nonce, integer(16)))
  await refused(
    changed(bound, () => ({ cipher: other })),
    ana,
    'decryption_failed',
  )
  const twice = sequence(oid('1.2.840.113549.1.9.16.3.31'), cipher)
  await refused(
    changed(bound, () => ({ cipher: twice })),
    ana,
    'algorithm_unsupported',
  )
  await refused(
    changed(bound, () => ({ structure: ENVELOPED, mac: undefined })),
    ana,
    'cms_malformed',
  )
})

test('CVE-2026-71888: authenticated attributes that were added, taken away, changed or named twice are refused', async () => {
  const contentType = '1.2.840.113549.1.7.2'
  const [bare, named] = [await sealedFor(to(rsa)), await sealedFor(to(rsa), { contentType })]
  const { attributes } = takeApart(named)
  const other = (dotted: string): Uint8Array => sequence(oid('1.2.840.113549.1.9.3'), setOf(oid(dotted)))
  const data = '1.2.840.113549.1.7.1'
  const cases: readonly (readonly [Uint8Array, Partial<SealedParts>, PkiErrorCode])[] = [
    [bare, { attributes: implicitConstructed(1, other(data)) }, 'decryption_failed'],
    [bare, { attributes: implicitConstructed(1) }, 'cms_malformed'],
    [bare, { contentType }, 'cms_malformed'],
    [named, { attributes: undefined }, 'cms_malformed'],
    [named, { attributes: undefined, contentType: data }, 'decryption_failed'],
    [named, { contentType: data }, 'cms_malformed'],
    [named, { contentType: data, attributes: implicitConstructed(1, other(data)) }, 'decryption_failed'],
    [named, { attributes: implicitConstructed(1, contentOf(attributes!), contentOf(attributes!)) }, 'cms_malformed'],
    [
      named,
      { attributes: implicitConstructed(1, contentOf(attributes!), sequence(oid('1.2.3'), setOf(integer(1)))) },
      'decryption_failed',
    ],
  ]
  for (const [sealed, change, code] of cases) {
    await refused(
      changed(sealed, () => change),
      ana,
      code,
      JSON.stringify(Object.keys(change)),
    )
  }
  assert.deepEqual(
    (
      await open(
        changed(named, () => ({})),
        ana,
      )
    ).content,
    CONTENT,
  )
})

test('CVE-2026-75803: empty content needs its tag all the same', async () => {
  const sealed = await seal(new Uint8Array(0), { recipients: [to(rsa)] })
  assert.equal((await open(sealed, ana)).length, 0)
  for (const mac of [randomBytes(16), new Uint8Array(16), new Uint8Array(0)]) {
    await refused(
      changed(sealed, () => ({ mac: octetString(mac) })),
      ana,
      'decryption_failed',
    )
  }
  await refused(
    changed(sealed, () => ({ mac: undefined })),
    ana,
    'der_malformed',
  )
  await refused(
    changed(sealed, () => ({ content: undefined })),
    ana,
    'cms_malformed',
  )
})

test('CVE-2026-42770: the sender’s ephemeral key must be of the recipient’s algorithm and curve, on the curve', async () => {
  const sealed = await sealedFor(to(ec))
  const { publicKey } = await generateKeyPair('ec-p384')
  const withOriginator = (algorithm: Uint8Array, point: Uint8Array): Uint8Array =>
    withAlgorithm(sealed, 1, explicit(0, implicitConstructed(1, algorithm, element(0x03, Uint8Array.of(0), point))))
  const ecKey = oid('1.2.840.10045.2.1')
  const keys = [keyOf(ec)]
  const off = concat(Uint8Array.of(4), randomBytes(64))
  await refused(withOriginator(sequence(ecKey), publicKey.slice(-97)), { keys }, 'decryption_failed', 'another curve')
  await refused(withOriginator(sequence(ecKey, oid('1.3.132.0.34')), off), { keys }, 'decryption_failed', 'curve said')
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

test('a bomb of CompressedData: not read unless asked for, and up to the limit only', async () => {
  const pack = (zlib: Uint8Array): Uint8Array =>
    sequence(
      oid('1.2.840.113549.1.9.16.1.9'),
      explicit(
        0,
        sequence(
          integer(0),
          sequence(oid('1.2.840.113549.1.9.16.3.8')),
          sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(zlib))),
        ),
      ),
    )
  const bomb = pack(deflateSync(new Uint8Array(64 * 1024 * 1024)))
  assert.ok(bomb.length < 70_000)
  await refused(bomb, {}, 'algorithm_unsupported')
  await refused(bomb, { decompress: { limit: 1024 * 1024 } }, 'input_too_large')
  const zlib = deflateSync(CONTENT)
  const opened = await open(pack(zlib), { decompress: { limit: CONTENT.length } })
  assert.deepEqual([opened.structure, opened.content, opened.authenticated], ['compressedData', CONTENT, false])
  await refused(pack(zlib), { decompress: { limit: CONTENT.length - 1 } }, 'input_too_large')
  const broken = [zlib.subarray(0, -1), zlib.subarray(1), concat(zlib, Uint8Array.of(0)), new Uint8Array(0)]
  for (const bad of broken) await refused(pack(bad), { decompress: { limit: CONTENT.length } }, 'cms_malformed')
})

test('a bit flipped anywhere, a cut, an octet more: an error, and no content under GCM', async () => {
  const small = randomBytes(100)
  const all = { keys: [keyOf(rsa), keyOf(ec), keyOf(kem)], passphrase: 'x' }
  const passphrase = { kind: 'passphrase', passphrase: 'x', iterations: 2 } as const
  for (const recipient of [to(rsa), to(ec), to(kem), passphrase]) {
    for (const contentType of ['1.2.840.113549.1.7.1', '1.2.840.113549.1.7.2']) {
      const sealed = await seal(small, { recipients: [recipient], contentType })
      await fc.assert(
        fc.asyncProperty(damaged(sealed), async ({ bytes, how }) => {
          const found = await open(bytes, all).catch((error: unknown) => error)
          if (isPkiError(found)) return
          // Names are the same in capitals (RFC 5280 §7.1): the one thing that may change, and it changes nothing.
          const { recipient: facts, content } = found as OpenedBytes
          const { issuer } = rsa.certificate
          assert.ok(facts?.issuer && sameName(facts.issuer, issuer) && !equal(facts.issuer.der, issuer.der), how)
          assert.deepEqual(content, small)
        }),
        { numRuns: 250 },
      )
    }
  }
})

test('a recipient put in another’s place gets nothing', async () => {
  const [mine, other] = [await sealedFor(to(rsa)), await sealedFor(to(rsa))]
  const swapped = changed(mine, () => ({ recipients: takeApart(other).recipients }))
  await refused(swapped, ana, 'decryption_failed')
})

/** The octets of an OCTET STRING in pieces, or in one. */
function bytesOf(content: Uint8Array): Uint8Array {
  if (!(content[0]! & 0x20)) return contentOf(content).slice()
  const pieces: Uint8Array[] = []
  withElements(content, (all) => {
    pieces.push(...all.map(contentOf))
    return all
  })
  return concat(...pieces)
}
