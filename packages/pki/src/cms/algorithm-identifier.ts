// AlgorithmIdentifiers of which only the name counts, or whose parameters say nothing.

import { DerReader } from '../asn1/index.ts'

/** The OID of an AlgorithmIdentifier, DER, whatever its parameters. */
export const oidOf = (identifier: Uint8Array): string =>
  DerReader.whole(identifier, 'AlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const dotted = fields.oid()
      if (!fields.done) fields.element()
      return dotted
    }),
  )

/** The row of the OID that comes next; its parameters are absent or NULL. */
export function rowOf<Row>(fields: DerReader, find: (dotted: string) => Row): Row {
  const row = find(fields.oid())
  if (!fields.done) fields.null()
  return row
}
