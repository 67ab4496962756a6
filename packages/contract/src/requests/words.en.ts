import type { Sentence } from '../words/sentence.ts'
import type { RequestErrors } from './errors.ts'

export const REQUESTS_EN: Readonly<Record<keyof RequestErrors, Sentence>> = {
  csr_unreadable: {
    says: 'The certificate request cannot be read: {what}.',
    hint: 'Make the request again.',
  },
  csr_signature_invalid: {
    says: 'The certificate request is not signed by its own key.',
    hint: 'Make the request again with the key it is for.',
  },
  csr_key_not_allowed: {
    says: 'This kind of key is not allowed: {key}.',
    hint: 'Use one of: {allowed}.',
  },
  profile_not_for_origin: {
    says: 'The profile {profile} is not one that can be asked for in this way.',
    hint: 'Choose another one: kits and files ask for profiles of machines and services. If a kit asked for it, or a request waits, its profile was changed since: use a kit of another one, and reject the request.',
  },
  choice_not_offered: {
    says: '{choice, select, validityDays {A duration of {value, plural, one {# day} other {# days}}} other {“{value}”}} is not offered by the profile {profile}.',
    hint: 'Ask for one of: {offered}. If the request waits already, its profile was changed since: reject it, and have it asked for again.',
  },
  csr_key_weak: {
    says: 'The key is weak: {what}.',
    hint: 'Make a new key.',
  },
  csr_key_revoked: {
    says: 'A certificate with this key was revoked.',
    hint: 'Make a new key.',
  },
  csr_key_in_use: {
    says: 'This key already belongs to another certificate.',
    hint: 'Make a new key: one key, one subject.',
  },
  csr_applicant_mismatch: {
    says: 'The certificate request names another applicant key.',
    hint: 'On the computer that has this key, make the request again with scel. To hand it in as a file, make one that names no applicant.',
  },
  subject_not_allowed: {
    says: 'In the subject, {attribute} must be “{expected}” and is “{found}”.',
    hint: 'Make the request again with the kit as it is.',
  },
  name_not_allowed: {
    says: 'The name “{name}” is not allowed: {rule, select, fingerprint {here a machine is named by its fingerprint} host {here a machine is named by its full public host name} count {too many names} type {only host names are allowed} desk {it is a name of the desk itself} other {{rule}}}.',
    hint: 'Correct the name and ask again.',
  },
  name_outside_organisation: {
    says: 'The name “{name}” is not one that this organisation may have. {allowed, select, none {No names for servers have been given to it yet.} other {It may have names that end in: {allowed}.}}',
    hint: 'Correct the name, or ask an administrator of the desk to give the organisation this name.',
  },
  request_state_impossible: {
    says: 'Request {request} is {state, select, pending {pending} approved {approved} installed {installed} downloaded {downloaded} rejected {rejected} cancelled {cancelled} revoked {revoked} expired {expired} other {{state}}} and cannot become {wanted, select, pending {pending} approved {approved} installed {installed} downloaded {downloaded} rejected {rejected} cancelled {cancelled} revoked {revoked} expired {expired} other {{wanted}}}.',
    hint: 'Look at the request again: it has moved on.',
  },
  request_decided_already: {
    says: 'Request {request} is already {state, select, pending {pending} approved {approved} installed {installed} downloaded {downloaded} rejected {rejected} cancelled {cancelled} revoked {revoked} expired {expired} other {{state}}}: {by} decided on {at, date, long}.',
    hint: 'There is nothing more to decide.',
  },
  request_changed_since: {
    says: 'Request {request} does not say any more what it said when you looked at it. Nothing was approved.',
    hint: 'Look at the request again, and decide on what it says now. Nobody changes a request through the desk: unless the desk was updated meanwhile, tell its operator.',
  },
  request_row_altered: {
    says: 'What the database says of request {request} is not what its own CSR gives, or does not read: somebody changed it. It cannot be approved.',
    hint: 'Reject it and let the applicant ask again. Nobody changes a request through the desk: unless the desk was updated since it was submitted, tell its operator.',
  },
  request_profile_changed: {
    says: 'The profile {profile} was changed since request {request} was submitted: what the request says was read by what the file said then. It cannot be approved.',
    hint: 'Reject it and have the applicant ask again, with a new kit where theirs lays down what the profile said before. If the file was changed by mistake, put it back.',
  },
  names_certified_since: {
    says: 'Meanwhile somebody else was granted a certificate for a name of request {request}: {names}.',
    hint: 'Look at the request again, and decide with what it says now.',
  },
  own_request: {
    says: 'Request {request} is your own.',
    hint: 'Somebody else must decide it.',
  },
  request_key_contested: {
    says: 'Request {request} does not name its applicant, and somebody else asks for a certificate with the same key: one of the two is a copy.',
    hint: 'Ask the applicant for a request with a new key, or have the other request rejected first.',
  },
  request_of_blocked: {
    says: 'Request {request} comes from an applicant key that was blocked on {at, date, long}.',
    hint: 'Reject it, or lift the block first.',
  },
  request_by_applicant: {
    says: 'Request {request} was made with a kit: the computer that asked fetches the certificate itself.',
    hint: 'Run “scel get” on that computer.',
  },
  request_needs_administrator: {
    says: 'Request {request} is of a profile that administrators alone decide.',
    hint: 'An administrator must decide it.',
  },
  reason_required: {
    says: 'A reason is needed.',
    hint: 'Say why; the applicant will read it.',
  },
  pending_too_many: {
    says: '{of, select, kit {This kit already has} person {You already have} other {This computer already has}} {most, plural, one {# request} other {# requests}} that nobody has decided.',
    hint: 'Wait until some of them are decided{of, select, kit {, or ask for another kit} person {} other {, or cancel one}}.',
  },
  submissions_too_many: {
    says: '{of, select, kit {With this kit, {most} requests from your network were replaced or cancelled} person {{most} of your requests were replaced} other {This computer has made {most} requests}} within {hours, plural, one {an hour} other {# hours}}.',
    hint: 'Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  },
  certificate_not_ready: {
    says: 'Request {request} is {state, select, pending {pending} approved {approved and not signed yet} installed {installed} downloaded {downloaded} rejected {rejected} cancelled {cancelled} revoked {revoked} expired {expired} other {{state}}}: there is no certificate to fetch.',
    hint: '{state, select, approved {The desk signs it by itself as soon as it can: try again in a few minutes.} pending {Try again once it is approved.} other {Make a new request.}}',
  },
}
