import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { ahead } from '../opening/ahead.ts'
import { storesOf } from '../testing/sample-codes.ts'
import { Connections, type ConnectionsOptions, type Granted } from './connections.ts'
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

/** As far as connections are handed out. */
class FakePool extends EventEmitter {
  readonly options = { max: 10, connectionString: 'postgres://nowhere' }
  readonly idle: object[] = []
  readonly room: number
  readonly fails: Error | undefined
  totalCount = 0
  constructor(room: number, fails?: Error) {
    super()
    this.room = room
    this.fails = fails
  }
  get idleCount(): number {
    return this.idle.length
  }
  async connect(): Promise<object> {
    const idle = this.idle.pop()
    if (idle) return idle
    await pause(1)
    if (this.fails) throw this.fails
    if (this.totalCount >= this.room) throw Object.assign(new Error('too many connections'), { code: '53300' })
    this.totalCount++
    const client = {
      release: (closes: boolean) => {
        if (closes) this.totalCount--
        else this.idle.push(client)
      },
    }
    this.emit('connect', client)
    return client
  }
}

describe('the turns of those who wait for a connection', () => {
  let connections: Connections
  let pool: FakePool
  afterEach(() => connections.close())
  const open = (room: number, options: ConnectionsOptions = {}, fails?: Error): void => {
    pool = new FakePool(room, fails)
    connections = new Connections(pool as unknown as pg.Pool, options)
  }
  const late = (error: unknown) => hasDeskCode(error, 'storage_unavailable')

  test('who waited too long takes nobody’s turn afterwards', ENDS, async () => {
    open(1, { patience: 100 })
    const held = await connections.take()
    await Promise.all([1, 2].map(() => assert.rejects(connections.take(), late)))
    connections.give(held, false)
    for (let time = 0; time < 3; time++) connections.give(await connections.take(), false)
  })

  test('who goes ahead has the next connection that is free, however many wait', ENDS, async () => {
    open(1)
    const seen: string[] = []
    const go = async (name: string) => {
      const client = await connections.take()
      seen.push(name)
      connections.give(client, false)
    }
    await Promise.all([go(''), go('')]) // that there is but one is known from here on
    seen.length = 0
    const held = await connections.take()
    const all = [go('a'), go('b'), ahead(() => go('first')), go('c')]
    connections.give(held, false)
    await Promise.all(all)
    assert.deepEqual(seen, ['first', 'a', 'b', 'c'])
  })

  test('what the server says of another thing is told at once, and the turn goes to the next', ENDS, async () => {
    const down = Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' })
    open(10, { patience: 30_000 }, down)
    await Promise.all(
      Array.from({ length: 30 }, () => assert.rejects(connections.take(), (error: unknown) => error === down)),
    )
  })

  test('a broken connection is closed, and a good one is kept', ENDS, async () => {
    open(10)
    const [one, other] = [await connections.take(), await connections.take()]
    connections.give(one, true)
    connections.give(other, false)
    assert.deepEqual([pool.totalCount, pool.idleCount], [1, 1])
  })

  test('who waits when the desk stops is told so', ENDS, async () => {
    open(1, { patience: 30_000 })
    await connections.take()
    const waiting = assert.rejects(connections.take(), late)
    await pause(20)
    connections.close()
    await waiting
  })

  for (const [room, kept] of [
    [3, 3],
    [4, 3],
    [10, 10],
  ] as const) {
    test(`of ${room} that are granted, ${kept} are kept`, ENDS, async () => {
      const told: Granted[] = []
      open(room, { told: (granted) => told.push(granted) })
      let most = 0
      for (let round = 0; round < 10; round++) {
        let out = 0
        await Promise.all(
          Array.from({ length: 30 }, async () => {
            const client = await connections.take()
            most = Math.max(most, ++out)
            await pause(1)
            out--
            connections.give(client, false)
          }),
        )
      }
      assert.equal(pool.totalCount, kept)
      assert.ok(most <= room)
      assert.equal(told.length, room < 10 ? 1 : 0)
    })
  }
})
