import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { table } from '../../ui/table.ts'
import type { Command } from '../input/command.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { identityFacts, untilText, usesText } from './identity-facts.ts'

/** `scel list`: every certificate of which this machine has the key, from desks and from elsewhere. It asks nobody, tokens neither. */
export const list: Command = { arguments: [], options: [], run: runList }

async function runList(session: Shell & State & Keys): Promise<ExitCode> {
  const { voice, outside } = session
  const records = await session.desks.records()
  const all = await Promise.all(
    (await session.identities.certified()).map(({ store, identity }) =>
      identityFacts(store, identity, records, session.now()),
    ),
  )
  const headings = (['name', 'number', 'desk', 'issuer', 'valid_until', 'for', 'store'] as const).map((one) =>
    voice.text(`label_${one}`),
  )
  const rows = all.map((one) => [
    one.current ? one.name : voice.text('list_former', { name: one.name }),
    one.request === undefined ? '—' : String(one.request),
    one.desk ?? voice.text('list_from_elsewhere'),
    one.issuerName,
    untilText(one, voice),
    usesText(one.uses, voice),
    one.store,
  ])
  voice.result({ identities: all }, () => (rows.length > 0 ? table(headings, rows, outside.columns) : []))
  if (rows.length === 0) voice.say('list_none')
  return EXIT.done
}
