import type { Selectable } from 'kysely'
import type { BlockStore } from '../core/enrolment/block.port.ts'
import type { Block } from '../core/enrolment/block.ts'
import type { Scope } from '../core/scope.ts'
import type { Bound } from './bound.ts'
import { prepared } from './prepared.ts'
import type { BlockedApplicantRow } from './tables.ts'

export const blockStore = (db: Bound): BlockStore => ({
  async insert({ environment, organisation, applicant, at, by, reason }) {
    const owner = organisation ?? EVERYWHERE
    const values = { environment, organisation: owner, applicant, at, by_id: by.id, by_name: by.name, reason }
    await db.insertInto('blocked_applicant').values(values).execute()
  },

  async against({ environment, organisation }, applicant) {
    const owners = [organisation, EVERYWHERE]
    const [row] = (await blocksAgainst(db, { environment, applicant, owners })).rows
    return row && blockOf(row)
  },

  async find({ environment, organisation }, applicant) {
    const owners = [organisation ?? EVERYWHERE]
    const [row] = (await blocksAgainst(db, { environment, applicant, owners })).rows
    return row && blockOf(row)
  },

  async lift({ environment, organisation }, applicant) {
    const all = db.deleteFrom('blocked_applicant').where('environment', '=', environment)
    let rows = all.where('applicant', '=', applicant)
    if (organisation !== undefined) rows = rows.where('organisation', '=', organisation)
    return (await rows.returningAll().execute()).map(blockOf)
  },

  async list({ environment, organisation }) {
    let rows = db.selectFrom('blocked_applicant').selectAll().where('environment', '=', environment)
    if (organisation !== undefined) rows = rows.where('organisation', '=', organisation)
    return (await rows.orderBy('at', 'desc').orderBy('applicant').limit(MOST).execute()).map(blockOf)
  },
})

const blocksAgainst = prepared(
  (
    db,
    { environment, applicant, owners }: Scope & { readonly applicant: string; readonly owners: readonly string[] },
  ) =>
    db
      .selectFrom('blocked_applicant')
      .selectAll()
      .where('environment', '=', environment)
      .where('applicant', '=', applicant)
      .where('organisation', 'in', owners)
      .limit(1),
)

const blockOf = (row: Selectable<BlockedApplicantRow>): Block => ({
  environment: row.environment,
  ...(row.organisation === EVERYWHERE ? {} : { organisation: row.organisation }),
  applicant: row.applicant,
  at: row.at,
  by: { id: row.by_id, name: row.by_name },
  reason: row.reason,
})

/** Part of a key, which no database lets be NULL. */
const EVERYWHERE = ''
const MOST = 200
