// A private key that shows nothing of itself: not printed, not logged, not in JSON. Its bytes leave by
// exportPrivateKey and encryptPrivateKey only.

import type { KeySpec } from '../algorithms/index.ts'
import type { KeyHandle } from './engine.ts'

let wrap: (spec: KeySpec, publicKey: Uint8Array, handle: KeyHandle) => PrivateKey
let unwrap: (key: PrivateKey) => KeyHandle

export class PrivateKey {
  readonly spec: KeySpec
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly #handle: KeyHandle

  private constructor(spec: KeySpec, publicKey: Uint8Array, handle: KeyHandle) {
    this.spec = spec
    this.publicKey = publicKey
    this.#handle = handle
    Object.freeze(this)
  }

  toString(): string {
    return `[PrivateKey ${this.spec}]`
  }

  toJSON(): string {
    return this.toString()
  }

  // The two doors of this folder. Its index does not export them.
  static {
    wrap = (spec, publicKey, handle) => new PrivateKey(spec, publicKey, handle)
    unwrap = (key) => key.#handle
    // What Node's console.log asks a value for.
    const inspect = Symbol.for('nodejs.util.inspect.custom')
    Object.defineProperty(PrivateKey.prototype, inspect, { value: PrivateKey.prototype.toString })
  }
}

export const privateKeyOf = (spec: KeySpec, publicKey: Uint8Array, handle: KeyHandle): PrivateKey =>
  wrap(spec, publicKey, handle)
export const handleOf = (key: PrivateKey): KeyHandle => unwrap(key)
