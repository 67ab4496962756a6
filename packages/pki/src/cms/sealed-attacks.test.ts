// Dangers of encrypted content, named after those whom they have hurt; those of the keys in it: recipients/attacks.test.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import type { SealedParts } from '../../test/sealed-parts.ts'
import {
  AUTH_ENVELOPED,
  changed,
  compressedData,
  ENVELOPED,
  elementsOf,
  refused,
  takeApart,
  withKey,
} from '../../test/sealed-parts.ts'
import { ana, CONTENT, ec, kem, rsa, sealedFor } from '../../test/sealed-scene.ts'
import type { OpenedBytes } from '../../test/sealing.ts'
import { keyOf, open, seal, to } from '../../test/sealing.ts'
import {
  contentOf,
  derOfBer,
  element,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
} from '../asn1/index.ts'
import { concat, equal } from '../bytes/index.ts'
import { randomBytes } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { isPkiError } from '../errors/index.ts'
import { sameName } from '../x509/index.ts'

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

test('CVE-2025-15467: a nonce of another length than 12 octets is not supported, however long', async () => {
  const sealed = await sealedFor(to(rsa))
  for (const length of [0, 1, 8, 11, 13, 16, 60_000]) {
    const bad = changed(sealed, () => ({ cipher: gcmParameters(randomBytes(length), integer(16)) }))
    await refused(bad, ana, 'algorithm_unsupported', `${length}`)
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

test('Triple DES, RC2 and DES are read for archives only, whoever holds the key', async () => {
  const sealed = await sealedFor(to(rsa), { cipher: 'AES-256-CBC' })
  const iv = octetString(randomBytes(8))
  const old = [
    sequence(oid('1.2.840.113549.3.7'), iv),
    sequence(oid('1.2.840.113549.3.2'), sequence(integer(58), iv)),
    sequence(oid('1.3.14.3.2.7'), iv),
  ]
  for (const cipher of old) {
    await refused(
      changed(sealed, () => ({ cipher })),
      ana,
      'algorithm_weak',
    )
  }
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
  const old = sequence(oid('1.2.840.113549.3.7'), octetString(randomBytes(8)))
  const asOld = { structure: ENVELOPED, mac: undefined, cipher: sequence(oid('1.2.840.113549.1.9.16.3.31'), old) }
  await refused(
    changed(bound, () => asOld),
    { ...ana, danger: { oldCiphers: true } },
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

test('versions that no standard has given are refused', async () => {
  const [gcm, cbc] = [await sealedFor(to(rsa)), await sealedFor(to(rsa), { cipher: 'AES-256-CBC' })]
  for (const version of [1, 2, 3, 4, 5])
    await refused(
      changed(gcm, () => ({ version })),
      ana,
      'cms_malformed',
    )
  for (const version of [1, 5, 100])
    await refused(
      changed(cbc, () => ({ version })),
      ana,
      'cms_malformed',
    )
})

test('a bomb of CompressedData: not read unless asked for, and up to the limit only', async () => {
  const bomb = compressedData(deflateSync(new Uint8Array(64 * 1024 * 1024)))
  assert.ok(bomb.length < 70_000)
  await refused(bomb, {}, 'algorithm_unsupported')
  await refused(bomb, { decompress: { limit: 1024 * 1024 } }, 'input_too_large')
  const zlib = deflateSync(CONTENT)
  const opened = await open(compressedData(zlib), { decompress: { limit: CONTENT.length } })
  assert.deepEqual([opened.structure, opened.content, opened.authenticated], ['compressedData', CONTENT, false])
  await refused(compressedData(zlib), { decompress: { limit: CONTENT.length - 1 } }, 'input_too_large')
  const broken = [zlib.subarray(0, -1), zlib.subarray(1), concat(zlib, Uint8Array.of(0)), new Uint8Array(0)]
  for (const bad of broken)
    await refused(compressedData(bad), { decompress: { limit: CONTENT.length } }, 'cms_malformed')
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
          // A length may be written longer in BER, and names are the same in capitals (RFC 5280 §7.1): it is that message.
          const { recipient: facts, content } = found as OpenedBytes
          const { issuer } = rsa.certificate
          const renamed = facts?.issuer && sameName(facts.issuer, issuer) && !equal(facts.issuer.der, issuer.der)
          assert.ok(renamed || equal(derOfBer(bytes, 'message'), derOfBer(sealed, 'message')), how)
          assert.deepEqual(content, small)
        }),
        { numRuns: 250 },
      )
    }
  }
})

/** The octets of an OCTET STRING in pieces, or in one. */
const bytesOf = (content: Uint8Array): Uint8Array =>
  content[0]! & 0x20 ? concat(...elementsOf(content).map(contentOf)) : contentOf(content).slice()
