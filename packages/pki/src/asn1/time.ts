// UTCTime and GeneralizedTime in the only forms RFC 5280 §4.1.2.5 admits: seconds present, Z, no fraction.

import { fail } from '../errors/index.ts'

/**
 * Years 1950 to 2049 are written as UTCTime, all others as GeneralizedTime (RFC 5280 §4.1.2.5).
 * @example
 * assert.equal(timeForm(new Date('2050-01-01T00:00:00Z')), 'GeneralizedTime')
 */
export function timeForm(date: Date): 'UTCTime' | 'GeneralizedTime' {
  const year = date.getUTCFullYear()
  return year >= 1950 && year < 2050 ? 'UTCTime' : 'GeneralizedTime'
}

/** Content octets `YYMMDDHHMMSSZ`; parts of a second are dropped. @throws time_malformed outside 1950 to 2049 */
export function utcTimeContent(date: Date): Uint8Array {
  if (timeForm(date) !== 'UTCTime') malformed('year')
  const content = new Uint8Array(13)
  put(content, 0, date.getUTCFullYear() % 100)
  return putRest(content, 2, date)
}

/** Content octets `YYYYMMDDHHMMSSZ`; parts of a second are dropped. @throws time_malformed outside years 0 to 9999 */
export function generalizedTimeContent(date: Date): Uint8Array {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) malformed('year')
  const content = new Uint8Array(15)
  put(content, 0, Math.floor(year / 100))
  put(content, 2, year % 100)
  return putRest(content, 4, date)
}

/**
 * The two-digit year 50 is 1950 and 49 is 2049 (RFC 5280 §4.1.2.5.1).
 * @throws time_malformed
 * @example
 * assert.equal(parseUtcTime(utf8('491231235959Z')).getUTCFullYear(), 2049)
 * assert.equal(parseUtcTime(utf8('500101000000Z')).getUTCFullYear(), 1950)
 */
export const parseUtcTime = (content: Uint8Array): Date => new Date(utcTimeAt(content, 0, content.length))

/**
 * Content octets `YYYYMMDDHHMMSSZ`: no fraction, no other zone (RFC 5280 §4.1.2.5.2).
 * @throws time_malformed
 * @example
 * assert.equal(parseGeneralizedTime(utf8('20500101000000Z')).toISOString(), '2050-01-01T00:00:00.000Z')
 */
export const parseGeneralizedTime = (content: Uint8Array): Date =>
  new Date(generalizedTimeAt(content, 0, content.length))

/** The same as {@link parseUtcTime} in milliseconds, of the octets from `start` to `end`. */
export function utcTimeAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 13) malformed('UTCTime')
  const year = digits(bytes, start)
  return timeAt(bytes, year < 50 ? 2000 + year : 1900 + year, start + 2)
}

/** The same as {@link parseGeneralizedTime} in milliseconds, of the octets from `start` to `end`. */
export function generalizedTimeAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 15) malformed('GeneralizedTime')
  return timeAt(bytes, digits(bytes, start) * 100 + digits(bytes, start + 2), start + 4)
}

function timeAt(bytes: Uint8Array, year: number, from: number): number {
  if (bytes[from + 10] !== 0x5a) malformed('zone')
  const month = digits(bytes, from)
  const day = digits(bytes, from + 2)
  const hour = digits(bytes, from + 4)
  const minute = digits(bytes, from + 6)
  const second = digits(bytes, from + 8)
  if (month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) malformed('day')
  if (hour > 23 || minute > 59 || second > 59) malformed('field')
  return ((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1_000
}

function daysOf(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/**
 * Days since 1970-01-01 in the Gregorian calendar, also before it was used, as `Date` counts. A year starts in March
 * here, so that the leap day is its last. `Date.UTC` would read the years 0 to 99 as 1900 to 1999, and a CRL of a
 * million entries has a million dates.
 */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - DAYS_TO_1970
}

function digits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30
  const units = bytes[at + 1]! - 0x30
  if (!(tens >= 0 && tens <= 9 && units >= 0 && units <= 9)) malformed('digit')
  return tens * 10 + units
}

function putRest(content: Uint8Array, from: number, date: Date): Uint8Array {
  put(content, from, date.getUTCMonth() + 1)
  put(content, from + 2, date.getUTCDate())
  put(content, from + 4, date.getUTCHours())
  put(content, from + 6, date.getUTCMinutes())
  put(content, from + 8, date.getUTCSeconds())
  content[from + 10] = 0x5a
  return content
}

function put(content: Uint8Array, at: number, value: number): void {
  content[at] = 0x30 + Math.floor(value / 10)
  content[at + 1] = 0x30 + (value % 10)
}

// From 0000-03-01.
const DAYS_TO_1970 = 719_468
const malformed = (what: string): never => fail('time_malformed', { what })
