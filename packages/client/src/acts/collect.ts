import type { RequestState, RequestSummary } from '@scel/contract/values'
import type { EnrolmentDoor } from '../enrol/doors.ts'
import type { Stores } from '../keystores/index.ts'
import { type DeskRecord, isElsewhere, type NamedRecord } from '../state/desk-record.ts'
import type { HandedOver } from '../state/hand-over.ts'
import { isConnectionFailure, isDeskRefusal, stop } from '../ui/cli-error.ts'
import { forgetKeys, type KeyStays } from './forget-keys.ts'
import { handOverOne } from './hand-over.ts'
import type { Here } from './here.ts'
import { installOne } from './install.ts'
import { refresh } from './refresh.ts'

/** What is to be fetched, and where it goes. */
export interface CollectWish {
  readonly desks: readonly NamedRecord[]
  /** The one request that is meant; undefined for all. */
  readonly number: number | undefined
  /** For the .p12 file; undefined for one that is made up. */
  readonly passphrase: string | undefined
  /** Where certificates go whose key is elsewhere. */
  readonly folder: string | undefined
  /** Lets the time between two looks go by, where all that can come is waited for; absent for one look. */
  readonly pause?: () => Promise<void>
}

interface Collected {
  readonly number: number
  readonly commonName: string
  readonly state: RequestState
}

/**
 * What was done about one request. `already`: it lay there, and only the confirmation was missing; `downloaded`: written into a folder, its key being
 * elsewhere; `elsewhere`: it could be, and nobody said where to; `older`: another request has a newer certificate of the same name, whose place it
 * would take; `unsigned`: approved, and the desk could not sign yet; `changed`: the desk says another state than before.
 */
export type Outcome = Collected &
  (
    | {
        readonly outcome: 'installed' | 'already'
        readonly folder: string
        readonly notAfter: string
        readonly superseded: readonly string[]
        readonly serial: string
      }
    | {
        readonly outcome: 'downloaded'
        readonly files: HandedOver
        readonly notAfter: string
        readonly serial: string
      }
    | { readonly outcome: 'older'; readonly newer: number }
    | { readonly outcome: 'elsewhere' | 'pending' | 'unsigned' }
    | { readonly outcome: 'changed'; readonly reason?: string }
    | { readonly outcome: 'failed'; readonly why: unknown }
  )

/** How it is coming on. `silent`: a desk did not answer, or refused; `waiting`: for so many decisions, told once. */
export type CollectEvent =
  | { readonly event: 'outcome'; readonly outcome: Outcome }
  | { readonly event: 'silent'; readonly why: unknown }
  | { readonly event: 'waiting'; readonly count: number }
  | KeyStays

export interface Collection {
  readonly outcomes: readonly Outcome[]
  /** Why desks were silent at the last look. */
  readonly failures: readonly unknown[]
}

/**
 * Fetches, installs (or hands over) and confirms every approved certificate, and hears the state of all other requests (E6).
 * @throws request_unknown, interrupted, DeskRefusal of one that waiting changes nothing about
 */
export async function collect(
  here: Here & Stores & EnrolmentDoor,
  { desks: first, pause, ...wish }: CollectWish,
  tell: (event: CollectEvent) => void,
): Promise<Collection> {
  const outcomes = new Map<string, Outcome>()
  const staying = new Set<string>()
  let desks = first
  for (let isFirst = true; ; isFirst = false) {
    const round = await lookOnce(here, { ...wish, desks, waits: pause !== undefined, outcomes, staying }, tell)
    desks = round.desks
    const { failures, undecided, unsigned } = round
    if (!pause || (undecided + unsigned === 0 && failures.length === 0)) {
      return { outcomes: [...outcomes.values()], failures }
    }
    if (isFirst && undecided > 0) tell({ event: 'waiting', count: undecided })
    await pause()
    here.checkpoint()
  }
}

interface Look extends Omit<CollectWish, 'pause'> {
  readonly waits: boolean
  /** What happened to each request so far; one that failed is not tried again. */
  readonly outcomes: Map<string, Outcome>
  /** Requests whose key could not be removed: that is told, and tried, once. */
  readonly staying: Set<string>
}

interface Round {
  readonly desks: readonly NamedRecord[]
  readonly failures: readonly unknown[]
  readonly undecided: number
  readonly unsigned: number
}

/** Asks every desk once, and does what can be done. */
async function lookOnce(
  here: Here & Stores & EnrolmentDoor,
  look: Look,
  tell: (event: CollectEvent) => void,
): Promise<Round> {
  const desks: NamedRecord[] = []
  const failures: unknown[] = []
  let undecided = 0
  let unsigned = 0
  const hear = (desk: NamedRecord): Promise<NamedRecord | undefined> =>
    refresh(here, desk).catch((error: unknown) => {
      if (!isConnectionFailure(error) && !isDeskRefusal(error)) throw error
      if (look.waits && !isConnectionFailure(error) && error.problem.status < 429) throw error
      failures.push(error)
      tell({ event: 'silent', why: error })
      return undefined
    })
  for (const before of look.desks) {
    here.checkpoint()
    let after = await hear(before)
    if (!after) {
      desks.push(before)
      continue
    }
    for (const heard of wanted(after.record.requests, look.number)) {
      const { number } = heard
      const now = after.record.requests.find((one) => one.number === number)
      // Of what was installed earlier and is ended by a newer one, that one says so.
      const request = (heard.state === 'approved' && now) || heard
      const key = `${after.name}/${number}`
      if (request.state === 'pending') undecided++
      const was = before.record.requests.find((one) => one.number === request.number)?.state
      const outcome = await handle(here, after, request, was, look)
      if (outcome?.outcome === 'unsigned') unsigned++
      // What was installed may have ended an older request, which is then no certificate to fetch but old news.
      if (outcome && 'superseded' in outcome && outcome.superseded.length > 0) after = (await hear(after)) ?? after
      if (!outcome || look.outcomes.get(key)?.state === outcome.state) continue
      look.outcomes.set(key, outcome)
      tell({ event: 'outcome', outcome })
    }
    const placeOf = (number: number): string => `${after.name}/${number}`
    const ended = after.record.requests.filter(({ state }) => WITHOUT_CERTIFICATE.has(state))
    const untried = ended.filter(({ number }) => !look.staying.has(placeOf(number)))
    for (const number of await forgetKeys(here, after, untried, tell)) look.staying.add(placeOf(number))
    desks.push(after)
  }
  return { desks, failures, undecided, unsigned }
}

/** What is to be done, and told, about one request; undefined for old news. */
async function handle(
  here: Here & Stores & EnrolmentDoor,
  desk: NamedRecord,
  request: RequestSummary,
  was: string | undefined,
  { number, passphrase, folder, outcomes }: Look,
): Promise<Outcome | undefined> {
  const named = request.number === number
  const base = { number: request.number, commonName: request.commonName, state: request.state }
  const reason = request.reason ? { reason: request.reason } : {}
  const elsewhere = isElsewhere(desk.record, request.number)
  const again = elsewhere ? 'downloaded' : 'installed'
  const installable = request.state === 'approved' || (named && request.state === again)
  if (outcomes.get(`${desk.name}/${request.number}`)?.outcome === 'failed') return undefined
  if (installable && elsewhere && folder === undefined) return { ...base, outcome: 'elsewhere' }
  const newer = installable && elsewhere && !named ? newerOf(desk.record, request) : undefined
  if (newer !== undefined) return { ...base, outcome: 'older', newer }
  if (installable) {
    try {
      if (elsewhere && folder !== undefined) {
        const { files, notAfter, serial, ...downloaded } = await handOverOne(here, desk, request, folder)
        return { ...base, state: downloaded.request.state, outcome: 'downloaded', files, notAfter, serial }
      }
      const { identity, notAfter, serial, changed, superseded, ...installed } = await installOne(
        here,
        desk,
        request,
        passphrase,
      )
      const outcome = changed ? 'installed' : 'already'
      const facts = { folder: identity.place, notAfter, superseded, serial }
      return { ...base, state: installed.request.state, outcome, ...facts }
    } catch (why) {
      here.checkpoint()
      // Decided, and the authority could not sign then: nothing failed, and nothing is to be done but wait.
      if (isDeskRefusal(why) && why.problem.code === 'certificate_not_ready') return { ...base, outcome: 'unsigned' }
      return { ...base, outcome: 'failed', why }
    }
  }
  if (request.state === 'pending') return { ...base, outcome: 'pending' }
  return named || (was !== undefined && was !== request.state) ? { ...base, ...reason, outcome: 'changed' } : undefined
}

/** The last request whose certificate goes under the same name into the folder. */
const newerOf = (record: DeskRecord, { number, commonName }: RequestSummary): number | undefined =>
  record.requests
    .filter((one) => one.number > number && one.commonName === commonName && isElsewhere(record, one.number))
    .filter(({ state, certificate }) => certificate !== undefined && HANDED_OVER.has(state))
    .map((one) => one.number)
    .sort((one, other) => other - one)[0]

const wanted = (requests: readonly RequestSummary[], number: number | undefined): RequestSummary[] => {
  const all = requests.filter((request) => number === undefined || request.number === number)
  return number !== undefined && all.length === 0 ? stop('request_unknown', { number }) : all
}

const HANDED_OVER: ReadonlySet<string> = new Set(['approved', 'downloaded'])
const WITHOUT_CERTIFICATE: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'expired'])
