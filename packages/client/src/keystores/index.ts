export { keyId, keyIdOf } from './key-id.ts'
export type { Holder, Identity, Installation, KeyStore, MadeKey, TlsMaterial } from './key-store.ts'
export type { StoreKind, StorePlace } from './store-kind.ts'
export { chosenStore, knownStores, type Stores, storeHolding } from './stores.ts'
