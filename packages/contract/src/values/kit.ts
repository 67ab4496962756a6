import { type Static, Type } from 'typebox'
import { Id, Instant, Line } from './basics.ts'
import { KeyChoice } from './keys.ts'
import { oneOf } from './one-of.ts'
import { Awaiting } from './person.ts'
import { ProfileRef } from './profile.ts'

/** machine: for every user of the computer; user: only for me. */
export const StoreType = oneOf(['user', 'machine'])
export type StoreType = Static<typeof StoreType>
/** How the common name comes about: a fingerprint of the machine, or its public host name typed by the user. */
export const CommonNameRule = oneOf(['machine-fingerprint', 'host-name'])
export type CommonNameRule = Static<typeof CommonNameRule>

export const KitState = oneOf(['active', 'expired', 'withdrawn', 'used-up'])
export type KitState = Static<typeof KitState>

export const Kit = Type.Object({
  id: Id,
  name: Line(100),
  organisation: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
  profile: ProfileRef,
  store: StoreType,
  commonName: CommonNameRule,
  keys: Type.Array(KeyChoice, { minItems: 1, maxItems: 5, uniqueItems: true }),
  proposedKey: KeyChoice,
  standingApproval: Type.Boolean(),
  standingEndedAt: Type.Optional(Instant),
  pending: Type.Integer({ description: 'requests made with it that nobody decided yet' }),
  uses: Type.Object({
    allowed: Type.Integer(),
    made: Type.Integer(),
    refused: Type.Integer({ description: 'submissions that were refused; they count as no use' }),
  }),
  state: KitState,
  expiresAt: Instant,
  createdAt: Instant,
  createdBy: Type.String(),
  withdrawnAt: Type.Optional(Instant),
  awaiting: Type.Optional(Awaiting),
  confirmedBy: Type.Optional(Type.String()),
})
export type Kit = Static<typeof Kit>
