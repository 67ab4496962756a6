import type { AuditStore } from './audit/audit.port.ts'
import type { AuthorityStore } from './authorities/authority.port.ts'
import type { CertificateStore } from './certificates/certificate.port.ts'
import type { ServerClock } from './clock/server-clock.port.ts'
import type { BlockStore } from './enrolment/block.port.ts'
import type { NonceStore } from './enrolment/nonce.port.ts'
import type { RequestStore } from './enrolment/request.port.ts'
import type { IntentStore } from './issuance/intent.port.ts'
import type { KeyStore } from './keys/key.port.ts'
import type { NameStore } from './names/name.port.ts'
import type { KitStore } from './organisations/kit.port.ts'
import type { OrganisationStore } from './organisations/organisation.port.ts'
import type { OutboxStore } from './outbox/outbox.port.ts'
import type { InvitationStore } from './people/invitation.port.ts'
import type { PersonStore } from './people/person.port.ts'
import type { SessionStore } from './people/session.port.ts'
import type { RecipientStore } from './recipients/recipient.port.ts'
import type { CompromiseStore } from './revocation/compromise.port.ts'
import type { CrlStore } from './revocation/crl.port.ts'
import type { SettingStore } from './settings/setting.port.ts'

/**
 * One unit of work: a change, its audit event and its outbox entries are one transaction. `run` awaits nothing but
 * stores (no signing, no network) and may be run again after a conflict, so it leaves no trace outside the stores. What
 * `transaction` returns is durable. A unique key met twice is a conflict too: `run` checks before it inserts, and on the
 * second run finds what was there.
 */
export interface Work {
  transaction<T>(run: (stores: Stores) => Promise<T>): Promise<T>
  /** A consistent view; writes are refused. */
  read<T>(run: (stores: Stores) => Promise<T>): Promise<T>
}

/** The half of it that only looks. */
export type Reading = Pick<Work, 'read'>

export interface Stores {
  readonly organisations: OrganisationStore
  readonly people: PersonStore
  readonly invitations: InvitationStore
  readonly sessions: SessionStore
  readonly kits: KitStore
  readonly requests: RequestStore
  readonly certificates: CertificateStore
  readonly names: NameStore
  readonly keys: KeyStore
  readonly recipients: RecipientStore
  readonly intents: IntentStore
  readonly authorities: AuthorityStore
  readonly crls: CrlStore
  readonly compromises: CompromiseStore
  readonly blocks: BlockStore
  readonly audit: AuditStore
  readonly outbox: OutboxStore
  readonly nonces: NonceStore
  readonly settings: SettingStore
  readonly serverClock: ServerClock
}
