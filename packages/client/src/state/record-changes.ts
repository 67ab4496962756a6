import type { DeskWord } from '@scel/contract/kit'
import type { Environment, RequestSummary } from '@scel/contract/values'
import type { AskedNames, DeskRecord, DeskRoots } from './desk-record.ts'

/** The record of a desk by its word, in one of its environments; what is known of requests stays. */
export const recordOfWord = (
  word: DeskWord,
  environment: Environment,
  present: DeskRecord | undefined,
  now: Date,
): DeskRecord => {
  if (present) return withWord(present, word, now)
  const { roots, saidAt, ...heard } = heardIn(word, now)
  const all = { ...roots, environment: word.roots[environment] }
  return {
    ...{ requests: [], keys: {}, format: 'scel-desk-record/3', environment, ...heard },
    ...{ roots: all, saidAt, placedAt: saidAt },
  }
}

/** An older word changes nothing: words that are each a little older would lead back to where the desk was long ago. */
export function withWord(present: DeskRecord, word: DeskWord, now: Date): DeskRecord {
  if (Date.parse(word.saidAt) < Math.min(Date.parse(present.saidAt), now.getTime())) return present
  const { roots, ...heard } = heardIn(word, now)
  const all = { ...roots, ...environmentRoots(word, present.environment, present.roots.environment) }
  return { ...present, ...heard, roots: all, ...placesAfter(present, word, heard.saidAt) }
}

/** The root of a record's environment is the one that a person has compared. */
export const withRoot = (present: DeskRecord, environment: string): DeskRecord => {
  const { desk, tls, said } = present.roots
  const other = said !== undefined && said.trim() !== environment.trim()
  return { ...present, roots: { environment, desk, tls, ...(other && { said }) } }
}

/** Of production's a word can say no other: it would be another desk's. */
function environmentRoots(
  { roots }: DeskWord,
  environment: Environment,
  first: string,
): Pick<DeskRoots, 'environment' | 'said'> {
  const said = roots[environment]
  return environment === 'production' || said.trim() === first.trim()
    ? { environment: said }
    : { environment: first, said }
}

/**
 * Whoever had the desk's key for a moment may have said that it is elsewhere, or back where it was, as often as they liked: where it was
 * before that is asked again when its word grows old. So nothing that it says takes a place away; a ninth one takes that of the first, where the
 * desk was there for weeks and said nothing else.
 */
function placesAfter(present: DeskRecord, word: DeskWord, saidAt: string): Pick<DeskRecord, 'places' | 'placedAt'> {
  const { desk, places = [], placedAt } = present
  const before = desk.services.portal
  if (before === word.services.portal) return { placedAt: placedAt ?? saidAt }
  const isSettled = placedAt !== undefined && Date.parse(present.saidAt) - Date.parse(placedAt) >= SETTLED
  if (places.includes(before)) return { placedAt: saidAt }
  if (places.length < MOST_PLACES) return { places: [...places, before], placedAt: saidAt }
  return { places: isSettled ? [...places.slice(1), before] : places, placedAt: saidAt }
}

/** More than a desk moves in a client's life. */
const MOST_PLACES = 8
/** Longer than a stolen key speaks where the desk is asked. */
const SETTLED = 28 * 86_400_000

/** A word that was said under a clock which is ahead counts from when it was heard: the next one is not older than that. */
const heardIn = (word: DeskWord, now: Date): StatementContent => {
  const saidAt = Date.parse(word.saidAt) > now.getTime() ? now.toISOString() : word.saidAt
  return { ...statementContentOf(word), saidAt }
}

/** What a desk's word says of it, as its record has it. */
export const statementContentOf = ({
  id,
  name,
  services,
  roots: { desk, tls },
  saidAt,
}: DeskWord): StatementContent => ({
  desk: { id, name, services },
  roots: { desk, tls },
  saidAt,
})

interface StatementContent extends Pick<DeskRecord, 'desk' | 'saidAt'> {
  readonly roots: Pick<DeskRoots, 'desk' | 'tls'>
}

/** Remembers a request with its key, in front of the others. */
export function withRequest(record: DeskRecord, request: RequestSummary, key?: string): DeskRecord {
  const present = record.requests.some(({ number }) => number === request.number)
  const requests = present
    ? record.requests.map((one) => (one.number === request.number ? request : one))
    : [request, ...record.requests]
  return { ...record, requests, keys: key ? { ...record.keys, [request.number]: key } : record.keys }
}

/**
 * Remembers the desk's list, which may have been long on its way: what another run wrote of a request meanwhile stays as it wrote it.
 * @param before what was known when the desk was asked
 */
export function withList(
  record: DeskRecord,
  list: readonly RequestSummary[],
  before: readonly RequestSummary[],
): DeskRecord {
  const known = new Map(before.map((one) => [one.number, JSON.stringify(one)]))
  const written = record.requests.filter((one) => known.get(one.number) !== JSON.stringify(one))
  const meanwhile = new Map(written.map((one) => [one.number, one]))
  const listed = new Set(list.map(({ number }) => number))
  const requests = [
    ...written.filter(({ number }) => !listed.has(number)),
    ...list.map((one) => meanwhile.get(one.number) ?? one),
  ]
  return { ...record, requests }
}

/** Marks requests that a newer one replaced. */
export function withReplaced(record: DeskRecord, replaced: readonly number[]): DeskRecord {
  const requests = record.requests.map((one) =>
    replaced.includes(one.number) ? { ...one, state: 'cancelled' as const } : one,
  )
  return { ...record, requests }
}

/** Remembers what was asked for a key, before anybody is asked. */
export const withAsked = (record: DeskRecord, key: string, asked: AskedNames): DeskRecord => ({
  ...record,
  asked: { ...record.asked, [key]: asked },
})

/** The request has no key any more; what was asked for one that stays in its store, beside a certificate, is still known. */
export function withoutKey(record: DeskRecord, number: number): DeskRecord {
  const { [String(number)]: _, ...keys } = record.keys
  return { ...record, keys }
}

/** Of a key that is gone. */
export function withoutAsked(record: DeskRecord, key: string): DeskRecord {
  const { [key]: _, ...asked } = record.asked ?? {}
  return { ...record, asked }
}
