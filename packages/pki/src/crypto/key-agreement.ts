import { engine } from '#engine'
import { readPublicKey } from '../algorithms/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { AnyPrivateKey } from './keys/private-key.ts'
import { factsOf, handleOf } from './keys/private-key.ts'

/**
 * The secret that two keys have in common: ECDH on P-256, P-384 and P-521 (SEC 1 §3.3.1, the x-coordinate: 32, 48 or
 * 66 bytes), X25519 and X448 (RFC 7748 §6: 32 and 56 bytes). It is not uniform: derive keys from it, never use it as one.
 * @param peer the other's SubjectPublicKeyInfo, DER
 * @throws key_mismatch when the keys are not of one kind and curve, or do not agree at all; key_malformed for a point
 *   off its curve and for a peer that makes the secret zero (RFC 7748 §6.1); algorithm_unsupported
 * @example
 * const [ours, theirs] = [await generateKeyPair('x25519'), await generateKeyPair('x25519')]
 * const secret = await agree(ours.privateKey, theirs.publicKey)
 * assert.deepEqual(secret, await agree(theirs.privateKey, ours.publicKey))
 */
export async function agree(privateKey: AnyPrivateKey, peer: Uint8Array): Promise<Uint8Array> {
  const [own, theirs] = [factsOf(privateKey), readPublicKey(peer)]
  // Same algorithm and same curve: the peer chooses neither for us (RFC 5753 §7.1.2, OpenSSL CVE-2026-42770).
  const agrees = own.kind === 'ec' || own.kind === 'x25519' || own.kind === 'x448'
  if (!agrees || own.oid !== theirs.oid || own.curve !== theirs.curve) fail('key_mismatch', { what: 'key agreement' })
  let secret: Uint8Array
  try {
    secret = await engine.agree(handleOf(privateKey), theirs, peer)
  } catch (error) {
    if (isPkiError(error)) throw error
    return fail('key_malformed', { what: 'peer key' }, error)
  }
  // RFC 7748 §6.1. On the NIST curves zero is a coordinate like another: a point of order two does not exist there.
  if (!own.curve && secret.every((octet) => octet === 0)) fail('key_malformed', { what: 'peer key' })
  return secret
}
