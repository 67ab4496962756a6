import type { KeyWrapAlgorithm } from '../../algorithms/index.ts'
import { keyWrapByOid } from '../../algorithms/index.ts'
import { DerReader } from '../../asn1/index.ts'

/**
 * The row of an AES key wrap. Its parameters are absent (RFC 3565 §2.3.2); a NULL, which old programs wrote, says as
 * little. Where keys are agreed upon, the identifier goes into the derivation as it stands.
 * @throws algorithm_unsupported, der_malformed
 */
export const readWrap = (identifier: Uint8Array): KeyWrapAlgorithm =>
  DerReader.whole(identifier, 'key wrap', (reader) =>
    reader.sequence((fields) => {
      const row = keyWrapByOid(fields.oid())
      if (!fields.done) fields.null()
      return row
    }),
  )
