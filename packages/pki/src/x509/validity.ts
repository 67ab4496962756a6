// Dates in certificates. Years 1950 to 2049 are UTCTime and later ones GeneralizedTime (RFC 5280 §4.1.2.5), and
// both ends of a validity period are inclusive.

import type { DerReader } from '../asn1/index.ts'
import { sequence, time } from '../asn1/index.ts'

/** From when to when, both seconds included. */
export interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

/**
 * A period of `days` starting at `from`, ending on its last second.
 * @example
 * const { notAfter } = validityOf(new Date('2026-01-01T00:00:00Z'), 90)
 * assert.equal(notAfter.toISOString(), '2026-03-31T23:59:59.000Z')
 */
export function validityOf(from: Date, days: number): Validity {
  const notBefore = new Date(Math.floor(from.getTime() / SECOND) * SECOND)
  // notAfter is inclusive, so a 90-day certificate ends one second before day 90 is over.
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * DAY - SECOND) }
}

/** "99991231235959Z": the certificate has no well-defined end (RFC 5280 §4.1.2.5). */
export const NO_END: Date = new Date(Date.UTC(9999, 11, 31, 23, 59, 59))

export const readValidity = (reader: DerReader): Validity =>
  reader.sequence((fields) => ({ notBefore: fields.time(), notAfter: fields.time() }))

export const writeValidity = ({ notBefore, notAfter }: Validity): Uint8Array =>
  sequence(time(notBefore), time(notAfter))

const SECOND = 1_000
const DAY = 86_400_000
