import type { Right, Strength } from './values.ts'

/** What each right allows, as it follows “the right to”; English. */
export const RIGHTS_EN: Readonly<Record<Right, string>> = {
  read_requests: 'see requests',
  decide_requests: 'decide requests',
  withdraw_requests: 'take back what you asked for yourself',
  ask_by_file: 'ask for a certificate with a file',
  read_blocked_keys: 'see blocked keys',
  block_keys: 'block keys',
  read_certificates: 'see certificates',
  revoke_certificates: 'revoke this certificate',
  trace_certificates: 'see what a certificate was used for',
  read_recipients: 'see whom one can seal for',
  read_authorities: 'see the authorities',
  read_organisations: 'see organisations',
  make_organisations: 'add organisations',
  set_organisation_names: 'say which names an organisation has',
  keep_services: 'keep the services of an organisation',
  read_profiles: 'see profiles',
  read_kits: 'see kits',
  make_kits: 'make kits',
  confirm_kits: 'confirm kits',
  end_standing_approvals: 'end a standing approval',
  withdraw_kits: 'withdraw kits',
  read_people: 'see the people of the desk',
  invite_people: 'invite people',
  confirm_people: 'confirm invitations',
  disable_people: 'take somebody’s access away',
  give_grants: 'say what somebody may do',
  end_grants: 'take a role away from somebody',
  read_sessions: 'see everybody’s sessions',
  end_sessions: 'end somebody else’s session',
  keep_credentials: 'say how one signs in',
  end_credentials: 'end what somebody else signs in with',
  read_log: 'read the log',
  read_deliveries: 'see what others are told of',
  resend_deliveries: 'send again what others are told of',
}

/** Each level of assurance, as it stands before “assurance”; English. */
export const STRENGTHS_EN: Readonly<Record<Strength, string>> = {
  low: 'low',
  substantial: 'substantial',
  high: 'high',
}
