// Asking for time stamps, as sign and timestamp do it.

import { nameOf } from '@scel/files/certificates'
import type { MessageImprint, TimeStamp } from '@scel/pki/tsp'
import type { DeskRecord, NamedRecord } from '../../state/desk-record.ts'
import { enrolledDesks } from '../../state/open-desks.ts'
import { serverRoots } from '../../state/word-age.ts'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import { givenRoots, rootsOfDesks } from '../input/desk-roots.ts'
import type { Given } from '../input/given.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

export const TSA_ANCHOR_OPTION: CommandOption = {
  name: 'tsa-anchor',
  help: 'sign_tsa_anchor',
  value: 'value_file',
  many: true,
}

/** Has one imprint stamped. */
export type Stamper = (imprint: MessageImprint) => Promise<{ readonly token: Uint8Array; readonly stamp: TimeStamp }>

/**
 * Asks the service at `url`; trusted are the files of --tsa-anchor, else the root of the desk that stamps there, else those of the
 * desks that are meant.
 * @throws tsa_anchor_missing; the stamper what `askTimeStamp` throws
 */
export async function stamperFor(
  session: Shell & State,
  given: Given,
  url: URL,
  meant?: readonly NamedRecord[],
): Promise<Stamper> {
  const enrolled = (await enrolledDesks(session.desks)).map(({ record }) => record)
  const desks = meant?.map(({ record }) => record) ?? enrolled
  // Of the address of one desk, another one's stamp is not what was asked for.
  const there = desks.filter((record) => stampAddress(record) === url.href)
  const ofFiles = given.list(TSA_ANCHOR_OPTION.name).length > 0
  const trusted = ofFiles
    ? await givenRoots(session, given, TSA_ANCHOR_OPTION.name)
    : rootsOfDesks(there.length > 0 ? there : desks)
  const anchors = trusted.map(({ anchor }) => anchor)
  if (anchors.length === 0) stop('tsa_anchor_missing')
  const { outside } = session
  const roots = enrolled.flatMap((record) => serverRoots(record, outside.now()))
  const { askTimeStamp } = await import('../../signing/ask-time-stamp.ts') // with TLS, which sealing and signing do without
  return (imprint) => {
    const trust = { anchors, at: outside.now(), revocation: 'not-asked' } as const
    return askTimeStamp({ url, imprint, trust, roots, signal: outside.signal })
  }
}

/** Where a desk stamps time, for each of its environments. */
export const stampAddress = ({ desk, environment }: DeskRecord): string =>
  new URL(PATHS[environment], desk.services.public).href

const PATHS = { production: '/tsp', test: '/tsp/test' } as const

/** The http or https address of an option. @throws option_value_wrong */
export function tsaUrl(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url
  return stop('option_value_wrong', { option, value: text, expected: 'http://…, https://…' })
}

/** A stamp as `--json` prints it. */
export interface StampFacts {
  readonly at: string
  readonly tsa: string
  readonly serial: string
  readonly policy: string
}

export const stampFacts = ({ at, tsa, serialHex, policy }: TimeStamp): StampFacts => ({
  at: at.toISOString(),
  tsa: nameOf(tsa),
  serial: serialHex,
  policy,
})
