import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keptApart } from '../../test/kept-apart.ts'
import type { CurveName, KeySpec, OaepParameters } from '../algorithms/index.ts'
import {
  CURVES,
  defaultSignature,
  KEY_SPECS,
  pssSignature,
  readPublicKey,
  SIGNATURES,
  signatureFits,
} from '../algorithms/index.ts'
import { concat, fromHex, utf8 } from '../bytes/index.ts'
import { fail, hasCode, PkiError, type PkiErrorCode } from '../errors/index.ts'
import { isOnCurve } from './ec-point.ts'
import type { Key, KeyVerbs } from './index.ts'
import {
  agree,
  decapsulate,
  decryptOaep,
  decryptPkcs1v15,
  encapsulate,
  encryptOaep,
  encryptPkcs1v15,
  generateKeyPair,
  keyElsewhere,
  keyMatches,
  sign,
  usualSignature,
  verify,
} from './index.ts'
import { numberOf } from './rsa/public.ts'

const code = (wanted: PkiErrorCode) => (error: unknown) => hasCode(error, wanted)
const DATA = utf8('what is signed')
const OAEP = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
const never = async (): Promise<never> => assert.fail('the keeper is not asked')
const SPECS = Object.keys(KEY_SPECS) as KeySpec[]
const pairs = await Promise.all(
  (['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'x25519', 'x448', 'ml-dsa-44', 'ml-kem-768'] as const).map(
    async (spec) => [spec, await generateKeyPair(spec)] as const,
  ),
)
const pair = Object.fromEntries(pairs) as Record<string, (typeof pairs)[number][1]>
const OTHER = { sign: never, decrypt: never, agree: never, decapsulate: never } satisfies KeyVerbs

test('a key in memory and one elsewhere offer the same of each kind, and nothing that is not of their kind', async () => {
  for (const spec of SPECS.filter((one) => !/^rsa-[34]|slow|slh/.test(one))) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const elsewhere = keyElsewhere(publicKey, OTHER)
    const offered = (key: Key) => (['sign', 'decrypt', 'agree', 'decapsulate'] as const).filter((verb) => key[verb])
    const [use, wide] = [KEY_SPECS[spec].use, { rsa: ['sign', 'decrypt'], ec: ['sign', 'agree'] } as const]
    const wanted = wide[KEY_SPECS[spec].kind as 'rsa'] ?? [use === 'encapsulate' ? 'decapsulate' : use]
    assert.deepEqual(offered(privateKey), wanted, spec)
    assert.deepEqual(offered(elsewhere), wanted, spec)
    assert.deepEqual([elsewhere.spec, elsewhere.publicKey], [spec, publicKey])
    assert.ok(Object.isFrozen(elsewhere))
    assert.ok(keyMatches(elsewhere, publicKey))
  }
})

test('a keeper may be an object with methods, and offers what it has alone', async () => {
  const { privateKey, publicKey } = pair['rsa-2048']!
  class Token {
    readonly #key = privateKey
    sign: NonNullable<KeyVerbs['sign']> = async (message, algorithm) => sign(this.#key, message, algorithm)
  }
  class Method {
    readonly #key = privateKey
    async sign(...[message, algorithm]: Parameters<NonNullable<KeyVerbs['sign']>>): Promise<Uint8Array> {
      return sign(this.#key, message, algorithm)
    }
  }
  for (const keeper of [new Token(), new Method()]) {
    const key = keyElsewhere(publicKey, keeper)
    assert.deepEqual(Object.keys(key).sort(), ['publicKey', 'sign', 'spec'])
    assert.ok(await verify(defaultSignature('rsa-2048'), publicKey, DATA, await sign(key, DATA)))
  }
})

test('every algorithm of every kind is signed by a key elsewhere, which is given the message and not a digest', async () => {
  for (const spec of ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'ml-dsa-44'] as const) {
    const { privateKey, publicKey } = pair[spec]!
    const { key, asked } = await keptApart(privateKey)
    const rows = SIGNATURES.filter((row) => signatureFits(row, readPublicKey(publicKey)))
    for (const row of rows) assert.ok(await verify(row, publicKey, DATA, await sign(key, DATA, row)), row.name)
    assert.deepEqual(
      asked,
      rows.map(({ name }) => `sign ${name}`),
    )
    assert.equal(usualSignature(key), usualSignature(privateKey))
  }
  const salted = pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-256', saltLength: 20 })
  const { privateKey, publicKey } = pair['rsa-2048']!
  assert.ok(await verify(salted, publicKey, DATA, await sign((await keptApart(privateKey)).key, DATA, salted)))
})

test('a signature that is not the key’s is found out before anybody has it', async () => {
  const [own, other] = [await generateKeyPair('ec-p256'), await generateKeyPair('ec-p256')]
  const raw = new Uint8Array(64).fill(7) // r‖s, as tokens give it
  for (const faulty of [
    async () => sign(other.privateKey, DATA),
    async () => sign(own.privateKey, utf8('another')),
    async () => raw,
    async () => new Uint8Array(),
  ]) {
    await assert.rejects(sign(keyElsewhere(own.publicKey, { sign: faulty }), DATA), code('key_mismatch'))
  }
})

test('a key is never asked for what its kind does not do', async () => {
  for (const [spec, { publicKey }] of pairs) {
    const key = keyElsewhere(publicKey, OTHER)
    const { kind } = KEY_SPECS[spec]
    for (const row of SIGNATURES.filter((one) => !signatureFits(one, readPublicKey(publicKey)))) {
      await assert.rejects(sign(key, DATA, row), code('key_mismatch'), row.name)
    }
    if (kind !== 'rsa') {
      await assert.rejects(decryptOaep(key, OAEP, new Uint8Array(256)), code('key_mismatch'))
      await assert.rejects(decryptPkcs1v15(key, new Uint8Array(256), 16), code('key_mismatch'))
    }
    if (kind !== 'ml-kem') await assert.rejects(decapsulate(key, new Uint8Array(1088)), code('key_mismatch'))
    for (const [other, { publicKey: peer }] of pairs) {
      if (other !== spec || KEY_SPECS[spec].use === 'encapsulate')
        await assert.rejects(agree(key, peer), code('key_mismatch'))
    }
  }
})

test('what a key does not do where it is has an error of its own', async () => {
  const without = (spec: string): Key => keyElsewhere(pair[spec]!.publicKey, {})
  const refused = (what: string) => (error: unknown) => hasCode(error, 'key_incapable') && error.facts.what === what
  await assert.rejects(sign(without('ec-p256'), DATA), refused('sign'))
  await assert.rejects(decryptOaep(without('rsa-2048'), OAEP, new Uint8Array(256)), refused('decrypt'))
  await assert.rejects(decryptPkcs1v15(without('rsa-2048'), new Uint8Array(256), 16), refused('decrypt'))
  await assert.rejects(agree(without('x25519'), pair.x25519!.publicKey), refused('agree'))
  await assert.rejects(decapsulate(without('ml-kem-768'), new Uint8Array(1088)), refused('decapsulate'))
})

test('secrets are the same whether the key is here or elsewhere', async () => {
  for (const spec of ['ec-p256', 'ec-p384', 'ec-p521', 'x25519', 'x448'] as const) {
    const [{ privateKey, publicKey }, theirs] = [pair[spec]!, await generateKeyPair(spec)]
    const { key, asked } = await keptApart(privateKey)
    assert.deepEqual(await agree(key, theirs.publicKey), await agree(theirs.privateKey, publicKey), spec)
    assert.deepEqual(asked, ['agree'])
  }
  const { privateKey, publicKey } = pair['ml-kem-768']!
  const { sharedSecret, ciphertext } = await encapsulate(publicKey)
  assert.deepEqual(await decapsulate((await keptApart(privateKey)).key, ciphertext), sharedSecret)
})

test('RSA decrypts elsewhere, OAEP with each digest and v1.5', async () => {
  const { privateKey, publicKey } = pair['rsa-2048']!
  const { key, asked } = await keptApart(privateKey)
  for (const digest of ['SHA-1', 'SHA-256', 'SHA-384'] as const) {
    const parameters: OaepParameters = { digest, mgfDigest: digest }
    const encrypted = await encryptOaep(publicKey, parameters, DATA)
    assert.deepEqual(await decryptOaep(key, parameters, encrypted), DATA)
  }
  assert.deepEqual(await decryptPkcs1v15(key, await encryptPkcs1v15(publicKey, DATA), DATA.length), DATA)
  assert.deepEqual(asked, ['decrypt OAEP', 'decrypt OAEP', 'decrypt OAEP', 'decrypt PKCS1-v1.5'])
})

test('whatever a keeper says of a ciphertext, v1.5 gives octets of the length that was asked for', async () => {
  const { publicKey } = pair['rsa-2048']!
  const anything = fc.oneof(
    fc.constant(undefined),
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(
      new Error('0x40 encrypted data invalid'),
      new RangeError(),
      new PkiError('decryption_failed', {}),
      new PkiError('key_malformed', { what: 'padding' }),
      'a string',
    ),
  )
  const property = fc.asyncProperty(anything, fc.boolean(), fc.constantFrom(16, 24, 32), async (said, at, length) => {
    const answer = (): Uint8Array | undefined => {
      if (said instanceof Error || typeof said === 'string') throw said
      return said
    }
    // At once, and later: both are the keeper's word.
    const decrypt: KeyVerbs['decrypt'] = at ? (answer as never) : async () => answer()
    const found = await decryptPkcs1v15(keyElsewhere(publicKey, { decrypt }), new Uint8Array(256), length)
    assert.equal(found.length, length)
    if (said instanceof Uint8Array && said.length === length) assert.deepEqual(found, said)
    else if (said instanceof Uint8Array && said.length > length) assert.notDeepEqual(found, said.subarray(0, length))
    else assert.ok(found.some((octet) => octet !== 0)) // drawn, not left out
  })
  await fc.assert(property, { numRuns: 200 })
})

test('of what a keeper throws, only what holds for every ciphertext is told', async () => {
  const told = new PkiError('key_unavailable', { where: 'token', why: 'absent' })
  const alike = Object.assign(new Error('a keeper’s own'), { code: 'key_unavailable' }) // of another class
  const hidden = [new Error('bad padding'), new PkiError('key_malformed', { what: 'padding' }), new TypeError(), alike]
  const asks = [
    (verbs: KeyVerbs) => decryptOaep(keyElsewhere(pair['rsa-2048']!.publicKey, verbs), OAEP, new Uint8Array(256)),
    (verbs: KeyVerbs) => decapsulate(keyElsewhere(pair['ml-kem-768']!.publicKey, verbs), new Uint8Array(1088)),
    (verbs: KeyVerbs) => agree(keyElsewhere(pair['ec-p256']!.publicKey, verbs), pair['ec-p256']!.publicKey),
  ]
  const throwing = (error: Error): KeyVerbs => {
    const thrown = async (): Promise<never> => {
      throw error
    }
    return { decrypt: thrown, agree: thrown, decapsulate: thrown }
  }
  for (const [index, ask] of asks.entries()) {
    await assert.rejects(ask(throwing(told)), (error) => error === told)
    for (const error of hidden) {
      const wanted = index === 2 ? 'key_malformed' : 'decryption_failed'
      await assert.rejects(ask(throwing(error)), code(wanted))
    }
  }
  const locked = throwing(new PkiError('key_unavailable', { where: 'token', why: 'locked' }))
  const key = keyElsewhere(pair['rsa-2048']!.publicKey, locked)
  await assert.rejects(decryptPkcs1v15(key, new Uint8Array(256), 16), code('key_unavailable'))
  const closed = keyElsewhere(pair['ec-p256']!.publicKey, { sign: async () => fail('key_unavailable', told.facts) })
  await assert.rejects(sign(closed, DATA), code('key_unavailable'))
})

test('a secret of another length than the key’s is none', async () => {
  for (const length of [0, 31, 33, 64]) {
    const answer = async (): Promise<Uint8Array> => new Uint8Array(length).fill(1)
    const curve = keyElsewhere(pair['ec-p256']!.publicKey, { agree: answer })
    await assert.rejects(agree(curve, pair['ec-p256']!.publicKey), code('key_malformed'))
    const kem = keyElsewhere(pair['ml-kem-768']!.publicKey, { decapsulate: answer })
    await assert.rejects(decapsulate(kem, new Uint8Array(1088)), code('decryption_failed'))
  }
  const zero = keyElsewhere(pair.x25519!.publicKey, { agree: async () => new Uint8Array(32) })
  await assert.rejects(agree(zero, pair.x25519!.publicKey), code('key_malformed'))
})

test('a ciphertext of another length is not asked about', async () => {
  const rsa = keyElsewhere(pair['rsa-2048']!.publicKey, { decrypt: async () => new Uint8Array(16) })
  const kem = keyElsewhere(pair['ml-kem-768']!.publicKey, { decapsulate: async () => new Uint8Array(32) })
  for (const length of [0, 255, 257]) {
    await assert.rejects(decryptOaep(rsa, OAEP, new Uint8Array(length)), code('decryption_failed'))
  }
  for (const length of [0, 1087, 1089]) {
    await assert.rejects(decapsulate(kem, new Uint8Array(length)), code('decryption_failed'))
  }
})

test('on a curve zero is a coordinate like another', async () => {
  const { publicKey } = pair['ec-p256']!
  const zero = keyElsewhere(publicKey, { agree: async () => new Uint8Array(32) })
  assert.deepEqual(await agree(zero, publicKey), new Uint8Array(32))
})

test('a point off its curve never reaches a keeper, who may not look', async () => {
  for (const spec of ['ec-p256', 'ec-p384', 'ec-p521'] as const) {
    const { publicKey } = pair[spec]!
    let asked = 0
    const key = keyElsewhere(publicKey, { agree: async () => new Uint8Array(++asked) })
    const peer = (await generateKeyPair(spec)).publicKey
    const bit = fc.integer({ min: 0, max: 16 * KEY_SPECS[spec].curve!.size - 1 })
    const property = fc.asyncProperty(bit, async (at) => {
      const changed = peer.slice()
      changed[changed.length - 1 - (at >> 3)]! ^= 1 << (at & 7)
      await assert.rejects(agree(key, changed), code('key_malformed'))
    })
    await fc.assert(property, { numRuns: 50 })
    assert.equal(asked, 0)
  }
})

test('points are on their curve when the platform says so', async () => {
  for (const name of Object.keys(CURVES) as CurveName[]) {
    const curve = CURVES[name]
    for (let times = 0; times < 20; times++) {
      const { keyBits } = readPublicKey((await generateKeyPair(`ec-p${curve.bits as 256}`)).publicKey)
      assert.ok(isOnCurve(curve, keyBits))
      const mirrored = concat(keyBits.subarray(0, 1 + curve.size), keyBits.subarray(1, 1 + curve.size))
      assert.ok(!isOnCurve(curve, mirrored))
    }
    // Coordinates are below the prime: the same point written otherwise is none.
    assert.ok(!isOnCurve(curve, concat(Uint8Array.of(4), new Uint8Array(2 * curve.size).fill(255))))
    assert.ok(!isOnCurve(curve, concat(Uint8Array.of(4), new Uint8Array(2 * curve.size))))
  }
})

test('a coordinate is written in one way: with the prime added it is another’s', async () => {
  const curve = CURVES['P-521'] // the only one with room for it
  const p = 2n ** 521n - 1n
  const octets = (number: bigint): Uint8Array => fromHex(number.toString(16).padStart(2 * curve.size, '0'))
  const at = (x: bigint, y: bigint): Uint8Array => concat(Uint8Array.of(4), octets(x), octets(y))
  const { keyBits } = readPublicKey(pair['ec-p521']!.publicKey)
  const [x, y] = [numberOf(keyBits.subarray(1, 1 + curve.size)), numberOf(keyBits.subarray(1 + curve.size))]
  assert.ok(isOnCurve(curve, at(x, y)))
  assert.ok(!isOnCurve(curve, at(x + p, y)))
  assert.ok(!isOnCurve(curve, at(x, y + p)))
  // Where the curve meets x = 0: p is 3 modulo 4, so a root is a power.
  const b = (((y * y - x ** 3n + 3n * x) % p) + p) % p
  let root = 1n
  for (let [square, rest] = [b, (p + 1n) / 4n]; rest > 0n; rest >>= 1n) {
    if (rest & 1n) root = (root * square) % p
    square = (square * square) % p
  }
  assert.ok(isOnCurve(curve, at(0n, root)))
  assert.ok(!isOnCurve(curve, at(p, root)))
})
