export type { FileSigners } from './file-signers.ts'
export { type LentKey, type LentSigners, lentSigners } from './lent-signers.ts'
export { type Keys, type KeysOptions, openFileSigners, openKeys } from './open-keys.ts'
export { rowCodesUnder } from './row-codes.ts'
