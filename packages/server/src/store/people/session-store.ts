import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import { sizeOf } from '../../core/paging.ts'
import type { SessionStore } from '../../core/people/sessions/session.port.ts'
import type { Session, SessionEnd, SessionEntry } from '../../core/people/sessions/session.ts'
import type { Scope } from '../../core/scope.ts'
import type { Instant } from '../../core/world.ts'
import { type Bound, engineOf } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { present } from '../queries/optional.ts'
import { keyed, pageOf, textKeys } from '../queries/paging.ts'
import { inScope } from '../queries/scope.ts'
import type { SessionRow } from '../tables.ts'

export function sessionStore(db: Bound, coded: CodedRows): SessionStore {
  const change = async (row: Selectable<SessionRow>, changed: Partial<Selectable<SessionRow>>): Promise<void> => {
    const { row_code } = coded.sealed('session', { ...row, ...changed })
    const update = db.updateTable('session').set({ ...changed, row_code })
    await update.where('id', '=', row.id).execute()
  }
  const openOf = (scope: Scope, which: Expression<SqlBool>) => {
    const open = db.selectFrom('session').selectAll().where('ended_at', 'is', null).where(which)
    return open.where(inScope('session', scope))
  }
  /** An end that was written stays. */
  const endAll = async (
    found: readonly Selectable<SessionRow>[],
    at: Instant,
    reason: SessionEnd,
  ): Promise<string[]> => {
    const rows = coded.allGenuine('session', found)
    for (const row of rows) await change(row, { ended_at: at, end_reason: reason })
    return rows.map(({ id }) => id)
  }
  /** Ends those that are open and meet the condition. */
  const end = async (scope: Scope, which: Expression<SqlBool>, at: Instant, reason: SessionEnd): Promise<string[]> => {
    return endAll(await openOf(scope, which).execute(), at, reason)
  }
  return {
    async insert(session) {
      const { id, environment, person, tokenHash, startedAt, lastSeenAt, expiresAt, from, agent } = session
      const times = { started_at: startedAt, last_seen_at: lastSeenAt, expires_at: expiresAt }
      const { how, credential, strength, ended } = session
      const ending = { ended_at: ended?.at ?? null, end_reason: ended?.reason ?? null }
      const who = { id, environment, person, token_hash: tokenHash, from_address: from, agent }
      const row = coded.sealed('session', { ...who, how, credential, strength, ...times, ...ending })
      await db.insertInto('session').values(row).execute()
    },

    async findByToken(tokenHash) {
      const found = await db.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
      const row = coded.genuine('session', found)
      return row && sessionOf(row)
    },

    async find(scope, id) {
      const rows = db.selectFrom('session').selectAll().where('id', '=', id)
      const row = coded.genuine('session', await rows.where(inScope('session', scope)).executeTakeFirst())
      return row && sessionOf(row)
    },

    async hold(scope, id) {
      if (engineOf(db) === 'sqlite') return // one unit writes at a time
      const rows = db
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person')
        .innerJoin('credential', 'credential.id', 'session.credential')
        .select(['credential.certificate', 'credential.made_with'])
        .where('session.id', '=', id)
        .where(inScope('session', scope))
      const held = await rows.forShare().executeTakeFirst()
      const made = held?.certificate ? undefined : held?.made_with
      if (made) await db.selectFrom('credential').select('id').where('id', '=', made).forShare().execute()
      const behind = held?.certificate ?? made
      if (behind) await db.selectFrom('certificate').select('id').where('id', '=', behind).forShare().execute()
      const grants = db.selectFrom('person_grant').select('person_grant.id').where('person_grant.ended_at', 'is', null)
      const theirs = grants.where('person_grant.person', '=', (eb) =>
        eb.selectFrom('session').select('session.person').where('session.id', '=', id),
      )
      await theirs.forShare().execute()
    },

    async touch(scope, id, lastSeenAt) {
      const rows = db.selectFrom('session').selectAll().where('id', '=', id)
      const row = coded.genuine('session', await rows.where(inScope('session', scope)).executeTakeFirst())
      if (row) await change(row, { last_seen_at: lastSeenAt })
    },

    async end(scope, id, at, reason) {
      await end(scope, sql`id = ${id}`, at, reason)
    },
    endOfPerson: (scope, person, at, reason) => end(scope, sql`person = ${person}`, at, reason),
    endOfCredential: (scope, credential, at, reason) => end(scope, sql`credential = ${credential}`, at, reason),

    async endUnused(scope, person, { most, seenBefore }, at, reason) {
      const isOver = sql`case when last_seen_at > ${seenBefore} or expires_at <= ${at} then 1 else 0 end`
      const lastSeen = openOf(scope, sql`person = ${person}`).orderBy(isOver).orderBy('last_seen_at', 'desc')
      const rows = await lastSeen.orderBy('started_at', 'desc').orderBy('id').execute()
      return endAll(rows.slice(most), at, reason)
    },

    async open(scope, { now, seenAfter, seenBefore, person, ...query }) {
      const size = sizeOf(query)
      let rows = db
        .selectFrom('session')
        .innerJoin('person', 'person.id', 'session.person')
        .selectAll('session')
        .select(['person.name as person_name', 'person.email as person_email'])
        .where('session.ended_at', 'is', null)
        .where('session.expires_at', '>', now)
        .where('session.last_seen_at', '>', seenAfter)
        .where('session.last_seen_at', '<=', seenBefore)
        .where(inScope('session', scope))
      if (person !== undefined) rows = rows.where('session.person', '=', person)
      if (query.after !== undefined) {
        rows = rows.where(keyed(['session.started_at', 'session.id'], '<', textKeys(query.after)))
      }
      const newest = rows.orderBy('session.started_at', 'desc').orderBy('session.id', 'desc')
      const found = await newest.limit(size + 1).execute()
      return pageOf(
        found,
        size,
        (row) => [row.started_at, row.id],
        entryOf,
        (rows) => coded.allGenuine('session', rows),
      )
    },

    async purge(before) {
      const { numDeletedRows } = await db.deleteFrom('session').where('expires_at', '<', before).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function sessionOf(row: Selectable<SessionRow>): Session {
  const session = {
    id: row.id,
    environment: row.environment,
    person: row.person,
    tokenHash: row.token_hash,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    from: row.from_address,
    agent: row.agent,
    how: row.how,
    credential: row.credential,
    strength: row.strength,
  }
  return row.ended_at === null ? session : { ...session, ended: { at: row.ended_at, reason: row.end_reason! } }
}

const entryOf = (
  row: Selectable<SessionRow> & { readonly person_name: string; readonly person_email: string | null },
): SessionEntry => ({
  ...sessionOf(row),
  personRef: { id: row.person, name: row.person_name, ...present({ email: row.person_email }) },
})
