import { type Selectable, sql } from 'kysely'
import type { Authority } from '../../core/authorities/authority.ts'
import type { AuthorityStore } from '../../core/issuance/authority.port.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import type { AuthorityRow } from '../tables.ts'

// Authorities belong to an environment and to no organisation: everybody in it sees them all.

export const authorityStore = (db: Bound, coded: CodedRows): AuthorityStore => ({
  async insert(authority) {
    const { id, environment, purpose, name, subject, parent, keyId, serial, certificate, fingerprint } = authority
    const named = { id, environment, purpose, name, subject, parent: parent ?? null, key_id: keyId, serial }
    const times = { not_before: authority.notBefore, not_after: authority.notAfter, created_at: authority.createdAt }
    const row = coded.sealed('authority', { ...named, certificate, fingerprint, ...times })
    await db
      .insertInto('authority')
      .values({ ...row, number: nextNumber(db, 'authority') })
      .execute()
  },

  async find(id) {
    const found = await db.selectFrom('authority').selectAll().where('id', '=', id).executeTakeFirst()
    const row = coded.genuine('authority', found)
    return row && authorityOf(row)
  },

  async current({ environment }, purpose) {
    const rows = db.selectFrom('authority').selectAll().where('environment', '=', environment)
    const newest = rows.where('purpose', '=', purpose).orderBy('created_at', 'desc').orderBy('number', 'desc')
    // All of them, and they are few: a forged one must not hide the one it would take the place of.
    const [row] = coded.allGenuine('authority', await newest.execute())
    return row && authorityOf(row)
  },

  async list({ environment }) {
    const rows = db.selectFrom('authority').selectAll().where('environment', '=', environment)
    const found = await rows.orderBy(rootFirst).orderBy('created_at').orderBy('number').execute()
    return coded.allGenuine('authority', found).map(authorityOf)
  },

  async isKeyTaken(keyId) {
    return (await db.selectFrom('authority').select('id').where('key_id', '=', keyId).executeTakeFirst()) !== undefined
  },

  async countForged() {
    const rows = await db.selectFrom('authority').selectAll().execute()
    return rows.length - coded.allGenuine('authority', rows).length
  },

  async all() {
    const rows = db.selectFrom('authority').selectAll().orderBy('environment').orderBy(rootFirst)
    const found = await rows.orderBy('created_at').orderBy('number').execute()
    return coded.allGenuine('authority', found).map(authorityOf)
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
