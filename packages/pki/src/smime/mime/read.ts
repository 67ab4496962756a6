// MIME trees (RFC 2045, 2046), read strictly: a mail that two programs would take apart differently is refused, because
// one of them may show what the other one has verified.

import { fromUtf8, utf8 } from '../../bytes/index.ts'
import { isPkiError } from '../../errors/index.ts'
import { oneField, readFields } from './fields.ts'
import type { MimeLimits } from './limits.ts'
import { limitsOf, within } from './limits.ts'
import { CR, LF } from './lines.ts'
import { malformed } from './malformed.ts'
import type { ParameterField } from './parameters.ts'
import { readParameterField } from './parameters.ts'
import type { MimePart } from './part.ts'
import { readTransferEncoding } from './transfer-encoding.ts'

/**
 * Takes a mail, or a part of one, apart. Lines end with CRLF or LF. What is inside `message/rfc822` and S/MIME parts is
 * left alone.
 * @throws mime_malformed for anything that leaves room for a second reading: fields said twice, names with spaces,
 *   boundaries that are missing or not closed, unknown transfer encodings; input_too_large
 * @example
 * const { type, parts } = readMime(utf8('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\na text\r\n--b--\r\n'))
 * assert.equal(type.value, 'multipart/mixed')
 * assert.deepEqual(partContent(parts[0]!), utf8('a text'))
 */
export function readMime(bytes: Uint8Array, limits: Partial<MimeLimits> = {}): MimePart {
  const bounds = limitsOf(limits)
  within(bytes.length, bounds.bytes, 'mail')
  return readEntity(bytes, { limits: bounds, parts: 0 }, 0)
}

/**
 * A text that stands without a header, as one part; undefined for what is no text: octets that are not UTF-8, controls that
 * no line has, nothing at all.
 */
export function textWithoutHeader(bytes: Uint8Array): MimePart | undefined {
  if (!isText(bytes)) return undefined
  const type = { value: 'text/plain', parameters: new Map([['charset', 'utf-8']]) }
  const none = { fields: Object.freeze([]), disposition: undefined, parts: Object.freeze([]) }
  return Object.freeze({ ...none, type: Object.freeze(type), encoding: '8bit', bytes, body: bytes })
}

function isText(bytes: Uint8Array): boolean {
  try {
    return bytes.length > 0 && !/[^\P{Cc}\t\n\r]/u.test(fromUtf8(bytes))
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

interface Tally {
  readonly limits: MimeLimits
  parts: number
}

function readEntity(bytes: Uint8Array, tally: Tally, depth: number): MimePart {
  within(depth, tally.limits.depth, 'parts within parts')
  within(++tally.parts, tally.limits.parts, 'parts')
  const { fields, body: start } = readFields(bytes, tally.limits)
  const contentType = oneField(fields, 'Content-Type')
  const type = contentType === undefined ? PLAIN : readMediaType(contentType)
  const disposition = oneField(fields, 'Content-Disposition')
  const encoding = readTransferEncoding(oneField(fields, 'Content-Transfer-Encoding'))
  const body = bytes.subarray(start)
  const multipart = type.value.startsWith('multipart/')
  // "it is EXPRESSLY FORBIDDEN" to encode a multipart (RFC 2045 §6.4): some programs would decode it, others not.
  if (multipart && (encoding === 'base64' || encoding === 'quoted-printable')) malformed('encoded multipart')
  const slices = multipart ? slicesOf(body, boundaryOf(type), tally) : []
  return Object.freeze({
    fields,
    type,
    disposition: disposition === undefined ? undefined : readParameterField(disposition, 'Content-Disposition'),
    encoding,
    bytes,
    body,
    parts: Object.freeze(slices.map((slice) => readEntity(slice, tally, depth + 1))),
  })
}

function readMediaType(text: string): ParameterField {
  const type = readParameterField(text, 'Content-Type')
  return type.value.includes('/') ? type : malformed('Content-Type')
}

function boundaryOf({ parameters }: ParameterField): string {
  const boundary = parameters.get('boundary') ?? ''
  return /^[ -~]{0,69}[!-~]$/.test(boundary) ? boundary : malformed('boundary')
}

/** What stands between the delimiter lines. A line that only begins like one is content (RFC 2046 §5.1.1). */
function slicesOf(body: Uint8Array, boundary: string, tally: Tally): Uint8Array[] {
  const slices: Uint8Array[] = []
  const name = utf8(boundary)
  let open = nextDelimiter(body, name, 0)
  while (open && !open.last) {
    const next = nextDelimiter(body, name, open.next)
    // Whoever cuts a mail decides where it ends, unless its end is asked for.
    if (!next) return malformed('boundary that is not closed')
    // The line end before a delimiter is part of the delimiter.
    const end = body[next.start - 2] === CR ? next.start - 2 : next.start - 1
    slices.push(end >= open.next ? body.subarray(open.next, end) : malformed('empty part'))
    within(tally.parts + slices.length, tally.limits.parts, 'parts')
    open = next
  }
  return slices.length > 0 ? slices : malformed('multipart without parts')
}

interface Delimiter {
  readonly start: number
  /** Where the line after it starts. */
  readonly next: number
  readonly last: boolean
}

/** Looks at octets, not at lines: an octet may be a line, and each multipart around it looks again. */
function nextDelimiter(body: Uint8Array, boundary: Uint8Array, from: number): Delimiter | undefined {
  for (let at = from; at < body.length; at++) {
    if (body[at] !== DASH || body[at + 1] !== DASH || (at > 0 && body[at - 1] !== LF)) continue
    const found = delimiterAt(body, boundary, at)
    if (found) return found
  }
  return undefined
}

function delimiterAt(body: Uint8Array, boundary: Uint8Array, start: number): Delimiter | undefined {
  let at = start + 2
  for (const octet of boundary) if (body[at++] !== octet) return undefined
  const last = body[at] === DASH && body[at + 1] === DASH
  if (last) at += 2
  // Relays add spaces and tabs behind a boundary (RFC 2046 §5.1.1); anything else makes the line content.
  while (body[at] === SPACE || body[at] === TAB) at++
  if (body[at] === CR && body[at + 1] === LF) at++
  return at < body.length && body[at] !== LF ? undefined : { start, next: at + 1, last }
}

const DASH = 0x2d
const SPACE = 0x20
const TAB = 0x09
const PLAIN: ParameterField = Object.freeze({ value: 'text/plain', parameters: new Map([['charset', 'us-ascii']]) })
