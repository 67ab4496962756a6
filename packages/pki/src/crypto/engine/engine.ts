// What the two platforms must offer. engine.node*.ts and engine.web*.ts implement it, and nothing else knows where
// it runs; package.json picks one under the name #engine. What a platform lacks it refuses: algorithm_unsupported with
// the OID, and never something else in its place.

import type {
  AeadAlgorithm,
  CipherAlgorithm,
  Curve,
  DigestName,
  KemAlgorithm,
  KeyKind,
  KeySpecRow,
  KeyWrapAlgorithm,
  OaepParameters,
  PublicKeyFacts,
  SignatureAlgorithm,
} from '../../algorithms/index.ts'
import type { CipherStream, DigestStream } from '../streams/cipher-stream.ts'

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

/** What a platform must be told about a signature algorithm. */
export type Signing = Pick<SignatureAlgorithm, 'oid' | 'scheme' | 'pss'> & {
  readonly name: string
  readonly digest?: DigestName
}

export interface Engine extends EngineKeys, EngineSecrets, EngineSymmetric, EngineStreams {}

/** Keys and signatures. */
export interface EngineKeys {
  generate(row: KeySpecRow): Promise<EngineKey>
  /** Takes PKCS #8 DER of a key of this kind. Throws anything when it is no such key. */
  importKey(pkcs8: Uint8Array, facts: PrivateKeyFacts): Promise<EngineKey>
  exportKey(handle: KeyHandle): Promise<Uint8Array>
  /** ECDSA signatures are DER on both sides of this interface. */
  sign(handle: KeyHandle, row: Signing, key: PrivateKeyFacts, data: Uint8Array): Promise<Uint8Array>
  /** Throws anything when the key is malformed. */
  verify(row: Signing, key: PublicKeyFacts, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** What asymmetric keys do besides signing. Each throws anything when a public key is malformed. */
export interface EngineSecrets {
  /** ECDH, X25519 or X448: the x-coordinate. Both keys are of one kind and curve; `key` says of either which. */
  agree(handle: KeyHandle, key: PublicKeyFacts, peerSpki: Uint8Array): Promise<Uint8Array>
  encapsulate(row: KemAlgorithm, spki: Uint8Array): Promise<Encapsulated>
  decapsulate(row: KemAlgorithm, handle: KeyHandle, ciphertext: Uint8Array): Promise<Uint8Array>
  encryptOaep(spki: Uint8Array, parameters: OaepParameters, plain: Uint8Array): Promise<Uint8Array>
  /** Undefined when it does not decrypt, for whatever reason. */
  decryptOaep(handle: KeyHandle, parameters: OaepParameters, encrypted: Uint8Array): Promise<Uint8Array | undefined>
  /** With implicit rejection: bad padding gives bytes that nobody can foretell. Undefined or throws otherwise. */
  decryptPkcs1v15(handle: KeyHandle, encrypted: Uint8Array): Promise<Uint8Array | undefined>
}

/** A shared secret, and what brings it to the holder of the key. */
export interface Encapsulated {
  /** 32 bytes. */
  readonly sharedSecret: Uint8Array
  readonly ciphertext: Uint8Array
}

export interface EngineSymmetric {
  digest(name: DigestName, data: Uint8Array): Promise<Uint8Array>
  /** Hashes `data`, then the result again, `times` times in all. */
  digestRepeated(name: DigestName, data: Uint8Array, times: number): Promise<Uint8Array>
  /** What one of these times costs here, in rounds of PBKDF2 with SHA-256. */
  repeatedPrice(name: DigestName): number
  /** Lets everything that waits have its turn: timers, connections, clicks. */
  pause(): Promise<void>
  shake256(data: Uint8Array, length: number): Promise<Uint8Array>
  hmac(name: DigestName, key: Uint8Array, data: Uint8Array): Promise<Uint8Array>
  random(length: number): Uint8Array
  pbkdf2(
    name: DigestName,
    passphrase: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Promise<Uint8Array>
  scrypt(passphrase: Uint8Array, salt: Uint8Array, cost: ScryptCost, length: number): Promise<Uint8Array>
  encryptCbc(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Promise<Uint8Array>
  /** Undefined when the padding is wrong. */
  decryptCbc(
    cipher: CipherAlgorithm,
    key: Uint8Array,
    iv: Uint8Array,
    encrypted: Uint8Array,
  ): Promise<Uint8Array | undefined>
  /** Ciphertext, then tag. */
  encryptGcm(
    cipher: AeadAlgorithm,
    key: Uint8Array,
    nonce: Uint8Array,
    data: Uint8Array,
    about: Authenticated,
  ): Promise<Uint8Array>
  /** Undefined when the tag is wrong. */
  decryptGcm(
    cipher: AeadAlgorithm,
    key: Uint8Array,
    nonce: Uint8Array,
    encrypted: Uint8Array,
    about: Authenticated,
  ): Promise<Uint8Array | undefined>
  wrapKey(wrap: KeyWrapAlgorithm, kek: Uint8Array, key: Uint8Array): Promise<Uint8Array>
  /** Undefined when the integrity check fails. */
  unwrapKey(wrap: KeyWrapAlgorithm, kek: Uint8Array, wrapped: Uint8Array): Promise<Uint8Array | undefined>
}

/** Ciphers and digests over content in pieces. */
export interface EngineStreams {
  digestStream(name: DigestName): DigestStream
  hmacStream(name: DigestName, key: Uint8Array): DigestStream
  encryptCbcStream(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array): Promise<CipherStream>
  decryptCbcStream(cipher: CipherAlgorithm, key: Uint8Array, iv: Uint8Array): Promise<CipherStream>
  encryptGcmStream(
    cipher: AeadAlgorithm,
    key: Uint8Array,
    nonce: Uint8Array,
    about: Authenticated,
  ): Promise<CipherStream>
  decryptGcmStream(
    cipher: AeadAlgorithm,
    key: Uint8Array,
    nonce: Uint8Array,
    about: Authenticated,
  ): Promise<CipherStream>
}

/** What scrypt costs (RFC 7914 §2): about 128·N·r bytes of memory, p times over. */
export interface ScryptCost {
  /** Cost, a power of two. */
  readonly N: number
  /** Block size. */
  readonly r: number
  /** Parallelism. */
  readonly p: number
}

/** What goes with a message of AES-GCM. */
export interface Authenticated {
  /** What the tag covers without being encrypted. */
  readonly aad: Uint8Array
  /** In bytes. */
  readonly tagLength: number
}
