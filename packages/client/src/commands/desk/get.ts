import { collect } from '../../acts/collect.ts'
import type { EnrolmentDoor } from '../../enrol/doors.ts'
import { isElsewhere } from '../../state/desk-record.ts'
import { deskOfRequest, knownDesks } from '../../state/open-desks.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Voice } from '../../ui/voice.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { firstLine, LEAST } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type GetOutcome, outcomeExit, outcomeLines, spokenOutcome } from './get-outcome.ts'
import { serverLines } from './server-lines.ts'
import { sayKeyStays } from './submission-words.ts'

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
  const desks = number === undefined ? known : [deskOfRequest(known, number)]
  const folder = given.text('folder')
  if (folder !== undefined && number !== undefined) {
    for (const { record } of desks) if (!isElsewhere(record, number)) stop('folder_key_here', { number })
  }
  const waits = given.flag('wait')
  const pause = (): Promise<void> => outside.sleep(seconds * 1_000, outside.signal).catch(() => undefined)
  const wish = { desks, number, passphrase, folder, ...(waits && { pause }) }
  const { outcomes, failures } = await collect(session, wish, (event) => {
    switch (event.event) {
      case 'outcome':
        if (event.outcome.outcome !== 'pending') tell(voice, spokenOutcome(event.outcome, voice))
        break
      case 'silent':
        if (waits) voice.say('get_unreachable', { reason: voice.words(event.why).message, seconds })
        else voice.complaint(event.why)
        break
      case 'waiting':
        voice.say('get_waiting', { count: event.count })
        break
      case 'key_stays':
        sayKeyStays(voice, event)
        break
    }
  })
  const all = outcomes.map((one) => spokenOutcome(one, voice))
  const pending = all.filter(({ outcome }) => outcome === 'pending')
  if (!waits) for (const one of pending) tell(voice, one)
  if (all.length === 0 && failures.length === 0) voice.say('get_nothing')
  voice.result({ requests: all }, () => [])
  const exits = failures.map((why) => (waits ? EXIT.connection : voice.words(why).exit))
  return outcomeExit(all, exits, number !== undefined)
}

function tell(voice: Voice, outcome: GetOutcome): void {
  for (const line of outcomeLines(outcome, voice)) voice.data(line)
  if (outcome.outcome === 'downloaded') voice.lines(serverLines(outcome.files, voice))
  if (outcome.outcome === 'failed') for (const hint of outcome.error.hints) voice.hint(hint)
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
