import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { storesOf } from '../sample-codes.ts'
import type { ConnectionsOptions, Granted } from './connections.ts'
import { connect, migratePostgres } from './open-postgres.ts'
import { patient, Transactions } from './transactions.ts'

/** Longer than any of them takes: what waits for a connection that nobody gives back would wait for good. */
const ENDS = { timeout: 60_000 }

describe('a PostgreSQL that grants fewer connections than are wanted', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let owner: pg.Client
  let url: string
  let opened: { pool: pg.Pool; work: Transactions<Stores> }[]
  let told: Granted[]
  let count = 0
  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())
  beforeEach(async () => {
    const [name, role] = [`desk${++count}`, `role${count}`]
    const own = await cluster.createDatabase(name)
    owner = new pg.Client({ connectionString: own })
    await owner.connect()
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'pw'`)
    await owner.query(`GRANT ALL ON SCHEMA public TO ${role}`)
    const of = new URL(own)
    of.username = role
    of.password = 'pw'
    url = of.href
    opened = []
    told = []
    const pool = connect(url, 1)
    await migratePostgres(pool)
    await pool.end()
    // Hung up on, the server still counts it for a moment.
    const still = `SELECT 1 FROM pg_stat_activity WHERE usename = '${role}'`
    while ((await owner.query(still)).rowCount !== 0) await pause(10)
  })
  afterEach(async () => {
    for (const { work, pool } of opened) {
      await work.close()
      await pool.end()
    }
    await owner.end()
  })

  /** That role may have so many connections from now on, beyond which those that it has are ended. */
  const grant = async (connections: number, end = false): Promise<void> => {
    await owner.query(`ALTER ROLE role${count} CONNECTION LIMIT ${connections}`)
    if (end) await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'role${count}'`)
  }
  const open = (options: ConnectionsOptions = {}, connections = 10) => {
    const pool = connect(url, connections)
    const work = new Transactions(pool, storesOf, patient, { told: (granted) => told.push(granted), ...options })
    opened.push({ pool, work })
    return {
      pool,
      set: (key: string) => work.transaction(({ settings }) => settings.set(key, 'x')),
      get: (key: string) => work.read(({ settings }) => settings.get(key)),
    }
  }
  const many = <T>(act: (key: string) => Promise<T>, of = 30): Promise<T[]> =>
    Promise.all(Array.from({ length: of }, (_, index) => act(`${index}`)))

  for (const connections of [1, 2, 5]) {
    test(`keeps ${connections}: whoever calls waits for one of them, and nobody is refused`, ENDS, async () => {
      await grant(connections)
      const { set, get } = open()
      await Promise.all([many(set), many(get)])
      assert.deepEqual(await many(get), Array(30).fill('x'))
      assert.deepEqual(
        told.map(({ granted, wanted }) => [granted <= connections, wanted]),
        [[true, 10]],
        'it is told once',
      )
    })
  }

  test('leaves one of several to others, who have to look at it', ENDS, async () => {
    await grant(5)
    const { get, pool } = open()
    for (let rounds = 0; rounds < 50 && pool.totalCount !== 4; rounds++) await many(get)
    for (let rounds = 0; rounds < 5; rounds++) await many(get)
    assert.equal(pool.totalCount, 4)
  })

  test('is asked for more again after a while, and has them all when it grants them', ENDS, async () => {
    await grant(2)
    const { pool, get } = open({ again: 300 })
    const until = async (connections: number) => {
      for (let rounds = 0; rounds < 50 && pool.totalCount !== connections; rounds++) await many(get, 100)
      assert.equal(pool.totalCount, connections)
    }
    await until(2)
    await many(get)
    await grant(-1)
    await pause(350)
    await until(10)
    assert.deepEqual(told.at(-1), { granted: 10, wanted: 10 })
    assert.equal(told.length, 2)
  })

  test(
    'grants none: whoever calls is told so after a moment, all of them together, and is served when there is one',
    ENDS,
    async () => {
      const { set, get } = open({ patience: 500 })
      await set('a')
      await grant(0, true)
      const away = (error: unknown) => hasDeskCode(error, 'storage_unavailable')
      await many((key) => assert.rejects(set(key), away), 20)
      await assert.rejects(get('a'), away)
      await grant(1)
      assert.equal(await get('a'), 'x')
      assert.equal(await get('0'), undefined)
    },
  )

  test('grants all to one thread of a desk: the other is given one of those', ENDS, async () => {
    await grant(3)
    const busy = open()
    const door = open({}, 4)
    let isOver = false
    const storm = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (!isOver) await busy.get('a')
      }),
    )
    await pause(200)
    try {
      await many(door.get)
    } finally {
      isOver = true
      await storm
    }
  })
})
