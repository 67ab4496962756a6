// What the two platforms must offer. engine.node.ts and engine.web.ts implement it, and nothing else knows where
// it runs; package.json picks one under the name #engine.

import type {
  CipherAlgorithm,
  Curve,
  DigestName,
  KeyKind,
  KeySpecRow,
  PublicKeyFacts,
  SignatureAlgorithm,
} from '../algorithms/index.ts'

/** A private key as the platform holds it. Only the engine that made it looks inside. */
export type KeyHandle = object

export interface EngineKey {
  readonly handle: KeyHandle
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
}

/** What a platform must be told about a private key before it reads it. */
export interface PrivateKeyFacts {
  readonly kind: KeyKind
  /** Algorithm of the key. */
  readonly oid: string
  /** Of elliptic-curve keys. */
  readonly curve?: Curve
}

export interface Engine {
  generate(row: KeySpecRow): Promise<EngineKey>
  /** Takes PKCS #8 DER of a key of this kind. Throws anything when it is no such key. */
  importKey(pkcs8: Uint8Array, facts: PrivateKeyFacts): Promise<EngineKey>
  exportKey(handle: KeyHandle): Promise<Uint8Array>
  /** ECDSA signatures are DER on both sides of this interface. */
  sign(handle: KeyHandle, row: SignatureAlgorithm, key: PrivateKeyFacts, data: Uint8Array): Promise<Uint8Array>
  verify(
    row: SignatureAlgorithm,
    key: PublicKeyFacts,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>
  digest(name: DigestName, data: Uint8Array): Promise<Uint8Array>
  /** Hashes `data`, then the result again, `times` times in all. */
  digestRepeated(name: DigestName, data: Uint8Array, times: number): Promise<Uint8Array>
  hmac(name: DigestName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array>
  random(length: number): Uint8Array
  pbkdf2(
    name: DigestName,
    passphrase: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Promise<Uint8Array>
  encryptCbc(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Promise<Uint8Array>
  /** Undefined when the padding is wrong. */
  decryptCbc(
    cipher: CipherAlgorithm,
    key: Uint8Array,
    iv: Uint8Array,
    encrypted: Uint8Array,
  ): Promise<Uint8Array | undefined>
}
