// AlgorithmIdentifiers inside recipients.

import type { KeyWrapAlgorithm } from '../../algorithms/index.ts'
import { keyWrapByOid } from '../../algorithms/index.ts'
import { DerReader } from '../../asn1/index.ts'

/** The OID of an AlgorithmIdentifier, whatever its parameters. */
export const identifierOid = (identifier: Uint8Array): string =>
  DerReader.whole(identifier, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const dotted = fields.oid()
      if (!fields.done) fields.element()
      return dotted
    }),
  )

/**
 * The row of an AES key wrap. Its parameters are absent (RFC 3565 §2.3.2).
 * @throws algorithm_unsupported, der_malformed
 */
export const readWrap = (identifier: Uint8Array): KeyWrapAlgorithm =>
  DerReader.whole(identifier, 'key wrap', (reader) => reader.sequence((fields) => keyWrapByOid(fields.oid())))
