import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { bench } from '@scel/testkit/peers'
import type { KeySpec } from '../../algorithms/index.ts'
import { KEY_SPECS, PBES2, SCRYPT } from '../../algorithms/index.ts'
import { integer, octetString, oid, sequence } from '../../asn1/index.ts'
import { fromHex, pemDecode, pemEncode, toBase64, toHex } from '../../bytes/index.ts'
import { hasCode, isPkiError } from '../../errors/index.ts'
import {
  decryptPbes2,
  decryptPrivateKey,
  encryptPbes2,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  keyMatches,
  PrivateKey,
  publicKeyFingerprint,
} from '../index.ts'

const specs = (Object.keys(KEY_SPECS) as KeySpec[]).filter((spec) => spec !== 'rsa-4096') // seconds to make

test('a key survives export and import', async () => {
  for (const spec of specs) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const again = await importPrivateKey(await exportPrivateKey(privateKey))
    assert.equal(again.spec, spec)
    assert.deepEqual(again.publicKey, publicKey)
  }
})

test('a key matches its own public key and no other, and what is no public key matches nothing', async () => {
  const [one, two] = [await generateKeyPair('ec-p256'), await generateKeyPair('ec-p256')]
  assert.equal(keyMatches(one.privateKey, one.publicKey), true)
  assert.equal(keyMatches(one.privateKey, two.publicKey), false)
  assert.throws(() => keyMatches(one.privateKey, fromHex('3000')), isPkiError)
  assert.notEqual(await publicKeyFingerprint(one.publicKey), await publicKeyFingerprint(two.publicKey))
})

test('a private key shows nothing of itself', async () => {
  const { privateKey } = await generateKeyPair('ec-p256')
  const pkcs8 = await exportPrivateKey(privateKey)
  const shown = [
    String(privateKey),
    JSON.stringify({ privateKey }),
    inspect(privateKey, { showHidden: true, depth: 9 }),
    `${Object.getOwnPropertyNames(privateKey)}`,
    JSON.stringify(structuredClone({ ...privateKey, publicKey: '' })),
  ].join('\n')
  for (const secret of [toHex(pkcs8.subarray(36, 60)), toBase64(pkcs8).slice(48, 72)])
    assert.ok(!shown.includes(secret))
  assert.match(shown, /\[PrivateKey ec-p256\]/)
  assert.ok(privateKey instanceof PrivateKey)
})

test('openssl opens our encrypted key, and we open its', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { privateKey } = await generateKeyPair('ec-p384')
  peer.write(
    'ours.pem',
    pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(privateKey, 'Élan 42', { iterations: 2_000 })),
  )
  const checked = peer.run('openssl', 'pkey', '-in', 'ours.pem', '-passin', 'pass:Élan 42', '-noout', '-check')
  assert.ok(checked.ok, checked.text)
  const made = peer.run(
    ...(['openssl', 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072', '-aes-256-cbc'] as const),
    ...['-pass', 'pass:Élan 42', '-out', 'theirs.pem'],
  )
  assert.ok(made.ok, made.text)
  const [block] = pemDecode(peer.text('theirs.pem'))
  assert.equal((await decryptPrivateKey(block!.der, 'Élan 42')).spec, 'rsa-3072')
})

test('a wrong passphrase is called that, and nothing else is', async () => {
  const { privateKey } = await generateKeyPair('ec-p256')
  const der = await encryptPrivateKey(privateKey, 'right', { iterations: 1 })
  for (let i = 0; i < 600; i++) {
    // One wrong key in 256 leaves right padding by chance.
    await assert.rejects(decryptPrivateKey(der, `wrong ${i}`), (error) => hasCode(error, 'passphrase_wrong'), `${i}`)
  }
  await assert.rejects(decryptPrivateKey(der.subarray(0, 50), 'right'), (error) => hasCode(error, 'der_malformed'))
})

test('CVE-2026-13586: an iteration count that would keep the machine busy is refused at once', async () => {
  const { algorithm, bytes } = await encryptPbes2(new Uint8Array(3), 'x', 0x010203)
  const text = toHex(algorithm)
  assert.ok(text.includes('0203010203'))
  // The same parameters with 268,435,455 rounds; the lengths around them grow by one.
  const heavy = fromHex(
    text
      .replace('0203010203', '02040fffffff')
      .replace(/^30(..)/, longer)
      .replace(/(?<=050d30)(..)/, longer)
      .replace(/(?<=050d30..30)(..)/, longer)
      .replace(/(?<=050c30)(..)/, longer),
  )
  await assert.rejects(decryptPbes2({ algorithm: heavy, bytes }, 'x'), (error) => hasCode(error, 'input_too_large'))
})

const longer = (length: string): string => {
  const head = length.length === 4 ? '30' : ''
  return head + (Number.parseInt(length.slice(-2), 16) + 1).toString(16).padStart(2, '0')
}

test('scrypt N·r·p: a cost that would take the memory or keep the machine busy is refused at once', async () => {
  const scrypt = ([N, r, p]: readonly [N: number, r: number, p: number]): Uint8Array =>
    sequence(
      oid(PBES2),
      sequence(
        sequence(oid(SCRYPT), sequence(octetString(new Uint8Array(8)), integer(N), integer(r), integer(p))),
        sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16))),
      ),
    )
  const open = (algorithm: Uint8Array): Promise<Uint8Array> =>
    decryptPbes2({ algorithm, bytes: new Uint8Array(16) }, 'x')
  for (const cost of [
    [2 ** 20, 8, 1],
    [2 ** 30, 1, 1],
    [2, 2 ** 24, 1],
    [2 ** 14, 8, 2 ** 20],
  ] as const) {
    await assert.rejects(open(scrypt(cost)), (error) => hasCode(error, 'input_too_large'), `${cost}`)
  }
  for (const cost of [
    [0, 8, 1],
    [3, 8, 1],
    [16, 0, 1],
    [16, 8, 0],
  ] as const) {
    await assert.rejects(open(scrypt(cost)), isPkiError, `${cost}`)
  }
  // Allowed by itself, and too much for what one file may cost.
  const costly = (error: unknown): boolean =>
    hasCode(error, 'input_too_large') && error.facts.what === 'work of key derivation'
  await assert.rejects(open(scrypt([2 ** 16, 8, 16])), costly)
  await assert.rejects(open(scrypt([16, 8, 1])), (error) => hasCode(error, 'passphrase_wrong'))
})

test('what is no key, or none of ours, is refused by name', async (t) => {
  const malformed = (error: unknown): boolean => hasCode(error, 'key_malformed')
  await assert.rejects(importPrivateKey(Uint8Array.of(0x30, 0)), malformed)
  await assert.rejects(importPrivateKey(new Uint8Array(0)), malformed)
  const pkcs8 = await exportPrivateKey((await generateKeyPair('ec-p256')).privateKey)
  await assert.rejects(importPrivateKey(pkcs8.subarray(0, 60)), malformed)
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.run('openssl', 'genpkey', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-outform', 'DER', '-out', 'dh.der')
  await assert.rejects(importPrivateKey(peer.read('dh.der')), (error) => hasCode(error, 'algorithm_unsupported'))
  peer.run('openssl', 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024', '-out', 'small.pem')
  peer.run('openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', 'small.pem', '-outform', 'DER', '-out', 'small.der')
  await assert.rejects(importPrivateKey(peer.read('small.der')), malformed)
})
