import type { Environment } from '@scel/contract/values'
import { utf8 } from '@scel/pki/bytes'
import { randomBytes } from '@scel/pki/crypto'
import type { Selectable } from 'kysely'
import { type LoggedEvent, leafOf, newSalts, type PersonalPath, type Salts } from '../../core/log/leaf.ts'
import { erasedOf, type LogLine } from '../../core/log/line.ts'
import { leafHash } from '../../core/log/tree.ts'
import { factsColumn, saltsColumn } from '../queries/json-columns.ts'
import { present } from '../queries/optional.ts'
import type { AuditEventRow } from '../tables.ts'

type Row = Selectable<AuditEventRow>

/** What the columns of a line say. @returns undefined for facts that do not read, and nothing of what was erased */
export function eventOfRow(row: Shown, salts: Salts = saltsOf(row)): LoggedEvent {
  const isErased = (path: PersonalPath, text: string): boolean => text === '' && salts[path] === undefined
  return {
    number: row.number,
    environment: row.environment as Environment,
    ...present({ organisation: row.organisation }),
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    actor: {
      kind: row.actor_kind,
      ...present({ id: row.actor_id }),
      ...(isErased('actor.name', row.actor_name) ? {} : { name: row.actor_name }),
      ...present({ from: row.actor_from }),
    },
    target: { kind: row.target_kind, id: row.target_id, ...present({ name: row.target_name }) },
    facts: factsColumn(row.facts) ?? {},
  }
}

type Shown = Omit<Row, 'leaf' | 'hash' | 'place' | 'row_code' | 'search'>

/** The salts of a line; none where they do not read. */
const saltsOf = ({ salts }: Pick<Row, 'salts'>): Salts => (saltsColumn(salts) as Salts | undefined) ?? {}

/** What makes a line provable, as its columns keep it. */
export async function proofOf(event: LoggedEvent): Promise<Pick<Row, 'hash' | 'salts'> & { readonly leaf: string }> {
  const salts = newSalts(event, randomBytes)
  const leaf = await leafOf(event, salts)
  return { leaf, hash: await leafHash(utf8(leaf)), salts: JSON.stringify(salts) }
}

/** As it is judged; what somebody wrote without proof has an empty one. */
export function lineOfRow(row: Row): LogLine {
  const salts = saltsOf(row)
  return { event: eventOfRow(row, salts), salts, leaf: row.leaf ?? '', hash: row.hash ?? new Uint8Array(0) }
}

/** What of a line was erased; of one without proof, nothing is known. */
export const erasedOfRow = (row: Row): PersonalPath[] =>
  row.leaf === null ? [] : erasedOf({ leaf: row.leaf, salts: saltsOf(row) })
