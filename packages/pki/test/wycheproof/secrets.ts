import type { DigestName, KemAlgorithm } from '../../src/algorithms/index.ts'
import { CURVES, EC_PUBLIC_KEY, KEMS } from '../../src/algorithms/index.ts'
import { bitString, implicit, integer, octetString, oid, sequence } from '../../src/asn1/index.ts'
import { equal, fromHex } from '../../src/bytes/index.ts'
import {
  agree,
  decapsulate,
  decryptOaep,
  decryptPkcs1v15,
  encapsulate,
  importPrivateKey,
  type PrivateKey,
} from '../../src/crypto/index.ts'
import type { Case, Runnable } from './suite.ts'
import { suite } from './suite.ts'

const once = new Map<string, Promise<PrivateKey>>()
/** The same key comes in hundreds of cases. */
function imported(pkcs8: Uint8Array): Promise<PrivateKey> {
  const name = Buffer.from(pkcs8).toString('base64')
  if (!once.has(name)) once.set(name, importPrivateKey(pkcs8))
  return once.get(name)!
}

const pkcs8Of = (algorithm: Uint8Array, key: Uint8Array): Uint8Array =>
  sequence(integer(0), algorithm, octetString(key))

interface Agreement extends Case {
  readonly public: string
  readonly private: string
  readonly shared: string
}

const P256 = sequence(oid(EC_PUBLIC_KEY), oid(CURVES['P-256'].oid))
/** 32 bytes, from a number that may have a sign octet or be shorter. */
const scalar = (hex: string): Uint8Array => fromHex(hex.padStart(64, '0').slice(-64))

const agreements: readonly Runnable[] = [
  suite<object, Agreement>({
    name: 'ecdh_secp256r1',
    acceptable: {
      CompressedPoint: { accept: false, reason: 'RFC 5480 §2.2 makes it optional; one encoding of a key is kept' },
      UnnamedCurve: { accept: false, reason: 'RFC 5480 §2.1.1: named curves only (CVE-2020-0601)' },
      InvalidAsn: { accept: false, reason: 'RFC 5280 §4.1: keys are DER' },
    },
    answer: async (one) =>
      agree(await imported(pkcs8Of(P256, sequence(integer(1), octetString(scalar(one.private))))), fromHex(one.public)),
    expected: ({ shared }) => shared,
  }),
  suite<object, Agreement>({
    name: 'x25519_asn',
    acceptable: {
      ZeroSharedSecret: { accept: false, reason: 'RFC 7748 §6.1 and RFC 8418 §3: an all-zero secret is refused' },
      NonCanonicalPublic: { accept: true, reason: 'RFC 7748 §5: numbers of 2^255 - 19 and above are taken modulo it' },
      Twist: { accept: true, reason: 'RFC 7748 §5: X25519 is meant for points of the twist too' },
    },
    answer: async (one) => agree(await imported(fromHex(one.private)), fromHex(one.public)),
    expected: ({ shared }) => shared,
  }),
]

interface Kem extends Case {
  readonly seed: string
  readonly dk: string
  readonly ek: string
  readonly c: string
  readonly K: string
}

function kemSuites({ name, oid: dotted, ciphertextLength }: KemAlgorithm): readonly Runnable[] {
  const algorithm = sequence(oid(dotted))
  const spki = (ek: string): Uint8Array => sequence(algorithm, bitString(fromHex(ek)))
  const file = name.toLowerCase().replace('-', '').replace('-', '_')
  return [
    suite<object, Kem>({
      name: file,
      answer: async ({ seed, c, ek }) => {
        const key = await importPrivateKey(pkcs8Of(algorithm, implicit(0, fromHex(seed))))
        const secret = await decapsulate(key, fromHex(c))
        return ek && !equal(key.publicKey, spki(ek)) ? false : secret
      },
      expected: ({ K }) => K,
    }),
    suite<object, Kem>({
      name: `${file}_semi_expanded_decaps`,
      answer: async ({ dk, c }) =>
        decapsulate(await importPrivateKey(pkcs8Of(algorithm, octetString(fromHex(dk)))), fromHex(c)),
      expected: ({ K }) => K,
    }),
    // The randomness is the platform's: `c` and `K`, which follow from the file's `m`, cannot be compared here. Keys
    // that are none are refused, the others are used; that ciphertexts and secrets belong together, the others show.
    suite<object, Kem>({
      name: `${file}_encaps`,
      answer: async ({ ek }) => (await encapsulate(spki(ek))).ciphertext.length === ciphertextLength,
    }),
  ]
}

interface Oaep extends Case {
  readonly msg: string
  readonly ct: string
  readonly label: string
}

interface RsaGroup {
  readonly privateKeyPkcs8: string
  readonly sha: DigestName
  readonly mgfSha: DigestName
}

const oaepSuites: readonly Runnable[] = ['rsa_oaep_2048_sha1_mgf1sha1', 'rsa_oaep_2048_sha256_mgf1sha256'].map((name) =>
  suite<RsaGroup, Oaep>({
    name,
    answer: async ({ ct, label }, { privateKeyPkcs8, sha, mgfSha }) => {
      const parameters = { digest: sha, mgfDigest: mgfSha, label: fromHex(label) }
      return decryptOaep(await imported(fromHex(privateKeyPkcs8)), parameters, fromHex(ct))
    },
    expected: ({ msg }) => msg,
  }),
)

const pkcs1Suite: Runnable = suite<RsaGroup, Oaep>({
  name: 'rsa_pkcs1_2048',
  answer: async ({ ct, msg, result }, { privateKeyPkcs8 }) => {
    const key = await imported(fromHex(privateKeyPkcs8))
    const decrypt = (length: number): Promise<Uint8Array> => decryptPkcs1v15(key, fromHex(ct), length)
    if (result === 'valid') return decrypt(msg.length / 2)
    // What is padded wrongly gives random bytes and no error; something real would be the same twice.
    const twice = async (length: number): Promise<boolean> => equal(await decrypt(length), await decrypt(length))
    return (await twice(16)) || (await twice(24)) || (await twice(32)) || (await twice(msg.length / 2))
  },
  expected: ({ msg }) => msg,
})

export const secretSuites: readonly Runnable[] = [...agreements, ...KEMS.flatMap(kemSuites), ...oaepSuites, pkcs1Suite]
