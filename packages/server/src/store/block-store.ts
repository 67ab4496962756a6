import { type Selectable, type SqlBool, sql } from 'kysely'
import type { BlockReader } from '../core/origins/kit/block.port.ts'
import type { Block } from '../core/origins/kit/block.ts'
import { factsOf, isAsWritten } from './audit-store.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { prepared } from './prepared.ts'
import { inScope } from './scope.ts'
import type { AuditEventRow } from './tables.ts'

const MOST = 200
// In the very words of the partial index.
const told = sql<SqlBool>`action in ('applicant.blocked', 'applicant.lifted') and outcome = 'done'`

// In the order of the tree, which heads stand over: numbers come from a counter that its owner can move.
const waiting = sql<number>`case when place is null then 1 else 0 end`

/** Blocks are read from the log: no row of their own, which somebody could take away, says what stands. */
export const blockStore = (db: Bound, coded: Pick<CodedRows, 'altered' | 'hasCodeOfLeaf'>): BlockReader => ({
  async against({ environment, organisation }, applicant) {
    const standing = await standingOf((await linesOf(db, { environment, applicant })).rows, coded)
    return standing.find((one) => one.organisation === undefined || one.organisation === organisation)
  },

  async of({ environment, organisation }, applicant) {
    const standing = await standingOf((await linesOf(db, { environment, applicant })).rows, coded)
    return standing.filter((one) => organisation === undefined || one.organisation === organisation)
  },

  async list({ environment, organisation }) {
    const rows = await db
      .selectFrom('audit_event')
      .selectAll()
      .where(inScope('audit_event', { environment }))
      .where(told)
      .orderBy(waiting)
      .orderBy('place')
      .orderBy('number')
      .execute()
    const standing = await standingOf(rows, coded)
    const own = standing.filter((one) => organisation === undefined || one.organisation === organisation)
    return own.reverse().slice(0, MOST)
  },
})

type Line = Selectable<AuditEventRow>

const linesOf = prepared(
  (db, { environment, applicant }: { readonly environment: string; readonly applicant: string }) =>
    db
      .selectFrom('audit_event')
      .selectAll()
      .where(sql<SqlBool>`environment = ${environment}`)
      .where('target_id', '=', applicant)
      .where(told)
      .orderBy(waiting)
      .orderBy('place')
      .orderBy('number'),
)

/**
 * What the lines leave standing, oldest first: a block of an organisation is its own, one without stands for all of them. A line
 * whose reason does not read blocks all the same; one that the desk did not write as it is may block, and lifts nothing.
 */
async function standingOf(
  lines: readonly Line[],
  coded: Pick<CodedRows, 'altered' | 'hasCodeOfLeaf'>,
): Promise<Block[]> {
  const standing = new Map<string, Block>()
  for (const line of lines) {
    const { environment, organisation, at, action, actor_id: id, actor_name: name, target_id } = line
    const placeOf = (owner: string | null | undefined): string => `${target_id} ${owner ?? ''}`
    if (action === 'applicant.blocked') {
      const { reason } = factsOf(line, coded.altered)
      const owner = organisation === null ? {} : { organisation }
      const block = {
        environment,
        ...owner,
        applicant: target_id,
        at,
        by: { id: id ?? '', name },
        reason: `${reason ?? ''}`,
      }
      if (!standing.has(placeOf(organisation))) standing.set(placeOf(organisation), block)
    } else if (!(await isAsWritten(line, coded))) {
      coded.altered({ table: 'audit_event', id: String(line.number), environment })
    } else if (organisation === null) {
      for (const [place, { applicant }] of standing) if (applicant === target_id) standing.delete(place)
    } else standing.delete(placeOf(organisation))
  }
  return [...standing.values()]
}
