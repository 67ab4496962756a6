// A private key that shows nothing of itself: not printed, not logged, not in JSON. Its bytes leave by the exporting
// functions of this folder only.

import { engine } from '#engine'
import type { KeyKind, KeySpec, PublicKeyFacts, SignatureAlgorithm } from '../../algorithms/index.ts'
import { kemByOid, readPublicKey, specOf } from '../../algorithms/index.ts'
import type { KeyHandle } from '../engine/engine.ts'
import type { Key, KeyVerb, RsaEncryption } from '../key.ts'
import { VERBS } from '../key.ts'

let wrap: (facts: PublicKeyFacts, publicKey: Uint8Array, handle: KeyHandle) => AnyPrivateKey
let handleIn: (key: AnyPrivateKey) => KeyHandle
let factsIn: (key: AnyPrivateKey) => PublicKeyFacts
let isOne: (key: object) => boolean

/**
 * A private key in the hands of the platform: a {@link Key} of which every verb of its kind can be asked. Made by `generateKeyPair`,
 * `importPrivateKey` and `readPrivateKey`. `Spec` is what it may be: keys of every size have the type {@link AnyPrivateKey}.
 * @example
 * const { privateKey } = await generateKeyPair('ec-p256')
 * assert.equal(`${privateKey}`, '[PrivateKey ec-p256]')
 * assert.deepEqual([privateKey.kind, privateKey.bits], ['ec', 256])
 * assert.equal(privateKey.decapsulate, undefined)
 */
export class PrivateKey<Spec extends KeySpec | undefined = KeySpec> implements Key {
  /** Undefined for a key that Scel does not make. */
  readonly spec: Spec
  readonly kind: KeyKind
  /** Modulus length, field size, or the number of the parameter set (ML-DSA-65: 65). */
  readonly bits: number
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly #facts: PublicKeyFacts
  readonly #handle: KeyHandle

  private constructor(facts: PublicKeyFacts, publicKey: Uint8Array, handle: KeyHandle) {
    this.spec = specOf(facts) as Spec
    this.kind = facts.kind
    this.bits = facts.bits
    this.publicKey = publicKey
    this.#facts = facts
    this.#handle = handle
    Object.freeze(this)
  }

  /** Undefined for keys that sign nothing. Call `sign`, which checks that the algorithm fits. */
  get sign(): Key['sign'] {
    return this.#can('sign', this.#sign)
  }

  /** Of RSA keys. Call `decryptOaep` and `decryptPkcs1v15`, which answer every fault alike. */
  get decrypt(): Key['decrypt'] {
    return this.#can('decrypt', this.#decrypt)
  }

  /** Of keys on a curve. Call `agree`, which checks that the peer's is on the same. */
  get agree(): Key['agree'] {
    return this.#can('agree', this.#agree)
  }

  /** Of ML-KEM keys. Call `decapsulate`, which checks the length. */
  get decapsulate(): Key['decapsulate'] {
    return this.#can('decapsulate', this.#decapsulate)
  }

  toString(): string {
    return `[PrivateKey ${this.spec ?? `${this.kind}-${this.bits}`}]`
  }

  toJSON(): string {
    return this.toString()
  }

  #can<T>(verb: KeyVerb, method: T): T | undefined {
    return VERBS[this.kind].includes(verb) ? method : undefined
  }

  #sign(message: Uint8Array, algorithm: SignatureAlgorithm): Promise<Uint8Array> {
    return engine.sign(this.#handle, algorithm, this.#facts, message)
  }

  #decrypt(encrypted: Uint8Array, how: RsaEncryption): Promise<Uint8Array | undefined> {
    return how.scheme === 'OAEP'
      ? engine.decryptOaep(this.#handle, how, encrypted)
      : engine.decryptPkcs1v15(this.#handle, encrypted)
  }

  #agree(peer: Uint8Array): Promise<Uint8Array> {
    return engine.agree(this.#handle, this.#facts, peer) // the peer's key is of the same kind and curve
  }

  #decapsulate(ciphertext: Uint8Array): Promise<Uint8Array> {
    return engine.decapsulate(kemByOid(this.#facts.oid), this.#handle, ciphertext)
  }

  // The doors of the crypto folder. Its index does not export them.
  static {
    wrap = (facts, publicKey, handle) => new PrivateKey<KeySpec | undefined>(facts, publicKey, handle)
    handleIn = (key) => key.#handle
    factsIn = (key) => key.#facts
    isOne = (key) => #handle in key
    // What Node's console.log asks a value for.
    const inspect = Symbol.for('nodejs.util.inspect.custom')
    Object.defineProperty(PrivateKey.prototype, inspect, { value: PrivateKey.prototype.toString })
  }
}

/** A private key of any size, also one that Scel does not make: see `ImportOptions`. */
export type AnyPrivateKey = PrivateKey<KeySpec | undefined>

/** @throws key_malformed, der_malformed */
export const privateKeyOf = (publicKey: Uint8Array, handle: KeyHandle): AnyPrivateKey =>
  wrap(readPublicKey(publicKey), publicKey, handle)
export const handleOf = (key: AnyPrivateKey): KeyHandle => handleIn(key)

/** Whether the platform itself holds the key, so that nobody stands between who asks and what comes. */
export const isHere = (key: Key): key is AnyPrivateKey => isOne(key)

/** Of the public half. @throws key_malformed, der_malformed for a key elsewhere whose public half cannot be read */
export const factsOf = (key: Key): PublicKeyFacts => (isHere(key) ? factsIn(key) : readPublicKey(key.publicKey))

/** Whether it is one of the keys that Scel makes. */
export const isSpecified = (key: AnyPrivateKey): key is PrivateKey => key.spec !== undefined
