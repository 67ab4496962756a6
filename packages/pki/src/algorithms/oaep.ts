// RSAES-OAEP-params (RFC 4055 §4.1): read from keys' and messages' algorithm identifiers, written in strict DER. The
// defaults are SHA-1, which is safe in this place: OAEP asks no collision resistance of its hash.

import { DerReader, explicit, octetString, oid, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { DigestAlgorithm, DigestName } from './digest.ts'
import { digestByName } from './digest.ts'
import { readDigestIdentifier, readMgf } from './mgf.ts'
import { MGF1, RSAES_OAEP } from './oids.ts'

/** How RSA-OAEP is used. */
export interface OaepParameters {
  readonly digest: DigestName
  /** Digest of the mask generation function MGF1. */
  readonly mgfDigest: DigestName
  /** The encoding parameters P. @default empty */
  readonly label?: Uint8Array
}

/**
 * The AlgorithmIdentifier of RSA-OAEP (RFC 4055 §4.1). Fields that have their default value are left out, as DER wants.
 * @example
 * const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
 * assert.deepEqual(readOaepIdentifier(oaepIdentifier(parameters)), parameters)
 */
export function oaepIdentifier({ digest, mgfDigest, label }: OaepParameters): Uint8Array {
  const identifier = (name: DigestName): Uint8Array => digestByName(name).identifier
  return sequence(
    oid(RSAES_OAEP),
    sequence(
      digest === 'SHA-1' ? [] : [explicit(0, identifier(digest))],
      mgfDigest === 'SHA-1' ? [] : [explicit(1, sequence(oid(MGF1), identifier(mgfDigest)))],
      label?.length ? [explicit(2, sequence(oid(SPECIFIED), octetString(label)))] : [],
    ),
  )
}

/**
 * Reads the AlgorithmIdentifier of RSA-OAEP. Defaults that are written out are accepted: NSS and old Java do so.
 * @throws algorithm_unsupported for another OID, digest, mask or label source; der_malformed
 * @example
 * const defaults = readOaepIdentifier(fromHex('300d06092a864886f70d0101073000'))
 * assert.deepEqual(defaults, { digest: 'SHA-1', mgfDigest: 'SHA-1' })
 */
export function readOaepIdentifier(identifier: Uint8Array): OaepParameters {
  return DerReader.whole(identifier, 'RSAES-OAEP', (reader) =>
    reader.sequence((inner) => {
      const dotted = inner.oid()
      if (dotted !== RSAES_OAEP) fail('algorithm_unsupported', { oid: dotted })
      return inner.sequence((fields) => {
        const sha1 = digestByName('SHA-1')
        const digest: DigestAlgorithm = fields.optional(0xa0, (one) => one.explicit(0, readDigestIdentifier)) ?? sha1
        const mgf: DigestAlgorithm = fields.optional(0xa1, (one) => one.explicit(1, readMgf)) ?? sha1
        const label = fields.optional(0xa2, (one) => one.explicit(2, readLabel))
        return Object.freeze({ digest: digest.name, mgfDigest: mgf.name, ...(label?.length ? { label } : {}) })
      })
    }),
  )
}

function readLabel(reader: DerReader): Uint8Array {
  return reader.sequence((source) => {
    const dotted = source.oid()
    return dotted === SPECIFIED ? source.octetString() : fail('algorithm_unsupported', { oid: dotted })
  })
}

const SPECIFIED = '1.2.840.113549.1.1.9'
