// Which header fields are shown (RFC 9788 §4). Those inside, when what they stand in is protected, and then only those;
// otherwise those outside. They are never merged: a field from outside between protected ones would pass for one of them.

import { decodeWords } from '../mime/encoded-words.ts'
import type { HeaderField } from '../mime/fields.ts'
import { allFields, isNamed } from '../mime/fields.ts'
import type { MimePart } from '../mime/part.ts'
import { isStructural } from '../writing/frame.ts'
import type { MailField, MailWarning } from './mail.ts'

/** Fields that are inside, and what the sender says to have left outside. */
export interface InsideFields {
  readonly fields: readonly HeaderField[]
  /** As they were outside when the mail was sent; undefined when nothing is noted. */
  readonly outside: readonly HeaderField[] | undefined
}

/** The fields of a payload that says it has them: `hp` (RFC 9788), or the older `protected-headers="v1"`. */
export function insideFields({ type, fields }: MimePart): InsideFields | undefined {
  const hp = type.parameters.get('hp')?.toLowerCase()
  const old = type.parameters.get('protected-headers')?.toLowerCase() === 'v1'
  if (hp !== 'clear' && hp !== 'cipher' && !old) return undefined
  const own = fields.filter((field) => !isStructural(field) && !isNamed(field, 'HP-Outer'))
  // Nothing noted is all hidden; the older scheme notes nothing at all.
  return { fields: own, outside: hp === 'cipher' ? allFields(fields, 'HP-Outer').map(noted) : undefined }
}

const noted = (value: string): HeaderField => {
  const colon = value.indexOf(':')
  return { name: value.slice(0, Math.max(colon, 0)), value: value.slice(colon + 1).trim() }
}

export interface Protection {
  readonly signed: boolean
  readonly sealed: boolean
}

/** The fields inside, each with what protected it. */
export function protectedFields(
  inside: InsideFields,
  outside: readonly HeaderField[],
  { signed, sealed }: Protection,
): MailField[] {
  const seen = inside.outside ?? outside
  return inside.fields.map((field) => shown(field, { signed, hidden: sealed && !has(seen, field) }))
}

export const unprotectedFields = (outside: readonly HeaderField[]): MailField[] =>
  outside.map((field) => shown(field, { signed: false, hidden: false }))

const shown = (field: HeaderField, of: Pick<MailField, 'signed' | 'hidden'>): MailField =>
  Object.freeze({ ...field, text: decodeWords(field.value), ...of })

const has = (fields: readonly HeaderField[], { name, value }: HeaderField): boolean =>
  fields.some((field) => isNamed(field, name) && same(field.value, value))

/** Where a field differs outside from what the sender put there. Folding, which relays change, makes no difference. */
export function differences(inside: InsideFields, outside: readonly HeaderField[]): MailWarning[] {
  const sent = inside.outside ?? inside.fields
  return SEEN.flatMap((name) => {
    const [meant, came] = [allFields(sent, name), allFields(outside, name)]
    if (meant.length === came.length && meant.every((value, at) => same(value, came[at]!))) return []
    return [
      { kind: 'field-differs', name, inside: joined(allFields(inside.fields, name)), outside: joined(came) } as const,
    ]
  })
}

/** Fields that there may be once (RFC 5322 §3.6). */
export const repeated = (fields: readonly HeaderField[]): MailWarning[] =>
  SEEN.filter((name) => allFields(fields, name).length > 1).map((name) => ({ kind: 'field-twice', name }))

const joined = (values: readonly string[]): string | undefined => (values.length > 0 ? values.join(', ') : undefined)
const same = (one: string, other: string): boolean => one.replace(/\s+/g, ' ') === other.replace(/\s+/g, ' ')
const SEEN = [
  ...['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'In-Reply-To', 'References'],
]
