import { cancelOwnRequest } from '@scel/contract/routes'
import { changeKnownDesk } from '../../state/desk-record.ts'
import { deskOfRequest, knownDesks } from '../../state/open-desks.ts'
import { withRequest } from '../../state/record-changes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Session } from '../input/session.ts'
import { forgetKeys } from './request-keys.ts'

/** `scel cancel`: takes a pending request back, and removes its key. */
export const cancel: Command = {
  arguments: [{ name: 'value_number', help: 'cancel_number', required: true }],
  options: [ENVIRONMENT_OPTION],
  run: runCancel,
}

async function runCancel(session: Session, given: Given): Promise<ExitCode> {
  const { voice } = session
  const number = given.requestNumber(0) ?? stop('argument_missing', { argument: 'NUMBER' })
  const { name, record } = deskOfRequest(await knownDesks(session.desks, given.text('environment')), number)
  const desk = await session.desk(record)
  const query = { environment: record.environment }
  const request = await desk.signed(cancelOwnRequest, { params: { number }, query, request: number })
  const changed = await changeKnownDesk(session.paths, { name, record }, (present) => withRequest(present, request))
  voice.result({ request }, () => [voice.plain('cancel_done', { number })])
  await forgetKeys(session, { name, record: changed }, [request])
  return EXIT.done
}
