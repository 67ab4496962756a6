// Key files that others made, and one key in all its forms.

import type { KeySpec } from '../../src/algorithms/index.ts'
import { KEY_SPECS } from '../../src/algorithms/index.ts'
import { implicit, integer, octetString, oid, sequence } from '../../src/asn1/index.ts'
import { concat, pemEncode, toHex } from '../../src/bytes/index.ts'
import {
  digest,
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  jwkOfSpki,
  keyMatches,
  pkcs1OfPrivateKey,
  publicKeyFingerprint,
  readPrivateKey,
  readSpki,
  sec1OfPrivateKey,
} from '../../src/crypto/index.ts'
import { EC_FILES, EC_FINGERPRINT, EC_SCRYPT, RSA_PKCS1 } from './key-files.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same, whereKnown } from './portable-case.ts'

/** SHA-256 over SubjectPublicKeyInfo and PKCS #8 with the expanded key, of the seed 00 01 02 …; OpenSSL 3.5 takes the pairs. */
const EXPANDED = {
  'ml-dsa-44': '0f33e45221e323db3153bf99326c6884a67e25238d225edddfe3aad2e6a1116b',
  'ml-dsa-65': '4f4a9d33cb37c2aadbc8cf849fabfecbcd54eae828a62ef0ac0f8063e9312f72',
  'ml-dsa-87': '575ff68d8b35ee803d1a92d5214f265b33f00c24292402dec5916c884bb50cef',
  'ml-kem-512': '21505878cd3c324db90413fac72afe64a00802db9d0df66676c38d5a331dede3',
  'ml-kem-768': 'ba1068af28e5ae845c5df103e043726491d656358d5e9cd22e9f43471b9d4f26',
  'ml-kem-1024': 'a72e9a84e287fa7618b1357b499b2662345fa28009db030203ec13c61983596a',
} as const satisfies Partial<Record<KeySpec, string>>

export const keyFormCases: readonly PortableCase[] = [
  {
    name: 'keys that openssl wrote: PKCS #8 with and without encryption, SEC 1, PKCS #1',
    async run() {
      for (const [what, pem] of Object.entries(EC_FILES)) {
        const key = await readPrivateKey(pem, { passphrase: 'Élan 42' })
        same(await publicKeyFingerprint(key.publicKey), EC_FINGERPRINT, what)
      }
      const rsa = await readPrivateKey(RSA_PKCS1, { dangerAnySize: true })
      same([rsa.kind, rsa.bits], ['rsa', 1024], 'RSA')
      same(await refusal(readPrivateKey(RSA_PKCS1)), 'key_malformed', 'RSA of 1024 bits without asking for it')
      same(await refusal(readPrivateKey(EC_FILES.pbkdf2)), 'passphrase_missing', 'no passphrase')
      same(await refusal(readPrivateKey(EC_FILES.pbkdf2, { passphrase: 'Elan 42' })), 'passphrase_wrong', 'wrong')
    },
  },
  {
    name: 'scrypt opens what openssl wrote, or the platform says that it lacks it',
    run: (platform) =>
      whereKnown(platform, async () => {
        const key = await readPrivateKey(EC_SCRYPT, { passphrase: 'Élan 42' })
        same(await publicKeyFingerprint(key.publicKey), EC_FINGERPRINT, 'key')
      }),
  },
  {
    name: 'a key is read again from every form that it is written in',
    async run() {
      const ec = await generateKeyPair('ec-p384')
      const rsa = await generateKeyPair('rsa-2048')
      for (const [pair, file] of [
        [ec, pemEncode('EC PRIVATE KEY', await sec1OfPrivateKey(ec.privateKey))],
        [ec, pemEncode('PRIVATE KEY', await exportPrivateKey(ec.privateKey))],
        [ec, await encryptPrivateKey(ec.privateKey, 'x', { iterations: 1 })],
        [rsa, pemEncode('RSA PRIVATE KEY', await pkcs1OfPrivateKey(rsa.privateKey))],
        [rsa, await pkcs1OfPrivateKey(rsa.privateKey)],
      ] as const) {
        same(keyMatches(await readPrivateKey(file, { passphrase: 'x' }), pair.publicKey), true, 'private key')
        same(readSpki(JSON.stringify(jwkOfSpki(pair.publicKey))), pair.publicKey, 'public JWK')
        same(readSpki(pemEncode('PUBLIC KEY', pair.publicKey)), pair.publicKey, 'SPKI')
      }
    },
  },
  {
    name: 'an EC key whose public point is another’s is refused',
    async run() {
      const [one, two] = [await generateKeyPair('ec-p256'), await generateKeyPair('ec-p256')]
      const pkcs8 = await exportPrivateKey(one.privateKey)
      pkcs8.set(two.publicKey.subarray(-65), pkcs8.length - 65)
      same(await refusal(importPrivateKey(pkcs8)), 'key_malformed', 'import')
    },
  },
  ...(Object.keys(EXPANDED) as (keyof typeof EXPANDED)[]).map(
    (spec): PortableCase => ({
      name: `${spec}: seed, expanded key and both are one key, the same on every platform that has it`,
      run: (platform) =>
        whereKnown(platform, async () => {
          const seed = Uint8Array.from({ length: spec.startsWith('ml-dsa') ? 32 : 64 }, (_, i) => i)
          const algorithm = sequence(oid(KEY_SPECS[spec].oid))
          const key = await importPrivateKey(sequence(integer(0), algorithm, octetString(implicit(0, seed))))
          const expanded = await exportPrivateKey(key, { form: 'expanded' })
          same(toHex(await digest('SHA-256', concat(key.publicKey, expanded))), EXPANDED[spec], 'expanded key')
          const both = await exportPrivateKey(key, { form: 'both' })
          same((await importPrivateKey(both)).publicKey, key.publicKey, 'both')
          both[both.length - 40]! ^= 1
          same(await refusal(importPrivateKey(both)), 'key_malformed', 'seed and key that do not belong together')
          // Browsers take no expanded key without its seed, and this says so.
          same((await importPrivateKey(expanded)).publicKey, key.publicKey, 'expanded')
        }),
    }),
  ),
]
