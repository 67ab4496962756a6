import { type Static, Type } from 'typebox'
import { Id, Instant } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'
import { Strength } from '../rights/values.ts'

/** What people sign in with. `link`: opened once, on a device where one only looks. */
export const CredentialKind = oneOf(['certificate', 'link'])
export type CredentialKind = Static<typeof CredentialKind>

/** Something that somebody signs in with, or did. */
export const Credential = Type.Object({
  id: Id,
  kind: CredentialKind,
  lasts: Type.Boolean({
    description: 'it signs in until it ends: what does not is opened once, has no name and is forgotten by itself',
  }),
  strength: Strength,
  name: Type.String({ description: 'what its holder calls it; empty until they say' }),
  createdAt: Instant,
  lastUsedAt: Type.Optional(Instant),
  expiresAt: Type.Optional(Instant),
  certificate: Type.Optional(Type.Object({ id: Id, serial: Type.String(), notAfter: Instant })),
  ended: Type.Optional(Type.Object({ at: Instant, reason: oneOf(['ended', 'replaced', 'revoked', 'disabled']) })),
  current: Type.Boolean({ description: 'the caller’s session was begun with it' }),
})
export type Credential = Static<typeof Credential>
