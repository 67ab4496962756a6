import { type Selectable, sql } from 'kysely'
import { isNamedKind, namedKinds } from '../../core/credential-kinds.ts'
import type { CredentialStore } from '../../core/credentials/credential.port.ts'
import type { Credential } from '../../core/credentials/credential.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import { certificatesFor } from '../certificates/certificates-for.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { type Inventory, inventoriesOf } from '../codes/inventories.ts'
import { isLinkName, LAST, lastIn, lastNote } from '../keys/named-now.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { CredentialRow } from '../tables.ts'
import { addedWith } from './added-with.ts'
import { isGood, oneGood } from './comes-in.ts'

export function credentialStore(db: Bound, coded: CodedRows): CredentialStore {
  const inventories = inventoriesOf(db, coded)
  /** What lasts is named in the inventory of its person: what is not has ended, whatever its row says. */
  const all = async (found: readonly Selectable<CredentialRow>[]): Promise<Credential[]> => {
    const genuine = coded.allGenuine('credential', found)
    const listed = new Map(genuine.filter(isListed).map((row) => [row.person, inventoryOf(row)]))
    const read = await inventories.namedAll([...listed.values()])
    const kept: Credential[] = []
    for (const row of genuine) {
      const { id, person, environment } = row
      if (isListed(row)) {
        const named = read.get(person)
        if (named && !named.has(id)) coded.altered({ table: 'credential', id, environment })
        if (!named?.has(id)) continue
      }
      kept.push(credentialOf(row))
    }
    return kept
  }
  const one = async (found: Selectable<CredentialRow> | undefined): Promise<Credential | undefined> =>
    found && (await all([found]))[0]
  const ofPerson = (scope: Scope, person: string) => {
    const rows = db.selectFrom('credential').selectAll().where('person', '=', person)
    const theirs = rows.where(inScope('credential', scope))
    return theirs.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()
  }
  return {
    async insert(credential) {
      const row = rowOf(credential)
      await db.insertInto('credential').values(coded.sealed('credential', row)).execute()
      if (!isListed(row)) return
      const named = [row.id, row.person].map((id) => [id, ''] as const)
      await inventories.add(inventoryOf(row), new Map(named))
    },

    async draw({ environment }, person, credential, least) {
      let order = least
      await inventories.rewrite(inventoryOf({ person, environment }), (there) => {
        order = Math.max(least, lastIn(there).order + 1)
        return new Map([...there, [LAST, lastNote(order, credential)]])
      })
      return order
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
      if (isListed(row) && ended) await inventories.drop(inventoryOf(row), [id])
    },

    async find(scope, id) {
      const rows = db.selectFrom('credential').selectAll().where('id', '=', id)
      return one(await rows.where(inScope('credential', scope)).executeTakeFirst())
    },

    async findAll(scope, ids) {
      if (ids.length === 0) return []
      const rows = db.selectFrom('credential').selectAll().where(anyOf('id', ids))
      return all(await rows.where(inScope('credential', scope)).execute())
    },

    async findByHandle(scope, kind, handle) {
      const rows = db.selectFrom('credential').selectAll().where(inScope('credential', scope))
      const found = await rows
        .where('kind', '=', kind)
        .where('handle', '=', handle)
        .orderBy('created_at', 'desc')
        .execute()
      const there = await all(found)
      return there.find(({ ended }) => ended === undefined) ?? there[0]
    },

    ofPerson: async (scope, person) => all(await ofPerson(scope, person)),

    async openOf(scope, person) {
      const rows = db.selectFrom('credential').selectAll().where('person', '=', person).where('ended_at', 'is', null)
      return all(await rows.where('kind', 'in', namedKinds()).where(inScope('credential', scope)).execute())
    },

    async unused(scope, person, kind) {
      const rows = db.selectFrom('credential').selectAll().where('person', '=', person).where('ended_at', 'is', null)
      const unused = rows.where('kind', '=', kind).where('last_used_at', 'is', null)
      return all(await unused.where(inScope('credential', scope)).execute())
    },

    async shown(scope, person, now, limit) {
      const rows = db.selectFrom('credential').selectAll().where('person', '=', person)
      const lasts = sql<boolean>`kind in (${sql.join(namedKinds())})`
      const shown = rows.where(
        sql<boolean>`(${lasts} or (ended_at is null and (last_used_at is not null or expires_at > ${now})))`,
      )
      const openFirst = shown.orderBy(sql`case when ended_at is not null then 2 when ${lasts} then 0 else 1 end`)
      const newest = openFirst.where(inScope('credential', scope)).orderBy('created_at', 'desc').orderBy('id', 'desc')
      return firstOf(limit, async (most, passed) => {
        const found = await newest.limit(most).offset(passed).execute()
        return { rows: found.length, genuine: await all(found) }
      })
    },

    async signIn(scope, people, now) {
      const rows = db.selectFrom('credential').selectAll('credential').where(inScope('credential', scope))
      const one = db.selectFrom('person').select(oneGood('person.id', now).as('good')).where(anyOf('person.id', people))
      const found = await rows.where('credential.id', 'in', one).execute()
      const sure = new Set((await all(found)).map(({ person }) => person))
      // Where somebody altered that one, another may be good.
      for (const { person } of found.filter((row) => !sure.has(row.person))) {
        const good = rows.leftJoin('certificate', 'certificate.id', 'credential.certificate').where(isGood(now))
        if ((await all(await good.where('credential.person', '=', person).execute())).length > 0) sure.add(person)
      }
      return sure
    },

    async addedWith(scope, credential, now, limit) {
      const rows = db.selectFrom(addedWith(db, scope, credential).as('added')).crossJoin('credential')
      const added = rows.leftJoin('certificate', 'certificate.id', 'credential.certificate')
      const theirs = added
        .whereRef('credential.made_with', '=', 'added.id')
        .where('credential.kind', 'in', namedKinds())
        .where(inScope('credential', scope))
      const openFirst = theirs.select('credential.id').orderBy(sql`case when ${isGood(now)} then 0 else 1 end`)
      const newest = openFirst.orderBy('credential.created_at', 'desc').orderBy('credential.id', 'desc')
      const read = async (ids: readonly string[]) =>
        all(await db.selectFrom('credential').selectAll().where(anyOf('credential.id', ids)).execute())
      return firstOf(limit, async (most, passed) => inOrder(await newest.limit(most).offset(passed).execute(), read))
    },

    async hasCome({ environment }, { id, state }) {
      const named = await inventories.named({ kind: 'credentials', owner: id, environment })
      // What says most counts: the inventory may be an older one, or the rows.
      const rows = db.selectFrom('credential').selectAll().where('person', '=', id).where('kind', 'in', namedKinds())
      const had = coded.allGenuine('credential', await rows.execute()).length > 0
      const came = (named?.has(id) ?? true) || had
      if (came && state === 'invited') coded.altered({ table: 'person', id, environment })
      return came
    },

    async everyOf(scope, person) {
      const of = { kind: 'credentials', owner: person, environment: scope.environment } as const
      const found = coded.allGenuine('credential', await ofPerson(scope, person))
      const there = new Set(found.map(({ id }) => id))
      const named = await inventories.named(of)
      const lost = [...(named?.keys() ?? [])].filter(
        (id) => id !== person && id !== LAST && !isLinkName(id) && !there.has(id),
      )
      const back = named ? found.filter((row) => isListed(row) && !named.has(row.id)).map(({ id }) => id) : []
      for (const id of [...lost, ...back]) coded.altered({ table: 'credential', id, environment: scope.environment })
      const own = found.flatMap(({ id, made_with }) => (made_with === null ? [] : id))
      const last = lastIn(named)
      const later = (await certificatesFor(db, person, last.order)).filter(
        ({ certificate }) => !own.includes(certificate),
      )
      const rows = found.map(credentialOf)
      const lasting = rows.filter(({ kind }) => isNamedKind(kind))
      return { rows, lasting, lost, last, later, isWhole: named !== undefined }
    },

    async forget({ environment }, person, ids) {
      await inventories.drop({ kind: 'credentials', owner: person, environment }, ids)
    },

    async passingMadeWith(scope, credential) {
      const rows = db
        .selectFrom('credential')
        .selectAll()
        .where('made_with', '=', credential)
        .where('ended_at', 'is', null)
      const found = await rows
        .where('kind', 'not in', namedKinds())
        .where(inScope('credential', scope))
        .orderBy('id')
        .execute()
      return all(found)
    },

    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('credential')
        .where('expires_at', '<', before)
        .where('kind', 'not in', namedKinds())
        .where(sql<boolean>`not exists (select 1 from session where session.credential = credential.id)`)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

const isListed = ({ kind, ended_at }: Pick<Selectable<CredentialRow>, 'kind' | 'ended_at'>): boolean =>
  isNamedKind(kind) && ended_at === null

const inventoryOf = ({
  person,
  environment,
}: Pick<Selectable<CredentialRow>, 'person' | 'environment'>): Inventory => ({
  kind: 'credentials',
  owner: person,
  environment,
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
