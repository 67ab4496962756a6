// A private key by what it can do, wherever it is. What signs, opens or proves takes one of these and never the bytes of
// a key, so that a key in a token, in a system's store or in a vault works wherever one in memory does.

import type { KeyKind, KeySpec, OaepParameters, SignatureAlgorithm } from '../algorithms/index.ts'
import { readPublicKey, specOf } from '../algorithms/index.ts'

/** How RSA encrypted: PKCS #1 v1.5 (RFC 8017 §7.2), or OAEP with its parameters (§7.1). */
export type RsaEncryption = { readonly scheme: 'PKCS1-v1.5' } | ({ readonly scheme: 'OAEP' } & OaepParameters)

/**
 * What a private key does where it is kept. A key has those of its kind that its keeper offers: a token may sign with an RSA key and
 * refuse to decrypt with it.
 *
 * They are called through `sign`, `decryptOaep`, `decryptPkcs1v15`, `agree` and `decapsulate`, which check first what is asked of the
 * key and afterwards what came. A keeper that cannot be reached throws `key_unavailable`; of what else `decrypt`, `agree` and
 * `decapsulate` throw nothing is told to those who opened, because the sender of a message learns from such differences.
 */
export interface KeyVerbs {
  /**
   * Signs a message, not its digest: the keeper hashes, because Ed25519 and ML-DSA cannot be split. The signature is in the form that
   * certificates have: ECDSA as DER (RFC 3279 §2.2.3), ML-DSA and SLH-DSA with an empty context.
   */
  readonly sign?: ((message: Uint8Array, algorithm: SignatureAlgorithm) => Promise<Uint8Array>) | undefined
  /** RSA. Undefined, or anything thrown, when it does not decrypt; octets that nobody can foretell are as good (implicit rejection). */
  readonly decrypt?: ((encrypted: Uint8Array, how: RsaEncryption) => Promise<Uint8Array | undefined>) | undefined
  /**
   * ECDH, X25519 and X448: the shared secret as it is, the whole x-coordinate (32, 48 or 66 octets) or 32 and 56 octets; what is derived
   * from it is the caller's. `peer` is a SubjectPublicKeyInfo, DER, of the same algorithm and curve, its point on the curve.
   */
  readonly agree?: ((peer: Uint8Array) => Promise<Uint8Array>) | undefined
  /** ML-KEM: the shared secret of 32 octets; another one for a ciphertext that was made for another key (FIPS 203 §7.3). */
  readonly decapsulate?: ((ciphertext: Uint8Array) => Promise<Uint8Array>) | undefined
}

/** Names of what a private key may be asked for. */
export type KeyVerb = keyof KeyVerbs

/** A private key, wherever it is: in memory (`PrivateKey` is one), in a token, a system's store, a vault. */
export interface Key extends KeyVerbs {
  /** Undefined for a key that Scel does not make. */
  readonly spec: KeySpec | undefined
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
}

/**
 * A key whose private half stays with its keeper.
 * @param publicKey SubjectPublicKeyInfo, DER
 * @param verbs what the keeper offers; those that are not for keys of this kind are left out
 * @throws key_malformed, der_malformed
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('ec-p256') // as if it were far away
 * const key = keyElsewhere(publicKey, { sign: (message, algorithm) => sign(privateKey, message, algorithm) })
 * const signature = await sign(key, utf8('a text'))
 * assert.equal(await verify(defaultSignature('ec-p256'), publicKey, utf8('a text'), signature), true)
 * await assert.rejects(agree(key, publicKey), { code: 'key_incapable' })
 */
export function keyElsewhere(publicKey: Uint8Array, verbs: KeyVerbs): Key {
  const facts = readPublicKey(publicKey)
  const offered = VERBS[facts.kind].filter((verb) => verbs[verb])
  return Object.freeze({
    spec: specOf(facts),
    publicKey,
    ...Object.fromEntries(offered.map((verb) => [verb, bound(verbs, verb)])),
  })
}

/** A keeper may be an object with methods. */
const bound = (verbs: KeyVerbs, verb: KeyVerb): unknown => (verbs[verb] as CallableFunction).bind(verbs)

/** What keys of each kind can be asked for at all. RSA keys encrypt and elliptic-curve keys agree, unless their keeper forbids it. */
export const VERBS: Readonly<Record<KeyKind, readonly KeyVerb[]>> = {
  rsa: ['sign', 'decrypt'],
  'rsa-pss': ['sign'],
  ec: ['sign', 'agree'],
  ed25519: ['sign'],
  ed448: ['sign'],
  x25519: ['agree'],
  x448: ['agree'],
  'ml-dsa': ['sign'],
  'slh-dsa': ['sign'],
  'ml-kem': ['decapsulate'],
  other: [],
}
