// A private key that shows nothing of itself: not printed, not logged, not in JSON. Its bytes leave by the exporting
// functions of this folder only.

import type { KeyKind, KeySpec, PublicKeyFacts } from '../../algorithms/index.ts'
import { readPublicKey, specOf } from '../../algorithms/index.ts'
import type { KeyHandle } from '../engine/engine.ts'

let wrap: (facts: PublicKeyFacts, publicKey: Uint8Array, handle: KeyHandle) => AnyPrivateKey
let handleIn: (key: AnyPrivateKey) => KeyHandle
let factsIn: (key: AnyPrivateKey) => PublicKeyFacts

/**
 * A private key in the hands of the platform. Made by `generateKeyPair`, `importPrivateKey` and `readPrivateKey`.
 * `Spec` is what it may be: keys of every size have the type {@link AnyPrivateKey}.
 * @example
 * const { privateKey } = await generateKeyPair('ec-p256')
 * assert.equal(`${privateKey}`, '[PrivateKey ec-p256]')
 * assert.deepEqual([privateKey.kind, privateKey.bits], ['ec', 256])
 */
export class PrivateKey<Spec extends KeySpec | undefined = KeySpec> {
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

  toString(): string {
    return `[PrivateKey ${this.spec ?? `${this.kind}-${this.bits}`}]`
  }

  toJSON(): string {
    return this.toString()
  }

  // The doors of the crypto folder. Its index does not export them.
  static {
    wrap = (facts, publicKey, handle) => new PrivateKey<KeySpec | undefined>(facts, publicKey, handle)
    handleIn = (key) => key.#handle
    factsIn = (key) => key.#facts
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
export const factsOf = (key: AnyPrivateKey): PublicKeyFacts => factsIn(key)

/** Whether it is one of the keys that Scel makes. */
export const isSpecified = (key: AnyPrivateKey): key is PrivateKey => key.spec !== undefined
