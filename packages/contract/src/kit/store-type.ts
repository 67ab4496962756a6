import type { Static } from 'typebox'
import { oneOf } from '../basics/one-of.ts'

/** machine: for every user of the computer; user: only for me. */
export const StoreType = oneOf(['user', 'machine'])
export type StoreType = Static<typeof StoreType>
export const STORE_TYPES: readonly StoreType[] = StoreType.enum
/** How the common name comes about: a fingerprint of the machine, or its public host name typed by the user. */
export const CommonNameRule = oneOf(['machine-fingerprint', 'host-name'])
export type CommonNameRule = Static<typeof CommonNameRule>
