// Content-Transfer-Encoding (RFC 2045 §6): how octets travel through mail.

import { GrowingBytes, latin1, utf8 } from '../../bytes/index.ts'
import { decodeBase64Body } from './base64-body.ts'
import { lineAt } from './lines.ts'
import { malformed } from './malformed.ts'

const TRANSFER_ENCODINGS = ['7bit', '8bit', 'binary', 'base64', 'quoted-printable'] as const
/** How the octets of a part travel (RFC 2045 §6). */
export type TransferEncoding = (typeof TRANSFER_ENCODINGS)[number]

/** @throws mime_malformed for one that is not known: its octets are not what they seem */
export function readTransferEncoding(value: string | undefined): TransferEncoding {
  const name = (value ?? '7bit').toLowerCase()
  return TRANSFER_ENCODINGS.find((known) => known === name) ?? malformed('Content-Transfer-Encoding')
}

/** @throws mime_malformed */
export function decodeTransfer(body: Uint8Array, encoding: TransferEncoding): Uint8Array {
  if (encoding === 'base64') return decodeBase64Body(body)
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body
}

/** Text with CRLF lines as quoted-printable. "From " and a dot alone on a line are quoted: relays change them. */
export function encodeQuotedPrintable(content: Uint8Array): Uint8Array {
  const lines: string[] = []
  for (let at = 0; at < content.length; ) {
    const { start, end, next } = lineAt(content, at)
    lines.push(quotedLine(content.subarray(start, end)), next > end ? '\r\n' : '')
    at = next
  }
  return utf8(lines.join(''))
}

function quotedLine(line: Uint8Array): string {
  const units = Array.from(line, (octet, at) => {
    const space = octet === 0x20 || octet === 0x09
    const plain = space ? at < line.length - 1 : octet > 0x20 && octet < 0x7f && octet !== EQUALS
    return plain ? String.fromCharCode(octet) : quoted(octet)
  })
  const text = latin1(line)
  if (text.startsWith('From ') || text === '.') units[0] = quoted(line[0]!)
  let out = ''
  let width = 0
  for (const unit of units) {
    if (width + unit.length >= LINE) {
      out += '=\r\n'
      width = 0
    }
    out += unit
    width += unit.length
  }
  return out
}

const quoted = (octet: number): string => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const out = new GrowingBytes('mail', body.length, body.length)
  for (let at = 0; at < body.length; ) {
    const { start, end, next } = lineAt(body, at)
    at = next
    let last = end
    // Spaces at the end of a line were added on the way (RFC 2045 §6.7 rule 3).
    while (last > start && (body[last - 1] === 0x20 || body[last - 1] === 0x09)) last--
    const soft = last > start && body[last - 1] === EQUALS
    if (soft) last--
    for (let i = start; i < last; i++) {
      if (body[i] !== EQUALS) out.push(body[i]!)
      else {
        out.push(i + 2 < last ? hexOctet(body[i + 1]!, body[i + 2]!) : malformed('quoted-printable'))
        i += 2
      }
    }
    if (!soft) out.append(body.subarray(end, next))
  }
  return out.view()
}

function hexOctet(high: number, low: number): number {
  const text = String.fromCharCode(high, low)
  return /^[0-9a-f]{2}$/i.test(text) ? Number.parseInt(text, 16) : malformed('quoted-printable')
}

const EQUALS = 0x3d
const LINE = 76
