// A mail seen as what says who writes to whom, and what says what its body is. Protection goes between the two.

import type { HeaderField } from '../mime/fields.ts'
import { isNamed } from '../mime/fields.ts'
import { canonicalLines } from '../mime/lines.ts'
import { malformed } from '../mime/malformed.ts'
import { readParameterField } from '../mime/parameters.ts'
import { readMime } from '../mime/read.ts'
import { writeEntity } from '../mime/write.ts'

export interface Frame {
  /** From, To, Subject and all else that is not about the structure. */
  readonly message: readonly HeaderField[]
  /** Content-Type and the like (RFC 9788 §1.1.1, "Structural Header Fields"), without MIME-Version. */
  readonly structure: readonly HeaderField[]
  readonly body: Uint8Array
}

/** A view: what is made of it is to be copied before anything is awaited. @throws mime_malformed, input_too_large */
export function frameOf(mail: Uint8Array): Frame {
  const { fields, body } = readMime(canonicalLines(mail))
  return {
    message: fields.filter((field) => !isStructural(field)),
    structure: fields.filter((field) => isStructural(field) && !isNamed(field, 'MIME-Version')),
    body,
  }
}

export const isStructural = ({ name }: HeaderField): boolean => /^(mime-version|content-.*)$/i.test(name)

/** The mail as it travels, with another body. */
export const framed = (
  message: readonly HeaderField[],
  structure: readonly HeaderField[],
  body: Uint8Array,
): Uint8Array => writeEntity([...message, { name: 'MIME-Version', value: '1.0' }, ...structure], body)

/** Structure whose Content-Type says one thing more. @throws mime_malformed when it says that already */
export function withParameter(structure: readonly HeaderField[], parameter: string): HeaderField[] {
  const at = structure.findIndex((field) => isNamed(field, 'Content-Type'))
  const type = structure[at]?.value ?? 'text/plain; charset=us-ascii'
  const { parameters } = readParameterField(type, 'Content-Type')
  if (parameters.has('hp') || parameters.has('protected-headers')) malformed('header protection')
  const field = { name: 'Content-Type', value: type.endsWith(';') ? `${type} ${parameter}` : `${type}; ${parameter}` }
  return at < 0 ? [field, ...structure] : structure.with(at, field)
}
