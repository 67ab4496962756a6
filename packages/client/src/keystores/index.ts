export { keyId, keyIdOf } from './key-id.ts'
export type {
  Certified,
  DeskHolder,
  Holder,
  Identity,
  Installation,
  KeyStore,
  MadeKey,
  Material,
  TlsMaterial,
} from './key-store.ts'
export type { StoreKind, StorePlace } from './store-kind.ts'
export { chosenStore, knownStores, type Stores, storeHolding } from './stores.ts'
