// The moment of a time stamp: a GeneralizedTime that may have a fraction, without zeros at its end (RFC 3161 §2.4.2).

import { contentOf, element, generalizedTime, parseGeneralizedTime, TAG } from '../asn1/index.ts'
import { concat } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'

/** Finer parts than a millisecond are dropped. @throws time_malformed */
export function readGenTime(content: Uint8Array): Date {
  if (content[SECONDS_END] !== DOT) return parseGeneralizedTime(content)
  const digits = content.subarray(SECONDS_END + 1, -1)
  const [first] = digits
  if (first === undefined || digits.length > MOST_DIGITS || digits.at(-1) === ZERO) malformed()
  let milliseconds = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i]! - ZERO
    if (digit < 0 || digit > 9) malformed()
    if (i < 3) milliseconds += digit * 10 ** (2 - i)
  }
  const whole = parseGeneralizedTime(concat(content.subarray(0, SECONDS_END), content.subarray(-1)))
  return new Date(whole.getTime() + milliseconds)
}

/** @throws time_malformed outside years 0 to 9999 */
export function writeGenTime(date: Date): Uint8Array {
  const whole = contentOf(generalizedTime(date))
  const fraction = String(date.getUTCMilliseconds()).padStart(3, '0').replace(/0+$/, '')
  if (fraction === '') return element(TAG.generalizedTime, whole)
  const digits = Uint8Array.from(`.${fraction}`, (character) => character.charCodeAt(0))
  return element(TAG.generalizedTime, whole.subarray(0, SECONDS_END), digits, whole.subarray(SECONDS_END))
}

const malformed = (): never => fail('time_malformed', { what: 'fraction' })
const DOT = 0x2e
const ZERO = 0x30
/** Where the seconds of `YYYYMMDDHHMMSS` end. */
const SECONDS_END = 14
// Attoseconds: finer than any clock.
const MOST_DIGITS = 18
