import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { HeldByOther, NameClaim, NameQuery, NameStore } from '../../core/names/name.port.ts'
import type { HeldName } from '../../core/names/names-of.ts'
import { isWildcard, parentOf, wildcardOver } from '../../core/names/normal-name.ts'
import type { Bound } from '../bound.ts'
import { type OwnerColumns, ownerRow } from '../certificates/owner-columns.ts'
import { prepared } from '../opening/prepared.ts'
import { isApart, partOf } from '../organisations/part.ts'
import { nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import type { NameRow } from '../tables.ts'

const MOST_HELD = 50

export const nameStore = (db: Bound): NameStore => ({
  async claim({ number, ...owned }, names) {
    await insert(db, names, { ...ownedRow(owned), certificate: null, request: number, ends: null })
  },

  async certify({ id, notAfter, ...owned }, names) {
    await insert(db, names, { ...ownedRow(owned), certificate: id, request: null, ends: notAfter })
  },

  async heldByOthers({ names, owner, ...asked }) {
    const exact = [...new Set(names.flatMap((name) => [name, wildcardOver(name) ?? name]))]
    const below = [...new Set(names.filter(isWildcard).map(parentOf))]
    const whose = { ...ownerRow(owner), service: owner.service ?? null }
    const found = (await holders(db, { ...asked, ...whose, exact, ...(below.length > 0 && { below }) })).rows
    return found.map(heldOf)
  },

  async purge(now) {
    await db.deleteFrom('name_in_force').where(sql<SqlBool>`ends is not null and ends < ${now}`).execute()
  },
})

type Holder = Omit<NameRow, 'number' | 'kind' | 'name' | 'parent'>

const ownedRow = ({ environment, organisation, owner }: Pick<NameClaim, 'environment' | 'organisation' | 'owner'>) => ({
  environment,
  organisation: organisation ?? null,
  ...ownerRow(owner),
})

/** One statement for each name: certificates have few. */
async function insert(db: Bound, names: readonly HeldName[], holder: Holder): Promise<void> {
  for (const { kind, name } of names) await insertName(db, { ...holder, kind, name, parent: parentOf(name) })
}

const insertName = prepared((db, row: Omit<NameRow, 'number'>) =>
  db.insertInto('name_in_force').values({ ...row, number: nextNumber(db, 'name_in_force') }),
)

interface Asked extends Omit<NameQuery, 'names' | 'owner'>, OwnerColumns {
  readonly service: string | null
  readonly exact: readonly string[]
  readonly below?: readonly string[]
}

const holders = prepared(
  (db, { environment, exact, below, now, organisation, owner_kind, owner_id, service }: Asked) => {
    const list = (values: readonly string[]): RawBuilder<unknown> => sql.join(values.map((value) => sql.val(value)))
    const named = sql<SqlBool>`n.name in (${list(exact)})`
    const elsewhere =
      organisation === undefined
        ? sql<SqlBool>`n.organisation is not null`
        : sql<SqlBool>`n.organisation is null or n.organisation <> ${organisation}`
    const apart = isApart(sql`n.owner_kind`, partOf(sql`coalesce(c.service, r.service)`), sql`${service}`)
    const covered = below ? sql<SqlBool>`(${named} or n.parent in (${list(below)}))` : named
    return (
      db
        .selectFrom('name_in_force as n')
        .leftJoin('certificate as c', 'c.id', 'n.certificate')
        .leftJoin('request as r', 'r.number', 'n.request')
        .leftJoin('organisation as o', 'o.id', 'n.organisation')
        .select(['n.name', 'n.certificate as id', 'n.request', 'o.id as organisation', 'o.code', 'o.name as called'])
        .select(sql<string | null>`coalesce(c.service, r.service)`.as('service'))
        .select(['c.serial', 'c.not_after', 'c.profile', 'c.subject_key'])
        .select(['r.state', 'r.profile as asked', 'r.subject_key as wanted', 'r.certificate as signed'])
        .where('n.environment', '=', environment)
        .where(covered)
        .where(sql<SqlBool>`(n.ends is null or n.ends >= ${now})`)
        .where(sql<SqlBool>`(${elsewhere} or n.owner_kind <> ${owner_kind} or n.owner_id <> ${owner_id} or ${apart})`)
        // Said again, though what ends a holder takes its names away: a name that is free is never called taken.
        .where(sql<SqlBool>`(n.certificate is null or c.revoked_at is null)`)
        .where(sql<SqlBool>`(n.request is null or r.state in ('pending', 'approved'))`)
        .orderBy(sql`case when n.request is null then 0 else 1 end`)
        .orderBy('n.number')
        .limit(MOST_HELD)
    )
  },
)

type Found = Awaited<ReturnType<typeof holders>>['rows'][number]

const heldOf = (row: Found): HeldByOther => ({
  name: row.name,
  ...(row.organisation === null ? {} : { organisation: { id: row.organisation, code: row.code!, name: row.called! } }),
  ...present({ service: row.service }),
  subjectKey: (row.subject_key ?? row.wanted)!,
  profile: (row.profile ?? row.asked)!,
  ...(row.id === null ? {} : { certificate: { id: row.id, serial: row.serial!, notAfter: row.not_after! } }),
  ...(row.request === null
    ? {}
    : { request: { number: row.request, state: row.state!, ...present({ certificate: row.signed }) } }),
})

type End<G> = (db: Bound, given: G) => Promise<unknown>

/** Ends the names of a request: it ended, or its certificate has them now. */
export const endNamesOfRequest: End<{ readonly request: number }> = prepared((db, { request }) =>
  db.deleteFrom('name_in_force').where('request', '=', request),
)

/** Ends the names of a certificate that was revoked. */
export const endNamesOfCertificate: End<{ readonly certificate: string }> = prepared((db, { certificate }) =>
  db.deleteFrom('name_in_force').where('certificate', '=', certificate),
)
