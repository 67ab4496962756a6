import { type ExpressionBuilder, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { OrganisationSeen, OrganisationStore } from '../../core/organisations/organisation.port.ts'
import type { Organisation, OrganisationEntry } from '../../core/organisations/organisation.ts'
import { sizeOf } from '../../core/paging.ts'
import { isWhole, type Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { anyOf } from '../queries/any-of.ts'
import { present } from '../queries/optional.ts'
import { pageOf, textKey } from '../queries/paging.ts'
import { inScope, within } from '../queries/scope.ts'
import { holds, searchable, typedWords } from '../search/search.ts'
import type { OrganisationRow, Tables } from '../tables.ts'

export const organisationStore = (db: Bound, coded: CodedRows): OrganisationStore => ({
  async insert({ id, environment, code, name, country, siren, nameSuffixes, createdAt }) {
    const values = {
      id,
      environment,
      code,
      code_folded: code.toLowerCase(),
      name,
      country,
      siren: siren ?? null,
      created_at: createdAt,
      search: searchable(code, name, siren),
      name_suffixes: JSON.stringify(nameSuffixes),
    }
    await db.insertInto('organisation').values(coded.sealed('organisation', values)).execute()
  },

  async find(scope, id) {
    const [found] = (await findOrganisation(db, { ...within(scope), id })).rows
    const row = coded.genuine('organisation', found)
    return row && organisationOf(row)
  },

  async setNameSuffixes(scope, id, suffixes) {
    const found = (await findOrganisation(db, { ...within(scope), id })).rows[0]
    const row = coded.genuine('organisation', found)
    if (!row) return
    const { name_suffixes, row_code } = coded.sealed('organisation', {
      ...row,
      name_suffixes: JSON.stringify(suffixes),
    })
    await db.updateTable('organisation').set({ name_suffixes, row_code }).where('id', '=', id).execute()
  },

  async withNameSuffixes(environment) {
    const rows = db.selectFrom('organisation').selectAll().where('environment', '=', environment)
    const found = await rows.where('name_suffixes', '<>', '[]').orderBy('code_folded').execute()
    return coded.allGenuine('organisation', found).map(organisationOf)
  },

  async findByCode(scope, code) {
    const rows = db.selectFrom('organisation').selectAll().where('code_folded', '=', code.toLowerCase())
    const found = await rows.where(inScope('organisation', scope)).executeTakeFirst()
    const row = coded.genuine('organisation', found)
    return row && organisationOf(row)
  },

  async entry(scope, id, seen) {
    const rows = db
      .selectFrom('organisation')
      .selectAll()
      .select((eb) => counts(eb, scope, seen))
    const found = await rows.where('id', '=', id).where(inScope('organisation', scope)).executeTakeFirst()
    const row = coded.genuine('organisation', found)
    return row && entryOf(row)
  },

  async page(scope, query) {
    const size = sizeOf(query)
    let rows = db
      .selectFrom('organisation')
      .selectAll()
      .select((eb) => counts(eb, scope, query))
    rows = rows.where(inScope('organisation', scope))
    if (query.search?.trim()) rows = rows.where(holds(['organisation.search'], typedWords(query.search)))
    if (query.after !== undefined) rows = rows.where('code_folded', '>', textKey(query.after))
    const found = await rows
      .orderBy('code_folded')
      .limit(size + 1)
      .execute()
    const genuine = (rows: readonly (typeof found)[number][]) => coded.allGenuine('organisation', rows)
    return pageOf(found, size, (row) => [row.code_folded], entryOf, genuine)
  },
})

const findOrganisation = prepared((db, { id, ...scope }: Scope & { readonly id: string }) =>
  db.selectFrom('organisation').selectAll().where('id', '=', id).where(inScope('organisation', scope)),
)

/** One count per row shown, each read from an index: of what there is in the scope, such as a service of it. */
function counts(eb: ExpressionBuilder<Tables, 'organisation'>, scope: Scope, { now, profiles }: OrganisationSeen) {
  const concerns = (column: string): RawBuilder<SqlBool> =>
    profiles === undefined ? sql<SqlBool>`1 = 1` : anyOf(column, profiles)
  const count = sql<number>`count(*)`.as('count')
  const managers = eb
    .selectFrom('person_grant')
    .innerJoin('person', 'person.id', 'person_grant.person')
    .whereRef('person_grant.environment', '=', 'organisation.environment')
    .where(isPlaceOf(scope))
  const kits = eb.selectFrom('kit').whereRef('kit.environment', '=', 'organisation.environment')
  const requests = eb.selectFrom('request').whereRef('request.environment', '=', 'organisation.environment')
  const issued = eb.selectFrom('certificate').whereRef('certificate.environment', '=', 'organisation.environment')
  return [
    managers
      .select(sql<number>`count(distinct person_grant.person)`.as('count'))
      .where('person_grant.role', '=', 'manager')
      .where('person_grant.ended_at', 'is', null)
      .where(sql<SqlBool>`(person_grant.until is null or person_grant.until > ${now})`)
      .where('person.state', '<>', 'disabled')
      .as('managers'),
    kits
      .select(count)
      .whereRef('kit.organisation', '=', 'organisation.id')
      .where(inScope('kit', scope))
      .where('kit.withdrawn_at', 'is', null)
      .where('kit.expires_at', '>', now)
      .whereRef('kit.uses_made', '<', 'kit.uses_allowed')
      .where(concerns('kit.profile'))
      .as('kits'),
    requests
      .select(count)
      .whereRef('request.organisation', '=', 'organisation.id')
      .where(inScope('request', scope))
      .where('request.state', '=', 'pending')
      .where(concerns('request.profile'))
      .as('pending'),
    issued
      .select(count)
      .whereRef('certificate.organisation', '=', 'organisation.id')
      .where(inScope('certificate', scope))
      .where('certificate.revoked_at', 'is', null)
      .where('certificate.not_after', '>=', now)
      .where(concerns('certificate.profile'))
      .as('certificates'),
  ] as const
}

/** Whether a grant is for the organisation or for one of its services, as far as the scope has them. */
function isPlaceOf(scope: Scope): RawBuilder<SqlBool> {
  const whole = sql`select organisation.id`
  const parts = sql`select service.id from service where service.organisation = organisation.id`
  if (isWhole(scope)) return sql<SqlBool>`person_grant.place_id in (${whole} union all ${parts})`
  const seen = sql`${parts} and ${inScope('service', scope)}`
  const reached = anyOf('organisation.id', scope.within ?? [])
  return sql<SqlBool>`person_grant.place_id in (${whole} where ${reached} union all ${seen})`
}

const organisationOf = (row: Selectable<OrganisationRow>): Organisation => ({
  id: row.id,
  environment: row.environment,
  code: row.code,
  name: row.name,
  country: row.country,
  ...present({ siren: row.siren }),
  nameSuffixes: JSON.parse(row.name_suffixes) as string[],
  createdAt: row.created_at,
})

interface Counts {
  readonly managers: number | null
  readonly kits: number | null
  readonly pending: number | null
  readonly certificates: number | null
}

const entryOf = (row: Selectable<OrganisationRow> & Counts): OrganisationEntry => ({
  ...organisationOf(row),
  counts: {
    managers: row.managers ?? 0,
    kits: row.kits ?? 0,
    pending: row.pending ?? 0,
    certificates: row.certificates ?? 0,
  },
})
