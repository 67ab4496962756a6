import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, makeChain, named } from '@scel/testkit/authority'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { refuses } from '../../test/refuses.ts'
import type { KeySpec } from '../algorithms/index.ts'
import { equal } from '../bytes/index.ts'
import { exportPrivateKey, generateKeyPair } from '../crypto/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Pkcs12Input, Pkcs12Kind } from './index.ts'
import { openPkcs12, PKCS12_TARGETS, pkcs12KindFor, readPkcs12, writePkcs12, writePkcs12Certificates } from './index.ts'

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

const KINDS: readonly Pkcs12Kind[] = ['modern', 'compatible', 'pbmac1']
const OPEN = { dangerOldCiphers: true }

for (const kind of KINDS) {
  test(`${kind}: what is written is read back the same`, async () => {
    const wanted = await input()
    const read = await readPkcs12(await writePkcs12({ ...wanted, kind }), PASSPHRASE, OPEN)
    assert.deepEqual(read.certificate, wanted.certificate)
    assert.deepEqual(read.chain, wanted.chain)
    assert.equal(read.friendlyName, wanted.friendlyName)
    assert.deepEqual(await exportPrivateKey(read.key), await exportPrivateKey(wanted.key))
  })

  test(`${kind}: a wrong passphrase is called that`, async () => {
    const der = await writePkcs12({ ...(await input()), kind })
    for (const wrong of ['', 'pâtes', PASSPHRASE.normalize('NFD'), `${PASSPHRASE} `]) {
      await refuses(readPkcs12(der, wrong, OPEN), 'passphrase_wrong')
    }
  })

  test(`${kind}: a damaged file never opens with another content, and never crashes`, async () => {
    const wanted = await input()
    const der = await writePkcs12({ ...wanted, kind, iterations: 1 })
    await fc.assert(
      fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
        try {
          const read = await readPkcs12(bytes, PASSPHRASE, OPEN)
          // BER has several spellings of one content, so a file may be changed and yet say the same.
          assert.deepEqual(read.key.publicKey, wanted.key.publicKey, how)
          assert.deepEqual([read.certificate, ...read.chain], [wanted.certificate, ...wanted.chain], how)
        } catch (error) {
          assert.ok(isPkiError(error), `${how}: ${error}`)
        }
      }),
      { numRuns: 700 },
    )
  })

  test(`${kind}: two files from the same input share nothing that an attacker could precompute`, async () => {
    const wanted = { ...(await input()), kind }
    const [first, second] = [await writePkcs12(wanted), await writePkcs12(wanted)]
    assert.equal(equal(first.subarray(-60), second.subarray(-60)), false)
    assert.equal(equal(first.subarray(60, 120), second.subarray(60, 120)), false)
  })
}

test('each kind is protected as its name says', async () => {
  const protection = async (kind: Pkcs12Kind) =>
    (await readPkcs12(await writePkcs12({ ...(await input()), kind }), PASSPHRASE, OPEN)).protection
  const modern = { encryption: ['PBES2 AES-256-CBC'], weak: false }
  assert.deepEqual(await protection('modern'), { mac: 'HMAC SHA-256', ...modern })
  assert.deepEqual(await protection('pbmac1'), { mac: 'PBMAC1 SHA-256', ...modern })
  assert.deepEqual(await protection('compatible'), { mac: 'HMAC SHA-1', encryption: ['PKCS #12 3DES'], weak: true })
})

test('a compatible file is not opened unless old ciphers are allowed', async () => {
  const der = await writePkcs12({ ...(await input()), kind: 'compatible' })
  await assert.rejects(
    readPkcs12(der, PASSPHRASE),
    (error) => hasCode(error, 'algorithm_weak') && error.facts.name === 'PKCS #12 3DES',
  )
})

test('every target has a kind; whoever is not known gets the one that all open', () => {
  const kinds = Object.fromEntries(PKCS12_TARGETS.map((target) => [target, pkcs12KindFor(target)]))
  for (const old of ['ios', 'macos', 'android', 'windows-server-2016', 'unknown'])
    assert.equal(kinds[old], 'compatible')
  for (const modern of ['openssl', 'firefox', 'java', 'windows', 'node']) assert.equal(kinds[modern], 'modern')
})

test('the default number of rounds stays under what .NET accepts for a whole file', async () => {
  const { iterations: _, ...wanted } = await input()
  const der = Buffer.from(await writePkcs12(wanted))
  // INTEGER 150000 stands last, in MacData; the other two derivations have the same count.
  assert.equal(der.subarray(-5).toString('hex'), '02030249f0')
  assert.ok(3 * 150_000 <= 600_000)
})

test('keys of other kinds travel too', async () => {
  for (const spec of ['rsa-2048', 'ed25519', 'ml-dsa-65', 'ml-kem-768'] as const satisfies readonly KeySpec[]) {
    const issuer = await certify({ name: named('issuer') })
    const keys = await generateKeyPair(spec)
    const { certificate } = await certify({ name: named(spec), keys, issuer })
    const der = await writePkcs12({
      ...{ key: keys.privateKey, certificate: certificate.der, chain: [], friendlyName: spec },
      ...{ passphrase: 'p', iterations: 1 },
    })
    assert.deepEqual((await readPkcs12(der, 'p')).key.publicKey, keys.publicKey, spec)
  }
})

test('certificates alone: names, and the mark that Java wants', async () => {
  const { chain } = await input()
  const certificates = [
    { der: chain[0]!, friendlyName: 'one', trusted: true },
    { der: chain[1]!, trusted: false },
  ]
  const file = await writePkcs12Certificates({ certificates, passphrase: 'p', iterations: 1 })
  const read = await openPkcs12(file, 'p')
  assert.deepEqual(read.certificates, [
    { der: chain[0], friendlyName: 'one', trustedFor: ['2.5.29.37.0'] },
    { der: chain[1] },
  ])
  const nonsense = writePkcs12Certificates({ certificates: [{ der: new Uint8Array(3) }], passphrase: 'p' })
  await refuses(nonsense, 'der_malformed')
})

test('a certificate of another key is refused before anything is written', async () => {
  const { privateKey } = await generateKeyPair('ec-p256')
  await refuses(writePkcs12({ ...(await input()), key: privateKey }), 'key_mismatch')
})
