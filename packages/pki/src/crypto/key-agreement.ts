import { readPublicKey } from '../algorithms/index.ts'
import { fail } from '../errors/index.ts'
import { isOnCurve } from './ec-point.ts'
import type { Key } from './key.ts'
import { factsOf, isHere } from './keys/private-key.ts'
import { answered, verbOf } from './verb-of.ts'

/**
 * The secret that two keys have in common: ECDH on P-256, P-384 and P-521 (SEC 1 §3.3.1, the x-coordinate: 32, 48 or
 * 66 bytes), X25519 and X448 (RFC 7748 §6: 32 and 56 bytes). It is not uniform: derive keys from it, never use it as one.
 * @param peer the other's SubjectPublicKeyInfo, DER
 * @throws key_mismatch when the keys are not of one kind and curve, or do not agree at all; key_malformed for a point
 *   off its curve and for a peer that makes the secret zero (RFC 7748 §6.1); key_incapable for a key that does not agree where it is,
 *   key_unavailable, algorithm_unsupported
 * @example
 * const [ours, theirs] = [await generateKeyPair('x25519'), await generateKeyPair('x25519')]
 * const secret = await agree(ours.privateKey, theirs.publicKey)
 * assert.deepEqual(secret, await agree(theirs.privateKey, ours.publicKey))
 */
export async function agree(key: Key, peer: Uint8Array): Promise<Uint8Array> {
  const [own, theirs] = [factsOf(key), readPublicKey(peer)]
  // Same algorithm and same curve: the peer chooses neither for us (RFC 5753 §7.1.2, OpenSSL CVE-2026-42770).
  const agrees = own.kind === 'ec' || own.kind === 'x25519' || own.kind === 'x448'
  if (!agrees || own.oid !== theirs.oid || own.curve !== theirs.curve) fail('key_mismatch', { what: 'key agreement' })
  const ask = verbOf(key, 'agree')
  const malformed = (error?: unknown): never => fail('key_malformed', { what: 'peer key' }, error)
  // Platforms look at the point themselves. A token that does not would give its key away bit by bit (Biehl, Meyer, Müller, CRYPTO 2000).
  if (own.curve && !isHere(key) && !isOnCurve(own.curve, theirs.keyBits)) malformed()
  const secret = await answered(() => ask(peer), malformed)
  if (secret.length !== (own.curve?.size ?? own.keyBits.length)) fail('key_malformed', { what: 'shared secret' })
  // RFC 7748 §6.1. On the NIST curves zero is a coordinate like another: a point of order two does not exist there.
  if (!own.curve && secret.every((octet) => octet === 0)) malformed()
  return secret
}
