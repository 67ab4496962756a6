import { engine } from '#engine'
import type { PublicKeyFacts, SignatureAlgorithm } from '../algorithms/index.ts'
import { defaultSignature, digestByName, readPublicKey, signatureFits } from '../algorithms/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { Key } from './key.ts'
import { factsOf, isHere } from './keys/private-key.ts'
import { verbOf } from './verb-of.ts'

/**
 * Signs `data`. ECDSA signatures are DER (RFC 3279 §2.2.3), as certificates carry them; ML-DSA and SLH-DSA have an empty
 * context (RFC 9881 §3, RFC 9909 §3). What a key elsewhere made is verified before anybody sees it: a keeper that took another key, or
 * another form, is found out here and not by those who rely on it.
 * @param row the usual one of the key unless given
 * @throws key_mismatch when the algorithm is not one of the key's kind, when the key signs nothing (X25519, ML-KEM),
 *   when a salt does not fit it, or when the signature is not the key's; key_incapable for a key that signs nothing where it is;
 *   algorithm_unsupported; and what its keeper throws
 * @example
 * const signature = await sign(sample.person.key, utf8('a text'))
 * const row = defaultSignature(sample.person.key.spec)
 * assert.equal(await verify(row, sample.person.key.publicKey, utf8('a text'), signature), true)
 */
export async function sign(
  key: Key,
  data: Uint8Array,
  row: SignatureAlgorithm = usualSignature(key),
): Promise<Uint8Array> {
  const facts = factsOf(key)
  if (!signatureFits(row, facts) || !saltFits(row, facts)) fail('key_mismatch', { what: row.name })
  const signature = await verbOf(key, 'sign')(data, row)
  if (isHere(key) || (await verify(row, key.publicKey, data, signature))) return signature
  return fail('key_mismatch', { what: row.name })
}

/**
 * What a key signs with unless told otherwise.
 * @throws key_mismatch for keys that sign nothing, and for those that Scel does not make
 * @example
 * assert.equal(usualSignature(sample.root.key).name, 'ECDSA with SHA-384')
 */
export const usualSignature = (key: Key): SignatureAlgorithm =>
  defaultSignature(key.spec ?? fail('key_mismatch', { what: 'key type' }))

/**
 * Whether `signature` is the key's signature over `data`. False means only that; everything else throws.
 * @param row from `signatureByName`, or from the signed object by `readSignatureIdentifier`
 * @param spki SubjectPublicKeyInfo, DER
 * @throws key_mismatch when key and algorithm are of different kinds or parameters, key_malformed, algorithm_unsupported
 * @example
 * const { publicKey } = sample.person.key
 * assert.equal(await verify(defaultSignature('ec-p256'), publicKey, utf8('a text'), new Uint8Array(70)), false)
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
  if (!saltFits(row, key)) return false
  try {
    return await engine.verify(row, key, spki, data, signature)
  } catch (error) {
    if (isPkiError(error)) throw error
    // Both engines throw only while importing the key: a point off its curve, a modulus they refuse.
    return fail('key_malformed', { what: 'public key' }, error)
  }
}

/** RFC 8017 §9.1.1: the encoded message holds the digest, the salt and two octets. */
function saltFits({ pss }: SignatureAlgorithm, { bits }: PublicKeyFacts): boolean {
  if (!pss) return true
  return Math.ceil((bits - 1) / 8) >= digestByName(pss.digest).length + pss.saltLength + 2
}
