import {
  contextConstructed,
  contextPrimitive,
  DerReader,
  explicit,
  implicit,
  implicitConstructed,
  namedBitsContent,
  sequence,
} from '../../asn1/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralNames, writeGeneralName } from '../general-name/general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.13 */
export interface DistributionPoint {
  readonly fullName?: readonly GeneralName[]
  /** nameRelativeToCRLIssuer, the element as it came. */
  readonly relativeName?: Uint8Array
  /** Numbers of the ReasonFlags bits; undefined for all reasons. */
  readonly reasons?: readonly number[]
  readonly crlIssuer?: readonly GeneralName[]
}

/** An extension that lists distribution points: `crlDistributionPoints` here, `freshestCRL` beside it. */
export const distributionPoints = (dotted: string, what: string): ExtensionCodec<readonly DistributionPoint[]> => ({
  oid: dotted,
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, what, (reader) => {
      const points = reader.sequenceOf((item) => item.sequence(readPoint))
      if (points.length === 0) reader.malformed()
      return Object.freeze(points)
    }),
  write: (points) =>
    sequence(
      points.map((point) =>
        sequence(
          writePointName(point),
          point.reasons ? [implicit(1, namedBitsContent(point.reasons))] : [],
          point.crlIssuer ? [implicitConstructed(2, point.crlIssuer.map(writeGeneralName))] : [],
        ),
      ),
    ),
})

export const crlDistributionPoints: ExtensionCodec<readonly DistributionPoint[]> = distributionPoints(
  '2.5.29.31',
  'crlDistributionPoints',
)

type PointName = Pick<DistributionPoint, 'fullName' | 'relativeName'>

/** DistributionPointName under its EXPLICIT [0], shared with issuingDistributionPoint. */
export function readPointName(reader: DerReader): PointName {
  const name = reader.optional(contextConstructed(0), (outer) =>
    outer.explicit(0, (inner): PointName => {
      if (inner.tag === contextConstructed(0)) return { fullName: readGeneralNames(inner, contextConstructed(0)) }
      return inner.tag === contextConstructed(1) ? { relativeName: inner.element() } : inner.malformed()
    }),
  )
  return name ?? {}
}

export function writePointName({ fullName, relativeName }: PointName): Uint8Array[] {
  if (fullName) return [explicit(0, implicitConstructed(0, fullName.map(writeGeneralName)))]
  return relativeName ? [explicit(0, relativeName)] : []
}

function readPoint(fields: DerReader): DistributionPoint {
  const name = readPointName(fields)
  const reasons = fields.optional(contextPrimitive(1), (inner) => inner.namedBits(contextPrimitive(1)))
  const crlIssuer = fields.optional(contextConstructed(2), (inner) => readGeneralNames(inner, contextConstructed(2)))
  return Object.freeze({ ...name, ...(reasons ? { reasons } : {}), ...(crlIssuer ? { crlIssuer } : {}) })
}
