export { type Keys, type KeysOptions, openFileSigners, openKeys } from './open-keys.ts'
