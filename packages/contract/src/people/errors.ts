import type { None } from '../words/none.ts'
import type { Role } from './values.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface PeopleErrors {
  invitation_unknown: None
  invitation_expired: { at: string }
  invitation_spent: { at: string }
  invitation_unconfirmed: None
  person_disabled: None
  person_not_disabled: None
  person_request_waiting: { request: number }
  person_email_taken: { email: string }
  person_without_address: None
  organisation_required: { role: Role }
  organisation_not_for_role: { role: Role }
  grant_given: None
  grant_until_past: { at: string }
  last_administrator: None
  last_administrator_certificate: None
  second_administrator_missing: None
  second_administrator_needed: None
  confirmation_not_wanted: None
  not_as_seen: None
  person_is_self: None
}
