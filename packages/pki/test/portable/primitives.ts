// Known answers of the standards: a platform that computes something else is found out here.

import { AEADS, KEY_WRAPS, signatureByName } from '../../src/algorithms/index.ts'
import { fromHex, toHex, utf8 } from '../../src/bytes/index.ts'
import {
  agree,
  decryptGcm,
  decryptOaep,
  decryptPkcs1v15,
  decryptWithPassphrase,
  digest,
  encryptDanger3Des,
  encryptGcm,
  encryptOaep,
  encryptPbes2,
  generateKeyPair,
  hkdf,
  hmac,
  importPrivateKey,
  passphraseForms,
  pbkdf2,
  randomBytes,
  scrypt,
  shake256,
  unwrapKey,
  verify,
  wrapKey,
} from '../../src/crypto/index.ts'
import type { PortableCase } from './portable-case.ts'
import { refusal, same, whereKnown } from './portable-case.ts'

const known = async (actual: Promise<Uint8Array>, hex: string, what: string): Promise<void> =>
  same(toHex(await actual), hex, what)

export const primitiveCases: readonly PortableCase[] = [
  {
    name: 'digests and codes of known texts',
    async run() {
      const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
      await known(digest('SHA-256', utf8('abc')), abc, 'FIPS 180-4')
      const case2 = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
      await known(hmac('SHA-256', utf8('Jefe'), utf8('what do ya want for nothing?')), case2, 'RFC 4231 case 2')
      const [some, many] = [randomBytes(32), randomBytes(200_001)]
      same([some.length, many.length], [32, 200_001], 'random')
      // Sixteen zeros in a row are as good as never drawn.
      for (let at = 0; at < many.length - 16; at += 16) {
        same(
          many.subarray(at, at + 16).some((octet) => octet !== 0),
          true,
          `random at ${at}`,
        )
      }
    },
  },
  {
    name: 'SHA-3 and SHAKE of nothing, or the platform says that it lacks them',
    async run(platform) {
      const sha3 = 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a'
      await whereKnown(platform, () => known(digest('SHA3-256', new Uint8Array()), sha3, 'SHA3-256'))
      const shake = '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f'
      await whereKnown(platform, () => known(shake256(new Uint8Array(), 32), shake, 'SHAKE256'))
    },
  },
  {
    name: 'keys out of passphrases and secrets: PBKDF2, HKDF, scrypt',
    async run(platform) {
      await known(
        pbkdf2('SHA-1', utf8('password'), utf8('salt'), 4096, 20),
        '4b007901b765489abead49d926f721d065a429c1',
        'RFC 6070',
      )
      const [ikm, salt] = [fromHex('0b'.repeat(22)), fromHex('000102030405060708090a0b0c')]
      const okm = '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'
      await known(hkdf('SHA-256', ikm, salt, fromHex('f0f1f2f3f4f5f6f7f8f9'), 42), okm, 'RFC 5869 A.1')
      const start = '77d6576238657b203b19ca42c18a0497'
      await whereKnown(platform, () =>
        known(scrypt(new Uint8Array(), new Uint8Array(), { N: 16, r: 1, p: 1 }, 16), start, 'RFC 7914 §12'),
      )
    },
  },
  {
    name: 'AES-GCM and AES key wrap: known answers, and one changed bit opens nothing',
    async run() {
      const [aes128] = AEADS
      const zeros = new Uint8Array(16)
      const nonce = new Uint8Array(12)
      const sealed = '0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf'
      await known(encryptGcm(aes128!, zeros, nonce, zeros), sealed, 'McGrew and Viega, case 2')
      const changed = fromHex(sealed)
      changed[3]! ^= 1
      same(await refusal(decryptGcm(aes128!, zeros, nonce, changed)), 'decryption_failed', 'changed')
      const [wrap128] = KEY_WRAPS
      const [kek, key] = [fromHex('000102030405060708090A0B0C0D0E0F'), fromHex('00112233445566778899AABBCCDDEEFF')]
      const wrapped = '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'
      await known(wrapKey(wrap128!, kek, key), wrapped, 'RFC 3394 §4.1')
      await known(unwrapKey(wrap128!, kek, fromHex(wrapped)), toHex(key), 'unwrapped')
      const damaged = fromHex(wrapped)
      damaged[0]! ^= 1
      same(await refusal(unwrapKey(wrap128!, kek, damaged)), 'decryption_failed', 'damaged')
    },
  },
  {
    name: 'X25519: the secret of RFC 7748, and a point of low order gives none',
    async run() {
      const alice = await importPrivateKey(
        fromHex('302e020100300506032b656e0422042077076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'),
      )
      const bob = fromHex('302a300506032b656e032100de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')
      await known(
        agree(alice, bob),
        '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
        'RFC 7748 §6.1',
      )
      const low = fromHex(`302a300506032b656e032100${'00'.repeat(32)}`)
      same(await refusal(agree(alice, low)), 'key_malformed', 'low order')
    },
  },
  {
    name: 'Ed25519: a signature of RFC 8032 verifies, and with S beyond the order it does not',
    async run() {
      const row = signatureByName('Ed25519')
      const spki = fromHex('302a300506032b65700321003d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
      const signature = fromHex(
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      )
      same(await verify(row, spki, fromHex('72'), signature), true, 'RFC 8032 §7.1 test 2')
      same(await verify(row, spki, fromHex('73'), signature), false, 'another text')
      signature[63]! |= 0x10
      same(await verify(row, spki, fromHex('72'), signature), false, 'S beyond the order')
    },
  },
  {
    name: 'RSA-OAEP opens what it closed; PKCS #1 v1.5 never tells what was inside, or the platform lacks it',
    async run(platform) {
      const { privateKey, publicKey } = await generateKeyPair('rsa-2048')
      const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256', label: utf8('label') } as const
      const encrypted = await encryptOaep(publicKey, parameters, utf8('secret'))
      same(await decryptOaep(privateKey, parameters, encrypted), utf8('secret'), 'OAEP')
      const other = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
      same(await refusal(decryptOaep(privateKey, other, encrypted)), 'decryption_failed', 'without its label')
      await whereKnown(platform, async () =>
        same((await decryptPkcs1v15(privateKey, encrypted, 16)).length, 16, 'implicit rejection'),
      )
    },
  },
  {
    name: 'passphrases: PBES2 everywhere, triple DES in code of our own and on request only',
    async run() {
      const encrypted = await encryptPbes2(utf8('text'), 'clé', 10)
      same(await decryptWithPassphrase(encrypted, 'clé'), utf8('text'), 'PBES2')
      const old = await encryptDanger3Des(utf8('text'), passphraseForms('clé'), randomBytes(8), 10)
      same(await refusal(decryptWithPassphrase(old, 'clé')), 'algorithm_weak', 'not asked for')
      same(await decryptWithPassphrase(old, 'clé', { dangerOldCiphers: true }), utf8('text'), 'asked for')
    },
  },
]
