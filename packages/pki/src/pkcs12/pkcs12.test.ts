import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeChain } from '../../test/authority.ts'
import { damaged } from '../../test/damage.ts'
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
