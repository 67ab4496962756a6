import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import type { KeySpec } from '../../../algorithms/index.ts'
import { KEY_SPECS } from '../../../algorithms/index.ts'
import { toBase64Url } from '../../../bytes/index.ts'
import { hasCode } from '../../../errors/index.ts'
import {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  jwkOfPrivateKey,
  jwkOfSpki,
  jwkThumbprint,
  keyMatches,
  privateKeyOfJwk,
  spkiOfJwk,
} from '../../index.ts'

const specs = (Object.keys(KEY_SPECS) as KeySpec[]).filter((spec) => spec !== 'rsa-4096') // seconds to make
const malformed =
  (what: string) =>
  (error: unknown): boolean =>
    hasCode(error, 'key_malformed') && error.facts.what === what

test('Node reads our JWK of every kind of key, and we read its', async () => {
  for (const spec of specs) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const ours = await jwkOfPrivateKey(privateKey)
    const node = createPrivateKey({ key: { ...ours } as never, format: 'jwk' })
    assert.deepEqual(node.export({ format: 'jwk' }), { ...ours }, spec)
    assert.ok(keyMatches(await privateKeyOfJwk(node.export({ format: 'jwk' })), publicKey), spec)
    const nodePublic = createPublicKey(node)
    assert.deepEqual({ ...jwkOfSpki(publicKey) }, nodePublic.export({ format: 'jwk' }), spec)
    assert.deepEqual(spkiOfJwk(nodePublic.export({ format: 'jwk' })), publicKey, spec)
  }
})

// RFC 8037 appendix A.1 to A.3.
const OKP = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
// RFC 7638 §3.1.
const RSA = {
  kty: 'RSA',
  n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
}

test('the examples of RFC 8037 and RFC 7638: keys and thumbprints', async () => {
  const key = await privateKeyOfJwk({ ...OKP, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' })
  assert.deepEqual({ ...jwkOfSpki(key.publicKey) }, OKP)
  const okp = await jwkThumbprint(spkiOfJwk(OKP))
  assert.equal(toBase64Url(okp), 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  const rsa = await jwkThumbprint(spkiOfJwk({ ...RSA, alg: 'RS256', kid: '2011-04-29' }))
  assert.equal(toBase64Url(rsa), 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs')
})

test('a JWK whose members are missing, misspelt or of another key is refused, and the member is named', async () => {
  const one = await jwkOfPrivateKey((await generateKeyPair('ec-p256')).privateKey)
  const two = await jwkOfPrivateKey((await generateKeyPair('ec-p256')).privateKey)
  const rsa = await jwkOfPrivateKey((await generateKeyPair('rsa-2048')).privateKey)
  const dsa = await jwkOfPrivateKey((await generateKeyPair('ml-dsa-44')).privateKey)
  const x25519 = await jwkOfPrivateKey((await generateKeyPair('x25519')).privateKey)
  const other = await jwkOfPrivateKey((await generateKeyPair('x25519')).privateKey)
  assert.ok(one.kty === 'EC' && two.kty === 'EC' && rsa.kty === 'RSA' && dsa.kty === 'AKP')
  assert.ok(x25519.kty === 'OKP' && other.kty === 'OKP')
  const { p: _, ...withoutPrimes } = rsa
  const { d: __, ...withoutSecret } = one
  for (const [jwk, what] of [
    [{ ...one, d: two.d }, 'public part'],
    [{ ...one, d: undefined }, 'JWK d'],
    [withoutSecret, 'JWK d'],
    [{ ...one, d: `${one.d}=` }, 'JWK d'],
    [{ ...one, d: toBase64Url(new Uint8Array(32)) }, 'EC private key'],
    [{ ...one, crv: 'secp256k1' }, 'JWK crv'],
    [{ ...one, crv: 'P-384' }, 'JWK x'],
    [{ ...one, crv: '__proto__' }, 'JWK crv'],
    [{ ...rsa, d: one.d }, 'RSA numbers'],
    [{ ...rsa, e: 'AAEAAQ' }, 'JWK e'],
    [{ ...rsa, oth: [] }, 'RSA with more than two primes'],
    [withoutPrimes, 'JWK p'],
    [{ ...dsa, alg: 'ML-DSA-65' }, 'JWK pub'],
    [{ ...dsa, alg: 'Ed25519' }, 'JWK alg'],
    [{ ...x25519, crv: 'ML-DSA-44' }, 'JWK crv'],
    [{ ...x25519, x: other.x }, 'public part'],
    [{ ...one, kty: 'oct' }, 'JWK kty'],
    [[one], 'JWK'],
    [null, 'JWK'],
    ['{}', 'JWK'],
    // Members that only the prototype has are not the key's.
    [Object.create(one), 'JWK kty'],
  ] as const) {
    await assert.rejects(privateKeyOfJwk(jwk), malformed(what), what)
  }
})

test('a key whose JSON form would say less than the key is not written', async () => {
  const { privateKey } = await generateKeyPair('ml-dsa-44')
  const expanded = await importPrivateKey(await exportPrivateKey(privateKey, { form: 'expanded' }))
  await assert.rejects(jwkOfPrivateKey(expanded), (error) => hasCode(error, 'key_mismatch'))
})
