import type { Sentence } from '../words/sentence.ts'
import type { DeskOwnErrors } from './errors.ts'

export const DESK_EN: Readonly<Record<keyof DeskOwnErrors, Sentence>> = {
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
    says: 'There is no such {what, select, request {request} certificate {certificate} organisation {organisation} person {person} kit {kit} applicant {applicant key} session {session} authority {authority} service {service of this organisation} delivery {delivery} other {thing}}, or you may not see it.',
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
  database_older: {
    says: 'The desk’s database is an older copy, or its log was cut: it does not reach what the desk remembers of {since, date, long}. Nothing is changed until its operator has accepted it.',
    hint: 'Put the newest database back, or stop the desk and run scel-desk accept-restore.',
  },
  database_newer: {
    says: 'A newer version of the desk has migrated its database (to {found}; this one knows {known}): this desk changes nothing any more.',
    hint: 'Tell the operator of the desk: stop it, and start the new version.',
  },
  before_first_release: {
    says: '{where} was made by a version of Scel from before its first release, which no version takes over. Nothing in it was changed.',
    hint: 'Begin anew: keep what is there elsewhere, name an empty folder (--data) and an empty database (--database), and start the desk.',
  },
  database_of_another_program: {
    says: '{where} holds tables of another program. Nothing was made there, and nothing changed.',
    hint: 'The desk needs a database of its own: name one that is empty, or the one that it made (--database).',
  },
  database_altered: {
    says: '{where} is not the database that the desk of {path} has used, or somebody altered it: its table scel_migration is not as this desk made it. Nothing was changed.',
    hint: 'Check --data and --database. Where they are right, look for who can write to the database, and restore the last backup.',
  },
  database_schema_open: {
    says: 'The schema {schema} of the database belongs to others than the desk, or others may create something in it, or have: {roles}. They can drop the desk’s tables, or answer it in the place of PostgreSQL’s own functions. Nothing was changed.',
    hint: 'Let the desk’s role or the owner of the database own the schema, and REVOKE CREATE ON SCHEMA {schema} FROM {roles}. Look at the tables, types, functions and operators there that belong to others, and drop them.',
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
  passphrase_file_exposed: {
    says: 'The file {path} holds a secret and has mode {mode}: others on this machine can read or change it.',
    hint: 'Run chmod 600 on it. What may have been read, take for known.',
  },
  passphrase_file_foreign: {
    says: 'The file {path} holds a secret and belongs to another user of this machine (uid {owner}), who can read and change it.',
    hint: 'Give it to the user of the desk or to root (chown), with mode 600. What may have been read, take for known.',
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
    says: 'The desk’s database refuses what the desk needs: its rights were taken away, or a table or rows of one are gone; nothing was changed.',
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
    says: '{look, select, late {Whether the desk can do its work is not known now: the look at {part, select, thread {its portal} database {its database} files {the files of its database} keys {the keys of its authorities} clock {its clock} restored {how far its database has come} version {the version of its database} disk {the room on its disk} mark {the file by which it knows its database} token {its tokens} statement {the certificate by which it says who it is} duties {what it shares with other desks} altered {the tables of its database} other {{part}}} did not end in time.} other {The desk cannot do its work now: {part, select, thread {its portal does not answer} database {its database does not answer} files {a file of its database was moved, removed or replaced} keys {a key of an authority is not there} clock {its clock is behind its log, or other than those of its database server and of other desks} restored {its database is an older copy} version {a newer version of the desk has migrated its database} disk {its disk is full, or nearly so} mark {the file by which it knows its database cannot be written} token {a token with keys of authorities does not answer} statement {it has no good certificate to say who it is, and nobody can enrol} duties {what desks share is kept from it, and no desk does it} altered {rights or tables of its database are other than it made them} other {{part}}}.}}',
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
