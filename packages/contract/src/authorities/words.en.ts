import type { Sentence } from '../words/sentence.ts'
import type { AuthorityErrors } from './errors.ts'

export const AUTHORITIES_EN: Readonly<Record<keyof AuthorityErrors, Sentence>> = {
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
}
