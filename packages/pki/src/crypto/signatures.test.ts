import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, vectors } from '../../test/vectors.ts'
import type { SignatureName } from '../algorithms/index.ts'
import { defaultSignature, signatureByName } from '../algorithms/index.ts'
import { fromHex, utf8 } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import { generateKeyPair, sign, verify } from './index.ts'

const DATA = utf8('what is signed')

test('a signature verifies for its key, data and algorithm, and for no other', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const other = await generateKeyPair('ec-p256')
  const row = defaultSignature('ec-p256')
  const signature = await sign(privateKey, DATA)
  assert.equal(await verify(row, publicKey, DATA, signature), true)
  assert.equal(await verify(row, other.publicKey, DATA, signature), false)
  assert.equal(await verify(row, publicKey, utf8('something else'), signature), false)
  assert.equal(await verify(signatureByName('ECDSA with SHA-384'), publicKey, DATA, signature), false)
})

test('a key is kept after its first uses without being mixed up with another', async () => {
  const pairs = await Promise.all(Array.from({ length: 70 }, () => generateKeyPair('ec-p256')))
  const row = defaultSignature('ec-p256')
  for (let round = 0; round < 3; round++) {
    for (const [index, pair] of pairs.entries()) {
      const signature = await sign(pair.privateKey, DATA)
      assert.equal(await verify(row, pair.publicKey, DATA, signature), true)
      assert.equal(await verify(row, pairs[(index + 1) % 70]!.publicKey, DATA, signature), false)
    }
  }
})

test('RSA signs with PKCS #1 and with PSS, and the two are not taken for one another', async () => {
  const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
  const [pkcs1, pss] = [signatureByName('RSA with SHA-512'), signatureByName('RSA-PSS with SHA-512')]
  const signature = await sign(privateKey, DATA, pss)
  assert.equal(await verify(pss, publicKey, DATA, signature), true)
  assert.equal(await verify(pkcs1, publicKey, DATA, signature), false)
  assert.equal(await verify(pkcs1, publicKey, DATA, await sign(privateKey, DATA, pkcs1)), true)
})

test('an algorithm of another kind of key is a mismatch, not a wrong signature', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const row = signatureByName('RSA with SHA-256')
  const mismatch = (error: unknown): boolean => hasCode(error, 'key_mismatch')
  await assert.rejects(sign(privateKey, DATA, row), mismatch)
  await assert.rejects(verify(row, publicKey, DATA, new Uint8Array(64)), mismatch)
})

test('a point that is not on its curve is a malformed key', async () => {
  const { publicKey } = await generateKeyPair('ec-p256')
  const bad = publicKey.slice()
  bad[bad.length - 1]! ^= 1
  await assert.rejects(verify(defaultSignature('ec-p256'), bad, DATA, fromHex('3006020101020101')), (error) =>
    hasCode(error, 'key_malformed'),
  )
})

interface Wycheproof {
  readonly testGroups: readonly {
    readonly publicKeyDer: string
    readonly tests: readonly { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' | 'acceptable' }[]
  }[]
}

const SUITES: readonly (readonly [file: string, row: SignatureName])[] = [
  ['ecdsa_secp256r1_sha256_test.json', 'ECDSA with SHA-256'],
  ['ecdsa_secp384r1_sha384_test.json', 'ECDSA with SHA-384'],
  ['ecdsa_secp521r1_sha512_test.json', 'ECDSA with SHA-512'],
  ['ed25519_test.json', 'Ed25519'],
  ['rsa_signature_2048_sha256_test.json', 'RSA with SHA-256'],
  ['rsa_signature_3072_sha256_test.json', 'RSA with SHA-256'],
  ['rsa_signature_4096_sha256_test.json', 'RSA with SHA-256'],
  ['rsa_pss_2048_sha256_mgf1_32_test.json', 'RSA-PSS with SHA-256'],
]

for (const [file, name] of SUITES) {
  test(`Wycheproof ${file}: every case as it should be; "acceptable" (a missing NULL) is refused`, async (t) => {
    const suite = vectors(t, 'wycheproof')?.json<Wycheproof>(file)
    if (!suite) return
    const row = signatureByName(name)
    const found = new Map<string, boolean>()
    const cases: { id: string; accept: boolean }[] = []
    for (const group of suite.testGroups) {
      const spki = fromHex(group.publicKeyDer)
      for (const { tcId, msg, sig, result } of group.tests) {
        cases.push({ id: String(tcId), accept: result === 'valid' })
        found.set(String(tcId), await verify(row, spki, fromHex(msg), fromHex(sig)))
      }
    }
    assert.ok(cases.length > 50)
    assert.deepEqual(
      judge(cases, {}, found).filter(({ kind }) => kind !== 'agrees'),
      [],
    )
  })
}
