import { ENVIRONMENTS } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../core/scope.ts'

type WithOrganisation = 'audit_event' | 'certificate' | 'delivery' | 'kit' | 'outbox' | 'request'
/** People are of the environment, and so is what is theirs: none of it belongs to an organisation. */
type OfEnvironment = 'credential' | 'invitation' | 'person' | 'person_grant' | 'session'

/** The scope alone, of a value that has it and more: for a query that is built by what it is given. */
export const within = ({ environment, within: organisations }: Scope): Scope =>
  organisations === undefined ? { environment } : { environment, within: organisations }

/**
 * A scope of several organisations as one for each, which an index in the order of a list walks; of them together SQLite would walk all that the
 * environment has.
 */
export const scopesOf = (scope: Scope): readonly Scope[] =>
  scope.within === undefined || scope.within.length < 2
    ? [scope]
    : scope.within.map((one) => ({ environment: scope.environment, within: [one] }))

/** The rows of a table that exist in a scope: those of its environment and, where it names some, of its organisations. */
export function inScope(table: WithOrganisation | OfEnvironment | 'organisation', scope: Scope): RawBuilder<SqlBool> {
  const environment = sql<SqlBool>`${sql.ref(`${table}.environment`)} = ${scope.environment}`
  if (scope.within === undefined) return environment
  if (isOfEnvironment(table)) return sql<SqlBool>`1 = 0`
  const column = table === 'organisation' ? 'organisation.id' : `${table}.organisation`
  return sql<SqlBool>`${environment} and ${oneOf(column, scope.within)}`
}

const OF_ENVIRONMENT: ReadonlySet<string> = new Set<OfEnvironment>([
  ...(['credential', 'invitation', 'person', 'person_grant', 'session'] as const),
])
const isOfEnvironment = (table: string): table is OfEnvironment => OF_ENVIRONMENT.has(table)

/** One alone is compared: an index that is ordered by what follows it then gives its rows in that order. */
function oneOf(column: string, values: readonly string[]): RawBuilder<SqlBool> {
  if (values.length === 0) return sql<SqlBool>`1 = 0`
  if (values.length === 1) return sql<SqlBool>`${sql.ref(column)} = ${values[0]}`
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`
}

/** Both environments are named, so that an index that begins with them is walked. */
export const anywhere: RawBuilder<SqlBool> = sql<SqlBool>`environment in ${everyEnvironment()}`

/** The same of a table that goes by this name in its query. */
export const anywhereOf = (name: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`${name}.environment`)} in ${everyEnvironment()}`

function everyEnvironment(): RawBuilder<unknown> {
  return sql`(${sql.join(ENVIRONMENTS.map((one) => sql.lit(one)))})`
}
