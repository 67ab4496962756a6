// The moment that a mail shows, held against the one that its signer states: an old mail that is sent again under a new
// Date keeps its signature (Thunderbird CVE-2023-50761).

import type { HeaderField } from '../mime/fields.ts'
import { allFields } from '../mime/fields.ts'
import type { MailLayer, MailWarning } from './mail.ts'

/** One warning for each Date that is not the moment of the innermost signature. */
export function otherMoments(fields: readonly HeaderField[], layers: readonly MailLayer[]): MailWarning[] {
  const signed = layers.findLast((layer) => layer.kind === 'signed')
  const stated = signed?.signers.flatMap(({ signingTime }) => signingTime ?? []) ?? []
  return allFields(fields, 'Date').flatMap((date) => {
    const shown = momentOf(date)
    const other = stated.find((one) => shown === undefined || Math.abs(one.getTime() - shown) > WRITING)
    return other ? [{ kind: 'date-differs', date, signingTime: other } as const] : []
  })
}

/** Milliseconds since 1970 of a date-time (RFC 5322 §3.3); undefined for anything that may be read in two ways. */
function momentOf(text: string): number | undefined {
  const [, day, month, year, hour, minute, second = '0', sign = '+', hours = '0', minutes = '0'] =
    DATE_TIME.exec(text) ?? []
  const number = MONTHS.indexOf(month ?? '')
  if (number < 0) return undefined
  const local = Date.UTC(Number(year), number, Number(day), Number(hour), Number(minute), Number(second))
  const zone = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? local + zone : local - zone
}

const DATE_TIME =
  /^(?:[A-Z][a-z]{2},\s*)?(\d{1,2})\s+([A-Z][a-z]{2})\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s+(?:([+-])(\d\d)(\d\d)|GMT|UTC?)(?:\s*\([^()]*\))?$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
// A mail is dated when it is written and signed when it is sent; clocks differ by minutes.
const WRITING = 60 * 60_000
