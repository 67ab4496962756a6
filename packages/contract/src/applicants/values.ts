import { type Static, Type } from 'typebox'
import { Id, Instant, SeenMark } from '../basics/basics.ts'

/** SHA-256 of an applicant key, hex. */
export const Thumbprint = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })

/** An applicant key whose requests are refused. */
export const BlockedApplicant = Type.Object({
  applicant: Thumbprint,
  at: Instant,
  by: Type.String(),
  reason: Type.String(),
  organisation: Type.Optional(Id),
  mark: SeenMark,
  mayLift: Type.Boolean({ description: 'the caller is one who may lift it' }),
})
export type BlockedApplicant = Static<typeof BlockedApplicant>
