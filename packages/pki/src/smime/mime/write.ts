import { concat, toHex, utf8 } from '../../bytes/index.ts'
import { randomBytes } from '../../crypto/index.ts'
import type { HeaderField } from './fields.ts'
import { isOneLine, LINE_END } from './fields.ts'
import { malformed } from './malformed.ts'

/** An entity of header fields and a body. @throws mime_malformed for a field that would end early or start another one */
export function writeEntity(fields: readonly HeaderField[], body: Uint8Array): Uint8Array {
  return concat(fields.map(writeField), LINE_END, body)
}

/** A multipart's body. The boundary is drawn by chance, so that no part can hold it. */
export function writeParts(parts: readonly Uint8Array[], boundary: string): Uint8Array {
  const start = utf8(`--${boundary}\r\n`)
  return concat(
    parts.flatMap((part) => [start, part, LINE_END]),
    utf8(`--${boundary}--\r\n`),
  )
}

/** 128 random bits, behind two characters that no quoted-printable or base64 text has side by side. */
export const newBoundary = (): string => `=_${toHex(randomBytes(16))}`

function writeField({ name, value }: HeaderField): Uint8Array {
  if (!/^[!-9;-~]+$/.test(name) || !isOneLine(value)) malformed('header field')
  return utf8(`${folded(`${name}: ${value}`)}\r\n`)
}

/** Lines of 78 characters where there are spaces to break at (RFC 5322 §2.2.3). */
function folded(field: string): string {
  const lines: string[] = []
  let line = ''
  // A space belongs to the word after it, because the line that it starts begins with it. The name stays with its value.
  for (const word of field.match(/^[^ ]+ ?[^ \t]*|[ \t]+[^ \t]*/g) ?? []) {
    if (line.trim() !== '' && line.length + word.length > 78 && word.trim() !== '') {
      lines.push(line)
      line = word
    } else line += word
  }
  return [...lines, line].join('\r\n')
}
