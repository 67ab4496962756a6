import { cancel as cancelRequest } from '../../acts/cancel.ts'
import type { EnrolmentDoor } from '../../enrol/doors.ts'
import { deskOfRequest, knownDesks } from '../../state/open-desks.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { sayKeyStays } from './submission-words.ts'

/** `scel cancel`: takes a pending request back, and removes its key. */
export const cancel: Command = {
  arguments: [{ name: 'value_number', help: 'cancel_number', required: true }],
  options: [ENVIRONMENT_OPTION],
  run: runCancel,
}

async function runCancel(session: Shell & State & Keys & EnrolmentDoor, given: Given): Promise<ExitCode> {
  const { voice } = session
  const number = given.requestNumber(0) ?? stop('argument_missing', { argument: 'NUMBER' })
  const desk = deskOfRequest(await knownDesks(session.desks, given.text('environment')), number)
  await cancelRequest(session, desk, number, (event) => {
    if (event.event === 'key_stays') sayKeyStays(voice, event)
    else voice.result({ request: event.request }, () => [voice.plain('cancel_done', { number })])
  })
  return EXIT.done
}
