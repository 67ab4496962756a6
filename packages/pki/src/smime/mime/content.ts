import { decodeCharset } from './charset.ts'
import { decodeWords } from './encoded-words.ts'
import { malformed } from './malformed.ts'
import type { MimePart } from './part.ts'
import { decodeTransfer } from './transfer-encoding.ts'

/**
 * The content of a leaf, with its transfer encoding undone.
 * @throws mime_malformed when it is not in that encoding, or the part is a multipart
 * @example
 * const part = readMime(utf8('Content-Transfer-Encoding: base64\r\n\r\nYQ==\r\n'))
 * assert.deepEqual(partContent(part), utf8('a'))
 */
export function partContent(part: MimePart): Uint8Array {
  return part.parts.length > 0 ? malformed('content of a multipart') : decodeTransfer(part.body, part.encoding)
}

/**
 * The text of a `text/…` part, in its character set; what is not in it becomes U+FFFD. Of a plain text, header fields
 * that were repeated for old programs are left out (RFC 9788 §4.5.3.2).
 * @throws mime_malformed as {@link partContent}, or when the part is no text
 * @example
 * const type = 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable'
 * assert.equal(partText(readMime(utf8(`${type}\r\n\r\n=E9t=E9`))), 'été')
 */
export function partText(part: MimePart): string {
  const { value, parameters } = part.type
  if (!value.startsWith('text/')) malformed('text')
  const text = decodeCharset(partContent(part), parameters.get('charset') ?? 'us-ascii')
  if (value !== 'text/plain' || parameters.get('hp-legacy-display') !== '1') return text
  const end = /\r?\n[ \t]*\r?\n/.exec(text)
  return end ? text.slice(end.index + end[0].length) : text
}

/**
 * The file name that a part proposes, without any folder: nobody but the reader decides where a file goes.
 * @example
 * const part = readMime(utf8('Content-Disposition: attachment; filename="../a.pdf"\r\n\r\n'))
 * assert.equal(partName(part), 'a.pdf')
 */
export function partName(part: MimePart): string | undefined {
  const given = part.disposition?.parameters.get('filename') ?? part.type.parameters.get('name')
  // RFC 2047 §5 forbids encoded words here, and half of all programs write them.
  const name =
    given &&
    decodeWords(given)
      .split(/[/\\]/)
      .at(-1)!
      .replace(/[\x00-\x1f\x7f]/g, '')
      .trim()
  return name && name !== '.' && name !== '..' ? name : undefined
}
