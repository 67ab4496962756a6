import type { Stores } from '../core/work.ts'
import type { Bound } from './bound.ts'
import { authorityStore } from './certificates/authority-store.ts'
import { certificateStore } from './certificates/certificate-store.ts'
import { crlStore } from './certificates/crl-store.ts'
import { intentStore } from './certificates/intent-store.ts'
import { revocationStore } from './certificates/revocation-store.ts'
import type { CodedRows } from './codes/coded-rows.ts'
import { deliveryStore } from './desk/delivery-store.ts'
import { dutyStore } from './desk/duty-store.ts'
import { outboxStore } from './desk/outbox-store.ts'
import { settingStore } from './desk/setting-store.ts'
import { erasureStore } from './erasure/erasure-store.ts'
import { compromiseStore } from './keys/compromise-store.ts'
import { keyStore } from './keys/key-store.ts'
import { nameStore } from './keys/name-store.ts'
import { recipientStore } from './keys/recipient-store.ts'
import { auditStore } from './log/audit-store.ts'
import { logStore } from './log/log-store.ts'
import { organisationStore } from './organisations/organisation-store.ts'
import { serviceStore } from './organisations/service-store.ts'
import { credentialStore } from './people/credential-store.ts'
import { grantStore } from './people/grant-store.ts'
import { invitationStore } from './people/invitation-store.ts'
import { personStore } from './people/person-store.ts'
import { sessionStore } from './people/session-store.ts'
import { serverClock } from './queries/server-clock.ts'
import { blockStore } from './requests/block-store.ts'
import { kitStore } from './requests/kit-store.ts'
import { nonceStore } from './requests/nonce-store.ts'
import { requestStore } from './requests/request-store.ts'

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
  erasures: erasureStore(db, coded),
  facts: { announce: () => Promise.reject(new Error('who hears of it is said by core/deliveries/telling-work.ts')) },
  nonces: nonceStore(db),
  settings: settingStore(db, coded),
  serverClock: serverClock(db),
})
