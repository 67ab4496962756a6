import type { Right } from '../values/right.ts'

/** What each right allows, as it follows “the right to”; English. */
export const RIGHTS_EN: Readonly<Record<Right, string>> = {
  read_requests: 'see requests',
  decide_requests: 'decide requests',
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
  read_kits: 'see kits',
  make_kits: 'make kits',
  confirm_kits: 'confirm kits',
  end_standing_approvals: 'end a standing approval',
  withdraw_kits: 'withdraw kits',
  read_people: 'see the people of the desk',
  invite_people: 'invite people',
  confirm_people: 'confirm invitations',
  disable_people: 'take somebody’s access away',
  read_sessions: 'see everybody’s sessions',
  end_sessions: 'end somebody else’s session',
  read_log: 'read the log',
}
