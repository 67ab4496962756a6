import type { DeskErrorCode } from './facts.ts'
import { RIGHTS_EN } from './rights.en.ts'
import { select } from './select.ts'
import type { Sentence } from './sentence.ts'

// ICU message texts; English. Arguments are the facts of the code. Typographic apostrophes, since ' quotes in ICU.
export const DESK_EN: Readonly<Record<DeskErrorCode, Sentence>> = {
  sign_in_required: {
    says: 'You are not signed in.',
    hint: 'Sign in with your certificate.',
  },
  session_ended: {
    says: 'Your session has ended{reason, select, signed_out { because you signed out} expired { after too long without activity} ended { because it was closed from another place} certificate { because your certificate is no longer valid} other {}}.',
    hint: 'Sign in again.',
  },
  not_allowed: {
    says: `You may not do this: it takes the right to ${select('right', RIGHTS_EN)}.`,
    hint: 'Ask an administrator of the desk.',
  },
  rights_changed: {
    says: 'Your role or your organisation changed while you asked for this. Nothing was done.',
    hint: 'Load the page again: it shows what you may do now.',
  },
  origin_refused: {
    says: 'This call came from another site, so it was refused.',
    hint: 'Open the portal itself and try again there.',
  },
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
  certificate_missing: {
    says: 'No certificate was shown.',
    hint: 'Choose your certificate when the browser asks; if it does not ask, import your .p12 file first, then restart the browser.',
  },
  certificate_unreadable: {
    says: 'The certificate shown cannot be read.',
    hint: 'Use a certificate issued by this desk.',
  },
  certificate_unknown_authority: {
    says: 'The certificate shown comes from an unknown authority: {issuer}.',
    hint: 'Use a certificate issued by this desk.',
  },
  certificate_not_issued_here: {
    says: 'The certificate shown (serial {serial}) is not in this desk’s records.',
    hint: 'Tell an administrator at once: it bears an authority of this desk that did not record it.',
  },
  certificate_expired_at: {
    says: 'The certificate shown expired on {at, date, long}.',
    hint: 'Ask for a new certificate.',
  },
  certificate_not_valid_before: {
    says: 'The certificate shown is valid only from {at, date, long}.',
    hint: 'Check that the clocks are right.',
  },
  certificate_is_revoked: {
    says: 'The certificate shown was revoked on {at, date, long} ({reason, select, unspecified {no reason given} keyCompromise {key compromised} affiliationChanged {affiliation changed} superseded {superseded} cessationOfOperation {no longer in use} privilegeWithdrawn {privilege withdrawn} other {{reason}}}).',
    hint: 'Ask for a new certificate.',
  },
  certificate_wrong_purpose: {
    says: 'The certificate shown is not made for this: {purpose}.',
    hint: 'Use a certificate made for client authentication.',
  },
  certificate_without_account: {
    says: 'No account belongs to the certificate shown (serial {serial}).',
    hint: 'Sign in with the certificate made from your last invitation.',
  },
  certificate_refused: {
    says: 'The certificate shown is refused: {why}.',
    hint: 'Use a certificate issued by this desk.',
  },
  input_invalid: {
    says: '{where}: {what}.',
    hint: 'Correct it and send again; nothing was changed.',
  },
  body_too_large: {
    says: 'What was sent is larger than {limit} bytes.',
    hint: 'Send less, or the right file.',
  },
  media_type_unsupported: {
    says: 'This was not sent as {expected}.',
    hint: 'Set the content type and send again.',
  },
  not_found: {
    says: 'There is no such {what, select, request {request} certificate {certificate} organisation {organisation} person {person} kit {kit} applicant {applicant key} session {session} authority {authority} delivery {delivery} other {thing}}, or you may not see it.',
    hint: 'Check the number or go back to the list.',
  },
  route_unknown: {
    says: 'There is nothing at {method} {path}.',
    hint: 'See the list of calls at /api/openapi.json.',
  },
  too_many_requests: {
    says: 'Too many calls in a short time.',
    hint: 'Try again in {seconds, plural, one {# second} other {# seconds}}.',
  },
  cursor_invalid: {
    says: 'This page of the list cannot be found again.',
    hint: 'Start again from the first page.',
  },
  organisation_code_taken: {
    says: 'There is already an organisation with the code {code}.',
    hint: 'Choose another code.',
  },
  siren_invalid: {
    says: '{siren} is not a SIREN number: its check digit is wrong.',
    hint: 'Check the nine digits.',
  },
  person_email_taken: {
    says: 'There is already an account with the address {email}.',
    hint: 'Make a new link for that account instead.',
  },
  name_suffix_invalid: {
    says: '“{suffix}” cannot be given to an organisation: {rule, select, host {it is not a full host name of at least two parts} registry {names below it belong to many, as a registry gives them out} desk {it is a name of the desk itself} other {{rule}}}.',
    hint: 'Give the name under which the organisation’s servers stand, such as example.org.',
  },
  organisation_required: {
    says: 'A registration manager belongs to an organisation.',
    hint: 'Choose the organisation.',
  },
  organisation_not_for_role: {
    says: '{role, select, administrator {An administrator} auditor {An auditor} other {This role}} belongs to no organisation.',
    hint: 'Leave the organisation out.',
  },
  last_administrator_certificate: {
    says: 'This is the certificate of the last administrator who can sign in: after its revocation, nobody could.',
    hint: 'Make yourself a new link on the page of people: the new certificate replaces this one, which is revoked then. When its key is in wrong hands, use scel-desk invite-admin on the desk’s host at once.',
  },
  second_administrator_missing: {
    says: 'This needs a second administrator, and besides you and the person whom it is for there is none.',
    hint: 'On the desk’s host, scel-desk invite-admin makes the link.',
  },
  second_administrator_needed: {
    says: 'Another administrator confirms this: neither the one who asked for it nor the one whom it is for.',
    hint: 'Ask another administrator. Where there is none who can sign in, scel-desk invite-admin on the desk’s host makes a link.',
  },
  confirmation_not_wanted: {
    says: 'There is nothing to confirm here: it was confirmed, refused or replaced, or whoever asked for it is no administrator any more.',
    hint: 'Load the page again; if need be, ask for it anew.',
  },
  person_is_self: {
    says: 'You cannot do this to your own account.',
    hint: 'Ask another administrator.',
  },
  kit_unknown: {
    says: 'This enrolment kit is not known here.',
    hint: 'Use the kit file your administrator gave you, for the right environment.',
  },
  kit_expired: {
    says: 'This enrolment kit expired on {at, date, long}.',
    hint: 'Ask your administrator for a new kit.',
  },
  delivery_taken: {
    says: 'This was taken by whom it was for.',
    hint: 'Look at the list again: nothing has to be sent.',
  },
  kit_withdrawn: {
    says: 'This enrolment kit was withdrawn on {at, date, long}.',
    hint: 'Ask your administrator for a new kit.',
  },
  kit_used_up: {
    says: 'This enrolment kit has been used {uses, plural, one {the # time} other {the # times}} it allows.',
    hint: 'Ask your administrator for a new kit.',
  },
  kit_altered: {
    says: 'The enrolment kit file was altered ({field}).',
    hint: 'Use the file as your administrator gave it, unchanged.',
  },
  standing_approval_not_for_profile: {
    says: 'The profile {profile} allows no standing approval: somebody has to look at each request.',
    hint: 'Leave the standing approval out, or choose another profile.',
  },
  profile_not_for_kits: {
    says: 'The profile {profile} is not one that anybody asks for, with a kit or with a file.',
    hint: 'Choose a profile of machines or services. If a kit asked for it, its profile was changed since: use a kit of another one.',
  },
  applicant_signature_missing: {
    says: 'This call is not signed with an applicant key.',
    hint: 'Use the command scel, or sign as the documentation says.',
  },
  applicant_signature_invalid: {
    says: 'The applicant’s signature does not fit this call.',
    hint: 'Sign this very call again; nothing was changed.',
  },
  applicant_nonce_unknown: {
    says: 'The nonce of this call is too old or not ours.',
    hint: 'Ask for a new nonce and sign again.',
  },
  applicant_nonce_spent: {
    says: 'This signed call was already made once.',
    hint: 'Ask for a new nonce and sign again.',
  },
  applicant_key_refused: {
    says: 'The applicant key is not a P-256 key.',
    hint: 'Let the command scel make the key.',
  },
  applicant_not_owner: {
    says: 'This request was made with another applicant key.',
    hint: 'Use the computer and account that made it.',
  },
  applicant_without_certificate: {
    says: 'This computer has no valid certificate of this desk.',
    hint: 'Ask for one with “scel enrol”; the directory is open once it is there.',
  },
  applicant_blocked: {
    says: 'This computer’s applicant key was blocked on {at, date, long}.',
    hint: 'Ask your registration manager why; only they or an administrator can lift the block.',
  },
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
  certificate_row_altered: {
    says: 'What the database says of the certificate {serial} does not read: somebody changed it.',
    hint: 'Nobody changes a certificate through the desk: tell its operator. A revocation is stored all the same, though this page cannot show it.',
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
  certificate_already_revoked: {
    says: 'This certificate was already revoked on {at, date, long} ({reason, select, unspecified {no reason given} keyCompromise {key compromised} affiliationChanged {affiliation changed} superseded {superseded} cessationOfOperation {no longer in use} privilegeWithdrawn {privilege withdrawn} other {{reason}}}).',
    hint: '{reason, select, keyCompromise {There is nothing more to do.} other {If somebody else may have its key, revoke it again for that reason; otherwise there is nothing more to do.}}',
  },
  profile_invalid: {
    says: 'The profile {profile} is not valid: {field}.',
    hint: 'Correct the profile file and start the desk again.',
  },
  profile_unknown: {
    says: 'The profile {profile} is not one of this desk.',
    hint: 'Ask the operator of the desk to put its file back, or use a kit of another profile.',
  },
  lint_refused: {
    says: 'The certificate would break a rule, so it was not signed: {rules}.',
    hint: 'Tell the operator of the desk.',
  },
  authority_unavailable: {
    says: 'The authority for {purpose, select, machines {machines} people {people} desk {the desk} root {the root} other {{purpose}}} cannot sign now.',
    hint: 'Tell the operator of the desk.',
  },
  root_ended: {
    says: 'The root of this desk ended on {at, date, long}: nothing can be made under it.',
    hint: 'If the clock was wrong at the first start, begin anew with an empty folder and database; otherwise a new desk is needed, with a root that people are told of.',
  },
  database_older: {
    says: 'The desk’s database is an older copy, or its log was cut: it does not reach what the desk remembers of {since, date, long}. Nothing is changed until its operator has accepted it.',
    hint: 'Put the newest database back, or stop the desk and run scel-desk accept-restore.',
  },
  database_newer: {
    says: 'A newer version of the desk has migrated its database (to {found}; this one knows {known}): this desk changes nothing any more.',
    hint: 'Tell the operator of the desk: stop it, and start the new version.',
  },
  database_before_codes: {
    says: 'This database is from before its rows had codes (version {found}), and the folder keys from after: none of its rows could be told from one that somebody else wrote. Nothing was changed.',
    hint: 'Put the folder keys of the same backup back with it, in the place of the newer one; or put a newer database back.',
  },
  database_schema_open: {
    says: 'Others than the desk may create functions in the schema {schema} of the database, or have created some: {roles}. Such a function can answer the desk in the place of PostgreSQL’s own. Nothing was changed.',
    hint: 'As the owner of the schema: REVOKE CREATE ON SCHEMA {schema} FROM {roles}. Look at the functions and operators there that belong to others, and drop them.',
  },
  webhook_secret_malformed: {
    says: 'The file {path} holds no secret of a webhook: whsec_ and 24 to 64 bytes in base64.',
    hint: 'Write one with openssl rand -base64 32, whsec_ before it, and give the same to whoever is told.',
  },
  desk_statement_malformed: {
    says: 'What this desk would say of itself, no program would take: its name, its addresses or the certificate that it shows cannot be said so.',
    hint: 'Check --name, --public-name and --tls-certificate, and start the desk again.',
  },
  mark_missing: {
    says: 'keys/high-water.json, by which the desk knows its database, is gone; it was first made on {since, date, long}. Without it nobody can tell whether this database is an older copy.',
    hint: 'Put it back from the newest backup of the keys; or, with the desk stopped, take the database unseen: scel-desk accept-restore --without-mark.',
  },
  mark_unreadable: {
    says: 'keys/high-water.json, by which the desk knows its database, is cut or altered, or another desk’s. Without it nobody can tell whether this database is an older copy.',
    hint: 'Put it back from the newest backup of the keys; or, with the desk stopped, take the database unseen: scel-desk accept-restore --without-mark.',
  },
  log_gap: {
    says: 'Too many lines of the log are missing for it to be taken as it is: place {place, number} has none, and the next that has one is {next, number}, with line {number, number}.',
    hint: 'Take a copy that is whole; or, where somebody moved that line there, give it back the place that it had, as the owner of the database.',
  },
  log_line_altered: {
    says: 'Line {number, number} of the log was altered: {what, select, shown {what is shown of it is not what was written} other {it is not what its hash was made of}} (place {place, number}).',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_line_removed: {
    says: 'A line of the log was removed: the one at place {place, number}, {after, plural, =0 {which was the first} other {after line {after, number}}}.',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_line_inserted: {
    says: 'Line {number, number} was put into the log afterwards: the desk did not write it where it stands.',
    hint: 'Everything before it is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_lines_reordered: {
    says: 'Lines of the log were exchanged: line {number, number} comes after line {before, number}, and was written before it.',
    hint: 'Everything before them is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_head_differs: {
    says: 'The log is not the one that its head of {size, number} lines stands over: of the lines at places {first, number} to {last, number}, one was altered, removed, put in or exchanged together with its proof.',
    hint: 'Everything before them is as it was. Compare with a backup from before, and look for who can write to the database.',
  },
  log_head_forged: {
    says: 'The head of {size, number} lines ({at, date, long}) is not signed by a key of this log.',
    hint: 'Where the key of the log was changed on purpose, name the new one with --key; otherwise somebody wrote the log anew.',
  },
  log_head_beyond: {
    says: 'A head of {size, number} lines lies beside this log, which has {found, number}: no lines come to it, and no key of the log signed it.',
    hint: 'Somebody who can write to the database put it there, or lines at the end were removed before it was signed. Compare with a backup and with the heads that the desk pushed.',
  },
  log_end_unsigned: {
    says: 'No signed head stands over the last {lines, plural, one {line} other {# lines}} of this log, after its first {size, number}, although {lines, plural, one {it is} other {they are}} older than ten minutes: nothing proves {lines, plural, one {it} other {them}}.',
    hint: 'A desk that was killed leaves such lines, and so does a copy that was made just before they were signed: start the desk, and take the copy again. Where the key of the log does not open, the desk says so: put it right, and it signs within a minute. Otherwise somebody wrote these lines, or took the heads away.',
  },
  log_erased_untold: {
    says: 'Personal data was taken out of this log in {found, plural, one {# place} other {# places}}, and its lines tell of {told, number}: the rest was not erased by the desk.',
    hint: 'Every line is proven all the same, and only names, addresses or reasons are missing. Compare with an earlier backup to see where, and look for who can write to the database.',
  },
  log_unsigned: {
    says: 'No signed head stands over the {lines, plural, one {# line} other {# lines}} of this log, so that nothing proves {lines, plural, one {it} other {them}}.',
    hint: 'Start the desk: it signs within a minute. Where it had signed before, somebody has taken the heads away.',
  },
  log_rewritten: {
    says: 'The log was written anew: its first {size, number} lines are not those of the head that you gave.',
    hint: 'Keep the head and this log. Compare with a backup from before the head, and look for who can write to the database and to the keys.',
  },
  log_shorter: {
    says: 'The log was cut: the head that you gave is of {size, number} lines, and it has {found, number}.',
    hint: 'Check that this is not a copy from before the head. Otherwise lines were removed at the end.',
  },
  log_restored: {
    says: 'The head that you gave, of {size, number} lines, is of lines that were lost when an older copy of the database was accepted, on {at, date, long} (line {number, number}).',
    hint: 'Give a head from after that day. Ask whoever accepted the copy whether they did.',
  },
  log_head_foreign: {
    says: 'The head that you gave is of the log {origin}, and this one is {own}.',
    hint: 'Give a head of this log. Where it is of this one, somebody wrote the log anew under another name.',
  },
  log_head_unreadable: {
    says: '{path} is no signed head of a log.',
    hint: 'Give one of the files or messages that the desk pushed, whole.',
  },
  log_export_unreadable: {
    says: 'The export cannot be read at its line {line, number}, or ends before its end.',
    hint: 'Export the log again: scel-desk audit export.',
  },
  log_key_invalid: {
    says: '{key} is no key of a log.',
    hint: 'Give it as scel-desk audit verify prints it: name+id+key.',
  },
  database_missing: {
    says: 'There is no database at {where}, or an empty one, and {path} has the keys of a desk that had one: it was lost, or its address is another. Nothing was made or changed.',
    hint: 'Check --data and --database; or put the database back from its backup. Where there is none, scel-desk accept-restore takes the empty one: what was issued and revoked is unknown then.',
  },
  database_encoding: {
    says: 'The database keeps its texts in {found}, and not in UTF-8: names would be lost in it. Nothing was made or changed.',
    hint: 'Make another one: CREATE DATABASE … ENCODING ’UTF8’ TEMPLATE template0.',
  },
  keys_missing: {
    says: 'The database at {where} is that of a desk, and {path} has none of its keys. Nothing was made or changed.',
    hint: 'Check --data and --database; or put the folder of the keys back from its backup.',
  },
  key_files_missing: {
    says: 'The folder {path} lacks keys of authorities that are in service in this database, or its files of these names do not open or hold other keys: {files}. This desk signs nothing with them.',
    hint: 'Copy these files into {path} from the same folder of the desk that has them (of several desks, the one that made the authorities), or from a backup, and start the desk again. Where they are lost, scel-desk start --without-keys does without.',
  },
  desk_not_begun: {
    says: 'No desk has begun yet with the folder {path} and the database at {where}: there are no authorities. Nothing was made or changed.',
    hint: 'Check --data and --database; or start the desk, and run this again once it is up.',
  },
  keys_of_another_desk: {
    says: 'These keys belong to another desk than the one that made this database.',
    hint: 'Give this desk a database of its own, or start it with the data folder of the desk that made this one.',
  },
  key_ring_missing: {
    says: 'The folder {path} holds keys, and not the file ring.json that they are opened with; nothing was written.',
    hint: 'Put ring.json back from the backup of this folder.',
  },
  root_passphrase_needed: {
    says: 'Only the root can do this, and its keys lie under a passphrase of their own, which is not at hand.',
    hint: 'On the desk’s host, run scel-desk ceremony with --root-passphrase-file, or with the PIN of the roots’ token.',
  },
  root_passphrase_wrong: {
    says: 'This is not the passphrase of the root; nothing was changed.',
    hint: 'Give the right one with --root-passphrase-file. Daily work does not need it.',
  },
  token_unavailable: {
    says: 'The token “{token}”, which keeps keys of the desk, cannot be used now: {why, select, absent {it is not there} locked {it is locked} pin {its PIN is wrong or missing} slow {it does not answer} refused {it refuses} other {it failed}}.',
    hint: 'What was decided is signed once the token is back. Tell the operator of the desk.',
  },
  passphrase_file_exposed: {
    says: 'The passphrase file {path} has mode {mode}: others on this machine can read or change it.',
    hint: 'Run chmod 600 on it. Where a passphrase may have been read, take it for known.',
  },
  passphrase_file_foreign: {
    says: 'The passphrase file {path} belongs to another user of this machine (uid {owner}), who can read and change it.',
    hint: 'Give it to the user of the desk or to root (chown), with mode 600. Where a passphrase may have been read, take it for known.',
  },
  storage_full: {
    says: 'The desk’s disk is full; nothing was changed.',
    hint: 'Tell the operator of the desk, then send again.',
  },
  storage_unavailable: {
    says: 'The desk’s database does not answer; nothing was changed.',
    hint: 'Try again in a minute; if it lasts, tell the operator of the desk.',
  },
  storage_uncertain: {
    says: 'The desk’s database broke off while storing: it is not known whether it was stored.',
    hint: 'Look whether it is there before you send it again.',
  },
  storage_damaged: {
    says: 'The desk’s database is damaged.',
    hint: 'Tell the operator of the desk: it has to be restored from its backup.',
  },
  storage_altered: {
    says: 'The desk’s database refuses what the desk needs: its rights were taken away, or a table is gone; nothing was changed.',
    hint: 'Tell the operator of the desk: its log has the words of the database.',
  },
  storage_moved: {
    says: 'A file of the desk’s database was moved, removed or replaced under the running desk; nothing was changed.',
    hint: 'Tell the operator of the desk: its log names the file.',
  },
  storage_contended: {
    says: 'Others were changing the same at every attempt, and the desk’s database could store this between none of them; nothing was changed.',
    hint: 'Try again; if it lasts, tell the operator of the desk.',
  },
  stored_incomplete: {
    says: 'What you sent is stored, but the desk could not finish its work on it now.',
    hint: 'The desk does the rest as soon as it can: look again in a minute.',
  },
  public_door_shut: {
    says: 'The door for lists, OCSP and time stamps did not open: its thread {why, select, silent {said nothing for a minute} ended {ended at once} other {{why}}}.',
    hint: 'The database answers slowly, or this machine has too much to do or too little memory: look into it, and start the desk again.',
  },
  not_ready: {
    says: '{look, select, late {Whether the desk can do its work is not known now: the look at {part, select, thread {its portal} database {its database} files {the files of its database} keys {the keys of its authorities} clock {its clock} restored {how far its database has come} version {the version of its database} disk {the room on its disk} mark {the file by which it knows its database} token {its tokens} statement {the certificate by which it says who it is} other {{part}}} did not end in time.} other {The desk cannot do its work now: {part, select, thread {its portal does not answer} database {its database does not answer} files {a file of its database was moved, removed or replaced} keys {a key of an authority is not there} clock {its clock is behind its log, or other than those of its database server and of other desks} restored {its database is an older copy} version {a newer version of the desk has migrated its database} disk {its disk is full, or nearly so} mark {the file by which it knows its database cannot be written} token {a token with keys of authorities does not answer} statement {it has no good certificate to say who it is, and nobody can enrol} other {{part}}}.}}',
    hint: 'Its log tells more; lists, OCSP and time stamps go on where they can.',
  },
  desk_stopping: {
    says: 'The desk is being stopped and takes no new calls.',
    hint: 'Try again in a minute, when it has been started again.',
  },
  internal: {
    says: 'Something went wrong inside the desk.',
    hint: 'Tell the operator this reference: {reference}.',
  },
}
