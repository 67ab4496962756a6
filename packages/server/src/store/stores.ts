import type { Stores } from '../core/work.ts'
import { auditStore } from './audit-store.ts'
import { authorityStore } from './authority-store.ts'
import { blockStore } from './block-store.ts'
import type { Bound } from './bound.ts'
import { certificateStore } from './certificate-store.ts'
import type { CodedRows } from './coded-rows.ts'
import { compromiseStore } from './compromise-store.ts'
import { credentialStore } from './credential-store.ts'
import { crlStore } from './crl-store.ts'
import { deliveryStore } from './delivery-store.ts'
import { dutyStore } from './duty-store.ts'
import { grantStore } from './grant-store.ts'
import { intentStore } from './intent-store.ts'
import { invitationStore } from './invitation-store.ts'
import { keyStore } from './key-store.ts'
import { kitStore } from './kit-store.ts'
import { logStore } from './log-store.ts'
import { nameStore } from './name-store.ts'
import { nonceStore } from './nonce-store.ts'
import { organisationStore } from './organisation-store.ts'
import { outboxStore } from './outbox-store.ts'
import { personStore } from './person-store.ts'
import { recipientStore } from './recipient-store.ts'
import { requestStore } from './request-store.ts'
import { revocationStore } from './revocation-store.ts'
import { serverClock } from './server-clock.ts'
import { serviceStore } from './service-store.ts'
import { sessionStore } from './session-store.ts'
import { settingStore } from './setting-store.ts'

/** All stores, bound to one unit of work. */
export const storesOf = (db: Bound, coded: CodedRows): Stores => ({
  organisations: organisationStore(db, coded),
  services: serviceStore(db, coded),
  people: personStore(db, coded),
  grants: grantStore(db, coded),
  invitations: invitationStore(db, coded),
  credentials: credentialStore(db, coded),
  sessions: sessionStore(db, coded),
  kits: kitStore(db, coded),
  requests: requestStore(db, coded),
  certificates: certificateStore(db, coded),
  revocations: revocationStore(db),
  names: nameStore(db),
  keys: keyStore(db),
  recipients: recipientStore(db, coded),
  intents: intentStore(db, coded),
  authorities: authorityStore(db, coded),
  crls: crlStore(db, coded),
  compromises: compromiseStore(db),
  blocks: blockStore(db, coded),
  audit: auditStore(db, coded),
  log: logStore(db, coded),
  outbox: outboxStore(db),
  duties: dutyStore(db),
  deliveries: deliveryStore(db, coded),
  nonces: nonceStore(db),
  settings: settingStore(db, coded),
  serverClock: serverClock(db),
})
