import type { OrganisationRef, Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { anyOf } from '../queries/any-of.ts'
import { inScope } from '../queries/scope.ts'

/** By id, what organisations are called: those of which the row is the desk's. */
export async function organisationRefs(
  db: Bound,
  coded: CodedRows,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrganisationRef>> {
  if (ids.length === 0) return new Map()
  const rows = db.selectFrom('organisation').selectAll().where(anyOf('id', ids)).where(inScope('organisation', scope))
  const genuine = coded.allGenuine('organisation', await rows.execute())
  return new Map(genuine.map(({ id, code, name }) => [id, { id, code, name }]))
}
