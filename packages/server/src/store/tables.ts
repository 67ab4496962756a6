import type {
  AuthorityPurpose,
  CommonNameRule,
  CredentialKind,
  DeliveryAddressee,
  DeliveryAnswerKind,
  DeliveryChannel,
  DeliveryState,
  Environment,
  KeyChoice,
  PersonState,
  ProfileName,
  RequestState,
  RequestStep,
  RevocationReason,
  Role,
  SessionStart,
  StoreType,
  Strength,
} from '@scel/contract/values'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CredentialEnd } from '../core/credentials/credential.ts'
import type { NameKind } from '../core/names/names-of.ts'
import type { LiveKind } from '../core/outbox/live-event.ts'
import type { OwnerKind } from '../core/owner.ts'
import type { GrantGiver, GrantPlace } from '../core/people/grants/grant.ts'
import type { AddressSource } from '../core/people/person.ts'
import type { SessionEnd } from '../core/people/sessions/session.ts'
import type { OriginKind } from '../core/registration/request.ts'
import type { Mark } from '../core/revocation/compromise.ts'
import type { Instant } from '../core/world.ts'
import type { InventoryKind } from './codes/inventories.ts'

// The tables as the query builder sees them; the migrations make them. Instants are ISO 8601 text in UTC with
// milliseconds, so text order is time order. `Json` columns hold JSON as text. Flags are 0 and 1. `row_code` is the code over
// the row, for the tables of coded-columns.ts.

export type Json = string
type Text = string
type Optional<T> = T | null

export interface Tables {
  scel_migration: { number: number; name: Text; applied_at: Instant }
  audit_event: AuditEventRow
  log_head: LogHeadRow
  outbox: OutboxRow
  nonce: { nonce: Text; expires_at: Instant }
  setting: { key: Text; value: Text; row_code: Optional<Text> }
  organisation: OrganisationRow
  service: ServiceRow
  person: PersonRow
  person_grant: PersonGrantRow
  invitation: InvitationRow
  credential: CredentialRow
  inventory: InventoryRow
  session: SessionRow
  kit: KitRow
  request: RequestRow
  request_step: RequestStepRow
  authority: AuthorityRow
  certificate: CertificateRow
  intent: IntentRow
  crl: CrlRow
  name_in_force: NameRow
  key_holder: KeyHolderRow
  compromise: { kind: Mark['kind']; value: Text; certificate: Text; at: Instant }
  duty: { name: Text; holder: Text; taken_at: Instant }
  delivery: DeliveryRow
  search_word: { list: number; word: Text; row: number }
}

export interface AuditEventRow {
  number: number
  environment: Environment
  organisation: Optional<Text>
  at: Instant
  action: Text
  outcome: 'done' | 'refused'
  actor_kind: Text
  actor_id: Optional<Text>
  actor_name: Text
  actor_from: Optional<Text>
  target_kind: Text
  target_id: Text
  target_name: Optional<Text>
  search: Text
  facts: Json
  /** What proves the line: see core/log. None of a line that somebody else wrote. */
  leaf: Optional<Text>
  hash: Optional<Uint8Array>
  salts: Optional<Json>
  /** In the tree, from 0; none until the duty has given it. */
  place: Optional<number>
  row_code: Optional<Text>
}

export interface LogHeadRow {
  size: number
  root: Uint8Array
  at: Instant
  /** Signed; none for a moment, between its leaves' places and the signature. */
  note: Optional<Text>
}

export interface OutboxRow {
  id: Generated<number>
  environment: Environment
  organisation: Optional<Text>
  service: Optional<Text>
  kind: LiveKind
  target: Text
  state: Optional<Text>
  profile: Optional<ProfileName>
  owner_kind: Optional<OwnerKind>
  owner_id: Optional<Text>
  at: Instant
}

export interface OrganisationRow {
  id: Text
  environment: Environment
  code: Text
  code_folded: Text
  name: Text
  country: Text
  siren: Optional<Text>
  created_at: Instant
  search: Text
  name_suffixes: Json
  row_code: Optional<Text>
}

export interface ServiceRow {
  id: Text
  environment: Environment
  organisation: Text
  name: Text
  name_folded: Text
  created_at: Instant
  closed_at: Optional<Instant>
  row_code: Optional<Text>
}

export interface PersonRow {
  id: Text
  environment: Environment
  organisation: Optional<Text>
  name: Text
  name_folded: Text
  /** One that somebody vouched for. */
  email: Optional<Text>
  email_folded: Optional<Text>
  email_by: Optional<AddressSource>
  state: PersonState
  language: 'en' | 'fr'
  created_at: Instant
  last_sign_in_at: Optional<Instant>
  invited_with: Optional<Text>
  search: Text
  row_code: Optional<Text>
}

/** Who asked for what another administrator confirms, and who did; all null where nobody need. */
export interface ConfirmationColumns {
  asked_by_id: Optional<Text>
  asked_by_name: Optional<Text>
  confirmed_by_id: Optional<Text>
  confirmed_by_name: Optional<Text>
  confirmed_at: Optional<Instant>
}

export interface PersonGrantRow extends ConfirmationColumns {
  id: Text
  environment: Environment
  person: Text
  role: Role
  place_kind: GrantPlace['kind']
  place_id: Optional<Text>
  /** Of a service: the organisation that it is of. */
  place_organisation: Optional<Text>
  since: Instant
  until: Optional<Instant>
  given_by_kind: GrantGiver['kind']
  given_by_id: Optional<Text>
  given_by_name: Text
  given_with: Optional<Text>
  ended_at: Optional<Instant>
  ended_by_id: Optional<Text>
  ended_by_name: Optional<Text>
  row_code: Optional<Text>
}

export interface InvitationRow extends ConfirmationColumns {
  id: Text
  hash: Text
  environment: Environment
  person: Text
  made_with: Optional<Text>
  created_at: Instant
  expires_at: Instant
  spent_at: Optional<Instant>
  spent_for: Optional<Text>
  spent_made: Optional<Text>
  /** Of a link that adds: what the device is called. */
  adds: Optional<Text>
  /** As strong as the session in which it was made, at most. */
  adds_at_most: Optional<Strength>
  /** Nobody where the host's own command made it. */
  made_by_id: Optional<Text>
  made_by_name: Optional<Text>
  row_code: Optional<Text>
}

export interface CredentialRow {
  id: Text
  environment: Environment
  person: Text
  kind: CredentialKind
  strength: Strength
  handle: Text
  name: Text
  certificate: Optional<Text>
  made_with: Optional<Text>
  created_at: Instant
  expires_at: Optional<Instant>
  last_used_at: Optional<Instant>
  ended_at: Optional<Instant>
  end_reason: Optional<CredentialEnd>
  row_code: Optional<Text>
}

export interface SessionRow {
  id: Text
  environment: Environment
  person: Text
  token_hash: Text
  started_at: Instant
  last_seen_at: Instant
  expires_at: Instant
  from_address: Text
  agent: Text
  how: SessionStart
  credential: Text
  strength: Strength
  ended_at: Optional<Instant>
  end_reason: Optional<SessionEnd>
  row_code: Optional<Text>
}

export interface InventoryRow {
  kind: InventoryKind
  owner: Text
  environment: Environment
  /** One a line, in their order. */
  ids: Text
  row_code: Optional<Text>
}

export interface KitRow extends ConfirmationColumns {
  id: Text
  environment: Environment
  organisation: Text
  service: Optional<Text>
  name: Text
  secret_hash: Text
  rules_digest: Text
  profile: ProfileName
  store: StoreType
  common_name: CommonNameRule
  keys: Json
  proposed_key: KeyChoice
  standing_approval: number
  uses_allowed: number
  uses_made: number
  refused: number
  expires_at: Instant
  created_at: Instant
  created_by_id: Text
  created_by_name: Text
  created_with: Text
  standing_ended_at: Optional<Instant>
  withdrawn_at: Optional<Instant>
  search: Text
  row_code: Optional<Text>
}

export interface RequestRow {
  number: Generated<number>
  environment: Environment
  /** None of an administrator, and of the desk itself. */
  organisation: Optional<Text>
  service: Optional<Text>
  profile: ProfileName
  /** None where the key lies on a machine without a client of ours. */
  store: Optional<StoreType>
  state: RequestState
  common_name: Text
  subject_key: Text
  key_hash: Text
  origin_kind: OriginKind
  origin_id: Text
  origin_name: Text
  /** Whose name that is, where it is a person's. */
  origin_of: Optional<Text>
  /** The person who asks: of them `contact` and `from_address` speak. */
  asked_by: Optional<Text>
  /** Its id where it is a kit. */
  kit: GeneratedAlways<string | null>
  owner_kind: OwnerKind
  owner_id: Text
  host_folded: Text
  from_address: Text
  /** What counts as one caller among addresses; none where the desk itself asks. */
  from_network: Optional<Text>
  submitted_at: Instant
  decided_at: Optional<Instant>
  decided_by: Optional<Text>
  decided_by_id: Optional<Text>
  downloaded_at: Optional<Instant>
  downloaded_by: Optional<Text>
  downloaded_by_id: Optional<Text>
  reason: Optional<Text>
  certificate: Optional<Text>
  /** End of the certificate, once it is stored: what the daily expiry looks at. */
  certificate_ends: Optional<Instant>
  search: Text
  subject: Uint8Array
  names: Json
  csr: Uint8Array
  /** None where the certificate is for no machine. */
  machine: Optional<Json>
  /** None where the desk itself asks. */
  contact: Optional<Json>
  findings: Json
  choices: Optional<Json>
  /** See `core/registration/read-under.ts`. */
  read_under: Optional<Text>
}

export interface RequestStepRow {
  number: Generated<number>
  request: number
  kind: RequestStep['kind']
  at: Instant
  actor_kind: RequestStep['actor']['kind']
  /** Of a person. */
  actor_id: Optional<Text>
  actor_name: Text
  actor_from: Optional<Text>
  beforehand: number
  reason: Optional<Text>
  other_request: Optional<number>
}

export interface AuthorityRow {
  number: Generated<number>
  id: Text
  environment: Environment
  purpose: AuthorityPurpose
  name: Text
  subject: Text
  parent: Optional<Text>
  key_id: Text
  serial: Text
  certificate: Uint8Array
  fingerprint: Text
  not_before: Instant
  not_after: Instant
  created_at: Instant
  row_code: Optional<Text>
}

export interface CertificateRow {
  number: Generated<number>
  id: Text
  environment: Environment
  organisation: Optional<Text>
  service: Optional<Text>
  profile: ProfileName
  authority: Text
  serial: Text
  common_name: Text
  subject: Text
  subject_key: Text
  fingerprint: Text
  key_hash: Text
  not_before: Instant
  not_after: Instant
  issued_at: Instant
  receives: number
  owner_kind: OwnerKind
  owner_id: Text
  request: Optional<number>
  revoked_at: Optional<Instant>
  revocation_reason: Optional<RevocationReason>
  /** When the reason became the compromise of the key, after another one. */
  compromised_at: Optional<Instant>
  search: Text
  /** Of a person's that receives and speaks for an address: the name that it says, folded. */
  receiver: Optional<Text>
  /** And the words of that name and of its addresses. */
  receiver_words: Optional<Text>
  der: Uint8Array
}

export interface IntentRow {
  number: Generated<number>
  id: Text
  environment: Environment
  organisation: Optional<Text>
  service: Optional<Text>
  authority: Text
  signer_key: Text
  certificate: Text
  profile: Optional<ProfileName>
  tbs: Uint8Array
  purpose: Json
  subject_key_id: Optional<Text>
  created_at: Instant
  row_code: Optional<Text>
}

export interface CrlRow {
  authority: Text
  number: number
  der: Uint8Array
  this_update: Instant
  next_update: Instant
  entries: number
  covers: number
  /** SHA-256 of `der`, hex. */
  digest: Text
  row_code: Optional<Text>
}

export interface KeyHolderRow {
  environment: Environment
  key_hash: Text
  owner_kind: OwnerKind
  owner_id: Text
  /** With the next: of applicants and organisations, and of nobody else. */
  organisation: Optional<Text>
  /** Of organisations, where it is for one of their services. */
  service: Optional<Text>
  subject_key: Optional<Text>
  since: Instant
}

export interface DeliveryRow {
  number: Generated<number>
  channel: DeliveryChannel
  id: Text
  environment: Environment
  organisation: Optional<Text>
  /** As its channel wrote it: ids and codes. */
  what: Text
  to_kind: Optional<DeliveryAddressee['kind']>
  to_id: Optional<Text>
  until: Optional<Instant>
  at: Instant
  state: DeliveryState
  attempts: number
  /** By the clock of the database: until then it is somebody's, or waits. */
  next_at: Instant
  /** How the last attempt that ended did, with which status, and when. */
  answer: Optional<DeliveryAnswerKind>
  answer_status: Optional<number>
  answer_at: Optional<Instant>
  row_code: Optional<Text>
}

export interface NameRow {
  number: Generated<number>
  environment: Environment
  kind: NameKind
  /** Normal: see `core/names/normal-name.ts`. */
  name: Text
  parent: Text
  organisation: Optional<Text>
  owner_kind: OwnerKind
  owner_id: Text
  certificate: Optional<Text>
  request: Optional<number>
  ends: Optional<Instant>
}
