// The integrity of a PKCS #12 file: an HMAC under a key derived from the passphrase (RFC 7292 §4 and appendix B).

import type { DigestAlgorithm } from '../algorithms/index.ts'
import { digestByName, digestByOid } from '../algorithms/index.ts'
import type { DerReader } from '../asn1/index.ts'
import { encodeString, integer, octetString, sequence, TAG } from '../asn1/index.ts'
import { concat, equal } from '../bytes/index.ts'
import { digestRepeated, hmac, randomBytes, readIterations } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'

export interface Mac {
  readonly digest: DigestAlgorithm
  readonly value: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
}

/** MacData, DER, with HMAC-SHA-256 over `content`. */
export async function writeMac(content: Uint8Array, passphrase: string, iterations: number): Promise<Uint8Array> {
  const digest = digestByName('SHA-256')
  const salt = randomBytes(16)
  const value = await hmac(digest.name, await macKey(digest, passphrase, salt, iterations), content)
  return sequence(sequence(digest.identifier, octetString(value)), octetString(salt), integer(iterations))
}

/** Reads MacData. @throws algorithm_unsupported, naming it: a program that says "wrong password" instead is no help */
export function readMac(reader: DerReader): Mac {
  return reader.sequence((fields) => {
    const { digest, value } = fields.sequence((info) => ({ digest: readDigest(info), value: info.octetString() }))
    const salt = fields.octetString()
    const iterations = fields.optional(TAG.integer, readIterations) ?? 1
    return { digest, value, salt, iterations }
  })
}

/** @throws passphrase_wrong when the authentication code is another one */
export async function checkMac(mac: Mac, content: Uint8Array, passphrase: string): Promise<void> {
  const key = await macKey(mac.digest, passphrase, mac.salt, mac.iterations)
  if (!equal(await hmac(mac.digest.name, key, content), mac.value)) fail('passphrase_wrong', {})
}

/**
 * RFC 7292 appendix B.2 for one block of output, which is all that a MAC key needs: the passphrase as BMPString
 * with its terminator, salt and passphrase each repeated to whole blocks, hashed `iterations` times.
 */
async function macKey(
  digest: DigestAlgorithm,
  passphrase: string,
  salt: Uint8Array,
  iterations: number,
): Promise<Uint8Array> {
  const purpose = new Uint8Array(digest.block).fill(3) // "If ID=3, … integrity key for MACing" (B.3)
  const secret = concat(encodeString('BMPString', passphrase), Uint8Array.of(0, 0))
  const input = concat(purpose, repeatToBlocks(salt, digest.block), repeatToBlocks(secret, digest.block))
  return digestRepeated(digest.name, input, iterations)
}

function repeatToBlocks(bytes: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bytes.length / block) * block)
  for (let i = 0; i < out.length; i++) out[i] = bytes[i % bytes.length]!
  return out
}

function readDigest(info: DerReader): DigestAlgorithm {
  return info.sequence((identifier) => {
    const row = digestByOid(identifier.oid())
    if (!identifier.done) identifier.null()
    return row
  })
}
