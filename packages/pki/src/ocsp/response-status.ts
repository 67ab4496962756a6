import { enumerated, sequence } from '../asn1/index.ts'

/** RFC 6960 §4.2.1; 4 is not used. */
export type OcspResponseStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized'

const NUMBERS: Readonly<Record<OcspResponseStatus, number>> = {
  successful: 0,
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
}

const names = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name as OcspResponseStatus]))

export const statusOf = (number: number): OcspResponseStatus | undefined => names.get(number)
export const statusElement = (status: OcspResponseStatus): Uint8Array => enumerated(NUMBERS[status])

/**
 * The whole answer when there is none: DER without a signature, as the standard has it.
 * @example
 * assert.equal(toHex(ocspError('unauthorized')), '30030a0106')
 */
export const ocspError = (status: Exclude<OcspResponseStatus, 'successful'>): Uint8Array =>
  sequence(statusElement(status))
