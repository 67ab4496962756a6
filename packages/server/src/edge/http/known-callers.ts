import { createHash } from 'node:crypto'
import type { World } from '../../core/world.ts'

/** Whose session a cookie shows, as far as this process has seen it stand: calls of people who are signed in are counted by person, not by address. */
export interface KnownCallers {
  /** Whose calls are counted together with those that show this token; undefined of one that nobody has seen stand. */
  of(token: string): string | undefined
  /** @param person once it is known */
  know(token: string, person?: string): void
  forget(token: string): void
}

export function createKnownCallers({ elapsed }: Pick<World, 'elapsed'>): KnownCallers {
  const known = new Map<string, { readonly caller: string; readonly at: number }>()
  return {
    of: (token) => {
      const found = known.get(digestOf(token))
      return found && elapsed() - found.at < LASTS ? found.caller : undefined
    },
    know: (token, person) => {
      const digest = digestOf(token)
      known.delete(digest) // to the end: the first is the one that is forgotten
      known.set(digest, { caller: person === undefined ? `session ${digest}` : `person ${person}`, at: elapsed() })
      if (known.size > MOST) known.delete(known.keys().next().value!)
    },
    forget: (token) => void known.delete(digestOf(token)),
  }
}

/** What opens a session does not lie about in memory. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Milliseconds: as long as a session lasts. */
const LASTS = 12 * 3_600_000
const MOST = 20_000
