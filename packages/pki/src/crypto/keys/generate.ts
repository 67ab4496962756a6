import { engine } from '#engine'
import type { KeySpec } from '../../algorithms/index.ts'
import { KEY_SPECS } from '../../algorithms/index.ts'
import type { PrivateKey } from './private-key.ts'
import { privateKeyOf } from './private-key.ts'

/** Both halves of a key. */
export interface KeyPair {
  readonly privateKey: PrivateKey
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
}

/**
 * A new key pair from the platform's generator.
 * @throws algorithm_unsupported with the OID of a kind of key that the platform does not know
 * @example
 * const { privateKey, publicKey } = await generateKeyPair('ed25519')
 * assert.equal(keyMatches(privateKey, publicKey), true)
 */
export async function generateKeyPair(spec: KeySpec): Promise<KeyPair> {
  const { handle, spki } = await engine.generate(KEY_SPECS[spec])
  return Object.freeze({ privateKey: privateKeyOf(spki, handle) as PrivateKey, publicKey: spki })
}
