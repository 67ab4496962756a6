import { type Selectable, sql } from 'kysely'
import type { AuthorityStore } from '../core/authorities/authority.port.ts'
import type { Authority } from '../core/authorities/authority.ts'
import type { Bound } from './bound.ts'
import { present } from './optional.ts'
import type { AuthorityRow } from './tables.ts'

// Authorities belong to an environment and to no organisation: everybody in it sees them all.

export const authorityStore = (db: Bound): AuthorityStore => ({
  async insert(authority) {
    const { id, environment, purpose, name, subject, parent, keyId, serial, certificate, fingerprint } = authority
    const named = { id, environment, purpose, name, subject, parent: parent ?? null, key_id: keyId, serial }
    const times = { not_before: authority.notBefore, not_after: authority.notAfter, created_at: authority.createdAt }
    await db
      .insertInto('authority')
      .values({ ...named, certificate, fingerprint, ...times })
      .execute()
  },

  async find(id) {
    const row = await db.selectFrom('authority').selectAll().where('id', '=', id).executeTakeFirst()
    return row && authorityOf(row)
  },

  async current({ environment }, purpose) {
    const rows = db.selectFrom('authority').selectAll().where('environment', '=', environment)
    const newest = rows.where('purpose', '=', purpose).orderBy('created_at', 'desc').orderBy('number', 'desc')
    const row = await newest.limit(1).executeTakeFirst()
    return row && authorityOf(row)
  },

  async list({ environment }) {
    const rows = db.selectFrom('authority').selectAll().where('environment', '=', environment)
    return (await rows.orderBy(rootFirst).orderBy('created_at').orderBy('number').execute()).map(authorityOf)
  },

  async all() {
    const rows = db.selectFrom('authority').selectAll().orderBy('environment').orderBy(rootFirst)
    return (await rows.orderBy('created_at').orderBy('number').execute()).map(authorityOf)
  },
})

const rootFirst = sql`case purpose when 'root' then 0 else 1 end`

const authorityOf = (row: Selectable<AuthorityRow>): Authority => ({
  id: row.id,
  environment: row.environment,
  purpose: row.purpose,
  name: row.name,
  subject: row.subject,
  ...present({ parent: row.parent }),
  keyId: row.key_id,
  serial: row.serial,
  certificate: row.certificate,
  fingerprint: row.fingerprint,
  notBefore: row.not_before,
  notAfter: row.not_after,
  createdAt: row.created_at,
})
