import { refuse } from '@scel/contract/errors'
import type { AuthorityPurpose, Environment } from '@scel/contract/values'
import type { Authority } from '../authorities/authority.ts'
import type { Reading } from '../work.ts'

/**
 * The authorities, remembered: they are asked for at every certificate, never change, and are few. What another process
 * of the same desk added is found at the next miss.
 */
export interface Directory {
  /** @throws DeskError authority_unavailable */
  current(environment: Environment, purpose: AuthorityPurpose): Promise<Authority>
  find(id: string): Promise<Authority | undefined>
  /** Issuer first, root last; begins with the authority itself. */
  chainOf(id: string): Promise<Authority[]>
  all(): Promise<readonly Authority[]>
  /** Forgets what is remembered: an authority was made. */
  refresh(): void
}

export function createDirectory({ work }: { work: Reading }): Directory {
  let remembered: Promise<readonly Authority[]> | undefined
  const all = (): Promise<readonly Authority[]> => {
    if (!remembered) {
      remembered = work.read((stores) => stores.authorities.all())
      remembered.catch(() => {
        remembered = undefined
      })
    }
    return remembered
  }
  const lookUp = async (matches: (authority: Authority) => boolean): Promise<Authority | undefined> => {
    const found = (await all()).findLast(matches)
    if (found) return found
    remembered = undefined
    return (await all()).findLast(matches)
  }
  const find = (id: string): Promise<Authority | undefined> => lookUp((authority) => authority.id === id)
  return {
    current: async (environment, purpose) =>
      (await lookUp((authority) => authority.environment === environment && authority.purpose === purpose)) ??
      refuse('authority_unavailable', { purpose }),
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
