import type { Work } from '../core/work.ts'
import type { Config } from './config.ts'

/** Where the name is kept among the desk's settings. */
const PUBLIC_NAME = 'public name'

/**
 * The name that stands in certificates: the one given, else the one kept, else what `ask` answers. It is kept from then
 * on, so that a start without it goes on under the same name.
 */
export async function publicNameOf(config: Config, work: Work, ask: () => Promise<string>): Promise<string> {
  const kept = await work.read(({ settings }) => settings.get(PUBLIC_NAME))
  const name = config.publicName ?? kept ?? (await ask())
  if (name !== kept) await work.transaction(({ settings }) => settings.set(PUBLIC_NAME, name))
  return name
}
