import type { RequestSummary } from '@scel/contract/values'
import { type DeskRecord, isElsewhere, type NamedRecord } from '../../state/desk-record.ts'
import { deskOfRequest, knownDesks } from '../../state/open-desks.ts'
import { isConnectionFailure, isDeskRefusal, stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Voice } from '../../ui/voice.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { EnrolmentDoor } from '../input/doors.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { firstLine, LEAST } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type GetOutcome, outcomeExit, outcomeLines } from './get-outcome.ts'
import { handOverOne } from './hand-over-one.ts'
import { installOne } from './install-one.ts'
import { forgetKeys } from './request-keys.ts'
import { refresh } from './requests.ts'
import { serverLines } from './server-lines.ts'

/** `scel get`: fetches, installs (or hands over) and confirms every approved certificate, and hears the state of all others (E6). */
export const get: Command = {
  arguments: [{ name: 'value_number', help: 'get_number', required: false }],
  options: [
    { name: 'wait', help: 'get_wait' },
    { name: 'every', help: 'get_every', value: 'value_seconds', default: '15' },
    { name: 'p12-passphrase-file', help: 'get_passphrase', value: 'value_file' },
    { name: 'folder', help: 'get_folder', value: 'value_folder' },
    ENVIRONMENT_OPTION,
  ],
  run: runGet,
}

async function runGet(session: Shell & State & Keys & EnrolmentDoor, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const number = given.requestNumber(0)
  const seconds = interval(given.text('every') ?? '')
  const passphrase = await readPassphrase(session, given.text('p12-passphrase-file'))
  const known = await knownDesks(session.desks, given.text('environment'))
  let desks = number === undefined ? known : [deskOfRequest(known, number)]
  const folder = given.text('folder')
  if (folder !== undefined && number !== undefined) {
    for (const { record } of desks) if (!isElsewhere(record, number)) stop('folder_key_here', { number })
  }
  const outcomes = new Map<string, GetOutcome>()
  const staying = new Set<string>()
  const failures: ExitCode[] = []
  for (let waiting = false; ; waiting = true) {
    failures.length = 0
    const waits = given.flag('wait')
    const round = await lookOnce(session, {
      desks,
      number,
      passphrase,
      folder,
      waiting: waits,
      seconds,
      outcomes,
      staying,
    })
    desks = round.desks
    failures.push(...round.failures)
    const pending = round.pending
    if (!given.flag('wait') || (pending === 0 && round.failures.length === 0)) break
    if (!waiting && round.undecided > 0) voice.say('get_waiting', { count: round.undecided })
    await outside.sleep(seconds * 1_000, outside.signal).catch(() => undefined)
    session.checkpoint()
  }
  const all = [...outcomes.values()]
  const pending = all.filter(({ outcome }) => outcome === 'pending')
  if (!given.flag('wait')) for (const one of pending) tell(voice, one)
  if (all.length === 0 && failures.length === 0) voice.say('get_nothing')
  voice.result({ requests: all }, () => [])
  return outcomeExit(all, failures, number !== undefined)
}

interface Look {
  readonly desks: readonly NamedRecord[]
  readonly number: number | undefined
  readonly passphrase: string | undefined
  /** Where certificates go whose key is elsewhere. */
  readonly folder: string | undefined
  readonly waiting: boolean
  readonly seconds: number
  /** What happened to each request so far; one that failed is not tried again. */
  readonly outcomes: Map<string, GetOutcome>
  /** Requests whose key could not be removed: that is said, and tried, once in a run. */
  readonly staying: Set<string>
}

/** Asks every desk once, and does what can be done. */
async function lookOnce(
  session: Shell & State & Keys & EnrolmentDoor,
  look: Look,
): Promise<{ desks: NamedRecord[]; failures: ExitCode[]; pending: number; undecided: number }> {
  const { voice } = session
  const desks: NamedRecord[] = []
  const failures: ExitCode[] = []
  let undecided = 0
  let unsigned = 0
  const hear = (desk: NamedRecord): Promise<NamedRecord | undefined> =>
    refresh(session, desk).catch((error: unknown) => {
      if (!isConnectionFailure(error) && !isDeskRefusal(error)) throw error
      if (!look.waiting) failures.push(voice.complaint(error))
      else if (!isConnectionFailure(error) && error.problem.status < 429) throw error
      else {
        failures.push(EXIT.connection)
        voice.say('get_unreachable', { reason: voice.words(error).message, seconds: look.seconds })
      }
      return undefined
    })
  for (const before of look.desks) {
    session.checkpoint()
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
      const outcome = await handle(session, after, request, was, look)
      if (outcome?.outcome === 'unsigned') unsigned++
      // What was installed may have ended an older request, which is then no certificate to fetch but old news.
      if (outcome?.superseded?.length) after = (await hear(after)) ?? after
      if (!outcome || look.outcomes.get(key)?.state === outcome.state) continue
      look.outcomes.set(key, outcome)
      if (outcome.outcome !== 'pending') tell(voice, outcome)
    }
    const placeOf = (number: number): string => `${after.name}/${number}`
    const ended = after.record.requests.filter(({ state }) => WITHOUT_CERTIFICATE.has(state))
    const untried = ended.filter(({ number }) => !look.staying.has(placeOf(number)))
    for (const number of await forgetKeys(session, after, untried)) look.staying.add(placeOf(number))
    desks.push(after)
  }
  return { desks, failures, pending: undecided + unsigned, undecided }
}

/** What is to be done, and said, about one request; undefined for old news. */
async function handle(
  session: Shell & State & Keys & EnrolmentDoor,
  desk: NamedRecord,
  request: RequestSummary,
  was: string | undefined,
  { number, passphrase, folder, outcomes }: Look,
): Promise<GetOutcome | undefined> {
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
        const { files, notAfter, serial, ...downloaded } = await handOverOne(session, desk, request, folder)
        return { ...base, state: downloaded.request.state, outcome: 'downloaded', files, notAfter, serial }
      }
      const { identity, notAfter, serial, changed, superseded, ...installed } = await installOne(
        session,
        desk,
        request,
        passphrase,
      )
      const outcome = changed ? 'installed' : 'already'
      const facts = { folder: identity.place, notAfter, superseded, serial }
      return { ...base, state: installed.request.state, outcome, ...facts }
    } catch (error) {
      session.checkpoint()
      // Decided, and the authority could not sign then: nothing failed, and nothing is to be done but wait.
      if (isDeskRefusal(error) && error.problem.code === 'certificate_not_ready')
        return { ...base, outcome: 'unsigned' }
      const { exit, ...spoken } = session.voice.words(error)
      return { ...base, outcome: 'failed', error: spoken, exit }
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

function tell(voice: Voice, outcome: GetOutcome): void {
  for (const line of outcomeLines(outcome, voice)) voice.data(line)
  if (outcome.files) voice.lines(serverLines(outcome.files, voice))
  if (outcome.error) for (const hint of outcome.error.hints) voice.hint(hint)
}

const wanted = (requests: readonly RequestSummary[], number: number | undefined): RequestSummary[] => {
  const all = requests.filter((request) => number === undefined || request.number === number)
  return number !== undefined && all.length === 0 ? stop('request_unknown', { number }) : all
}

function interval(text: string): number {
  const seconds = Number(text)
  const fits = Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400
  return fits ? seconds : stop('option_value_wrong', { option: '--every', value: text, expected: '1…86400' })
}

/** The first line of the file. @throws passphrase_too_short, file_missing, file_unreadable */
async function readPassphrase(shell: Shell, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  const line = await firstLine(shell, file)
  return line.length >= LEAST ? line : stop('passphrase_too_short', { file, least: LEAST })
}

const HANDED_OVER: ReadonlySet<string> = new Set(['approved', 'downloaded'])
const WITHOUT_CERTIFICATE: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'expired'])
