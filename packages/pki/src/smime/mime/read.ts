// MIME trees (RFC 2045, 2046), read strictly: a mail that two programs would take apart differently is refused, because
// one of them may show what the other one has verified.

import { latin1 } from '../../bytes/index.ts'
import { oneField, readFields } from './fields.ts'
import type { MimeLimits } from './limits.ts'
import { limitsOf, within } from './limits.ts'
import { lineAt } from './lines.ts'
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
  let open: number | undefined
  for (let at = 0; at < body.length; ) {
    const { start, end, next } = lineAt(body, at)
    at = next
    const kind = delimiterAt(body, start, end, boundary)
    if (!kind) continue
    if (open !== undefined) {
      // The line end before a delimiter is part of the delimiter.
      const before = body[start - 2] === 0x0d ? start - 2 : start - 1
      slices.push(before >= open ? body.subarray(open, before) : malformed('empty part'))
      within(tally.parts + slices.length, tally.limits.parts, 'parts')
    }
    if (kind === 'last') return slices.length > 0 ? slices : malformed('multipart without parts')
    open = next
  }
  // Whoever cuts a mail decides where it ends, unless its end is asked for.
  return malformed('boundary that is not closed')
}

function delimiterAt(body: Uint8Array, start: number, end: number, boundary: string): 'next' | 'last' | undefined {
  if (body[start] !== DASH || body[start + 1] !== DASH || end - start < boundary.length + 2) return undefined
  const rest = start + 2 + boundary.length
  if (latin1(body, start + 2, rest) !== boundary) return undefined
  const last = body[rest] === DASH && body[rest + 1] === DASH
  // Relays add spaces and tabs behind a boundary (RFC 2046 §5.1.1); anything else makes the line content.
  let at = last ? rest + 2 : rest
  while (at < end && (body[at] === SPACE || body[at] === TAB)) at++
  return at < end ? undefined : last ? 'last' : 'next'
}

const DASH = 0x2d
const SPACE = 0x20
const TAB = 0x09
const PLAIN: ParameterField = Object.freeze({ value: 'text/plain', parameters: new Map([['charset', 'us-ascii']]) })
