import { type Static, type TSchema, Type } from 'typebox'
import { HIDDEN } from '../letters/index.ts'

// A text that somebody sends has a `maxLength` here, also where its pattern says how long it is: the desk looks at lengths
// first, and at nothing else of what is too long. A pattern goes through a text once, whatever the text is: where one part
// may end, no letter may belong to it and to the next (`contract-patterns.test.ts` of the desk feeds each its worst letters).

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = Type.String({
  format: 'date-time', // there are such days
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]\\.[0-9]{3}Z$',
  maxLength: 24,
})
/** 16 random bytes in base64url: how everything but requests is named. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', maxLength: 22 })
/** Requests are numbered, because people read the number out on the telephone. */
export const RequestNumber = Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 })
/** Something to see, after whatever blanks and accents: both alone are no name of anything. */
const SEEN = '(?=[\\p{M}\\p{Zs}]*[^\\p{M}\\p{Zs}])'
/** A part of a mail address: it does not begin with an accent, which would be one of what stands before. */
const EMAIL_PART = (dot: '' | typeof DOTS): string => `[^\\p{M}\\s@<>",;${dot}${HIDDEN}][^\\s@<>",;${dot}${HIDDEN}]*`
/** The point, and letters that stand for several or for one after a digit (NFKC): what would be between them is no part of a domain. */
const DOTS = '.\\u2024-\\u2026\\u2488-\\u249b\\ufe19'
/** What a mail address must look like to be worth trying (with the flag `u`); a mail that arrives is the only proof. */
export const EMAIL_PATTERN = `^${EMAIL_PART('')}@${EMAIL_PART(DOTS)}(?:\\.${EMAIL_PART(DOTS)})+$`
export const Email = Type.String({ minLength: 3, maxLength: 254, pattern: EMAIL_PATTERN })
const SEVERAL_LINES = `^(?:[^${HIDDEN}]|[\\t\\r\\n])*$`
export const Pem = Type.String({ maxLength: 65_536, pattern: SEVERAL_LINES })
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', maxLength: 2 })
/** What lets somebody in: 32 random bytes in base64url. */
export const Secret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })
/** SHA-256 in lower-case hex. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })
/** A service of an organisation, as what belongs to it names it. */
export const ServiceRef = Type.Object({ id: Id, name: Type.String() })

/** Stands for all that was shown of something that waits for an answer; sent back with it, so that it answers nothing else. */
export const SeenMark = Type.String({
  ...{ pattern: '^[0-9a-f]{64}$', maxLength: 64 },
  description: 'stands for what was looked at; sent back with the answer, which is one to nothing else',
})
/** An organisation as it is called in certificates and on kits. */
export const OrganisationCode = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$', maxLength: 32 })
/** What people type about a thing: one line of letters that can be seen. */
export const Line = (max: number, min = 1): ReturnType<typeof Type.String> =>
  Type.String({ minLength: min, maxLength: max, pattern: `^${min > 0 ? SEEN : ''}[^${HIDDEN}]*$` })
const LINE = new RegExp(`^${SEEN}[^${HIDDEN}]*$`, 'u')
/** Whether a text is such a line, of whatever length. */
export const isLine = (text: string): boolean => LINE.test(text)
/** What people type about a thing: several lines. */
export const Paragraph = (max: number): ReturnType<typeof Type.String> =>
  Type.String({ maxLength: max, pattern: SEVERAL_LINES })
/**
 * Where a service is, without a path, and in the one spelling that every reader of addresses gives it: what stands here for
 * people to compare is where a call goes. `https://desk.example@evil.example` is at evil.example.
 */
export const Origin = Type.Refine(
  Type.String({ maxLength: 300, pattern: '^https?://(?:[a-z0-9._-]+|\\[[0-9a-f:]+\\])(?::[1-9][0-9]{0,4})?$' }),
  (text) => URL.canParse(text) && new URL(text).origin === text,
)

/** One page of a list in a fixed order; `next` is an opaque key for the page after it, absent on the last one. */
export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) })
export interface Page<T> {
  items: T[]
  next?: string
}
/** As long as the key of any row: a name of 64 letters, some of which fold into eighteen. */
export const Cursor = Type.Optional(Line(6_000, 0))
export const PageSize = Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 }))
export const Ok = Type.Object({ ok: Type.Literal(true) })
export type Ok = Static<typeof Ok>
