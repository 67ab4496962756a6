import { forgetDesk, type NamedRecord } from '../../state/desk-record.ts'
import { deskMeant, desksOf, type KnownDesk } from '../../state/desks.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import { pairsOfLines } from '../../ui/table.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { openRequests, requestsText } from './desk-list.ts'

/**
 * `scel desk forget`: nothing is known here of a desk any more, and nothing believed. Its keys and certificates stay: what was
 * encrypted to them is read with nothing else.
 */
export const deskForget: Command = {
  arguments: [{ name: 'value_desk', help: 'desk_forget_desk', required: true }],
  options: [
    { ...ENVIRONMENT_OPTION, help: 'desk_forget_environment' },
    { name: 'with-requests', help: 'desk_forget_requests' },
    { name: 'yes', help: 'desk_forget_yes' },
  ],
  run: runForget,
}

async function runForget(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, paths } = session
  const desk = deskMeant(desksOf(await session.desks.records()), given.argument(0) ?? '')
  const { label } = desk
  const environment = given.environment()
  const going = desk.records.filter(({ record }) => environment === undefined || record.environment === environment)
  if (going.length === 0) stop('desk_elsewhere', { desk: label, environment: desk.records[0].record.environment })
  const open = going.flatMap(({ record }) => openRequests(record))
  const isSure = given.flag('with-requests')
  const mayGo = (numbers: readonly number[]): true => {
    if (numbers.length > 0 && !isSure) stop('desk_requests_open', { desk: label, numbers: numbers.join(', ') })
    return true
  }
  mayGo(open)
  const stays = await staying(session, going)
  voice.lines(pairsOfLines(consequences(session, desk, going, stays)))
  await confirm(session, given)
  for (const named of going) {
    session.checkpoint()
    await forgetDesk(paths, named.name, (present) => mayGo(openRequests(present)))
  }
  const forgotten = going.map(({ name, record }) => ({ environment: record.environment, record: name }))
  voice.result({ desk: desk.records[0].record.desk.name, forgotten, requests: open, stays }, () =>
    going.map(({ record }) =>
      voice.plain('desk_forgotten', { desk: label, environment: voice.text(`environment_${record.environment}`) }),
    ),
  )
  return EXIT.done
}

interface Staying {
  readonly certificates: number
  /** Keys of requests that have no certificate, or none that was fetched. */
  readonly keys: number
}

async function staying(session: Keys, going: readonly NamedRecord[]): Promise<Staying> {
  const names = new Set(going.map(({ name }) => name))
  const here = (await session.identities.all()).filter(({ identity: { holder } }) => names.has(holder.desk ?? ''))
  const certificates = here.filter(({ identity }) => identity.certificate).length
  return { certificates, keys: here.length - certificates }
}

function consequences(
  { voice }: Shell,
  { label, records }: KnownDesk,
  going: readonly NamedRecord[],
  { certificates, keys }: Staying,
): [string, string][] {
  const [{ record: first }] = records
  const goes = going.map(({ record }) =>
    voice.text('desk_goes_record', {
      desk: label,
      environment: voice.text(`environment_${record.environment}`),
      requests: requestsText(record, voice),
    }),
  )
  // While the desk is known in another environment, its root is, too.
  const rooted = going.length === records.length && going.some(({ record }) => record.enrolledAt !== undefined)
  const stays = [
    voice.text('desk_stays_keys', { count: certificates }),
    ...(keys > 0 ? [voice.text('desk_stays_key_alone', { count: keys })] : []),
    ...(rooted ? [voice.text('desk_stays_root', { word: new URL(first.desk.services.portal).origin })] : []),
    voice.text('desk_stays_there'),
  ]
  return [
    [voice.text('desk_goes'), goes.join('\n')],
    [voice.text('desk_stays'), stays.join('\n')],
  ]
}

/** @throws desk_forget_unsaid, interrupted */
async function confirm({ outside, voice }: Shell, given: Given): Promise<void> {
  if (given.flag('yes')) return
  const { terminal } = outside
  const agreed =
    terminal !== undefined &&
    (await terminalPrompts(terminal, outside.signal, voice).yes(voice.text('desk_forget_ask')))
  if (!agreed) stop('desk_forget_unsaid')
}
