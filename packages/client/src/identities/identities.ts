import type { StoreType } from '@scel/contract/values'
import type { Identity, KeyStore } from '../keystores/index.ts'
import { isCliError } from '../ui/cli-error.ts'

/** A key in a store of this machine. */
export interface HeldKey {
  readonly store: KeyStore
  readonly identity: Identity
}

/** One with its certificate. */
export interface StoredIdentity extends HeldKey {
  readonly identity: Identity & { readonly certificate: Uint8Array }
}

/**
 * What keys and certificates this person and machine have, of every desk; also what is not in use any more. The stores are looked through once a
 * run. What is damaged is told then and left out: it is the matter of whoever needs it.
 */
export interface Identities {
  /** Keys that have no certificate, too. @throws what the stores throw */
  all(): Promise<readonly HeldKey[]>
  /** @throws what the stores throw */
  certified(): Promise<readonly StoredIdentity[]>
}

export interface IdentitySources {
  stores(scope: StoreType): Promise<readonly KeyStore[]>
  /** Hears of each folder that is damaged. */
  complain(error: unknown, folder: string): void
}

export function openIdentities(sources: IdentitySources): Identities {
  let found: Promise<readonly HeldKey[]> | undefined
  const all = (): Promise<readonly HeldKey[]> => {
    found ??= look(sources)
    return found
  }
  return {
    all,
    certified: async () =>
      (await all()).flatMap(({ store, identity }) => {
        const { certificate } = identity
        return certificate ? [{ store, identity: { ...identity, certificate } }] : []
      }),
  }
}

async function look({ stores, complain }: IdentitySources): Promise<readonly HeldKey[]> {
  const all: HeldKey[] = []
  const told = new Set<string>()
  const once = (error: unknown, folder: string): void => {
    if (!told.has(folder)) complain(error, folder)
    told.add(folder)
  }
  for (const scope of ['user', 'machine'] as const) {
    for (const store of await stores(scope)) {
      const identities = await store.list(once).catch((error: unknown) => {
        // The machine store is its administrators' alone; a user's own certificates are still to be found.
        if (scope === 'machine' && isCliError(error) && error.code === 'file_unreadable') return []
        throw error
      })
      all.push(...identities.map((identity) => ({ store, identity })))
    }
  }
  return all
}
