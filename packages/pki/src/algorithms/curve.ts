/** The NIST curves of RFC 5480 §2.1.1.1 that are in use. */
export type CurveName = 'P-256' | 'P-384' | 'P-521'

/** All that the library knows about one curve. */
export interface Curve {
  readonly name: CurveName
  readonly oid: string
  readonly bits: number
  /** Length in bytes of a coordinate, and of r and s. */
  readonly size: number
}

/** Every curve, by its name. */
export const CURVES: Readonly<Record<CurveName, Curve>> = Object.freeze({
  'P-256': { name: 'P-256', oid: '1.2.840.10045.3.1.7', bits: 256, size: 32 },
  'P-384': { name: 'P-384', oid: '1.3.132.0.34', bits: 384, size: 48 },
  'P-521': { name: 'P-521', oid: '1.3.132.0.35', bits: 521, size: 66 },
})

const byOid = new Map(Object.values(CURVES).map((curve) => [curve.oid, curve]))
/**
 * The curve of an OID, or undefined when the library does not use it.
 * @example
 * assert.equal(curveByOid('1.2.840.10045.3.1.7')?.name, 'P-256')
 * assert.equal(curveByOid('1.3.132.0.10'), undefined)
 */
export const curveByOid = (dotted: string): Curve | undefined => byOid.get(dotted)
