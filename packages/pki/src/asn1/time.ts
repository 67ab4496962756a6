// UTCTime and GeneralizedTime in the only forms RFC 5280 §4.1.2.5 admits: seconds present, Z, no fraction.

import { fail } from '../errors/index.ts'

/** Years 1950 to 2049 are written as UTCTime, all others as GeneralizedTime (RFC 5280 §4.1.2.5). */
export function timeForm(date: Date): 'UTCTime' | 'GeneralizedTime' {
  const year = date.getUTCFullYear()
  return year >= 1950 && year < 2050 ? 'UTCTime' : 'GeneralizedTime'
}

/** `YYMMDDHHMMSSZ`. @throws time_malformed outside 1950 to 2049 */
export function utcTimeText(date: Date): string {
  if (timeForm(date) !== 'UTCTime') fail('time_malformed', { what: 'year' })
  return generalizedTimeText(date).slice(2)
}

/** `YYYYMMDDHHMMSSZ`; parts of a second are dropped. @throws time_malformed outside years 0 to 9999 */
export function generalizedTimeText(date: Date): string {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) fail('time_malformed', { what: 'year' })
  return (
    String(year).padStart(4, '0') +
    two(date.getUTCMonth() + 1) +
    two(date.getUTCDate()) +
    two(date.getUTCHours()) +
    two(date.getUTCMinutes()) +
    two(date.getUTCSeconds()) +
    'Z'
  )
}

/** The two-digit year 50 is 1950 and 49 is 2049 (RFC 5280 §4.1.2.5.1). @throws time_malformed */
export function parseUtcTime(content: Uint8Array): Date {
  if (content.length !== 13) malformed('UTCTime')
  const year = digits(content, 0)
  return dateOf(content, year < 50 ? 2000 + year : 1900 + year, 2)
}

/** @throws time_malformed */
export function parseGeneralizedTime(content: Uint8Array): Date {
  if (content.length !== 15) malformed('GeneralizedTime')
  return dateOf(content, digits(content, 0) * 100 + digits(content, 2), 4)
}

function dateOf(content: Uint8Array, year: number, from: number): Date {
  if (content[from + 10] !== 0x5a) malformed('zone')
  const month = digits(content, from)
  const day = digits(content, from + 2)
  const hour = digits(content, from + 4)
  const minute = digits(content, from + 6)
  const second = digits(content, from + 8)
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) malformed('field')
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second))
  date.setUTCFullYear(year, month - 1, day) // Date.UTC would read the years 0 to 99 as 1900 to 1999
  if (date.getUTCDate() !== day) malformed('day')
  return date
}

function digits(content: Uint8Array, at: number): number {
  const tens = content[at]! - 0x30
  const units = content[at + 1]! - 0x30
  if (!(tens >= 0 && tens <= 9 && units >= 0 && units <= 9)) malformed('digit')
  return tens * 10 + units
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))
const malformed = (what: string): never => fail('time_malformed', { what })
