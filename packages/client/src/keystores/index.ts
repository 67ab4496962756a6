import type { StoreType } from '@scel/contract/values'
import type { Paths } from '../state/paths.ts'
import { fileStore } from './file.ts'
import type { KeyStore } from './key-store.ts'

export { keyId } from './key-id.ts'
export type { Holder, Identity, Installation, KeyStore, TlsIdentity } from './key-store.ts'

/** The store that a kit's store type means on this machine. */
export function keyStoreFor(type: StoreType, paths: Paths, platform: NodeJS.Platform): KeyStore {
  return fileStore(type === 'machine' ? paths.machineStore : paths.userStore, platform, type)
}
