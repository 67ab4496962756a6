import { refuse } from '@scel/contract/errors'
import type { AuthorityPurpose, Environment } from '@scel/contract/values'
import type { Authority } from '../authorities/authority.ts'
import type { Reading } from '../work.ts'
import { MINUTE, nowOf, type World } from '../world.ts'
import type { Signers } from './signer.port.ts'

/**
 * The authorities, remembered: they are asked for at every certificate, never change, and are few. What another process
 * of the same desk added is found at the next miss, and within a minute.
 */
export interface Directory {
  /** @throws DeskError authority_unavailable */
  current(environment: Environment, purpose: AuthorityPurpose): Promise<Authority>
  /**
   * Whom to issue from: the newest whose key is here, since what another desk of the same database makes lies in its own folder until
   * somebody copies it; the newest of all where none is, whose key is refused when it is used.
   * @throws DeskError authority_unavailable
   */
  signing(environment: Environment, purpose: AuthorityPurpose): Promise<Authority>
  find(id: string): Promise<Authority | undefined>
  /** Issuer first, root last; begins with the authority itself. */
  chainOf(id: string): Promise<Authority[]>
  all(): Promise<readonly Authority[]>
  /** Forgets what is remembered: an authority was made. */
  refresh(): void
}

interface Needs {
  readonly work: Reading
  readonly world: Pick<World, 'now' | 'elapsed'>
  readonly signers: Pick<Signers, 'has'>
}

export function createDirectory({ work, world, signers }: Needs): Directory {
  let remembered: Promise<readonly Authority[]> | undefined
  let since = 0
  const all = (): Promise<readonly Authority[]> => {
    if (remembered && world.elapsed() - since < MINUTE) return remembered
    const before = remembered
    const asked = work.read((stores) => stores.authorities.all())
    since = world.elapsed()
    // What was known stays known while the database is away.
    remembered = before ? asked.catch(() => before) : asked
    remembered.catch(() => {
      remembered = undefined
    })
    return remembered
  }
  const lookUp = async (matches: (authority: Authority) => boolean): Promise<Authority | undefined> => {
    const found = (await all()).findLast(matches)
    if (found) return found
    remembered = undefined
    return (await all()).findLast(matches)
  }
  const find = (id: string): Promise<Authority | undefined> => lookUp((authority) => authority.id === id)
  const current = async (environment: Environment, purpose: AuthorityPurpose): Promise<Authority> =>
    (await lookUp((authority) => authority.environment === environment && authority.purpose === purpose)) ??
    refuse('authority_unavailable', { purpose })
  return {
    current,
    signing: async (environment, purpose) => {
      const newest = await current(environment, purpose)
      if (await signers.has(newest.keyId)) return newest
      const now = nowOf(world)
      for (const one of (await all()).toReversed())
        if (one.environment === environment && one.purpose === purpose && one.notAfter > now)
          if (await signers.has(one.keyId)) return one
      return newest
    },
    find,
    chainOf: async (id) => {
      const chain: Authority[] = []
      let next: string | undefined = id
      while (next !== undefined && chain.length < LONGEST_CHAIN) {
        const authority: Authority = (await find(next)) ?? refuse('authority_unavailable', { purpose: next })
        chain.push(authority)
        next = authority.parent
      }
      return chain
    },
    all,
    refresh: () => {
      remembered = undefined
    },
  }
}

const LONGEST_CHAIN = 8
