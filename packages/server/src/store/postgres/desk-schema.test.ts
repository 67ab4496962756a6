import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import pg from 'pg'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { migrateDatabase } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { openSample } from '../testing/sample-work.ts'
import { NOW } from '../testing/samples.ts'
import { connect } from './open-postgres.ts'

// What somebody can do to the guards and the desk's own SQL who may name things in the database.

describe('names in a PostgreSQL that others use', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let count = 0
  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())

  /** A migrated database, whom it belongs to, and somebody who may write its tables and owns none. */
  async function stage() {
    const [desk, writer] = [`desk${++count}`, `writer${count}`]
    const url = await cluster.createDatabase(desk)
    await ask(
      { kind: 'postgres', url },
      `CREATE ROLE ${desk} LOGIN PASSWORD 'pw'; ALTER DATABASE ${desk} OWNER TO ${desk}; CREATE ROLE ${writer} LOGIN PASSWORD 'pw'`,
    )
    const as = (role: string): { readonly kind: 'postgres'; readonly url: string } => {
      const of = new URL(url)
      of.username = role
      of.password = 'pw'
      return { kind: 'postgres', url: of.href }
    }
    const own = as(desk)
    await migrateDatabase(own)
    await ask(
      own,
      `GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO ${writer};
        GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${writer}`,
    )
    return { names: { desk, writer }, root: { kind: 'postgres', url } as const, own, writer: as(writer) }
  }
  const line = (number: string): string =>
    `INSERT INTO public.audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts)
      VALUES (${number}, 'production', '${NOW}', 'clock.leapt', 'done', 'desk', 'desk', 'clock', 'host', '', '{}')`
  const refused = (database: Parameters<typeof migrateDatabase>[0], roles: string): Promise<void> =>
    assert.rejects(migrateDatabase(database), (error) => {
      assert.ok(hasDeskCode(error, 'database_schema_open'), String(error))
      assert.deepEqual((error as { facts?: unknown }).facts, { schema: 'public', roles })
      return true
    })

  test('every function of the desk looks in its schema first, and in a session’s own tables last', async () => {
    const { own } = await stage()
    const functions = await ask(
      own,
      "SELECT proname, proconfig::text AS set FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname",
    )
    assert.ok(functions.length > 5)
    for (const { proname, set } of functions) assert.equal(set, '{"search_path=public, pg_temp"}', String(proname))
  })

  test('tables of a session stand before no guard', async () => {
    const { own, writer } = await stage()
    const work = await openSample(own)
    await work.transaction(async ({ audit, log }) => {
      const about = { actor: { kind: 'desk', name: 'desk' }, target: { kind: 'clock', id: 'host' } } as const
      await audit.append({
        environment: 'production',
        at: NOW,
        action: 'clock.leapt',
        outcome: 'done',
        ...about,
        facts: {},
      })
      await log.place([1], 0)
      await log.keepHead({ size: 1, root: new Uint8Array(32), at: NOW })
    })
    await work.close()
    const client = new pg.Client({ connectionString: writer.url })
    await client.connect()
    try {
      await client.query(`CREATE TEMP TABLE log_head (size bigint, root bytea, at text, note text);
        CREATE TEMP TABLE audit_event (place bigint, number bigint); INSERT INTO pg_temp.audit_event VALUES (8999999999999998, 1);
        CREATE TEMP TABLE audit_event_count (is_called boolean, last_value bigint);
        INSERT INTO pg_temp.audit_event_count VALUES (true, 9223372036854775800)`)
      for (const statement of [
        'UPDATE public.audit_event SET place = NULL',
        line('9007199254740000'),
        `INSERT INTO public.log_head (size, root, at) VALUES (8999999999999999, '\\x00', '${NOW}')`,
      ])
        await assert.rejects(client.query(statement), /append-only/, statement)
    } finally {
      await client.end()
    }
  })

  test('a schema in which others may create, or have created, is refused, until they may not', async () => {
    const { own, root, writer, names } = await stage()
    await ask(root, 'GRANT CREATE ON SCHEMA public TO PUBLIC')
    await refused(own, 'PUBLIC')
    const better = "LANGUAGE sql AS 'SELECT 7::bigint'"
    await ask(writer, `CREATE FUNCTION public.nextval(text) RETURNS bigint ${better}`)
    await ask(own, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC')
    await refused(own, names.writer)
    await ask(writer, 'DROP FUNCTION public.nextval(text)')
    await migrateDatabase(own)
    await ask(own, `GRANT CREATE ON SCHEMA public TO ${names.writer}`)
    await refused(own, names.writer)
    await ask(own, `REVOKE CREATE ON SCHEMA public FROM ${names.writer}`)
    // Who is the desk to the server may what it may.
    await ask(root, `GRANT ${names.desk} TO ${names.writer}`)
    await migrateDatabase(own)
  })

  test('a schema of somebody else, or one in which something is theirs, is refused, whatever they took from themselves', async () => {
    const { own, root, writer, names } = await stage()
    const give = `ALTER SCHEMA public OWNER TO ${names.writer}`
    const back = 'ALTER SCHEMA public OWNER TO pg_database_owner; GRANT ALL ON SCHEMA public TO pg_database_owner'
    await ask(root, `${give}; REVOKE ALL ON SCHEMA public FROM ${names.writer}`)
    await refused(own, names.writer)
    await ask(root, back)
    await migrateDatabase(own)
    for (const [make, drop] of [
      ['TABLE public.theirs (a int)', 'TABLE public.theirs'],
      ['SEQUENCE public.theirs', 'SEQUENCE public.theirs'],
      ["DOMAIN public.theirs AS text CHECK (value <> '')", 'DOMAIN public.theirs'],
    ]) {
      await ask(own, `GRANT CREATE ON SCHEMA public TO ${names.writer}`)
      await ask(writer, `CREATE ${make}`)
      await ask(own, `REVOKE CREATE ON SCHEMA public FROM ${names.writer}`)
      await refused(own, names.writer)
      await ask(writer, `DROP ${drop}`)
      await migrateDatabase(own)
    }
  })

  test('a function whose types fit better is not asked in the place of the database’s own, by a desk that runs', async () => {
    const { own, root, writer } = await stage()
    const work = await openSample(own)
    try {
      await ask(root, 'GRANT CREATE ON SCHEMA public TO PUBLIC')
      const body = (value: string): string => `LANGUAGE sql AS 'SELECT ${value}'`
      await ask(
        writer,
        `CREATE FUNCTION public.nextval(text) RETURNS bigint ${body('1::bigint')};
        CREATE FUNCTION public.setval(text, bigint) RETURNS bigint ${body('1::bigint')};
        CREATE FUNCTION public.to_char(timestamp, varchar) RETURNS text ${body("''2000''::text")};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC`,
      )
      const about = { actor: { kind: 'desk', name: 'desk' }, target: { kind: 'clock', id: 'host' } } as const
      for (let at = 0; at < 3; at++)
        await work.transaction(({ audit }) =>
          audit.append({
            environment: 'production',
            at: NOW,
            action: 'clock.leapt',
            outcome: 'done',
            ...about,
            facts: {},
          }),
        )
      const { items } = await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))
      assert.deepEqual(
        items.map(({ number }) => number),
        [3, 2, 1],
      )
      assert.match((await work.read(({ serverClock }) => serverClock.now()))!, /^20\d\d-\d\d-\d\dT/)
    } finally {
      await work.close()
    }
  })

  test('a schema with the desk’s own name, made later, stands before its tables for no connection', async () => {
    const { own, root, names } = await stage()
    const pool = connect(own.url, 2)
    try {
      const first = await pool.connect()
      await ask(
        root,
        `CREATE SCHEMA ${names.desk}; CREATE TABLE ${names.desk}.setting (key text, value text);
        GRANT ALL ON SCHEMA ${names.desk} TO PUBLIC; GRANT ALL ON ${names.desk}.setting TO PUBLIC`,
      )
      const second = await pool.connect()
      for (const client of [first, second]) {
        const { rows } = await client.query("SELECT 'setting'::regclass::text AS at, current_schema() AS schema")
        assert.deepEqual(rows, [{ at: 'setting', schema: 'public' }])
        client.release()
      }
    } finally {
      await pool.end()
    }
  })

  test('a role without any right holds up neither a start nor the log by locks of its own', async () => {
    const { own, writer, root, names } = await stage()
    await ask(root, `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${names.writer}`)
    const holder = new pg.Client({ connectionString: writer.url })
    await holder.connect()
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [0x7363656c])
      await assert.rejects(
        holder.query('BEGIN; LOCK TABLE public.scel_migration IN ACCESS SHARE MODE'),
        /permission denied/,
      )
      await holder.query('ROLLBACK')
      await migrateDatabase(own)
      const locks = async (): Promise<unknown> =>
        ask(root, "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
      const work = await openSample(own)
      const about = { actor: { kind: 'desk', name: 'desk' }, target: { kind: 'clock', id: 'host' } } as const
      await work.transaction(async ({ audit, log }) => {
        await audit.append({
          environment: 'production',
          at: NOW,
          action: 'clock.leapt',
          outcome: 'done',
          ...about,
          facts: {},
        })
        await log.place([1], 0)
      })
      assert.deepEqual(await locks(), [])
      await work.close()
    } finally {
      await holder.end()
    }
  })

  test('of several that start at once on an empty database, one makes its tables', async () => {
    const url = await cluster.createDatabase(`empty${++count}`)
    const database = { kind: 'postgres', url } as const
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database)))
    const [counted] = await ask(
      database,
      'SELECT count(*)::int AS done, count(DISTINCT name)::int AS names FROM scel_migration',
    )
    assert.equal(counted!.done, counted!.names)
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database)))
  })
})
