import { type Static, type TSchema, Type } from 'typebox'

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time', maxLength: 30 })
/** 16 random bytes in base64url: how everything but requests is named. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
/** Requests are numbered, because people read the number out on the telephone. */
export const RequestNumber = Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 })
/** What a mail address must look like to be worth trying; a mail that arrives is the only proof. */
export const EMAIL_PATTERN = '^[^\\s@<>",;]+@[^\\s@<>",;]+\\.[^\\s@<>",;]+$'
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: EMAIL_PATTERN })
export const Pem = Type.String({ maxLength: 65_536 })
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$' })
export const Hex = Type.String({ pattern: '^[0-9a-f]*$' })
/** What people type about a thing: one line, no control characters. */
export const Line = (max: number, min = 1): ReturnType<typeof Type.String> =>
  Type.String({
    minLength: min,
    maxLength: max,
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$',
  })
/** What people type about a thing: several lines. */
export const Paragraph = (max: number): ReturnType<typeof Type.String> =>
  Type.String({
    maxLength: max,
    pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069]*$',
  })

/** One page of a list in a fixed order; `next` is an opaque key for the page after it, absent on the last one. */
export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) })
export interface Page<T> {
  items: T[]
  next?: string
}
export const Cursor = Type.Optional(Type.String({ maxLength: 200 }))
export const PageSize = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 }))
export const Ok = Type.Object({ ok: Type.Literal(true) })
export type Ok = Static<typeof Ok>
