import type { Static } from 'typebox'
import { oneOf } from '../basics/one-of.ts'

/** What people sign in with. `link`: opened once, on a device where one only looks. */
export const CredentialKind = oneOf(['certificate', 'link'])
export type CredentialKind = Static<typeof CredentialKind>
