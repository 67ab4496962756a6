import { changeKnownDesk } from '../../state/desk-record.ts'
import { deskOfRequest, knownDesks } from '../../state/open-desks.ts'
import { withRequest } from '../../state/record-changes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { EnrolmentDoor } from '../input/doors.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { forgetKeys } from './request-keys.ts'

/** `scel cancel`: takes a pending request back, and removes its key. */
export const cancel: Command = {
  arguments: [{ name: 'value_number', help: 'cancel_number', required: true }],
  options: [ENVIRONMENT_OPTION],
  run: runCancel,
}

async function runCancel(session: Shell & State & Keys & EnrolmentDoor, given: Given): Promise<ExitCode> {
  const { voice } = session
  const number = given.requestNumber(0) ?? stop('argument_missing', { argument: 'NUMBER' })
  const { name, record } = deskOfRequest(await knownDesks(session.desks, given.text('environment')), number)
  const desk = await session.enrolment(record)
  const request = await desk.cancel(number)
  const changed = await changeKnownDesk(session.paths, { name, record }, (present) => withRequest(present, request))
  voice.result({ request }, () => [voice.plain('cancel_done', { number })])
  await forgetKeys(session, { name, record: changed }, [request])
  return EXIT.done
}
