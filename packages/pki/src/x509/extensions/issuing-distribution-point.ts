import { contextPrimitive, DerReader, implicit, namedBitsContent, sequence } from '../../asn1/index.ts'
import type { DistributionPoint } from './distribution-points.ts'
import { readPointName, writePointName } from './distribution-points.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §5.2.5: what a CRL covers. */
export interface IssuingDistributionPoint extends Pick<DistributionPoint, 'fullName' | 'relativeName'> {
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  /** Numbers of the ReasonFlags bits; undefined for all reasons. */
  readonly onlySomeReasons?: readonly number[]
  readonly indirectCRL: boolean
  readonly onlyContainsAttributeCerts: boolean
}

export const issuingDistributionPoint: ExtensionCodec<IssuingDistributionPoint> = {
  oid: '2.5.29.28',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'issuingDistributionPoint', (reader) =>
      reader.sequence((fields) => {
        if (fields.done) fields.malformed() // "MUST NOT be an empty sequence"
        const name = readPointName(fields)
        const onlyContainsUserCerts = readFlag(fields, 1)
        const onlyContainsCACerts = readFlag(fields, 2)
        const reasons = fields.optional(contextPrimitive(3), (inner) => inner.namedBits(contextPrimitive(3)))
        const indirectCRL = readFlag(fields, 4)
        const onlyContainsAttributeCerts = readFlag(fields, 5)
        const flags = { onlyContainsUserCerts, onlyContainsCACerts, indirectCRL, onlyContainsAttributeCerts }
        return Object.freeze({ ...name, ...flags, ...(reasons ? { onlySomeReasons: reasons } : {}) })
      }),
    ),
  write: (point) =>
    sequence(
      writePointName(point),
      writeFlag(1, point.onlyContainsUserCerts),
      writeFlag(2, point.onlyContainsCACerts),
      point.onlySomeReasons ? [implicit(3, namedBitsContent(point.onlySomeReasons))] : [],
      writeFlag(4, point.indirectCRL),
      writeFlag(5, point.onlyContainsAttributeCerts),
    ),
}

function readFlag(fields: DerReader, number: number): boolean {
  const flag = fields.optional(contextPrimitive(number), (inner) => inner.boolean(contextPrimitive(number)))
  if (flag === false) fields.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
  return flag ?? false
}

const writeFlag = (number: number, flag: boolean): Uint8Array[] => (flag ? [implicit(number, Uint8Array.of(0xff))] : [])
