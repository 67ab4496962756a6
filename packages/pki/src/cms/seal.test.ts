import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { certify, NOW, named } from '@scel/testkit/authority'
import fc from 'fast-check'
import { changed, takeApart } from '../../test/sealed-parts.ts'
import { collect, inParts, keyOf, open, receiver, seal } from '../../test/sealing.ts'
import type { KeySpec } from '../algorithms/index.ts'
import { octetString, oid, sequence } from '../asn1/index.ts'
import { equal, fromHex, toHex, utf8 } from '../bytes/index.ts'
import { digestStream, LONGEST_GCM, randomBytes } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode } from '../errors/index.ts'
import { makeExtension } from '../x509/index.ts'
import { boundKey } from './content-cipher.ts'
import type { Recipient, SealOptions } from './index.ts'
import { describeSealed, openContent, sealContent } from './index.ts'

const CONTENT = utf8('Le pli est scellé.\r\n')
const CIPHERS = ['AES-128-GCM', 'AES-256-GCM', 'AES-128-CBC', 'AES-256-CBC'] as const

const SPECS: readonly (readonly [KeySpec, kind: string, algorithm: string])[] = [
  ['rsa-2048', 'key-transport', 'RSA-OAEP'],
  ['ec-p256', 'key-agreement', 'ECDH with X9.63 SHA-256'],
  ['ec-p384', 'key-agreement', 'ECDH with X9.63 SHA-384'],
  ['ec-p521', 'key-agreement', 'ECDH with X9.63 SHA-512'],
  ['x25519', 'key-agreement', 'ECDH with HKDF SHA-256'],
  ['x448', 'key-agreement', 'ECDH with HKDF SHA-512'],
  ['ml-kem-512', 'key-encapsulation', 'ML-KEM-512'],
  ['ml-kem-768', 'key-encapsulation', 'ML-KEM-768'],
  ['ml-kem-1024', 'key-encapsulation', 'ML-KEM-1024'],
]

for (const [spec, kind, algorithm] of SPECS) {
  test(`what is sealed for ${spec} opens, under every cipher`, async () => {
    const holder = await receiver(spec)
    const { issuer, serialHex } = holder.certificate
    const facts = { kind, algorithm, issuer, serialHex }
    for (const cipher of CIPHERS) {
      const recipients = [{ kind: 'certificate', certificate: holder.certificate }] as const
      const sealed = await seal(CONTENT, { recipients, cipher })
      const { content, ...told } = await open(sealed, { keys: [keyOf(holder)] })
      assert.deepEqual(content, CONTENT)
      const authenticated = cipher.endsWith('GCM')
      const structure = authenticated ? 'authEnvelopedData' : 'envelopedData'
      const before = { structure, contentType: '1.2.840.113549.1.7.1', cipher, recipients: [facts] }
      assert.deepEqual(told, { ...before, recipient: facts, authenticated, length: CONTENT.length })
      assert.deepEqual(await describeSealed(inParts(sealed, 100)), before)
    }
  })
}

test('each of several recipients opens, whatever kind he is: certificate, passphrase, secret key', async () => {
  const [rsa, ec] = [await receiver('rsa-2048'), await receiver('ec-p256')]
  const secret = { identifier: utf8('shared in June'), key: randomBytes(32) }
  const recipients: Recipient[] = [
    { kind: 'certificate', certificate: rsa.certificate, keyTransport: 'PKCS1-v1.5' },
    { kind: 'certificate', certificate: ec.certificate },
    { kind: 'passphrase', passphrase: 'Sésame', iterations: 1_000 },
    { kind: 'passphrase', passphrase: 'another', iterations: 1_000 },
    { kind: 'secret-key', ...secret },
  ]
  for (const cipher of CIPHERS) {
    const sealed = await seal(CONTENT, { recipients, cipher })
    const ways = [
      { keys: [keyOf(rsa)] },
      { keys: [keyOf(ec)] },
      { passphrase: 'Sésame' },
      { passphrase: 'another' },
      { secretKeys: [{ identifier: utf8('other'), key: randomBytes(32) }, secret] },
    ]
    for (const way of ways) assert.deepEqual((await open(sealed, way)).content, CONTENT)
    await refuses(open(sealed, { passphrase: 'sésame' }), 'decryption_failed')
    await refuses(open(sealed, { secretKeys: [{ ...secret, key: randomBytes(32) }] }), 'decryption_failed')
    await refuses(open(sealed, { secretKeys: [{ ...secret, identifier: utf8('other') }] }), 'not_a_recipient')
    await refuses(open(sealed, { keys: [keyOf(await receiver('ec-p256'))] }), 'not_a_recipient')
    await refuses(open(sealed, {}), 'not_a_recipient')
  }
})

test('any size and any cut of the content and of the sealed message: the content comes back', async () => {
  const holder = await receiver('x25519')
  const sizes = [0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 1_048_575, 1_048_576, 1_048_577]
  for (const cipher of CIPHERS) {
    for (const size of sizes) {
      const content = randomBytes(size)
      const sealed = await seal(content, { ...forOne(holder.certificate), cipher })
      assert.ok(equal((await open(sealed, { keys: [keyOf(holder)] })).content, content), `${cipher} ${size}`)
    }
  }
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 5_000 }),
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 99 }),
      fc.constantFrom(...CIPHERS),
      async (content, cut, cutAgain, cipher) => {
        const sealed = await collect(
          sealContent(inParts(content, cut), { ...forOne(holder.certificate), cipher, at: NOW }),
        )
        assert.deepEqual((await open(sealed, { keys: [keyOf(holder)] }, cutAgain)).content, content)
      },
    ),
    { numRuns: 60 },
  )
})

test('100 MiB are sealed and opened while they stream', async () => {
  const holder = await receiver('ec-p256')
  const block = randomBytes(1024 * 1024)
  const [before, after] = [digestStream('SHA-256'), digestStream('SHA-256')]
  let most = 0
  async function* content(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 100; i++) {
      block[0] = i
      before.update(block)
      yield block
    }
  }
  async function* watched(sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const part of sealed) {
      most = Math.max(most, part.length)
      yield part
    }
  }
  const sealed = sealContent(content(), { ...forOne(holder.certificate), at: NOW, contentLength: 100 * 1024 * 1024 })
  const write = async (bytes: Uint8Array): Promise<void> => after.update(bytes)
  const { length } = await openContent(watched(sealed), { keys: [keyOf(holder)] }, { write })
  assert.equal(length, 100 * 1024 * 1024)
  assert.deepEqual(await after.digest(), await before.digest())
  assert.ok(most <= 2 * 1024 * 1024, `a part of ${most} octets`)
})

test('a thousand recipients: the last one opens', async () => {
  const { keys } = await receiver('ec-p256')
  const extensions = [makeExtension('keyUsage', ['keyAgreement'])]
  const issuer = await certify({ name: named('Many') })
  const all = await Promise.all(
    Array.from({ length: 1_000 }, (_, i) => certify({ name: named(`${i}`), issuer, keys, extensions })),
  )
  const recipients = all.map(({ certificate }) => ({ kind: 'certificate', certificate }) as const)
  const opened = await open(await seal(CONTENT, { recipients }), { keys: [keyOf(all.at(-1)!)] })
  assert.deepEqual(opened.content, CONTENT)
  assert.equal(opened.recipients.length, 1_000)
  assert.equal(opened.recipient?.serialHex, all.at(-1)!.certificate.serialHex)
})

test('content of another type is named by an attribute that the tag covers', async () => {
  const holder = await receiver('ml-kem-768')
  const contentType = '1.2.840.113549.1.7.2'
  for (const cipher of CIPHERS) {
    for (const size of [0, 5, 100_000]) {
      const content = randomBytes(size)
      const sealed = await seal(content, { ...forOne(holder.certificate), cipher, contentType })
      const opened = await open(sealed, { keys: [keyOf(holder)] })
      assert.deepEqual([opened.contentType, opened.content], [contentType, content])
    }
  }
})

test('RFC 9709: a key that is bound to its cipher is that of the example of the standard, and opens', async () => {
  const derived = await boundKey(
    fromHex('c702e7d0a9e064b09ba55245fb733cf3'),
    fromHex('301b0609608648016503040106300e040c5c79058ba2f43447639d29e2'),
    16,
  )
  assert.equal(toHex(derived), '2124ffb29fac4e0fbbc7d5d87492bff3')
  const holder = await receiver('ml-kem-768')
  for (const cipher of CIPHERS) {
    const sealed = await seal(CONTENT, { ...forOne(holder.certificate), cipher, boundKey: true })
    const opened = await open(sealed, { keys: [keyOf(holder)] })
    assert.deepEqual([opened.cipher, opened.content], [`${cipher} with CEK-HKDF`, CONTENT])
  }
})

test('of a cipher that is not known here the OID is told, bound or not; it opens nothing', async () => {
  const ccm = '2.16.840.1.101.3.4.1.47'
  const inner = sequence(oid(ccm), sequence(octetString(randomBytes(12))))
  const bound = sequence(oid('1.2.840.113549.1.9.16.3.31'), inner)
  const passphrase = 'x'
  const sealed = await seal(CONTENT, { recipients: [{ kind: 'passphrase', passphrase, iterations: 1 }] })
  for (const [cipher, told] of [
    [inner, ccm],
    [bound, `${ccm} with CEK-HKDF`],
  ] as const) {
    const other = changed(sealed, () => ({ cipher }))
    assert.equal((await describeSealed(inParts(other))).cipher, told)
    await refuses(open(other, { passphrase }), 'algorithm_unsupported')
  }
})

test('who cannot receive is refused at once, by name', async () => {
  const old = { notBefore: new Date('2024-01-01T00:00:00Z'), notAfter: new Date('2025-01-01T00:00:00Z') }
  const late = { notBefore: new Date('2027-01-01T00:00:00Z'), notAfter: new Date('2028-01-01T00:00:00Z') }
  const signs = await certify({ name: named('signs'), spec: 'ed25519' })
  const expired = await certify({ name: named('expired'), ...old })
  const early = await certify({ name: named('early'), ...late })
  const forbidden = await receiver('ec-p256', 'forbidden', ['digitalSignature'])
  const { certificate: weak } = await receiver('rsa-2048', 'weak')
  const subject = 'CN=weak,O=Scel Tests,C=FR'
  const refused: readonly (readonly [Partial<SealOptions>, PkiErrorCode, object?])[] = [
    [{ recipients: [] }, 'recipient_missing'],
    [forOne(signs.certificate), 'recipient_not_usable', { subject: 'CN=signs,O=Scel Tests,C=FR', why: 'key' }],
    [
      forOne(forbidden.certificate),
      'recipient_not_usable',
      { subject: 'CN=forbidden,O=Scel Tests,C=FR', why: 'usage' },
    ],
    [
      forOne({ ...weak, publicKey: { ...weak.publicKey, bits: 1024 } }),
      'recipient_not_usable',
      { subject, why: 'weak' },
    ],
    [forOne(expired.certificate), 'certificate_expired'],
    [forOne(early.certificate), 'certificate_not_yet_valid'],
    [{ ...forOne((await receiver('ec-p256')).certificate), contentLength: LONGEST_GCM + 1 }, 'content_too_long'],
    [{ recipients: [{ kind: 'secret-key', identifier: utf8('a'), key: randomBytes(20) }] }, 'key_mismatch'],
  ]
  for (const [options, code, facts] of refused) {
    assert.throws(
      () => sealContent(inParts(CONTENT), { recipients: [], at: NOW, ...options }),
      (error) => hasCode(error, code) && isDeepStrictEqual(error.facts, facts ?? error.facts),
      code,
    )
  }
  for (const [{ certificate, keys }, fault] of [
    [expired, 'expired'],
    [early, 'expired'],
    [forbidden, 'usage'],
  ] as const) {
    const sealed = await seal(CONTENT, { recipients: [{ kind: 'certificate', certificate, anyway: [fault] }] })
    assert.deepEqual((await open(sealed, { keys: [keyOf({ certificate, keys })] })).content, CONTENT)
  }
})

test('content that turns out too long for its cipher is refused before more of it is sealed', async () => {
  const holder = await receiver('ec-p256')
  // Nobody has so much memory: only its length is looked at.
  async function* tooLong(): AsyncGenerator<Uint8Array> {
    yield { length: LONGEST_GCM + 1 } as Uint8Array
  }
  const sealing = sealContent(tooLong(), { ...forOne(holder.certificate), at: NOW })
  await refuses(collect(sealing), 'content_too_long')
})

test('RFC 5652 §6.1: the version follows from the kinds of recipients', async () => {
  const [rsa, ec, kem] = [await receiver('rsa-2048'), await receiver('ec-p256'), await receiver('ml-kem-768')]
  const passphrase = { kind: 'passphrase', passphrase: 'x', iterations: 1 } as const
  const versions: readonly (readonly [number, readonly Recipient[]])[] = [
    [0, forOne(rsa.certificate).recipients],
    [2, [...forOne(rsa.certificate).recipients, ...forOne(ec.certificate).recipients]],
    [3, forOne(kem.certificate).recipients],
    [3, [...forOne(rsa.certificate).recipients, passphrase]],
  ]
  for (const [version, recipients] of versions) {
    assert.equal(takeApart(await seal(CONTENT, { recipients, cipher: 'AES-256-CBC' })).version, version)
    assert.equal(takeApart(await seal(CONTENT, { recipients })).version, 0)
  }
})

test('a set of recipients is either all post-quantum or none, unless the caller says otherwise by name', async () => {
  const [classical, resistant] = [await receiver('ec-p256'), await receiver('ml-kem-768')]
  const recipients = [classical, resistant].map(({ certificate }) => ({ kind: 'certificate', certificate }) as const)
  await refuses(seal(CONTENT, { recipients }), 'recipients_mixed')
  const sealed = await seal(CONTENT, { recipients, mixing: 'classical-and-post-quantum' })
  for (const holder of [classical, resistant]) {
    assert.deepEqual((await open(sealed, { keys: [keyOf(holder)] })).content, CONTENT)
  }
  // A passphrase is no classical key.
  const both: Recipient[] = [recipients[1]!, { kind: 'passphrase', passphrase: 'x', iterations: 1_000 }]
  assert.ok(await seal(CONTENT, { recipients: both }))
})

test('whoever gives up stops it: sealing and opening reject with the reason, and the source is let go', async () => {
  const holder = await receiver('ec-p256')
  let released = false
  async function* endless(stop: () => void): AsyncGenerator<Uint8Array> {
    try {
      for (let i = 0; ; i++) {
        if (i === 3) stop()
        yield randomBytes(100_000)
      }
    } finally {
      released = true
    }
  }
  const given = new AbortController()
  const stop = (): void => given.abort(new Error('given up'))
  const sealing = sealContent(endless(stop), { ...forOne(holder.certificate), at: NOW, signal: given.signal })
  await assert.rejects(collect(sealing), /given up/)
  assert.ok(released)
  const untouched: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => assert.fail('read') }
  const early = sealContent(untouched, { ...forOne(holder.certificate), at: NOW, signal: given.signal })
  const nothing = early[Symbol.asyncIterator]()
  await assert.rejects(async () => nothing.next(), /given up/)
  released = false
  const other = new AbortController()
  const sealed = sealContent(
    endless(() => other.abort(new Error('enough'))),
    { ...forOne(holder.certificate), at: NOW },
  )
  const write = async (): Promise<void> => undefined
  await assert.rejects(openContent(sealed, { keys: [keyOf(holder)], signal: other.signal }, { write }), /enough/)
  assert.ok(released)
  // Also when all has come and is only believed later.
  const late = new AbortController()
  const whole = await seal(CONTENT, forOne(holder.certificate))
  async function* last(): AsyncGenerator<Uint8Array> {
    yield whole
    late.abort(new Error('too late'))
  }
  await assert.rejects(openContent(last(), { keys: [keyOf(holder)], signal: late.signal }, { write }), /too late/)
  // A sink that is full, as a disk may be, ends it in the same way.
  released = false
  const full = async (): Promise<void> => Promise.reject(new Error('no space'))
  const more = sealContent(
    endless(() => undefined),
    { ...forOne(holder.certificate), at: NOW },
  )
  await assert.rejects(openContent(more, { keys: [keyOf(holder)] }, { write: full }), /no space/)
  assert.ok(released)
})

test('progress counts the octets of the sealed message up to its end', async () => {
  const holder = await receiver('ec-p256')
  const sealed = await seal(randomBytes(300_000), forOne(holder.certificate))
  const seen: number[] = []
  await open(sealed, { keys: [keyOf(holder)], progress: (done) => seen.push(done) })
  assert.equal(seen.at(-1), sealed.length)
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  )
})

const forOne = (certificate: Parameters<typeof keyOf>[0]['certificate']): Pick<SealOptions, 'recipients'> => ({
  recipients: [{ kind: 'certificate', certificate }],
})

const refuses = (work: Promise<unknown>, code: PkiErrorCode): Promise<void> =>
  assert.rejects(work, (error) => hasCode(error, code), code)
