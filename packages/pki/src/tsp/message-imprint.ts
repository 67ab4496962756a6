import type { DigestName } from '../algorithms/index.ts'
import { digestByName, digestByOid } from '../algorithms/index.ts'
import type { DerReader } from '../asn1/index.ts'
import { octetString, sequence } from '../asn1/index.ts'
import { digest } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'

/** What is stamped: a digest of the document, which itself stays at home (RFC 3161 §2.4.1). */
export interface MessageImprint {
  readonly digest: DigestName
  readonly hash: Uint8Array
}

/**
 * The imprint of a document.
 * @example
 * const imprint = await imprintOf(new TextEncoder().encode('hello'), 'SHA-256')
 * assert.equal(toHex(imprint.hash).slice(0, 8), '2cf24dba')
 */
export async function imprintOf(document: Uint8Array, name: DigestName = 'SHA-256'): Promise<MessageImprint> {
  return Object.freeze({ digest: name, hash: await digest(name, document) })
}

/** @throws algorithm_unsupported, der_malformed, time_stamp_malformed when the length is not the digest's */
export function readImprint(fields: DerReader): MessageImprint {
  return fields.sequence((imprint) => {
    const row = imprint.sequence((identifier) => {
      const found = digestByOid(identifier.oid())
      if (!identifier.done) identifier.null()
      return found
    })
    const hash = imprint.octetString()
    return hash.length === row.length ? Object.freeze({ digest: row.name, hash }) : malformed()
  })
}

/** @throws time_stamp_malformed when the length is not the digest's */
export function writeImprint({ digest: name, hash }: MessageImprint): Uint8Array {
  const row = digestByName(name)
  if (hash.length !== row.length) malformed()
  return sequence(row.identifier, octetString(hash))
}

const malformed = (): never => fail('time_stamp_malformed', { what: 'message imprint' })
