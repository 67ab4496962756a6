import { mailAddressKey } from '@scel/pki/x509'
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { addressKeys } from '../../core/mail-address.ts'
import { sizeOf } from '../../core/paging.ts'
import type { PersonQuery, PersonStore } from '../../core/people/person.port.ts'
import type { Person, PersonEntry } from '../../core/people/person.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { inventoriesOf } from '../codes/inventories.ts'
import { prepared } from '../opening/prepared.ts'
import { organisationRefs } from '../organisations/organisation-refs.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { keyed, pageOf, textKeys } from '../queries/paging.ts'
import { inScope, within } from '../queries/scope.ts'
import { fold, holds, searchable, typedWords } from '../search/search.ts'
import type { PersonRow } from '../tables.ts'
import { addedWith } from './added-with.ts'
import { comesIn } from './comes-in.ts'
import { newestSignIns } from './newest-sign-ins.ts'
import { openLinks } from './open-links.ts'

export const personStore = (db: Bound, coded: CodedRows): PersonStore => ({
  async insert(person) {
    const row = coded.sealed('person', { ...fixed(person), ...changing(person) })
    await db.insertInto('person').values(row).execute()
    const { id: owner, environment } = person
    await inventoriesOf(db, coded).begin({ kind: 'credentials', owner, environment })
  },

  async update(person) {
    const change = changing(person)
    const { row_code } = coded.sealed('person', { ...fixed(person), ...change })
    const update = db.updateTable('person').set({ ...change, row_code })
    await update.where('environment', '=', person.environment).where('id', '=', person.id).execute()
  },

  async find(scope, id) {
    const [found] = (await findPerson(db, { ...within(scope), id })).rows
    const row = coded.genuine('person', found)
    return row && personOf(row)
  },

  async entry(scope, id) {
    const [found] = (await findPerson(db, { ...within(scope), id })).rows
    const row = coded.genuine('person', found)
    if (!row) return undefined
    return (await entriesOf(db, coded, scope, [row], await newestSignIns(db, coded, [id])))(row)
  },

  async findInvited(scope, email) {
    const all = db.selectFrom('person').selectAll().where(inScope('person', scope))
    const rows =
      email === undefined
        ? all.where('email_folded', 'is', null).where('state', '=', 'invited')
        : all.where('email_folded', 'in', addressKeys(email)).where('email_by', '=', 'invitation')
    // What somebody else put there hides nobody.
    const inOrder = rows.orderBy('created_at').orderBy('id')
    const [row] = coded.allGenuine('person', await inOrder.execute())
    return row && personOf(row)
  },

  async findAll(scope, ids) {
    const rows = db.selectFrom('person').selectAll().where(anyOf('person.id', ids)).where(inScope('person', scope))
    return coded.allGenuine('person', await rows.execute()).map(personOf)
  },

  async invitedWith(scope, credential, now, limit) {
    const found = db.selectFrom(addedWith(db, scope, credential).as('added')).crossJoin('person')
    const invited = found.whereRef('person.invited_with', '=', 'added.id').where(inScope('person', scope))
    const open = invited.select('person.id').orderBy(comesIn('person', now))
    const newest = open.orderBy('person.created_at', 'desc').orderBy('person.id', 'desc')
    const read = async (ids: readonly string[]) => {
      const rows = db.selectFrom('person').selectAll().where(anyOf('id', ids)).where(inScope('person', scope))
      const genuine = coded.allGenuine('person', await rows.execute())
      return genuine.map(await entriesOf(db, coded, scope, genuine, new Map()))
    }
    return firstOf(limit, async (most, passed) => inOrder(await newest.limit(most).offset(passed).execute(), read))
  },

  async page(scope, query) {
    const size = sizeOf(query)
    let rows = db.selectFrom('person').selectAll().where(inScope('person', scope))
    if (query.role !== undefined || query.organisation !== undefined) rows = rows.where(isGranted(query))
    if (query.state) rows = rows.where('person.state', '=', query.state)
    if (query.search?.trim()) rows = rows.where(holds(['person.search'], typedWords(query.search)))
    if (query.after !== undefined) {
      const key = textKeys(query.after)
      rows = rows.where(keyed(['person.name_folded', 'person.id'], '>', key))
    }
    const ordered = rows.orderBy('person.name_folded').orderBy('person.id')
    const found = await ordered.limit(size + 1).execute()
    const genuine = coded.allGenuine('person', found.slice(0, size))
    const signIns = await newestSignIns(db, coded, idsOf(genuine))
    const toEntry = await entriesOf(db, coded, scope, genuine, signIns)
    const key = (row: Row) => [row.name_folded, row.id]
    return pageOf(found, size, key, toEntry, () => genuine)
  },
})

/** Only finds rows: what of a person's grants is shown is read by the store that knows them by their codes. */
function isGranted({
  role,
  organisation,
  now,
}: Pick<PersonQuery, 'role' | 'organisation' | 'now'>): RawBuilder<SqlBool> {
  const asked = [
    ...(role === undefined ? [] : [sql`role = ${role}`]),
    ...(organisation === undefined ? [] : [sql`${organisation} in (place_id, place_organisation)`]),
  ]
  return sql<SqlBool>`exists (select 1 from person_grant where person_grant.person = person.id and ended_at is null
    and (until is null or until > ${now}) and ${sql.join(asked, sql` and `)})`
}

const findPerson = prepared((db, { id, ...scope }: Scope & { readonly id: string }) =>
  db.selectFrom('person').selectAll().where('id', '=', id).where(inScope('person', scope)),
)

const fixed = ({ id, environment, organisation, invitedWith, createdAt }: Person) => ({
  id,
  environment,
  organisation: organisation ?? null,
  invited_with: invitedWith ?? null,
  created_at: createdAt,
})

const changing = ({ name, email, emailBy, state, language, lastSignInAt }: Person) => ({
  name,
  name_folded: fold(name),
  email: email ?? null,
  email_folded: email === undefined ? null : mailAddressKey(email),
  email_by: emailBy ?? null,
  state,
  language,
  last_sign_in_at: lastSignInAt ?? null,
  search: searchable(name, email ?? ''),
})

const personOf = (row: Selectable<PersonRow>): Person => ({
  id: row.id,
  environment: row.environment,
  ...present({ organisation: row.organisation }),
  name: row.name,
  ...present({ email: row.email, emailBy: row.email_by }),
  state: row.state,
  language: row.language,
  createdAt: row.created_at,
  ...present({
    lastSignInAt: row.last_sign_in_at,
    invitedWith: row.invited_with,
  }),
})

type Row = Selectable<PersonRow>

/** How the rows of people are shown with what other tables say of them: there, too, somebody may have planted rows, which hide nobody. */
async function entriesOf(
  db: Bound,
  coded: CodedRows,
  scope: Scope,
  people: readonly Row[],
  signIns: ReadonlyMap<string, NonNullable<PersonEntry['signIn']>>,
): Promise<(row: Row) => PersonEntry> {
  const organisations = [...new Set(people.flatMap(({ organisation }) => organisation ?? []))]
  const refs = await organisationRefs(db, coded, { environment: scope.environment }, organisations)
  const links = await openLinks(db, coded, scope, idsOf(people))
  return (row) => ({
    ...personOf(row),
    ...present({ organisationRef: refs.get(row.organisation ?? ''), signIn: signIns.get(row.id) }),
    ...links.get(row.id),
  })
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)
