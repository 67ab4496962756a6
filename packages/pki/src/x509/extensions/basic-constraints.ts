import { boolean, DerReader, integer, sequence, TAG } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.9 */
export interface BasicConstraints {
  readonly ca: boolean
  /** How many authorities may follow below this one; undefined for no bound. */
  readonly pathLength?: number
}

export const basicConstraints: ExtensionCodec<BasicConstraints> = {
  oid: '2.5.29.19',
  critical: ({ ca }) => ca,
  parse: (der) =>
    DerReader.whole(der, 'basicConstraints', (reader) =>
      reader.sequence((fields) => {
        const ca = fields.optional(TAG.boolean, (inner) => inner.boolean())
        if (ca === false) fields.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
        const pathLength = fields.optional(TAG.integer, (inner) => inner.smallInteger())
        return Object.freeze({ ca: ca ?? false, ...(pathLength === undefined ? {} : { pathLength }) })
      }),
    ),
  write: ({ ca, pathLength }) =>
    sequence(ca ? [boolean(true)] : [], pathLength === undefined ? [] : [integer(pathLength)]),
}
