// Header fields (RFC 5322 §2.2), read strictly: a field that two programs read differently is a field that lies to one of
// them. Names hold no space, not even before the colon; a CR or NUL is never part of a line; a line of nothing but spaces
// is neither the end of the header nor a continuation.

import type { MimeLimits } from './limits.ts'
import { within } from './limits.ts'
import { CR, LF, lineAt } from './lines.ts'
import { malformed } from './malformed.ts'

/** One header field: its name as it was written, its value unfolded and not yet decoded. */
export interface HeaderField {
  readonly name: string
  readonly value: string
}

/** The fields from the start of an entity to its empty line, and where its body begins. */
export function readFields(
  bytes: Uint8Array,
  limits: MimeLimits,
): { readonly fields: readonly HeaderField[]; readonly body: number } {
  const fields: HeaderField[] = []
  let open: { name: string; value: string } | undefined
  const close = (): void => {
    if (open) fields.push(Object.freeze({ name: open.name, value: open.value.trim() }))
    within(fields.length, limits.fields, 'header fields')
  }
  let at = 0
  while (at < bytes.length) {
    const { start, end, next } = lineAt(bytes, at)
    within(end, limits.headerBytes, 'header')
    at = next
    if (start === end) {
      close()
      return { fields: Object.freeze(fields), body: next }
    }
    const line = textOf(bytes.subarray(start, end))
    if (line.trim() === '') malformed('header line of spaces')
    if (line[0] === ' ' || line[0] === '\t') {
      if (!open) return malformed('header begins with a continuation')
      open.value += line
      continue
    }
    close()
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    if (colon < 1 || !NAME.test(name)) malformed('header field name')
    open = { name, value: line.slice(colon + 1) }
  }
  // A header without an empty line after it is one without a body (RFC 5322 §2.1), but not half a line.
  if (bytes.length > 0 && bytes[bytes.length - 1] !== LF) malformed('header cut off')
  close()
  return { fields: Object.freeze(fields), body: bytes.length }
}

/** The only field of this name. @throws mime_malformed when there are several: which of them counts? */
export function oneField(fields: readonly HeaderField[], name: string): string | undefined {
  const found = allFields(fields, name)
  if (found.length > 1) malformed(`several ${name} fields`)
  return found[0]
}

/** The values of all fields of this name, in order. */
export const allFields = (fields: readonly HeaderField[], name: string): string[] =>
  fields.filter((field) => isNamed(field, name)).map(({ value }) => value)

export const isNamed = (field: HeaderField, name: string): boolean => field.name.toLowerCase() === name.toLowerCase()

/** Header fields may be UTF-8 (RFC 6532); other octets become U+FFFD, so that nobody takes them for anything. */
function textOf(line: Uint8Array): string {
  for (const octet of line)
    if ((octet < 0x20 && octet !== TAB) || octet === DEL) malformed('control character in header')
  return decoder.decode(line)
}

const NAME = /^[!-9;-~]+$/
const TAB = 0x09
const DEL = 0x7f
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Whether a text can stand in a header without starting a line of its own. */
export const isOneLine = (text: string): boolean => !/[\x00-\x08\x0a-\x1f\x7f]/.test(text) && text.isWellFormed()
export const LINE_END: Uint8Array = Uint8Array.of(CR, LF)
