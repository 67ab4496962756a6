import { type Static, Type } from 'typebox'
import { Id } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'

/**
 * What somebody may be entitled to do at the desk. Who is, and how far it reaches, stands in the desk's table of rights; a
 * route names the one it asks for, and an answer that refuses names the one that is missing.
 */
export const Right = oneOf([
  'read_requests',
  'decide_requests',
  'withdraw_requests',
  'ask_by_file',
  'read_blocked_keys',
  'block_keys',
  'read_certificates',
  'revoke_certificates',
  'trace_certificates',
  'read_recipients',
  'read_authorities',
  'read_organisations',
  'make_organisations',
  'set_organisation_names',
  'keep_services',
  'read_profiles',
  'read_kits',
  'make_kits',
  'confirm_kits',
  'end_standing_approvals',
  'withdraw_kits',
  'read_people',
  'invite_people',
  'confirm_people',
  'disable_people',
  'give_grants',
  'end_grants',
  'read_sessions',
  'end_sessions',
  'keep_credentials',
  'end_credentials',
  'read_log',
  'read_deliveries',
  'resend_deliveries',
])
export type Right = Static<typeof Right>

/**
 * How far a right reaches: over everything of the environment, over what belongs to the organisations that somebody has it for, or down to
 * the services of organisations that they have it for; or over what is one's own alone, which takes no grant.
 */
export const Reach = oneOf(['environment', 'organisation', 'service', 'own'])
export type Reach = Static<typeof Reach>

/**
 * How well is known who is there: the levels of assurance of Regulation (EU) No 910/2014, Article 8. A certificate whose key its holder alone has
 * is high; a link that was handed on is low.
 */
export const Strength = oneOf(['low', 'substantial', 'high'])
export type Strength = Static<typeof Strength>

/** A right that somebody has. */
export const Entitlement = Type.Object({
  right: Right,
  reach: Reach,
  needs: Strength,
  organisations: Type.Optional(
    Type.Array(Type.Object({ id: Id, code: Type.String(), name: Type.String() }), {
      description: 'where it ends, when it does not reach the whole environment: all of these',
    }),
  ),
  services: Type.Optional(
    Type.Array(Type.Object({ id: Id, name: Type.String(), organisation: Id }), {
      description: 'services of other organisations than those, where it does not reach the whole environment',
    }),
  ),
})
export type Entitlement = Static<typeof Entitlement>
