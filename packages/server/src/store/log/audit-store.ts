import { type Selectable, type SqlBool, sql } from 'kysely'
import type { AuditQuery, AuditStore } from '../../core/audit/audit.port.ts'
import type { AuditEntry } from '../../core/audit/audit-event.ts'
import { faultOf } from '../../core/log/line.ts'
import { sizeOf } from '../../core/paging.ts'
import type { Scope } from '../../core/scope.ts'
import { type Bound, engineOf } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { factsColumn } from '../queries/json-columns.ts'
import { numberKey, pageOf, SLICE } from '../queries/paging.ts'
import { inScope } from '../queries/scope.ts'
import { beginsWith, holds, searchable, typedWords } from '../search/search.ts'
import { enterWords, proposed } from '../search/search-words.ts'
import type { AuditEventRow } from '../tables.ts'
import { erasedOfRow, eventOfRow, lineOfRow, proofOf } from './audit-rows.ts'

export const auditStore = (
  db: Bound,
  coded: Pick<CodedRows, 'altered' | 'codeOfLeaf' | 'hasCodeOfLeaf'>,
): AuditStore => ({
  async append(event) {
    const number = await nextNumber(db)
    const { environment, organisation, at, action, outcome, actor, target, facts } = event
    const proof = await proofOf({ ...event, number })
    const values = {
      ...proof,
      number,
      environment,
      organisation: organisation ?? null,
      at,
      action,
      outcome,
      actor_kind: actor.kind,
      actor_id: actor.id ?? null,
      actor_name: actor.name,
      actor_from: actor.from ?? null,
      target_kind: target.kind,
      target_id: target.id,
      target_name: target.name ?? null,
      search: searchable(actor.name, target.id, target.name),
      facts: JSON.stringify(facts),
      place: null,
      row_code: coded.codeOfLeaf(proof.leaf),
    }
    await insertEvent(db, values)
    await enterWords(db, 'audit_event', environment, number, values.search)
    return { number, leaf: proof.leaf }
  },

  async newest() {
    const last = db.selectFrom('audit_event').select('at').orderBy('number', 'desc').limit(1)
    return (await last.executeTakeFirst())?.at
  },

  async leafOf(number) {
    const line = await db.selectFrom('audit_event').select('leaf').where('number', '=', number).executeTakeFirst()
    return line && (line.leaf ?? '')
  },

  async page(scope, query) {
    const size = sizeOf(query)
    let rows = db.selectFrom('audit_event').selectAll().where(inScope('audit_event', scope))
    if (query.action) rows = rows.where(beginsWith('action', query.action))
    const typed = query.search?.trim()
    const words = typed ? typedWords(typed) : undefined
    const few = words && (await proposed(db, 'audit_event', scope.environment, [words]))
    const floor = words && !few ? await floorOf(db, scope, query) : undefined
    if (words) rows = rows.where(holds(['search'], words))
    if (few) rows = rows.where(sql<SqlBool>`number in ${few}`)
    if (floor !== undefined) rows = rows.where('number', '>=', floor)
    if (query.after !== undefined) rows = rows.where('number', '<', numberKey(query.after))
    const found = await rows
      .orderBy('number', 'desc')
      .limit(size + 1)
      .execute()
    const altered = new Set<number>()
    for (const row of found) if (!(await isAsWritten(row, coded))) altered.add(row.number)
    return pageOf(
      found,
      size,
      (row) => [row.number],
      (row) => ({
        ...entryOf(row, factsOf(row, coded.altered)),
        ...(altered.has(row.number) && { altered: true as const }),
      }),
      undefined,
      floor === undefined ? undefined : [floor],
    )
  },
})

/** The last number of a slice, when there are rows beyond it. */
async function floorOf(db: Bound, scope: Scope, { after }: AuditQuery): Promise<number | undefined> {
  let rows = db.selectFrom('audit_event').select('number').where(inScope('audit_event', scope))
  if (after !== undefined) rows = rows.where('number', '<', numberKey(after))
  const last = await rows
    .orderBy('number', 'desc')
    .offset(SLICE - 1)
    .limit(2)
    .execute()
  return last.length > 1 ? last[0]!.number : undefined
}

const insertEvent = prepared((db, row: Selectable<AuditEventRow>) => db.insertInto('audit_event').values(row))

/** Taken before the line is written, because its leaf says it; as before, none is given twice. */
async function nextNumber(db: Bound): Promise<number> {
  if (engineOf(db) === 'sqlite') return (await NEXT_OF_ONE_WRITER.execute(db)).rows[0]?.number ?? 1
  const given = await counted(db)
  if (!given.wrong) return given.number
  // Whoever may count may also have counted back, or to where no number is left: the log goes on after its last line.
  await AFTER_THE_LAST.execute(db)
  return (await counted(db)).number
}

async function counted(db: Bound): Promise<{ readonly number: number; readonly wrong: boolean }> {
  const { rows } = await NEXT.execute(db)
  return rows[0]!
}
/** No log comes to it: see `boundOf`. What has a number from there on, somebody else gave it. */
const BOUND = sql`(extract(epoch from pg_catalog.clock_timestamp()) * 1000)::bigint`
/** Lines that others are writing are not seen: a number of theirs is a conflict, and the unit is run again. */
const NEXT = sql<{ number: number; wrong: boolean }>`select number, number >= ${BOUND} or exists
  (select 1 from audit_event where audit_event.number >= next.number and audit_event.number < ${BOUND}) as wrong from
  (select case when last_value >= ${BOUND} then ${BOUND} else pg_catalog.nextval('audit_event_count'::regclass) end as number from audit_event_count) next`
const AFTER_THE_LAST = sql`select pg_catalog.setval('audit_event_count'::regclass, greatest(max(number), 1))
  from audit_event where number < ${BOUND}`
/** What SQLite itself counts up to, whoever writes its file can change. */
const NEXT_OF_ONE_WRITER = sql<{ number: number }>`select coalesce(max(number), 0) + 1 as number from audit_event`

/** Whether this desk wrote a line, and nobody changed it since. */
export const isAsWritten = async (
  row: Selectable<AuditEventRow>,
  coded: Pick<CodedRows, 'hasCodeOfLeaf'>,
): Promise<boolean> => coded.hasCodeOfLeaf(row) && !(await faultOf(lineOfRow(row)))

/** What a line says beyond who, what and when; nothing, and told of, where that does not read. */
export function factsOf(
  { number, environment, facts }: Pick<Selectable<AuditEventRow>, 'number' | 'environment' | 'facts'>,
  altered: CodedRows['altered'],
): AuditEntry['facts'] {
  const read = factsColumn(facts)
  if (read === undefined) altered({ table: 'audit_event', id: String(number), environment })
  return read ?? {}
}

const entryOf = (row: Selectable<AuditEventRow>, facts: AuditEntry['facts']): AuditEntry => {
  const erased = erasedOfRow(row)
  const event = eventOfRow({ ...row, facts: '{}' })
  return {
    ...event,
    // Another word somebody wrote: the line is altered, and was not done as it stands.
    outcome: row.outcome === 'done' ? 'done' : 'refused',
    actor: { ...event.actor, name: row.actor_name },
    facts,
    ...(erased.length > 0 && { erased }),
  }
}
