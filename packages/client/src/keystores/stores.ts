import { stop } from '../ui/cli-error.ts'
import type { KeyStore } from './key-store.ts'
import type { StoreKind, StorePlace } from './store-kind.ts'

/** The stores of this machine, as whoever acts finds them. */
export interface Stores {
  /** The store in which a key is to be made: as `--store` names it, else the usual one. @throws store_unsupported */
  chosenStore(scope: StorePlace['scope'], name: string | undefined): Promise<KeyStore>
  /** The one that holds a key made for a desk; where none does, the usual one. */
  storeHolding(scope: StorePlace['scope'], desk: string, key: string): Promise<KeyStore>
}

/** Every kind of store, the usual one first. A new one is a file and a line here; it is loaded when a store is looked for. */
const KINDS: readonly (() => Promise<StoreKind>)[] = [
  async () => (await import('./file.ts')).files,
  async () => (await import('./pkcs11.ts')).tokens,
]

/** Every store that this machine knows of, in this scope. */
export async function knownStores(place: StorePlace): Promise<KeyStore[]> {
  const known: KeyStore[] = []
  for (const load of KINDS) known.push(...(await (await load()).known(place)))
  return known
}

/** The store in which a key is to be made: the one that is named, else the usual one. @throws store_unsupported */
export async function chosenStore(name: string | undefined, place: StorePlace): Promise<KeyStore> {
  for (const load of KINDS) {
    const kind = await load()
    const store = await kind.named(name ?? kind.name, place)
    if (store) return store
  }
  return stop('store_unsupported', { store: name ?? '' })
}

/** The store that holds a key made for a desk; where none does, the usual one, which will say so. */
export async function storeHolding(desk: string, key: string, place: StorePlace): Promise<KeyStore> {
  for (const store of await knownStores(place)) if (await store.find(desk, key)) return store
  return chosenStore(undefined, place)
}
