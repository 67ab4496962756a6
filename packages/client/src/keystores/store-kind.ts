import type { StoreType } from '@scel/contract/values'
import type { Paths } from '../state/paths.ts'
import type { KeyStore } from './key-store.ts'

/** For whom a store is looked for, and where. */
export interface StorePlace {
  /** What the kit says: keys of this user, or of the machine. Which kind of store holds them, the machine says. */
  readonly scope: StoreType
  readonly paths: Paths
  readonly platform: NodeJS.Platform
  /** The PIN of a token whose URI names no file with it, from who sits at the terminal; absent without one. @throws interrupted */
  readonly askPin?: (token: string) => Promise<string>
}

/** A kind of certificate store, such as files. */
export interface StoreKind {
  readonly name: string
  /** Those of this kind that this machine knows of, in this scope; asks nobody for anything. */
  known(place: StorePlace): Promise<readonly KeyStore[]>
  /** The one that a person names with `--store`; undefined when that names none of this kind. */
  named(name: string, place: StorePlace): Promise<KeyStore | undefined>
}
