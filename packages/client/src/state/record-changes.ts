import type { DeskWord } from '@scel/contract/kit'
import type { Environment, RequestSummary } from '@scel/contract/values'
import type { AskedNames, DeskRecord } from './desk-record.ts'

/** The record of a desk by its word, in one of its environments; what is known of requests stays. */
export const recordOfWord = (
  word: DeskWord,
  environment: Environment,
  present: DeskRecord | undefined,
  now: Date,
): DeskRecord =>
  present
    ? withWord(present, word, now)
    : { requests: [], keys: {}, format: 'scel-desk-record/3', environment, ...heardIn(word, environment, now) }

/** An older word changes nothing: words that are each a little older would lead back to where the desk was long ago. */
export const withWord = (present: DeskRecord, word: DeskWord, now: Date): DeskRecord =>
  Date.parse(word.saidAt) < Math.min(Date.parse(present.saidAt), now.getTime())
    ? present
    : { ...present, ...heardIn(word, present.environment, now), ...placesAfter(present, word) }

/**
 * Whoever had the desk's key for a moment may have said that it is elsewhere, as often as they liked: where it was before that is asked
 * again when its word grows old, so that the first places stay. A desk that is back where it was has left those since.
 */
function placesAfter({ desk, places = [] }: DeskRecord, word: DeskWord): Pick<DeskRecord, 'places'> {
  const [before, now] = [desk.services.portal, word.services.portal]
  const back = places.indexOf(now)
  const left = back < 0 ? [...places, ...(before === now ? [] : [before])].slice(0, MOST_PLACES) : places.slice(0, back)
  return left.length > 0 || places.length > 0 ? { places: left } : {}
}

/** More than a desk moves in a client's life. */
const MOST_PLACES = 8

/** A word that was said under a clock which is ahead counts from when it was heard: the next one is not older than that. */
const heardIn = (word: DeskWord, environment: Environment, now: Date): ReturnType<typeof saidIn> => {
  const saidAt = Date.parse(word.saidAt) > now.getTime() ? now.toISOString() : word.saidAt
  return { ...saidIn(word, environment), saidAt }
}

/** What a desk's word says of it, as its record has it. */
export const saidIn = (
  { id, name, services, roots, saidAt }: DeskWord,
  environment: Environment,
): Pick<DeskRecord, 'desk' | 'roots' | 'saidAt'> => ({
  desk: { id, name, services },
  roots: { environment: roots[environment], desk: roots.desk, tls: roots.tls },
  saidAt,
})

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
