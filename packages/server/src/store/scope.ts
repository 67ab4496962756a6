import { ENVIRONMENTS } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Scope } from '../core/scope.ts'

type WithOrganisation = 'audit_event' | 'certificate' | 'delivery' | 'kit' | 'outbox' | 'person' | 'request'

/** The scope alone, of a value that has it and more: for a query that is built by what it is given. */
export const within = ({ environment, organisation }: Scope): Scope =>
  organisation === undefined ? { environment } : { environment, organisation }

/** The rows of a table that exist in a scope: those of its environment and, where it names one, of its organisation. */
export function inScope(table: WithOrganisation | 'organisation', scope: Scope): RawBuilder<SqlBool> {
  const environment = sql<SqlBool>`${sql.ref(`${table}.environment`)} = ${scope.environment}`
  if (scope.organisation === undefined) return environment
  const column = table === 'organisation' ? 'organisation.id' : `${table}.organisation`
  return sql<SqlBool>`${environment} and ${sql.ref(column)} = ${scope.organisation}`
}

/** The same for what belongs to a person, and through him to an organisation. */
export function ofPersonInScope(table: 'invitation' | 'session', scope: Scope): RawBuilder<SqlBool> {
  const environment = sql<SqlBool>`${sql.ref(`${table}.environment`)} = ${scope.environment}`
  if (scope.organisation === undefined) return environment
  return sql<SqlBool>`${environment} and ${sql.ref(`${table}.person`)} in
    (select id from person where person.environment = ${scope.environment} and person.organisation = ${scope.organisation})`
}

/** Both environments are named, so that an index that begins with them is walked. */
export const anywhere: RawBuilder<SqlBool> = sql<SqlBool>`environment in ${everyEnvironment()}`

/** The same of a table that goes by this name in its query. */
export const anywhereOf = (name: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(`${name}.environment`)} in ${everyEnvironment()}`

function everyEnvironment(): RawBuilder<unknown> {
  return sql`(${sql.join(ENVIRONMENTS.map((one) => sql.lit(one)))})`
}
