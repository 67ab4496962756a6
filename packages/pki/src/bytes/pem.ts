// PEM as RFC 7468 has it: text outside the blocks is ignored, everything inside is strict. RFC 1421 headers
// (the old encrypted keys of OpenSSL) are refused by name rather than taken for base64.

import { fail, hasCode } from '../errors/index.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** One block of a PEM text: what stands between its BEGIN and END lines, decoded. */
export interface PemBlock {
  readonly label: string
  readonly der: Uint8Array
}

/**
 * One PEM block, lines of 64 characters, ending in a line feed.
 * @example
 * assert.equal(pemEncode('X', Uint8Array.of(1)), '-----BEGIN X-----\nAQ==\n-----END X-----\n')
 */
export function pemEncode(label: string, der: Uint8Array): string {
  const body = toBase64(der)
  let text = `-----BEGIN ${label}-----\n`
  for (let i = 0; i < body.length; i += 64) text += `${body.slice(i, i + 64)}\n`
  return `${text}-----END ${label}-----\n`
}

/**
 * All blocks of a text, in order.
 * @throws pem_malformed when there is none, or one is not closed, not base64, or has headers; input_too_large
 * @example
 * const text = pemEncode('CERTIFICATE', sample.person.certificate.der)
 * assert.deepEqual(pemDecode(text), [{ label: 'CERTIFICATE', der: sample.person.certificate.der }])
 */
export function pemDecode(text: string): PemBlock[] {
  if (text.length > LONGEST) fail('input_too_large', { what: 'PEM', limit: LONGEST })
  const blocks: PemBlock[] = []
  let open: { label: string; body: string[] } | undefined
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (!open) {
      const label = between(line, '-----BEGIN ')
      if (label !== undefined) open = { label, body: [] }
    } else if (between(line, '-----END ') === open.label) {
      blocks.push({ label: open.label, der: decodeBody(open.body) })
      open = undefined
    } else if (line.startsWith('-----')) {
      fail('pem_malformed', { what: 'end line' })
    } else if (line.includes(':')) {
      fail('pem_malformed', { what: 'headers' })
    } else {
      open.body.push(line)
    }
  }
  if (open) fail('pem_malformed', { what: 'end line' })
  if (blocks.length === 0) fail('pem_malformed', { what: 'no PEM block' })
  return blocks
}

function between(line: string, prefix: string): string | undefined {
  if (!line.startsWith(prefix) || !line.endsWith('-----') || line.length < prefix.length + 5) return undefined
  return line.slice(prefix.length, -5)
}

function decodeBody(lines: readonly string[]): Uint8Array {
  try {
    return fromBase64(lines.join(''))
  } catch (error) {
    if (hasCode(error, 'encoding_malformed')) return fail('pem_malformed', { what: 'base64' })
    throw error
  }
}

// The base64 of the largest CRL that is read, with room for its line ends.
const LONGEST = 96 * 1024 * 1024
