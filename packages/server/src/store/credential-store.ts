import { type Selectable, sql } from 'kysely'
import type { CredentialStore } from '../core/credentials/credential.port.ts'
import type { Credential } from '../core/credentials/credential.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { present } from './optional.ts'
import { inScope } from './scope.ts'
import type { CredentialRow } from './tables.ts'

export const credentialStore = (db: Bound, coded: CodedRows): CredentialStore => ({
  async insert(credential) {
    await db
      .insertInto('credential')
      .values(coded.sealed('credential', rowOf(credential)))
      .execute()
  },

  async update({ id, environment, name, lastUsedAt, ended }) {
    const found = db.selectFrom('credential').selectAll().where('id', '=', id).where('environment', '=', environment)
    const row = coded.genuine('credential', await found.executeTakeFirst())
    if (!row) return
    const ending = row.ended_at === null ? endingOf(ended) : {}
    const change = { name, last_used_at: lastUsedAt ?? null, ...ending }
    const { row_code } = coded.sealed('credential', { ...row, ...change })
    const update = db.updateTable('credential').set({ ...change, row_code })
    await update.where('id', '=', id).execute()
  },

  async find(scope, id) {
    const rows = db.selectFrom('credential').selectAll().where('id', '=', id)
    const row = coded.genuine('credential', await rows.where(inScope('credential', scope)).executeTakeFirst())
    return row && credentialOf(row)
  },

  async findByHandle(kind, handle) {
    const rows = db.selectFrom('credential').selectAll().where('kind', '=', kind).where('handle', '=', handle)
    const row = coded.genuine('credential', await rows.executeTakeFirst())
    return row && credentialOf(row)
  },

  async ofPerson(scope, person) {
    const rows = db.selectFrom('credential').selectAll().where('person', '=', person)
    const theirs = rows.where(inScope('credential', scope))
    const found = await theirs.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
    return coded.allGenuine('credential', found).map(credentialOf)
  },

  async madeWith(scope, certificate) {
    const rows = db.selectFrom('credential').selectAll().where('made_with', '=', certificate)
    const found = await rows.where(inScope('credential', scope)).orderBy('id').execute()
    return coded.allGenuine('credential', found).map(credentialOf)
  },

  async purge(before) {
    const { numDeletedRows } = await db
      .deleteFrom('credential')
      .where('expires_at', '<', before)
      .where(sql<boolean>`not exists (select 1 from session where session.credential = credential.id)`)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
})

const endingOf = (ended: Credential['ended']) => ({
  ended_at: ended?.at ?? null,
  end_reason: ended?.reason ?? null,
})

const rowOf = (credential: Credential) => ({
  id: credential.id,
  environment: credential.environment,
  person: credential.person,
  kind: credential.kind,
  strength: credential.strength,
  handle: credential.handle,
  name: credential.name,
  certificate: credential.certificate ?? null,
  made_with: credential.madeWith ?? null,
  created_at: credential.createdAt,
  expires_at: credential.expiresAt ?? null,
  last_used_at: credential.lastUsedAt ?? null,
  ...endingOf(credential.ended),
})

const credentialOf = (row: Selectable<CredentialRow>): Credential => ({
  id: row.id,
  environment: row.environment,
  person: row.person,
  kind: row.kind,
  strength: row.strength,
  handle: row.handle,
  name: row.name,
  createdAt: row.created_at,
  ...present({
    certificate: row.certificate,
    madeWith: row.made_with,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }),
  ...(row.ended_at === null ? {} : { ended: { at: row.ended_at, reason: row.end_reason! } }),
})
