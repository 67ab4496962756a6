import type { Sentence } from '../words/sentence.ts'
import type { PeopleErrors } from './errors.ts'

export const PEOPLE_EN: Readonly<Record<keyof PeopleErrors, Sentence>> = {
  invitation_unknown: {
    says: 'This invitation link is not known.',
    hint: 'Copy the whole link, or ask an administrator for a new one; a newer link replaces the older one.',
  },
  invitation_expired: {
    says: 'This invitation link expired on {at, date, long}.',
    hint: 'Ask an administrator for a new link; for the first administrator, run “scel-desk invite-admin” on the host.',
  },
  invitation_spent: {
    says: 'This invitation link was already used on {at, date, long}.',
    hint: 'If it was not you, tell an administrator at once. Otherwise sign in with the certificate you made.',
  },
  invitation_unconfirmed: {
    says: 'This link waits for a second administrator: until one has confirmed it, it opens nothing.',
    hint: 'Ask an administrator other than the one who gave you the link to confirm it, on the page of people; then open it again.',
  },
  person_disabled: {
    says: 'This account has been disabled.',
    hint: 'Ask an administrator of the desk.',
  },
  person_not_disabled: {
    says: 'This account is not disabled: who is somebody here is called by name.',
    hint: 'Disable the account first, on the page of the person.',
  },
  person_request_waiting: {
    says: 'Request {request} of this person still waits for a decision.',
    hint: 'Decide it first: whoever decides must see who asks.',
  },
  person_email_taken: {
    says: 'There is already an account with the address {email}.',
    hint: 'Make a new link for that account instead.',
  },
  person_without_address: {
    says: 'This account has no e-mail address, and this needs one.',
    hint: 'Give the address where it is asked for, or ask an administrator to invite you under it.',
  },
  organisation_required: {
    says: 'A registration manager belongs to an organisation.',
    hint: 'Choose the organisation.',
  },
  organisation_not_for_role: {
    says: '{role, select, administrator {An administrator} auditor {An auditor} other {This role}} belongs to no organisation.',
    hint: 'Leave the organisation out.',
  },
  grant_given: {
    says: 'This person is that already, there and for at least as long.',
    hint: 'Choose another role, another organisation, or a later end.',
  },
  grant_until_past: {
    says: 'The end that was given, {at, date, long}, is past.',
    hint: 'Give a day that is to come, or none.',
  },
  last_administrator: {
    says: 'After this, nobody would be left who is an administrator without an end.',
    hint: 'Make somebody an administrator without an end first; on the desk’s host, scel-desk invite-admin makes one.',
  },
  last_administrator_certificate: {
    says: 'This is the certificate of the last administrator who can sign in: after its revocation, nobody could.',
    hint: 'Make yourself a new link on the page of people: the new certificate replaces this one, which is revoked then. When its key is in wrong hands, use scel-desk invite-admin on the desk’s host at once.',
  },
  second_administrator_missing: {
    says: 'This needs a second administrator, and besides you and the person whom it is for there is none.',
    hint: 'On the desk’s host, scel-desk invite-admin makes the link. Whoever ceased to be an administrator counts for three days: after that, one who is alone asks nobody.',
  },
  second_administrator_needed: {
    says: 'Another administrator confirms this: neither the one who asked for it nor the one whom it is for.',
    hint: 'Ask another administrator. Where there is none who can sign in, scel-desk invite-admin on the desk’s host makes a link.',
  },
  confirmation_not_wanted: {
    says: 'There is nothing to confirm here: it was confirmed, refused or replaced, or whoever asked for it is no administrator any more.',
    hint: 'Load the page again; if need be, ask for it anew.',
  },
  not_as_seen: {
    says: 'What is there now is not what you saw: something else took its place meanwhile. Nothing was done.',
    hint: 'Load the page again and look at what is there now, by whom and since when.',
  },
  person_is_self: {
    says: 'You cannot do this to your own account.',
    hint: 'Ask another administrator.',
  },
}
