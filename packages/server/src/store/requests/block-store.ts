import { createHash } from 'node:crypto'
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { BlockReader } from '../../core/applicants/block.port.ts'
import { type Block, type BlockLine, liftedOf } from '../../core/applicants/block.ts'
import { reaches } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { factsOf, isAsWritten } from '../log/audit-store.ts'
import { prepared } from '../opening/prepared.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import type { AuditEventRow } from '../tables.ts'

const MOST = 200
// In the very words of the partial index.
const told = sql<SqlBool>`action in ('applicant.blocked', 'applicant.lifted') and outcome = 'done'`

/** Blocks are read from the log: no row of their own, which somebody could take away, says what stands. */
export const blockStore = (db: Bound, coded: Pick<CodedRows, 'altered' | 'hasCodeOfLeaf'>): BlockReader => ({
  async against({ environment, organisation }, applicant) {
    const standing = await standingOf((await linesOf(db, { environment, applicant })).rows, coded)
    return standing.find((one) => one.organisation === undefined || one.organisation === organisation)
  },

  async of(scope, applicant) {
    const { environment } = scope
    const standing = await standingOf((await linesOf(db, { environment, applicant })).rows, coded)
    return standing.filter((one) => reaches(scope, one))
  },

  async list(scope) {
    const rows = await db
      .selectFrom('audit_event')
      .selectAll()
      .where(inScope('audit_event', { environment: scope.environment }))
      .where(told)
      .orderBy('number')
      .execute()
    const standing = await standingOf(rows, coded)
    const own = standing.filter((one) => reaches(scope, one))
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
      .orderBy('number'),
)

/**
 * What the lines leave standing, oldest first: a block of an organisation is its own, one without stands for all of them. A line
 * whose reason does not read blocks all the same; one that the desk did not write as it is is told of, may block, and lifts nothing.
 */
async function standingOf(
  lines: readonly Line[],
  coded: Pick<CodedRows, 'altered' | 'hasCodeOfLeaf'>,
): Promise<Block[]> {
  const lifted = await liftedBy(lines, coded)
  const standing = new Map<string, Block>()
  for (const line of lines) {
    if (line.action !== 'applicant.blocked' || lifted(line)) continue
    const { number, environment, organisation, at, actor_id: id, actor_name: name, target_id } = line
    if (!(await isAsWritten(line, coded))) coded.altered({ table: 'audit_event', id: String(number), environment })
    const named = { number, digest: digestOf(line) }
    const place = `${target_id} ${organisation ?? ''}`
    const laid = standing.get(place)
    if (laid) {
      standing.set(place, { ...laid, lines: [...laid.lines, named] })
      continue
    }
    const { reason } = factsOf(line, coded.altered)
    standing.set(place, {
      environment,
      ...present({ organisation }),
      ...{ applicant: target_id, at, by: { id: id ?? '', name }, reason: `${reason ?? ''}`, lines: [named] },
    })
  }
  return [...standing.values()]
}

/** Numbers are the database's to give, and what stands under one may be taken away for another: a lift is of what it saw. */
const digestOf = ({ leaf }: Pick<Line, 'leaf'>): string =>
  createHash('sha256')
    .update(leaf ?? '')
    .digest('base64url')
    .slice(0, DIGEST)

/** 126 bits. */
const DIGEST = 21

/** Whether a line that blocks is named by one that lifts, of the same key: an organisation's lifts none but its own. */
async function liftedBy(
  lines: readonly Line[],
  coded: Pick<CodedRows, 'altered' | 'hasCodeOfLeaf'>,
): Promise<(block: Line) => boolean> {
  const lifts = new Map<number, { readonly line: Line; readonly digest: BlockLine['digest'] }[]>()
  for (const line of lines) {
    if (line.action !== 'applicant.lifted') continue
    if (!(await isAsWritten(line, coded))) {
      coded.altered({ table: 'audit_event', id: String(line.number), environment: line.environment })
      continue
    }
    for (const { number, ...named } of liftedOf(factsOf(line, coded.altered).blocks)) {
      lifts.set(number, [...(lifts.get(number) ?? []), { line, ...named }])
    }
  }
  return (block) =>
    (lifts.get(block.number) ?? []).some(
      ({ line, digest }) =>
        line.target_id === block.target_id &&
        (line.organisation === null || line.organisation === block.organisation) &&
        digest === digestOf(block),
    )
}
