import { mailAddressKey } from '@scel/pki/x509'
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { namedKinds } from '../../core/credential-kinds.ts'
import { addressKeys } from '../../core/mail-address.ts'
import { sizeOf } from '../../core/paging.ts'
import type { PersonQuery, PersonStore } from '../../core/people/person.port.ts'
import type { Person, PersonEntry } from '../../core/people/person.ts'
import type { Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { inventoriesOf } from '../codes/inventories.ts'
import { prepared } from '../opening/prepared.ts'
import { anyOf } from '../queries/any-of.ts'
import { firstOf, inOrder } from '../queries/first-of.ts'
import { present } from '../queries/optional.ts'
import { keyed, pageOf, textKeys } from '../queries/paging.ts'
import { inScope, within } from '../queries/scope.ts'
import { fold, holds, searchable, typedWords } from '../search/search.ts'
import type { ConfirmationColumns, PersonRow } from '../tables.ts'
import { addedWith } from './added-with.ts'
import { comesIn } from './comes-in.ts'
import { confirmationOf } from './confirmation-columns.ts'

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
    const found = await entries(db).where('person.id', '=', id).where(inScope('person', scope)).executeTakeFirst()
    const row = coded.genuine('person', found)
    return row && entryOf(row, (await newestCredentials(db, coded, [id])).get(id))
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
      const found = await entries(db).where(anyOf('person.id', ids)).execute()
      return coded.allGenuine('person', found).map((row) => entryOf(row, undefined))
    }
    return firstOf(limit, async (most, passed) => inOrder(await newest.limit(most).offset(passed).execute(), read))
  },

  async page(scope, query) {
    const size = sizeOf(query)
    let rows = entries(db).where(inScope('person', scope))
    if (query.role !== undefined || query.organisation !== undefined) rows = rows.where(isGranted(query))
    if (query.state) rows = rows.where('person.state', '=', query.state)
    if (query.search?.trim()) rows = rows.where(holds(['person.search'], typedWords(query.search)))
    if (query.after !== undefined) {
      const key = textKeys(query.after)
      rows = rows.where(keyed(['person.name_folded', 'person.id'], '>', key))
    }
    const ordered = rows.orderBy('person.name_folded').orderBy('person.id')
    const found = await ordered.limit(size + 1).execute()
    const genuine = (rows: readonly (typeof found)[number][]) => coded.allGenuine('person', rows)
    const credentials = await newestCredentials(
      db,
      coded,
      found.map(({ id }) => id),
    )
    const toEntry = (row: (typeof found)[number]) => entryOf(row, credentials.get(row.id))
    return pageOf(found, size, (row) => [row.name_folded, row.id], toEntry, genuine)
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

const entries = (db: Bound) =>
  db
    .selectFrom('person')
    .leftJoin('organisation', 'organisation.id', 'person.organisation')
    .leftJoin('invitation', (join) =>
      join
        .onRef('invitation.person', '=', 'person.id')
        .on('invitation.spent_at', 'is', null)
        .on('invitation.adds', 'is', null),
    )
    .leftJoin('invitation as device', (join) =>
      join
        .onRef('device.person', '=', 'person.id')
        .on('device.spent_at', 'is', null)
        .on('device.adds', 'is not', null)
        .on('device.asked_by_id', 'is not', null)
        .on('device.confirmed_at', 'is', null),
    )
    .selectAll('person')
    .select(['device.hash as device_hash', 'device.adds as device_adds', 'device.created_at as device_created_at'])
    .select(['device.expires_at as device_expires_at', 'device.asked_by_id as device_asked_by_id'])
    .select('device.asked_by_name as device_asked_by_name')
    .select(['organisation.code as organisation_code', 'organisation.name as organisation_name'])
    .select(['invitation.hash as invitation_hash', 'invitation.created_at as invitation_created_at'])
    .select('invitation.expires_at as invitation_expires_at')
    .select(['invitation.asked_by_id', 'invitation.asked_by_name'])
    .select(['invitation.confirmed_by_id', 'invitation.confirmed_by_name', 'invitation.confirmed_at'])

/** By person, the newest that lasts of what they sign in with; where they cannot, the last that they did. */
async function newestCredentials(
  db: Bound,
  coded: CodedRows,
  people: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<PersonEntry['signIn']>>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('credential')
    .leftJoin('certificate', 'certificate.id', 'credential.certificate')
    .selectAll('credential')
    .select(['certificate.not_after', 'certificate.revoked_at'])
    .where('credential.person', 'in', people)
    .where('credential.kind', 'in', namedKinds())
    .orderBy('credential.created_at')
    .orderBy('credential.id')
    .execute()
  const genuine = coded.allGenuine('credential', rows)
  const inOrder = [...genuine.filter(({ ended_at }) => ended_at !== null), ...genuine.filter((row) => !row.ended_at)]
  return new Map(
    inOrder.map(({ person, id: credential, kind, certificate, not_after, expires_at, revoked_at, ended_at }) => [
      person,
      { credential, kind, ...present({ certificate, until: not_after ?? expires_at, ended: revoked_at ?? ended_at }) },
    ]),
  )
}

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

interface Joined extends ConfirmationColumns {
  readonly organisation_code: string | null
  readonly organisation_name: string | null
  readonly invitation_hash: string | null
  readonly invitation_created_at: string | null
  readonly invitation_expires_at: string | null
  readonly device_hash: string | null
  readonly device_adds: string | null
  readonly device_created_at: string | null
  readonly device_expires_at: string | null
  readonly device_asked_by_id: string | null
  readonly device_asked_by_name: string | null
}

function entryOf(row: Selectable<PersonRow> & Joined, signIn: PersonEntry['signIn']): PersonEntry {
  const person = personOf(row)
  const entry: { -readonly [K in keyof PersonEntry]: PersonEntry[K] } = { ...person }
  if (person.organisation !== undefined) {
    entry.organisationRef = { id: person.organisation, code: row.organisation_code!, name: row.organisation_name! }
  }
  if (row.invitation_expires_at !== null) {
    entry.invitation = {
      ...{ hash: row.invitation_hash!, createdAt: row.invitation_created_at!, expiresAt: row.invitation_expires_at },
      ...confirmationOf(row),
    }
  }
  if (row.device_expires_at !== null) {
    const asked = { id: row.device_asked_by_id!, name: row.device_asked_by_name! }
    entry.waitingDevice = {
      ...{ hash: row.device_hash!, createdAt: row.device_created_at!, expiresAt: row.device_expires_at },
      ...{ adds: row.device_adds!, confirmation: { asked } },
    }
  }
  if (signIn) entry.signIn = signIn
  return entry
}
