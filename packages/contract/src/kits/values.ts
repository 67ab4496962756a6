import { type Static, Type } from 'typebox'
import { Id, Instant, Line, ServiceRef } from '../basics/basics.ts'
import { KeyChoice } from '../basics/keys.ts'
import { oneOf } from '../basics/one-of.ts'
import { CommonNameRule, StoreType } from '../kit/store-type.ts'
import { Awaiting } from '../people/values.ts'
import { ProfileRef } from '../profiles/values.ts'

export const KitState = oneOf(['active', 'expired', 'withdrawn', 'used-up'])
export type KitState = Static<typeof KitState>

export const Kit = Type.Object({
  id: Id,
  name: Line(100),
  organisation: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
  service: Type.Optional(ServiceRef),
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
  may: Type.Object(
    { endStanding: Type.Boolean(), rejectRequests: Type.Boolean() },
    { description: 'what the caller’s rights reach of it' },
  ),
  awaiting: Type.Optional(Awaiting),
  confirmedBy: Type.Optional(Type.String()),
})
export type Kit = Static<typeof Kit>
