import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeChain } from '../../test/authority.ts'
import { damaged } from '../../test/damage.ts'
import { vectors } from '../../test/vectors.ts'
import { equal } from '../bytes/index.ts'
import { generateKeyPair } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Pkcs12Input } from './index.ts'
import { readPkcs12, writePkcs12 } from './index.ts'

const PASSPHRASE = 'Pâtes à l’ail 42 😀'

async function input(): Promise<Pkcs12Input> {
  const { root, issuing, leaf } = await makeChain()
  return {
    key: leaf.keys.privateKey,
    certificate: leaf.certificate.der,
    chain: [issuing.certificate.der, root.certificate.der],
    friendlyName: 'Poste n° 1 — été',
    passphrase: PASSPHRASE,
    iterations: 100,
  }
}

const refuses = (promise: Promise<unknown>, code: PkiErrorCode): Promise<void> =>
  assert.rejects(promise, (error) => hasCode(error, code))

test('what is written is read back the same', async () => {
  const wanted = await input()
  const read = await readPkcs12(await writePkcs12(wanted), PASSPHRASE)
  assert.deepEqual(read.certificate, wanted.certificate)
  assert.deepEqual(read.chain, wanted.chain)
  assert.equal(read.friendlyName, wanted.friendlyName)
  assert.deepEqual(read.key.publicKey, wanted.key.publicKey)
})

test('two files from the same input share nothing that an attacker could precompute', async () => {
  const wanted = await input()
  const [first, second] = [await writePkcs12(wanted), await writePkcs12(wanted)]
  assert.equal(equal(first.subarray(-60), second.subarray(-60)), false)
  assert.equal(equal(first.subarray(60, 120), second.subarray(60, 120)), false)
})

test('a wrong passphrase is called that', async () => {
  const der = await writePkcs12(await input())
  for (const wrong of ['', 'pâtes', PASSPHRASE.normalize('NFD'), `${PASSPHRASE} `]) {
    await refuses(readPkcs12(der, wrong), 'passphrase_wrong')
  }
})

test('a certificate of another key is refused before anything is written', async () => {
  const { privateKey } = await generateKeyPair('ec-p256')
  await refuses(writePkcs12({ ...(await input()), key: privateKey }), 'key_mismatch')
})

test('a damaged file never opens with another content, and never crashes', async () => {
  const wanted = await input()
  const der = await writePkcs12({ ...wanted, iterations: 1 })
  await fc.assert(
    fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
      try {
        const read = await readPkcs12(bytes, PASSPHRASE)
        // BER has several spellings of one content, so a file may be changed and yet say the same.
        assert.deepEqual(read.key.publicKey, wanted.key.publicKey, how)
        assert.deepEqual([read.certificate, ...read.chain], [wanted.certificate, ...wanted.chain], how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 1_000 },
  )
})

// What NSS tests its own reader with. Files of kinds that this library does not open are refused by name.
const NSS: readonly (readonly [file: string, passphrase: string, expected: PkiErrorCode | 'opens'])[] = [
  ['PKCS5WithImplicitKDF.p12', 'password', 'opens'],
  ['TestOldAES128CA.p12', 'nss', 'der_malformed'], // says 32 bytes of key for AES-128
  ['TestOldCA.p12', 'nss', 'pkcs12_malformed'], // old NSS derived PBES2 keys from the passphrase as BMPString
  ['TestRSAPSS.p12', '', 'algorithm_unsupported'], // a key for RSA-PSS alone
  ['corrupted_cert_bag.pk12', 'start', 'der_malformed'],
  ['pbmac1-valid-sha256.p12', '1234', 'algorithm_unsupported'], // PBMAC1
  ['pbmac1-valid-sha512.p12', '1234', 'algorithm_unsupported'],
  ['pbmac1-invalid-bad-iter.p12', '1234', 'algorithm_unsupported'],
  ['pbmac1-invalid-bad-salt.p12', '1234', 'algorithm_unsupported'],
  ['pbmac1-invalid-no-length.p12', '1234', 'algorithm_unsupported'],
  ['openssl-ml-kem-768-both.p12', 'test', 'algorithm_unsupported'],
]

test('NSS’s own files: opened, or refused with the reason and never as a wrong passphrase', async (t) => {
  const suite = vectors(t, 'nss/pkcs12')
  if (!suite) return
  for (const [file, passphrase, expected] of NSS) {
    const verdict: string = await readPkcs12(suite.read(file), passphrase).then(
      () => 'opens',
      (error: unknown) => (isPkiError(error) ? error.code : `${error}`),
    )
    assert.equal(verdict, expected, file)
  }
})
