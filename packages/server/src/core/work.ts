import type { BlockReader } from './applicants/block.port.ts'
import type { NonceReader, NonceStore } from './applicants/nonce.port.ts'
import type { AuditReader, AuditStore } from './audit/audit.port.ts'
import type { ServerClock } from './clock/server-clock.port.ts'
import type { CredentialReader, CredentialStore } from './credentials/credential.port.ts'
import type { DeliveryReader, DeliveryStore } from './deliveries/delivery.port.ts'
import type { FactStore } from './deliveries/fact.port.ts'
import type { DutyStore } from './duties/duty.port.ts'
import type { AuthorityReader, AuthorityStore } from './issuance/authority.port.ts'
import type { CertificateReader, CertificateStore } from './issuance/certificate.port.ts'
import type { IntentReader, IntentStore } from './issuance/intent.port.ts'
import type { KeyReader, KeyStore } from './keys/key.port.ts'
import type { KitReader, KitStore } from './kits/kit.port.ts'
import type { LogReader, LogStore } from './log/log.port.ts'
import type { NameReader, NameStore } from './names/name.port.ts'
import type { OrganisationReader, OrganisationStore } from './organisations/organisation.port.ts'
import type { OutboxReader, OutboxStore } from './outbox/outbox.port.ts'
import type { ErasureReader, ErasureStore } from './people/erasure/erasure.port.ts'
import type { GrantReader, GrantStore } from './people/grants/grant.port.ts'
import type { InvitationReader, InvitationStore } from './people/links/invitation.port.ts'
import type { PersonReader, PersonStore } from './people/person.port.ts'
import type { SessionReader, SessionStore } from './people/sessions/session.port.ts'
import type { RecipientReader } from './recipients/recipient.port.ts'
import type { RequestReader, RequestStore } from './registration/request.port.ts'
import type { CompromiseReader, CompromiseStore } from './revocation/compromise.port.ts'
import type { CrlReader, CrlStore } from './revocation/crl.port.ts'
import type { RevocationReader, RevocationStore } from './revocation/revocation.port.ts'
import type { ServiceReader, ServiceStore } from './services/service.port.ts'
import type { SettingReader, SettingStore } from './settings/setting.port.ts'

/**
 * One unit of work: a change, its audit event and its outbox entries are one transaction. `run` awaits nothing but
 * stores (no signing, no network) and may be run again after a conflict, so it leaves no trace outside the stores. What
 * `transaction` returns is durable. A unique key met twice is a conflict too: `run` checks before it inserts, and on the
 * second run finds what was there.
 */
export interface Work {
  /** @param order @default 'serial' */
  transaction<T>(run: (stores: Stores) => Promise<T>, order?: Order): Promise<T>
  /** A consistent view; the database itself refuses writes in it. */
  read<T>(run: (stores: Readers) => Promise<T>): Promise<T>
}

/**
 * How a unit stands among others at once. `serial`: as if all came one after the other, whatever each of them read. `rows`: of two that
 * write one row, or one unique key, the second begins again, and what else is written meanwhile is in nobody's way; for a unit that is
 * right as long as nobody else writes what it writes.
 */
export type Order = 'serial' | 'rows'

/** The half of it that only looks. */
export type Reading = Pick<Work, 'read'>

/**
 * What a unit that only looks is given: of each store the half that reads. A feature reads its own and those of features that
 * it may call; a type that takes what it uses (`Pick<Readers, …>`) says which.
 */
export interface Readers {
  readonly organisations: OrganisationReader
  readonly services: ServiceReader
  readonly people: PersonReader
  readonly grants: GrantReader
  readonly invitations: InvitationReader
  readonly credentials: CredentialReader
  readonly sessions: SessionReader
  readonly kits: KitReader
  readonly requests: RequestReader
  readonly certificates: CertificateReader
  readonly revocations: RevocationReader
  readonly names: NameReader
  readonly keys: KeyReader
  readonly recipients: RecipientReader
  readonly intents: IntentReader
  readonly authorities: AuthorityReader
  readonly crls: CrlReader
  readonly compromises: CompromiseReader
  readonly blocks: BlockReader
  readonly audit: AuditReader
  readonly erasures: ErasureReader
  readonly log: LogReader
  readonly outbox: OutboxReader
  readonly nonces: NonceReader
  readonly settings: SettingReader
  readonly deliveries: DeliveryReader
  readonly serverClock: ServerClock
}

/** What a unit that changes something is given. Only the feature in whose folder a store's port is writes to it. */
export interface Stores extends Readers {
  readonly organisations: OrganisationStore
  readonly services: ServiceStore
  readonly people: PersonStore
  readonly grants: GrantStore
  readonly invitations: InvitationStore
  readonly credentials: CredentialStore
  readonly sessions: SessionStore
  readonly kits: KitStore
  readonly requests: RequestStore
  readonly certificates: CertificateStore
  readonly revocations: RevocationStore
  readonly names: NameStore
  readonly keys: KeyStore
  readonly intents: IntentStore
  readonly authorities: AuthorityStore
  readonly crls: CrlStore
  readonly compromises: CompromiseStore
  readonly audit: AuditStore
  readonly erasures: ErasureStore
  readonly deliveries: DeliveryStore
  readonly duties: DutyStore
  readonly facts: FactStore
  readonly log: LogStore
  readonly outbox: OutboxStore
  readonly nonces: NonceStore
  readonly settings: SettingStore
}
