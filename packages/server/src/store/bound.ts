import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type LimitNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely'
import type { Tables } from './tables.ts'

/** The two databases the store speaks to. */
export type Engine = 'sqlite' | 'postgres'

/** The query builder, bound to one connection inside one transaction. */
export type Bound = Kysely<Tables>

/**
 * Binds the query builder to one connection. Transactions are begun and ended by the unit of work, never here, so the
 * driver has nothing to do but to hand out that connection.
 */
export function bind(engine: Engine, connection: DatabaseConnection): Bound {
  const db = new Kysely<Tables>({ dialect: DIALECTS[engine](connection) })
  binding.set(db, { engine, connection })
  return db
}

const binding = new WeakMap<Bound, { readonly engine: Engine; readonly connection: DatabaseConnection }>()

/** Which database a query is for: the few statements that the two word differently ask. */
export const engineOf = (db: Bound): Engine => binding.get(db)!.engine

/** The connection itself, for a query that is compiled already. */
export const connectionOf = (db: Bound): DatabaseConnection => binding.get(db)!.connection

/** Kysely guards an adapter without multiple connections by a lock; a bound connection has one user already. */
class BoundSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/**
 * SQLite looks at what stands for a limit when it plans, and plans the statement anew whenever that is bound again: at every
 * run. A number is therefore written out, and what is filled in later is hidden from the planner.
 */
class BoundSqliteCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node
    if (!ValueNode.is(limit)) super.visitLimit(node)
    else if (Number.isSafeInteger(limit.value)) this.append(`limit ${limit.value}`)
    else {
      this.append('limit cast(')
      this.visitNode(limit)
      this.append(' as integer)')
    }
  }
}

const DIALECTS: Record<Engine, (connection: DatabaseConnection) => Dialect> = {
  sqlite: (connection) => ({
    createAdapter: () => new BoundSqliteAdapter(),
    createDriver: () => driverOf(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new BoundSqliteCompiler(),
  }),
  postgres: (connection) => ({
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOf(connection),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }),
}

const nothing = async (): Promise<void> => {}
const misused = async (): Promise<void> => {
  throw new Error('the unit of work begins and ends the transaction')
}

const driverOf = (connection: DatabaseConnection): Driver => ({
  init: nothing,
  acquireConnection: async () => connection,
  releaseConnection: nothing,
  beginTransaction: misused,
  commitTransaction: misused,
  rollbackTransaction: misused,
  destroy: nothing,
})
