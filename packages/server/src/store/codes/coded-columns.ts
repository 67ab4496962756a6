import type { Tables } from '../tables.ts'

// The tables whose rows make somebody act, and what of them the code covers. Every column stands in one of the two
// lists: a test compares them with the tables as they are, so that a new column is placed on purpose.

/** By table, what its code does not cover: the code itself, what the database counts, and what only finds rows. */
interface Open {
  organisation: 'search' | 'row_code'
  service: 'row_code'
  person: 'search' | 'row_code'
  person_grant: 'row_code'
  invitation: 'row_code'
  credential: 'row_code'
  inventory: 'row_code'
  session: 'row_code'
  kit: 'search' | 'refused' | 'row_code'
  authority: 'number' | 'row_code'
  intent: 'number' | 'row_code'
  setting: 'row_code'
  delivery: 'number' | 'state' | 'attempts' | 'next_at' | 'answer' | 'answer_status' | 'answer_at' | 'row_code'
  crl: 'der' | 'row_code'
}

export type CodedTable = keyof Open
export type CoveredColumn<T extends CodedTable> = Exclude<keyof Tables[T] & string, Open[T]>

export interface Coding<T extends CodedTable> {
  /** What names a row of the table to people. */
  readonly key: readonly CoveredColumn<T>[]
  /** Covered by the code, in this order. */
  readonly covered: readonly CoveredColumn<T>[]
  /**
   * Of those that are covered, the ones that a migration after 0011 added: all may be NULL, and one that is has no part in the code, so that the
   * rows from before keep theirs. One that holds something is covered as every other: emptied, filled or changed by somebody else, its row is
   * forged. A column never leaves this list.
   */
  readonly later?: readonly CoveredColumn<T>[]
  readonly open: readonly Open[T][]
}

export type Codings = { readonly [T in CodedTable]: Coding<T> }

export const CODED: Codings = {
  organisation: {
    key: ['id'],
    covered: ['id', 'environment', 'code', 'code_folded', 'name', 'country', 'siren', 'created_at', 'name_suffixes'],
    open: ['search', 'row_code'],
  },
  service: {
    key: ['id'],
    covered: ['id', 'environment', 'organisation', 'name', 'name_folded', 'created_at', 'closed_at'],
    open: ['row_code'],
  },
  person: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'organisation',
      'name',
      'name_folded',
      'email',
      'email_folded',
      'email_by',
      'state',
      'language',
      'created_at',
      'last_sign_in_at',
      'invited_with',
    ],
    open: ['search', 'row_code'],
  },
  person_grant: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'person',
      'role',
      'place_kind',
      'place_id',
      'since',
      'until',
      'given_by_kind',
      'given_by_id',
      'given_by_name',
      'given_with',
      'asked_by_id',
      'asked_by_name',
      'confirmed_by_id',
      'confirmed_by_name',
      'confirmed_at',
      'ended_at',
      'ended_by_id',
      'ended_by_name',
      'place_organisation',
    ],
    open: ['row_code'],
  },
  invitation: {
    key: ['hash'],
    covered: [
      'hash',
      'id',
      'environment',
      'person',
      'created_at',
      'expires_at',
      'spent_at',
      'spent_for',
      'spent_made',
      'made_with',
      'asked_by_id',
      'asked_by_name',
      'confirmed_by_id',
      'confirmed_by_name',
      'confirmed_at',
      'adds',
      'adds_at_most',
      'made_by_id',
      'made_by_name',
    ],
    open: ['row_code'],
  },
  credential: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'person',
      'kind',
      'strength',
      'handle',
      'name',
      'certificate',
      'made_with',
      'created_at',
      'expires_at',
      'last_used_at',
      'ended_at',
      'end_reason',
    ],
    open: ['row_code'],
  },
  inventory: { key: ['kind', 'owner'], covered: ['kind', 'owner', 'environment', 'ids'], open: ['row_code'] },
  session: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'person',
      'token_hash',
      'started_at',
      'last_seen_at',
      'expires_at',
      'from_address',
      'agent',
      'how',
      'credential',
      'strength',
      'ended_at',
      'end_reason',
    ],
    open: ['row_code'],
  },
  kit: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'organisation',
      'name',
      'secret_hash',
      'rules_digest',
      'profile',
      'store',
      'common_name',
      'keys',
      'proposed_key',
      'standing_approval',
      'uses_allowed',
      'uses_made',
      'expires_at',
      'created_at',
      'created_by_id',
      'created_by_name',
      'withdrawn_at',
      'created_with',
      'standing_ended_at',
      'asked_by_id',
      'asked_by_name',
      'confirmed_by_id',
      'confirmed_by_name',
      'confirmed_at',
      'service',
    ],
    open: ['search', 'refused', 'row_code'],
  },
  authority: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'purpose',
      'name',
      'subject',
      'parent',
      'key_id',
      'serial',
      'certificate',
      'fingerprint',
      'not_before',
      'not_after',
      'created_at',
    ],
    open: ['number', 'row_code'],
  },
  intent: {
    key: ['id'],
    covered: [
      'id',
      'environment',
      'organisation',
      'authority',
      'signer_key',
      'certificate',
      'profile',
      'tbs',
      'purpose',
      'subject_key_id',
      'created_at',
      'service',
    ],
    open: ['number', 'row_code'],
  },
  setting: { key: ['key'], covered: ['key', 'value'], open: ['row_code'] },
  // Its octets, which may be megabytes, are covered by their digest.
  crl: {
    key: ['authority', 'number'],
    covered: ['authority', 'number', 'digest', 'this_update', 'next_update', 'entries', 'covers'],
    open: ['der', 'row_code'],
  },
  // A delivery that is sent again is known by its id, which is its own on its channel.
  delivery: {
    key: ['channel', 'id'],
    covered: ['channel', 'id', 'environment', 'organisation', 'what', 'to_kind', 'to_id', 'until', 'at'],
    open: ['number', 'state', 'attempts', 'next_at', 'answer', 'answer_status', 'answer_at', 'row_code'],
  },
}
