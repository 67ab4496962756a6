import { refresh } from '../../acts/refresh.ts'
import type { EnrolmentDoor } from '../../enrol/doors.ts'
import { isElsewhere, type NamedRecord } from '../../state/desk-record.ts'
import { deskLabel } from '../../state/desks.ts'
import { knownDesks } from '../../state/open-desks.ts'
import { isConnectionFailure, isDeskRefusal } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { reasonText, requestTable } from './request-words.ts'

/** `scel requests`: the list of all one's requests, as each desk knows them now (E4). */
export const requests: Command = {
  arguments: [],
  options: [ENVIRONMENT_OPTION],
  run: runRequests,
}

async function runRequests(session: Shell & State & EnrolmentDoor, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const desks = await knownDesks(session.desks, given.text('environment'))
  let exit: ExitCode = EXIT.done
  const heard: { named: NamedRecord; stale: boolean }[] = []
  for (const named of desks) {
    try {
      heard.push({ named: await refresh(session, named), stale: false })
    } catch (error) {
      if (!isConnectionFailure(error) && !isDeskRefusal(error)) throw error
      // What was heard last is better than nothing, as long as it says so.
      exit = voice.complaint(error)
      heard.push({ named, stale: true })
      const at = named.record.heardAt
      if (at) voice.say('requests_stale', { desk: deskLabel(named.record), at: voice.instant(at) })
    }
  }
  const document = heard.map(({ named: { record }, stale }) => ({
    desk: record.desk.name,
    environment: record.environment,
    services: record.desk.services,
    ...(record.heardAt ? { heardAt: record.heardAt } : {}),
    stale,
    requests: record.requests,
    elsewhere: record.requests.flatMap(({ number }) => (isElsewhere(record, number) ? [number] : [])),
  }))
  voice.result({ desks: document }, () =>
    heard.flatMap(({ named: { record } }, index) => [
      ...(index > 0 ? [''] : []),
      ...(heard.length > 1 ? pairs([[voice.text(`environment_${record.environment}`), deskLabel(record)]]) : []),
      ...(record.requests.length > 0 ? requestTable(record.requests, voice, outside.columns) : []),
      ...record.requests.flatMap(({ number, reason }) =>
        reason ? [voice.plain('request_reason', { number, reason: reasonText(reason, voice) })] : [],
      ),
      ...record.requests.flatMap(({ number, state }) =>
        isElsewhere(record, number) && !ENDED.has(state) ? [voice.plain('request_elsewhere', { number })] : [],
      ),
    ]),
  )
  if (heard.every(({ named }) => named.record.requests.length === 0)) voice.say('requests_none')
  return exit
}

const ENDED: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'revoked', 'expired'])
