// The parts that the parameters of RSA-PSS and RSA-OAEP have in common (RFC 4055 §2).

import type { DerReader } from '../asn1/index.ts'
import { TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { DigestAlgorithm } from './digest.ts'
import { digestByOid } from './digest.ts'
import { MGF1 } from './oids.ts'

/**
 * A digest's AlgorithmIdentifier. Tools write its parameters absent or NULL, and RFC 4055 §2.1 has both accepted.
 * @throws algorithm_unsupported
 */
export function readDigestIdentifier(reader: DerReader): DigestAlgorithm {
  return reader.sequence((identifier) => {
    const row = digestByOid(identifier.oid())
    if (identifier.tag === TAG.null) identifier.null()
    return row
  })
}

/** The digest of MGF1, the only mask generation function there is. @throws algorithm_unsupported */
export function readMgf(reader: DerReader): DigestAlgorithm {
  return reader.sequence((mgf) => {
    const dotted = mgf.oid()
    return dotted === MGF1 ? readDigestIdentifier(mgf) : fail('algorithm_unsupported', { oid: dotted })
  })
}
