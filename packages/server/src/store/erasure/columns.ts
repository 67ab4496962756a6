import type { Tables } from '../tables.ts'

// Of each column that holds texts or bytes: whether it says anything of somebody, and how it is taken out. Every one stands in one of the lists of its
// table: a test compares them with the database, so that a new column is placed on purpose. See decision 0057.

type Name<T extends keyof Tables> = keyof Tables[T] & string
type Columns<C extends string> = readonly C[]

/** What the columns of a table say of people. */
export interface Said<C extends string> {
  /** Nothing: ids, instants, hashes, words of the desk, and what things are called. */
  readonly nothing: Columns<C>
  /** What names the person of the row itself, or they typed; their own store empties it. */
  readonly own?: Columns<C>
  /** By the column with the id of a person: what names them or tells of them, or they typed. It is emptied in every row. */
  readonly of?: { readonly [Id in C]?: Columns<C> }
  /** The same, where another column says this: what stands there otherwise is a word of the desk. */
  readonly typed?: { readonly [Id in C]?: { readonly columns: Columns<C>; readonly where: readonly [C, string] } }
  /** What certificates say, and what was asked for them: what was signed is proof, and stays as long as it is kept at all. */
  readonly evidence?: Columns<C>
  /** Of the log, which is erased by its own rules (core/log/erase.ts). */
  readonly log?: Columns<C>
  /** Words by which a row is found: made anew of what is left. */
  readonly found?: Columns<C>
}

const CONFIRMED = {
  asked_by_id: ['asked_by_name'],
  confirmed_by_id: ['confirmed_by_name'],
} as const
const CONFIRMATION = ['asked_by_id', 'confirmed_by_id', 'confirmed_at'] as const
const ROW = ['id', 'environment'] as const

export const SAID: { readonly [T in keyof Tables]: Said<Name<T>> } = {
  scel_migration: { nothing: ['name', 'applied_at'] },
  audit_event: {
    nothing: [
      ...(['environment', 'organisation', 'at', 'action', 'outcome', 'actor_kind', 'actor_id', 'target_kind'] as const),
      ...(['target_id', 'leaf', 'hash', 'row_code'] as const),
    ],
    log: ['actor_name', 'actor_from', 'target_name', 'facts', 'search', 'salts'],
  },
  log_head: { nothing: ['root', 'at', 'note'] },
  outbox: {
    nothing: [
      'environment',
      'organisation',
      'service',
      'kind',
      'target',
      'state',
      'profile',
      'owner_kind',
      'owner_id',
      'at',
    ],
  },
  nonce: { nothing: ['nonce', 'expires_at'] },
  setting: { nothing: ['key', 'value', 'row_code'] },
  // An organisation is no person, and its code, name and names of servers are public.
  organisation: {
    nothing: [
      ...ROW,
      ...(['code', 'code_folded', 'name', 'country', 'siren', 'name_suffixes', 'created_at', 'search'] as const),
      'row_code',
    ],
  },
  service: { nothing: [...ROW, 'organisation', 'name', 'name_folded', 'created_at', 'closed_at', 'row_code'] },
  person: {
    nothing: [
      ...ROW,
      ...(['organisation', 'state', 'language', 'created_at', 'last_sign_in_at', 'invited_with', 'row_code'] as const),
    ],
    own: ['name', 'name_folded', 'email', 'email_folded', 'email_by', 'search'],
  },
  person_grant: {
    nothing: [
      ...ROW,
      ...(['person', 'role', 'place_kind', 'place_id', 'place_organisation', 'since', 'until'] as const),
      ...([
        'given_by_kind',
        'given_by_id',
        'given_with',
        'ended_at',
        'ended_by_id',
        ...CONFIRMATION,
        'row_code',
      ] as const),
    ],
    of: { given_by_id: ['given_by_name'], ended_by_id: ['ended_by_name'], ...CONFIRMED },
  },
  // `adds`: what whoever has the link calls their other device.
  invitation: {
    nothing: [
      ...ROW,
      ...(['hash', 'person', 'adds_at_most', 'made_by_id', 'made_with', 'created_at', 'expires_at'] as const),
      ...(['spent_at', 'spent_for', 'spent_made', ...CONFIRMATION, 'row_code'] as const),
    ],
    of: { person: ['adds'], made_by_id: ['made_by_name'], ...CONFIRMED },
  },
  credential: {
    nothing: [
      ...ROW,
      ...(['person', 'kind', 'strength', 'handle', 'certificate', 'made_with', 'created_at', 'expires_at'] as const),
      ...(['last_used_at', 'ended_at', 'end_reason', 'row_code'] as const),
    ],
    of: { person: ['name'] },
  },
  inventory: { nothing: ['kind', 'owner', 'environment', 'ids', 'row_code'] },
  session: {
    nothing: [
      ...ROW,
      ...(['person', 'token_hash', 'started_at', 'last_seen_at', 'expires_at', 'how', 'credential'] as const),
      ...(['strength', 'ended_at', 'end_reason', 'row_code'] as const),
    ],
    of: { person: ['from_address', 'agent'] },
  },
  kit: {
    nothing: [
      ...ROW,
      ...([
        'organisation',
        'service',
        'name',
        'secret_hash',
        'rules_digest',
        'profile',
        'store',
        'common_name',
      ] as const),
      ...(['keys', 'proposed_key', 'standing_ended_at', 'expires_at', 'created_at', 'created_by_id'] as const),
      ...(['created_with', 'withdrawn_at', 'search', ...CONFIRMATION, 'row_code'] as const),
    ],
    of: { created_by_id: ['created_by_name'], ...CONFIRMED },
  },
  // Whoever asks with a machine has no id here: `contact`, and `downloaded_by`, which is taken from it, are then theirs whose address it is
  // (`erasure-store.ts`). Findings tell of names that other certificates have.
  request: {
    nothing: [
      ...(['environment', 'organisation', 'service', 'profile', 'store', 'state', 'key_hash', 'origin_kind'] as const),
      ...([
        'origin_id',
        'origin_of',
        'asked_by',
        'kit',
        'owner_kind',
        'owner_id',
        'host_folded',
        'submitted_at',
      ] as const),
      ...(['decided_at', 'decided_by_id', 'downloaded_at', 'downloaded_by_id', 'certificate'] as const),
      ...(['certificate_ends', 'machine', 'choices', 'read_under'] as const),
    ],
    of: {
      asked_by: ['contact', 'from_address', 'from_network'],
      origin_of: ['origin_name'],
      decided_by_id: ['decided_by'],
      downloaded_by_id: ['downloaded_by'],
    },
    typed: { decided_by_id: { columns: ['reason'], where: ['state', 'rejected'] } },
    evidence: ['common_name', 'subject_key', 'subject', 'names', 'csr', 'findings'],
    found: ['search'],
  },
  request_step: {
    nothing: ['kind', 'at', 'actor_kind', 'actor_id'],
    of: { actor_id: ['actor_name', 'actor_from'] },
    typed: { actor_id: { columns: ['reason'], where: ['kind', 'rejected'] } },
  },
  authority: {
    nothing: [
      ...ROW,
      ...(['purpose', 'name', 'subject', 'parent', 'key_id', 'serial', 'certificate', 'fingerprint'] as const),
      ...(['not_before', 'not_after', 'created_at', 'row_code'] as const),
    ],
  },
  certificate: {
    nothing: [
      ...ROW,
      ...([
        'organisation',
        'service',
        'profile',
        'authority',
        'serial',
        'fingerprint',
        'key_hash',
        'not_before',
      ] as const),
      ...(['not_after', 'issued_at', 'owner_kind', 'owner_id', 'revoked_at', 'revocation_reason'] as const),
      'compromised_at',
    ],
    evidence: ['common_name', 'subject', 'subject_key', 'receiver', 'receiver_words', 'search', 'der'],
  },
  intent: {
    nothing: [
      ...ROW,
      ...(['organisation', 'service', 'authority', 'signer_key', 'certificate', 'profile', 'purpose'] as const),
      ...(['subject_key_id', 'created_at', 'row_code'] as const),
    ],
    evidence: ['tbs'],
  },
  crl: { nothing: ['authority', 'der', 'digest', 'this_update', 'next_update', 'row_code'] },
  // Names in force go with the certificate, or the request, that has them.
  name_in_force: {
    nothing: ['environment', 'kind', 'organisation', 'owner_kind', 'owner_id', 'certificate', 'ends'],
    evidence: ['name', 'parent'],
  },
  key_holder: {
    nothing: ['environment', 'key_hash', 'owner_kind', 'owner_id', 'organisation', 'service', 'since'],
    evidence: ['subject_key'],
  },
  compromise: { nothing: ['kind', 'value', 'certificate', 'at'] },
  duty: { nothing: ['name', 'holder', 'taken_at'] },
  // Whom and what a message is about it says by ids.
  delivery: {
    nothing: [
      ...([
        'channel',
        'id',
        'environment',
        'organisation',
        'what',
        'to_kind',
        'to_id',
        'until',
        'at',
        'state',
      ] as const),
      ...(['next_at', 'answer', 'answer_at', 'row_code'] as const),
    ],
  },
  search_word: { nothing: [], found: ['word'] },
}

/**
 * The tables in which people are named beside their ids, in the order in which they are emptied, and by what a row is known. Requests first: those
 * whom only their address names are looked for while it is known.
 */
export const NAMING: {
  readonly request: 'number'
  readonly request_step: 'number'
  readonly kit: 'id'
  readonly person_grant: 'id'
  readonly invitation: 'hash'
  readonly credential: 'id'
  readonly session: 'id'
} = {
  request: 'number',
  request_step: 'number',
  kit: 'id',
  person_grant: 'id',
  invitation: 'hash',
  credential: 'id',
  session: 'id',
}
export type NamingTable = keyof typeof NAMING

/** What stands in a column where something was erased. @default an empty text, in a column that held something */
export const EMPTIED: { readonly [T in NamingTable]?: { readonly [C in Name<T>]?: string | null } } = {
  request: { contact: '{"email":""}', from_network: null },
}
