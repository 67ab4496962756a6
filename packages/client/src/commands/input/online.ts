// --online: what a chain needs and the files do not give is fetched, and what was asked for is told.

import type { Fetched, Want } from '@scel/pki/path'
import type { AskedAddress } from '../../probe/fetch-status.ts'
import { enrolledDesks } from '../../state/open-desks.ts'
import { serverRoots } from '../../state/word-age.ts'
import type { Voice } from '../../ui/voice.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import type { State } from './session.ts'
import type { Shell } from './shell.ts'

export const ONLINE_OPTION: CommandOption = { name: 'online', help: 'verify_online' }

export interface Online {
  readonly fetch: (want: Want) => Promise<Fetched | undefined>
  /** As far as it came. */
  readonly asked: readonly AskedAddress[]
}

/** How to fetch when --online is given; without it nothing is. @throws record_malformed */
export const onlineOf = async (session: Shell & State, given: Given): Promise<Online | undefined> =>
  given.flag(ONLINE_OPTION.name) ? openOnline(session) : undefined

/** @throws record_malformed */
export async function openOnline({ outside, desks }: Shell & State): Promise<Online> {
  const roots = (await enrolledDesks(desks)).flatMap(({ record }) => serverRoots(record, outside.now()))
  const { statusFetcher } = await import('../../probe/fetch-status.ts') // with TLS, which files alone do without
  return statusFetcher({ roots, signal: outside.signal })
}

/** An address that was asked, as `--json` prints it. */
export interface AskedFacts {
  readonly kind: Want['kind']
  readonly url: string
  readonly error?: { readonly code: string; readonly message: string }
}

/** For the document of a command: nothing without --online. */
export function onlineFacts(online: Online | undefined, voice: Voice): { readonly fetched?: readonly AskedFacts[] } {
  if (!online) return {}
  const fetched = online.asked.map(({ kind, url, error }): AskedFacts => {
    if (!error) return { kind, url }
    const { code, message } = voice.words(error)
    return { kind, url, error: { code, message } }
  })
  return { fetched }
}

/** What came and what did not, then the addresses that would have helped and were not asked. */
export function sayAddresses(
  { fetched = [] }: { readonly fetched?: readonly AskedFacts[] },
  wants: readonly Pick<Want, 'kind' | 'url'>[],
  voice: Voice,
): void {
  for (const { url, error } of fetched) {
    if (error) voice.say('verify_not_fetched', { url, reason: error.message })
    else voice.say('verify_fetched', { url })
  }
  for (const { kind, url } of wants) {
    if (!fetched.some((one) => one.url === url)) voice.say(`verify_want_${kind}`, { url })
  }
}

/** What to do about revocation that is not known. */
export const askRevocation = (online: Online | undefined, voice: Voice): string =>
  voice.text(online ? 'signature_ask_revocation_still' : 'signature_ask_revocation')
