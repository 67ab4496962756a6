import type { Reach, Right, Role, Strength } from '@scel/contract/values'

/**
 * What a role brings: how far each right reaches for those who have it. A role that is not named has it not; what everybody has who signs in
 * takes no role.
 */
export type Row = Readonly<Partial<Record<Role | 'everybody', Reach>>>

/** Everybody who is something, managers within the organisations and services of their grants. */
const ALL: Row = { administrator: 'environment', auditor: 'environment', manager: 'service' }
/** The same, and of what is one's own everybody. */
const ALL_AND_OWN: Row = { ...ALL, everybody: 'own' }
/** Those who look after the whole desk. */
const OVERSEERS: Row = { administrator: 'environment', auditor: 'environment' }
/** Those who say yes and no, managers within the organisations and services of their grants. */
const DECIDERS: Row = { administrator: 'environment', manager: 'service' }
/** The same, and of what is one's own everybody. */
const DECIDERS_AND_OWN: Row = { ...DECIDERS, everybody: 'own' }
/** Of what concerns an organisation as a whole: who is a manager for one of its services has nothing of it. */
const WHOLE_DECIDERS: Row = { administrator: 'environment', manager: 'organisation' }
const WHOLE_READERS: Row = { ...WHOLE_DECIDERS, auditor: 'environment' }
const ADMINISTRATORS: Row = { administrator: 'environment' }
/** Of what is one's own: whatever else somebody may do, nobody takes back what another asked for. */
const OWN: Row = { everybody: 'own' }
/** Of one's own alone, which the rule says: whoever has lost every role can still say that their key was stolen. */
const EVERYBODY: Row = { everybody: 'environment' }

/**
 * Who may do what, and where: the one place that says so. Routes name a right, rules ask for it in the unit that acts, the
 * navigation and the matrix of tests follow from it. What a right does not reach for other reasons (one's own request, a
 * profile that is none of the managers' business, the desk's own certificates) is the rule's to say.
 */
export const RIGHTS_TABLE: Readonly<Record<Right, Row>> = {
  read_requests: ALL_AND_OWN,
  decide_requests: DECIDERS,
  withdraw_requests: OWN,
  ask_by_file: DECIDERS,
  read_blocked_keys: WHOLE_READERS,
  block_keys: WHOLE_DECIDERS,
  read_certificates: ALL_AND_OWN,
  revoke_certificates: DECIDERS_AND_OWN,
  trace_certificates: OVERSEERS,
  read_recipients: ALL_AND_OWN,
  read_authorities: ALL,
  read_organisations: ALL,
  make_organisations: ADMINISTRATORS,
  set_organisation_names: ADMINISTRATORS,
  keep_services: WHOLE_DECIDERS,
  read_profiles: ALL,
  read_kits: ALL,
  make_kits: ADMINISTRATORS,
  confirm_kits: ADMINISTRATORS,
  end_standing_approvals: DECIDERS,
  withdraw_kits: ADMINISTRATORS,
  read_people: OVERSEERS,
  invite_people: ADMINISTRATORS,
  confirm_people: ADMINISTRATORS,
  disable_people: ADMINISTRATORS,
  give_grants: ADMINISTRATORS,
  end_grants: ADMINISTRATORS,
  read_sessions: ADMINISTRATORS,
  end_sessions: ADMINISTRATORS,
  keep_credentials: EVERYBODY,
  end_credentials: ADMINISTRATORS,
  read_log: OVERSEERS,
  read_deliveries: ADMINISTRATORS,
  resend_deliveries: ADMINISTRATORS,
}

/** What it takes to look. */
const LOOKING: Strength = 'low'
/** What it takes for all that decides, makes, revokes, confirms or invites: what nobody does who found a link. */
const ACTING: Strength = 'high'

/** What it takes for what is one’s own: to keep nothing that says better who is there than one’s own session does (`credentials.ts`). */
const KEEPING: Strength = 'substantial'

/** How well it must be known who is there, for each right. */
export const STRENGTHS: Readonly<Record<Right, Strength>> = {
  read_requests: LOOKING,
  decide_requests: ACTING,
  withdraw_requests: KEEPING,
  ask_by_file: ACTING,
  read_blocked_keys: LOOKING,
  block_keys: ACTING,
  read_certificates: LOOKING,
  revoke_certificates: ACTING,
  trace_certificates: LOOKING,
  read_recipients: LOOKING,
  read_authorities: LOOKING,
  read_organisations: LOOKING,
  make_organisations: ACTING,
  set_organisation_names: ACTING,
  keep_services: ACTING,
  read_profiles: LOOKING,
  read_kits: LOOKING,
  make_kits: ACTING,
  confirm_kits: ACTING,
  end_standing_approvals: ACTING,
  withdraw_kits: ACTING,
  read_people: LOOKING,
  invite_people: ACTING,
  confirm_people: ACTING,
  disable_people: ACTING,
  give_grants: ACTING,
  end_grants: ACTING,
  read_sessions: LOOKING,
  end_sessions: ACTING,
  keep_credentials: KEEPING,
  end_credentials: ACTING,
  read_log: LOOKING,
  read_deliveries: LOOKING,
  resend_deliveries: ACTING,
}

/**
 * The same over what is one's own, where that takes less. Whoever came by their institution says that a key of theirs was stolen; what
 * says better who is there than their session does is ended by what it takes for everybody (`neededFor`).
 */
export const OWN_STRENGTHS: Readonly<Partial<Record<Right, Strength>>> = { revoke_certificates: KEEPING }
