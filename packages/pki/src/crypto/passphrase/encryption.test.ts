import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { digestByName } from '../../algorithms/index.ts'
import { integer, octetString, oid, sequence } from '../../asn1/index.ts'
import { fromHex, pemDecode, pemEncode, toHex, utf8 } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import { md5 } from '../danger/md5.ts'
import type { PrivateKey } from '../index.ts'
import { decryptPrivateKey, encryptDanger3Des, exportPrivateKey, generateKeyPair, passphraseForms } from '../index.ts'
import { DerivationBudget } from './derivation-budget.ts'
import { decryptWithPassphrase, passphraseScheme } from './encryption.ts'
import { pkcs12Derive } from './pkcs12-kdf.ts'

const PASSPHRASE = 'motdepasse 42'

// What openssl's pkcs8 writes, and how it is called here.
const SCHEMES: readonly (readonly [options: readonly string[], name: string])[] = [
  [['-v1', 'PBE-MD5-DES'], 'PBES1 MD5 with DES'],
  [['-v1', 'PBE-MD5-RC2-64'], 'PBES1 MD5 with RC2'],
  [['-v1', 'PBE-SHA1-DES'], 'PBES1 SHA-1 with DES'],
  [['-v1', 'PBE-SHA1-RC2-64'], 'PBES1 SHA-1 with RC2'],
  [['-v1', 'PBE-SHA1-3DES'], 'PKCS #12 3DES'],
  [['-v1', 'PBE-SHA1-2DES'], 'PKCS #12 3DES with two keys'],
  [['-v1', 'PBE-SHA1-RC2-128'], 'PKCS #12 RC2-128'],
  [['-v1', 'PBE-SHA1-RC2-40'], 'PKCS #12 RC2-40'],
  [['-v2', 'des3'], 'PBES2 3DES-CBC'],
  [['-v2', 'des'], 'PBES2 DES-CBC'],
  [['-v2', 'rc2'], 'PBES2 RC2-128-CBC'],
  [['-v2', 'rc2-40-cbc'], 'PBES2 RC2-40-CBC'],
]

test('keys that openssl encrypted in every old way are read on request only, and the way is named', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  peer.write('key.pem', pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)))
  for (const [options, name] of SCHEMES) {
    const provided = ['-provider', 'legacy', '-provider', 'default']
    const files = ['-topk8', '-in', 'key.pem', '-passout', `pass:${PASSPHRASE}`, '-out', 'out.pem']
    const made = peer.run('openssl', 'pkcs8', ...provided, ...files, ...options)
    assert.ok(made.ok, made.text)
    const { der } = pemDecode(peer.text('out.pem'))[0]!
    await assert.rejects(
      decryptPrivateKey(der, PASSPHRASE),
      (error) => hasCode(error, 'algorithm_weak') && error.facts.name === name,
    )
    const read: PrivateKey = await decryptPrivateKey(der, PASSPHRASE, { dangerOldCiphers: true })
    assert.deepEqual(read.publicKey, publicKey, name)
    const wrong = decryptPrivateKey(der, `${PASSPHRASE}!`, { dangerOldCiphers: true })
    await assert.rejects(wrong, (error) => hasCode(error, 'passphrase_wrong') || hasCode(error, 'key_malformed'), name)
  }
})

test('schemes that nobody here reads are named by their OID', async () => {
  const parameters = sequence(octetString(new Uint8Array(8)), integer(2048))
  for (const dotted of ['1.2.840.113549.1.12.1.1', '1.2.840.113549.1.5.1', '1.2.3.4']) {
    const reading = decryptWithPassphrase(
      { algorithm: sequence(oid(dotted), parameters), bytes: new Uint8Array(8) },
      'x',
    )
    await assert.rejects(reading, (error) => hasCode(error, 'algorithm_unsupported') && error.facts.oid === dotted)
  }
})

test('CVE-2026-63572: the rounds of all parts are paid from one budget, before they are done', async () => {
  const { algorithm, bytes } = await encryptDanger3Des(utf8('x'), passphraseForms('p'), new Uint8Array(8), 1_000)
  assert.equal(passphraseScheme(algorithm).work, 6_000) // two blocks of SHA-1 for the key, one for the IV, each at the price of two
  const budget = new DerivationBudget(11_999)
  const options = { dangerOldCiphers: true, budget }
  assert.deepEqual(await decryptWithPassphrase({ algorithm, bytes }, 'p', options), utf8('x'))
  const again = decryptWithPassphrase({ algorithm, bytes }, 'p', options)
  await assert.rejects(
    again,
    (error) => hasCode(error, 'input_too_large') && error.facts.what === 'work of key derivation',
  )
})

test('the derivation of PKCS #12 agrees with known answers', async () => {
  // From the test suite of the "PKCS #12 KDF" examples by Dr Stephen Henson, "smeg" and "queeg".
  const digest = digestByName('SHA-1')
  for (const [passphrase, salt, purpose, iterations, expected] of [
    ['smeg', '0a58cf64530d823f', 'key', 1, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['smeg', '0a58cf64530d823f', 'iv', 1, '79993dfe048d3b76'],
    ['smeg', '3d83c0e4546ac140', 'mac', 1, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
    ['queeg', '05dec959acff72f7', 'key', 1000, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['queeg', '05dec959acff72f7', 'iv', 1000, '11dedad7758d4860'],
    ['queeg', '263216fcc2fab31c', 'mac', 1000, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ] as const) {
    const derivation = { digest, passphrase: passphraseForms(passphrase).bmp(), salt: fromHex(salt), iterations }
    assert.equal(toHex(await pkcs12Derive(derivation, purpose, expected.length / 2)), expected)
  }
})

test('MD5 agrees with the examples of RFC 1321', () => {
  for (const [text, expected] of [
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
  ] as const) {
    assert.equal(toHex(md5(utf8(text))), expected)
  }
})
