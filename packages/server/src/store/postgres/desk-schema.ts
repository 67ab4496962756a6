import { refuse } from '@scel/contract/errors'
import type pg from 'pg'

// Where a name in SQL leads. PostgreSQL takes of several functions the one whose types fit best, its own or not; so whoever may create in a
// schema that is searched can have their function run in the place of the database's, under the rights of whoever asks.

/** Names lead to one schema and to the database's own alone, the one in which the desk's tables are: no other can be put before it. */
export class DeskSchema {
  #path: string | undefined

  /** For each new connection, before anything else is asked on it. */
  async pin(client: pg.ClientBase): Promise<void> {
    const { rows } = await client.query<{ path: string }>({
      text: `SELECT pg_catalog.set_config('search_path',
        coalesce($1::text, pg_catalog.format('%I, pg_temp', pg_catalog.current_schema())), false) AS path`,
      values: [this.#path ?? null],
      query_timeout: LIMIT,
    } as pg.QueryConfig)
    this.#path ??= rows[0]!.path
  }
}

/** Milliseconds: nothing is looked up for it. */
const LIMIT = 5_000

/**
 * Refuses a schema in which others may name something, or have: besides superusers, the database's owner and those who are the desk to the
 * server, nobody has to. Whose the schema is may give themselves any right in it, and drop what is there; whose a table or a type in it is, what it says.
 *
 * @throws DeskError database_schema_open
 */
export async function requireOwnSchema(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ schema: string; roles: string }>(OTHERS)
  const [others] = rows
  if (others) refuse('database_schema_open', others)
}

/** Members of the desk's role can do whatever it can, and so can those of the database's owner. */
const OTHERS = `
  WITH own AS (
    SELECT n.oid, n.nspname, d.datdba, me.oid AS me
    FROM pg_catalog.pg_namespace n, pg_catalog.pg_database d, pg_catalog.pg_roles me
    WHERE n.nspname = pg_catalog.current_schema() AND d.datname = pg_catalog.current_database() AND me.rolname = current_user
  ), others AS (
    SELECT r.oid, r.rolname FROM own, pg_catalog.pg_roles r
    WHERE NOT r.rolsuper AND r.rolname <> 'pg_database_owner'
      AND NOT pg_catalog.pg_has_role(r.oid, own.me, 'MEMBER') AND NOT pg_catalog.pg_has_role(own.me, r.oid, 'MEMBER')
      AND NOT pg_catalog.pg_has_role(r.oid, own.datdba, 'MEMBER')
  ), open AS (
    SELECT pg_catalog.has_schema_privilege('public', own.oid, 'CREATE') AS everybody FROM own
  ), found AS (
    SELECT 'PUBLIC' AS name FROM open WHERE everybody
    UNION SELECT rolname FROM own, open, others
      WHERE NOT everybody AND pg_catalog.has_schema_privilege(others.oid, own.oid, 'CREATE')
    UNION SELECT rolname FROM own, others JOIN pg_catalog.pg_namespace n ON nspowner = others.oid WHERE n.oid = own.oid
    UNION SELECT rolname FROM own, others JOIN pg_catalog.pg_class ON relowner = others.oid WHERE relnamespace = own.oid
    UNION SELECT rolname FROM own, others JOIN pg_catalog.pg_type ON typowner = others.oid WHERE typnamespace = own.oid
    UNION SELECT rolname FROM own, others JOIN pg_catalog.pg_proc ON proowner = others.oid WHERE pronamespace = own.oid
    UNION SELECT rolname FROM own, others JOIN pg_catalog.pg_operator ON oprowner = others.oid WHERE oprnamespace = own.oid
  )
  SELECT own.nspname AS schema, pg_catalog.string_agg(found.name, ', ' ORDER BY found.name) AS roles
  FROM own, found GROUP BY own.nspname`
