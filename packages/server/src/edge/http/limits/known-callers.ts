import { createHash } from 'node:crypto'
import { MINUTE, type World } from '../../../core/world.ts'

/**
 * Whose session a cookie shows, as far as this process has lately seen it stand: calls of people who are signed in are counted by person, and not with
 * those of everybody behind their address.
 */
export interface KnownCallers {
  /** Whose calls from a network are counted together with those that show this token; undefined of one that nobody has seen stand lately. */
  of(token: string, network: string): string | undefined
  /** @param person undefined of a session that begins; its calls are counted with those of the others that begin in that network */
  know(token: string, person?: string): void
  forget(token: string): void
}

export function createKnownCallers({ elapsed }: Pick<World, 'elapsed'>): KnownCallers {
  const known = new Map<string, { readonly person: string | undefined; readonly until: number }>()
  return {
    of: (token, network) => {
      const found = known.get(digestOf(token))
      if (!found || found.until <= elapsed()) return undefined
      return found.person === undefined ? `beginning ${network}` : `${found.person} ${network}`
    },
    know: (token, person) => {
      const digest = digestOf(token)
      known.delete(digest) // to the end: the first is the one that is forgotten
      known.set(digest, { person, until: elapsed() + (person === undefined ? BEGINS : LASTS) })
      if (known.size > MOST) known.delete(known.keys().next().value!)
    },
    forget: (token) => void known.delete(digestOf(token)),
  }
}

/** What opens a session does not lie about in memory. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Milliseconds from a call that was judged. A session that has ended is asked for by nobody but its thief, and is none soon after. */
const LASTS: number = 10 * MINUTE
/** From the sign-in to the first call. */
const BEGINS: number = MINUTE
const MOST = 20_000
