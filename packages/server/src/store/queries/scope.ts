import { ENVIRONMENTS } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { isWhole, partsOf, type Scope } from '../../core/scope.ts'

type WithOrganisation = 'audit_event' | 'certificate' | 'delivery' | 'kit' | 'outbox' | 'request'
/** What may be of a service of its organisation. */
type WithService = 'certificate' | 'kit' | 'outbox' | 'request'
/** People are of the environment, and so is what is theirs: none of it belongs to an organisation. */
type OfEnvironment = 'credential' | 'invitation' | 'person' | 'person_grant' | 'session'

/** The scope alone, of a value that has it and more: for a query that is built by what it is given. */
export const within = ({ environment, within: organisations, services, own }: Scope): Scope => ({
  environment,
  ...(organisations && { within: organisations }),
  ...(services && { services }),
  ...(own !== undefined && { own }),
})

/** What may be somebody's own. */
type WithOwner = 'certificate' | 'outbox' | 'request'

/**
 * A scope of several organisations and services, and of what is one's own, as one for each, which an index in the order of a list walks; of them together SQLite would walk all that the
 * environment has.
 */
export function scopesOf(scope: Scope): readonly Scope[] {
  const { granted, own } = partsOf(scope)
  return [...(granted ? eachOf(granted) : []), ...(own ? [own] : [])]
}

const eachOf = (scope: Scope): readonly Scope[] =>
  isWhole(scope) || (scope.within ?? []).length + (scope.services ?? []).length < 2
    ? [scope]
    : [
        ...(scope.within ?? []).map((one) => ({ environment: scope.environment, within: [one] })),
        ...(scope.services ?? []).map((one) => ({ environment: scope.environment, within: [], services: [one] })),
      ]

/**
 * The rows of a table that exist in a scope: those of its environment and, where it names some, of its organisations and services.
 * @throws Error for a table of people in a scope of what is one's own: its rows name a person, and have no owner
 */
export function inScope(
  table: WithOrganisation | OfEnvironment | 'organisation' | 'service',
  scope: Scope,
): RawBuilder<SqlBool> {
  const environment = sql<SqlBool>`${sql.ref(`${table}.environment`)} = ${scope.environment}`
  if (isWhole(scope)) return environment
  const { within: organisations = [], services = [], own } = scope
  if (isOfEnvironment(table)) {
    if (own !== undefined) throw new Error(`no row of ${table} says whose own it is`)
    return sql<SqlBool>`1 = 0`
  }
  if (own !== undefined && hasOwner(table)) {
    const { granted } = partsOf(scope)
    const theirs = sql<SqlBool>`${sql.ref(`${table}.owner_id`)} = ${own} and ${sql.ref(`${table}.owner_kind`)} = 'person'`
    return granted
      ? sql<SqlBool>`(${inScope(table, granted)} or ${environment} and ${theirs})`
      : sql<SqlBool>`${environment} and ${theirs}`
  }
  const column = table === 'organisation' ? 'organisation.id' : `${table}.organisation`
  const ofOrganisations = oneOf(column, organisations)
  const ofServices = services.length === 0 ? undefined : ofService(table, services)
  if (ofServices === undefined) return sql<SqlBool>`${environment} and ${ofOrganisations}`
  if (organisations.length === 0) return sql<SqlBool>`${environment} and ${ofServices}`
  return sql<SqlBool>`${environment} and (${ofOrganisations} or ${ofServices})`
}

/** An organisation is there for whoever has to do with one of its services: what is of it carries its name. */
function ofService(table: WithOrganisation | 'organisation' | 'service', services: readonly string[]) {
  if (table === 'organisation') {
    return sql<SqlBool>`exists (select 1 from service where service.organisation = organisation.id and ${oneOf('service.id', services)})`
  }
  if (table === 'service') return oneOf('service.id', services)
  return hasService(table) ? oneOf(`${table}.service`, services) : undefined
}

const WITH_OWNER: ReadonlySet<string> = new Set<WithOwner>(['certificate', 'outbox', 'request'])
const hasOwner = (table: string): table is WithOwner => WITH_OWNER.has(table)

const WITH_SERVICE: ReadonlySet<string> = new Set<WithService>(['certificate', 'kit', 'outbox', 'request'])
const hasService = (table: string): table is WithService => WITH_SERVICE.has(table)

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
export const anywhere: RawBuilder<SqlBool> = sql<SqlBool>`environment in (${sql.join(ENVIRONMENTS.map((one) => sql.lit(one)))})`
