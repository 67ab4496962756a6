import { engine } from '#engine'
import type { SignatureAlgorithm } from '../algorithms/index.ts'
import { defaultSignature, readPublicKey, signatureFits } from '../algorithms/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { AnyPrivateKey } from './keys/private-key.ts'
import { factsOf, handleOf, isSpecified } from './keys/private-key.ts'

/**
 * Signs `data`. ECDSA signatures are DER, as certificates carry them.
 * @throws key_mismatch when the algorithm is not one of the key's kind
 */
export async function sign(
  key: AnyPrivateKey,
  data: Uint8Array,
  row: SignatureAlgorithm = isSpecified(key) ? defaultSignature(key.spec) : fail('key_mismatch', { what: `${key}` }),
): Promise<Uint8Array> {
  const facts = factsOf(key)
  if (!signatureFits(row, facts)) fail('key_mismatch', { what: row.name })
  return engine.sign(handleOf(key), row, facts, data)
}

/**
 * Whether `signature` is the key's signature over `data`. False means only that; everything else throws.
 * @throws key_mismatch when key and algorithm are of different kinds, key_malformed, algorithm_unsupported
 */
export async function verify(
  row: SignatureAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = readPublicKey(spki)
  if (key.kind === 'other') fail('algorithm_unsupported', { oid: key.oid })
  if (!signatureFits(row, key)) fail('key_mismatch', { what: row.name })
  // Cheaper than an engine's refusal, and the same on both platforms.
  if (signature.length !== (row.length ?? key.rsa?.modulus.length ?? signature.length)) return false
  try {
    return await engine.verify(row, key, spki, data, signature)
  } catch (error) {
    if (isPkiError(error)) throw error
    // Both engines throw only while importing the key: a point off its curve, a modulus they refuse.
    return fail('key_malformed', { what: 'public key' }, error)
  }
}
