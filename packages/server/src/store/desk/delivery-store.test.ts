import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { DeliveryChannel, Environment } from '@scel/contract/values'
import type { DatabaseConnection } from 'kysely'
import type { Delivery } from '../../core/deliveries/delivery.ts'
import { bind, type Engine } from '../bound.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { RunConnection as PostgresConnection } from '../postgres/run-connection.ts'
import { RunConnection as SqliteConnection } from '../sqlite/run-connection.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { day, NOW } from '../testing/samples.ts'
import { withValues } from '../testing/with-values.ts'
import { deliveryStore } from './delivery-store.ts'

const LONG = 3_600_000
const TAKEN = { kind: 'taken', status: 204, at: NOW } as const
const REFUSED = { kind: 'refused', status: 500, at: NOW } as const
const LATE = { kind: 'late', at: NOW } as const

const ROUTE = { channel: 'webhook', environment: 'test' } as const

const key = (id: string) => ({ channel: 'webhook', id }) as const

const leave = (work: OpenWork, ...ids: readonly string[]): Promise<void> =>
  work.transaction(async ({ deliveries }) => {
    for (const id of ids)
      await deliveries.append({
        channel: 'webhook',
        id,
        environment: 'test',
        organisation: 'ours',
        what: `{"of":"${id}"}`,
        at: NOW,
      })
  })
const claim = (work: OpenWork, lasts = LONG, longest = LONG): Promise<Delivery | undefined> =>
  work.transaction(({ deliveries }) => deliveries.claim(ROUTE, lasts, longest))

eachDatabase('deliveries', ({ engine, fresh, opened, prepared }) => {
  test('the oldest is taken first, as it was left, by one alone, until it is done or given up', async () => {
    const work = await fresh()
    await leave(work, 'one', 'two', 'three')
    assert.deepEqual(await claim(work), {
      ...{ channel: 'webhook', id: 'one', environment: 'test', organisation: 'ours', what: '{"of":"one"}', at: NOW },
      attempts: 1,
    })
    assert.equal((await claim(work))?.id, 'two')
    await work.transaction(async ({ deliveries }) => {
      await deliveries.done(key('one'), TAKEN)
      await deliveries.giveUp(key('two'), REFUSED)
    })
    assert.equal((await claim(work, 0))?.id, 'three')
    assert.equal((await claim(work, 0))?.attempts, 2)
    await work.transaction(({ deliveries }) => deliveries.done(key('three'), TAKEN))
    assert.equal(await claim(work), undefined)
    const purge = () => work.transaction(({ deliveries }) => deliveries.purge('9999'))
    assert.equal(await purge(), 2)
    assert.equal(await purge(), 0)
  })

  test('a number is given once, also when all before it were purged', async () => {
    const { database, work } = await opened()
    const numbers = async () => (await ask(database, 'SELECT number FROM delivery')).map(({ number }) => Number(number))
    for (const name of ['one', 'two', 'three']) await leave(work, name)
    await work.transaction(({ deliveries }) => deliveries.purge('9999'))
    assert.deepEqual(await numbers(), [3])
    await leave(work, 'four')
    await work.transaction(({ deliveries }) => deliveries.purge('9999'))
    assert.deepEqual(await numbers(), [4])
  })

  test('one that was put off is due after that, and so is one that was taken and not heard of', async () => {
    const work = await fresh()
    await leave(work, 'one')
    await claim(work, 30)
    while (!(await claim(work, LONG))) await setTimeout(5)
    await work.transaction(({ deliveries }) => deliveries.postpone(key('one'), 30, LATE))
    let last: Delivery | undefined
    while (!last) last = await claim(work)
    assert.equal(last.attempts, 3)
    assert.equal(await claim(work), undefined)
  })

  test('one that would wait longer than any does, since the clock of the database was set back, is due', async () => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      await leave(work, 'one')
      await claim(work)
      assert.equal(await claim(work), undefined)
      await ask(database, "UPDATE delivery SET next_at = '9999-01-01T00:00:00.000Z'")
      assert.equal((await claim(work))?.id, 'one')
    } finally {
      await work.close()
    }
  })

  test('two desks that look at once take each one once, and what somebody else wrote is sent to nobody', async () => {
    const database = await prepared()
    const works = [await openSample(database), await openSample(database)]
    try {
      const ids = Array.from({ length: 60 }, (_, index) => `delivery ${index}`)
      await leave(works[0]!, ...ids)
      await ask(database, "UPDATE delivery SET what = '{}' WHERE number <= 25")
      const taken: string[] = []
      const takeAll = async (work: OpenWork): Promise<void> => {
        for (let next = await claim(work); next; next = await claim(work)) taken.push(next.id)
      }
      await Promise.all(works.map(takeAll))
      assert.deepEqual(taken.sort(), ids.slice(25).sort())
    } finally {
      for (const work of works) await work.close()
    }
  })

  test('beside thousands of rows that somebody planted a few statements find those that are the desk’s, and no more are asked than a list may cost', async (t) => {
    const { database, work } = await opened()
    const plant = async (from: number, until: number, attempts: number) => {
      const of = `'webhook', 'planted ' || n, 'test', '{}', '${NOW}', 'due', ${attempts}, '${NOW}', 'no code'`
      await ask(
        database,
        `WITH RECURSIVE numbers(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${until})
         INSERT INTO delivery (number, channel, id, environment, what, at, state, attempts, next_at, row_code)
         SELECT -n, ${of} FROM numbers`,
      )
    }
    await leave(work, 'one', 'two')
    await claim(work, 0)
    const asked: string[] = []
    for (const connection of [SqliteConnection, PostgresConnection]) {
      const { executeQuery } = connection.prototype
      t.mock.method(connection.prototype, 'executeQuery', function (this: unknown, query: { sql: string }) {
        if (query.sql.startsWith('select')) asked.push(query.sql)
        return executeQuery.call(this as never, query as never)
      })
    }
    const reads = async () => {
      asked.length = 0
      const found = await claim(work, 0)
      return { id: found?.id, reads: asked.length }
    }
    await plant(1, 3_000, 0)
    await plant(3_001, 6_000, 1)
    assert.deepEqual(await reads(), { id: 'two', reads: 4 })
    // Of those that were tried: as many of the others are before them.
    const { id, reads: second } = await reads()
    assert.ok(id === 'one' || id === 'two')
    assert.ok(second <= 4 + 4, `${second} statements`)
    await plant(6_001, 20_000, 0)
    await work.transaction(({ deliveries }) => deliveries.done(key('one'), TAKEN))
    await work.transaction(({ deliveries }) => deliveries.done(key('two'), TAKEN))
    await leave(work, 'three')
    const bounded = await reads()
    assert.ok(bounded.reads <= 12 + 4, `${bounded.reads} statements`)
  })

  test('one that somebody gave another addressee, another content or more time is sent to nobody', async () => {
    const { database, work } = await opened()
    for (const column of ['to_kind', 'to_id', 'until', 'what']) {
      const to = { kind: 'person', id: 'ada' } as const
      const told = {
        channel: 'webhook',
        id: column,
        environment: 'test',
        what: '{}',
        to,
        until: day(1),
        at: NOW,
      } as const
      await work.transaction(({ deliveries }) => deliveries.append(told))
      const found = await claim(work, 0)
      assert.deepEqual([found?.to, found?.until], [to, day(1)])
      await ask(database, `UPDATE delivery SET ${column} = 'contact' WHERE id = '${column}'`)
      assert.equal(await claim(work, 0), undefined)
    }
  })

  test('each channel takes its own alone; one that somebody moved to another channel is sent to nobody', async () => {
    const { database, work } = await opened()
    const letters = 'letters' as DeliveryChannel
    await leave(work, 'one', 'two')
    const [environment, what, at] = ['test', '{}', NOW] as const
    await work.transaction(({ deliveries }) =>
      deliveries.append({ channel: letters, id: 'one', environment, what, at }),
    )
    const claimFor = (channel: DeliveryChannel) =>
      work.transaction(({ deliveries }) => deliveries.claim({ channel, environment }, LONG, LONG))
    assert.deepEqual((await claimFor(letters))?.what, '{}')
    assert.equal(await claimFor(letters), undefined)
    await work.transaction(({ deliveries }) => deliveries.done({ channel: letters, id: 'one' }, TAKEN))
    await ask(database, "UPDATE delivery SET channel = 'letters' WHERE id = 'two'")
    assert.equal(await claimFor(letters), undefined)
    assert.equal((await claim(work))?.id, 'one')
    assert.equal(await claim(work), undefined)
  })

  test('each environment takes its own alone; one that somebody moved to another environment is sent to nobody', async () => {
    const { database, work } = await opened()
    await leave(work, 'one', 'two')
    const [channel, what, at] = ['webhook', '{}', NOW] as const
    const append = (id: string, environment: Environment) =>
      work.transaction(({ deliveries }) => deliveries.append({ channel, id, environment, what, at }))
    await append('three', 'production')
    const claimIn = (environment: Environment) =>
      work.transaction(({ deliveries }) => deliveries.claim({ channel, environment }, LONG, LONG))
    assert.equal((await claimIn('production'))?.id, 'three')
    assert.equal(await claimIn('production'), undefined)
    await ask(database, "UPDATE delivery SET environment = 'production' WHERE id = 'two'")
    assert.equal(await claimIn('production'), undefined)
    assert.equal((await claimIn('test'))?.id, 'one')
    assert.equal(await claimIn('test'), undefined)
  })

  test('what is due in one environment is found by index, in its order, however much waits in the other', async () => {
    const { database } = await opened()
    const plant = (environment: Environment, from: number, until: number, attempts: number) =>
      ask(
        database,
        `WITH RECURSIVE numbers(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${until})
         INSERT INTO delivery (number, channel, id, environment, what, at, state, attempts, next_at)
         SELECT n, 'webhook', 'number ' || n, '${environment}', '{}', '${NOW}', 'due', ${attempts}, '${NOW}' FROM numbers`,
      )
    await plant('test', 1, 5_000, 0)
    await plant('test', 5_001, 10_000, 1)
    await plant('production', 10_001, 10_030, 0)
    await plant('production', 10_031, 10_060, 1)
    await ask(database, engine === 'postgres' ? 'VACUUM ANALYZE delivery' : 'ANALYZE')
    const queries = await claimQueries(engine)
    assert.equal(queries.length, 4)
    for (const [at, sql] of queries.entries()) {
      const rows = await ask(database, `${engine === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${sql}`)
      const plan = rows.map((row) => Object.values(row).join(' ')).join('\n')
      const context = `${sql}\n${plan}`
      assert.match(plan, at < 2 ? /delivery_untried/ : /delivery_tried/, context)
      assert.match(plan, /\(channel=\? AND environment=\?|Index Cond: .*channel = .* AND \(environment = /, context)
      assert.doesNotMatch(plan, /\bSCAN\b|Seq Scan|TEMP B-TREE|Sort/, context)
    }
  })

  test('the page shows each with its last answer, newest first; what is over may be sent again, but not what was taken', async () => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      await leave(work, 'one', 'two', 'three', 'four')
      await work.transaction(async ({ deliveries }) => {
        for (const _ of ['one', 'two', 'three']) await deliveries.claim(ROUTE, LONG, LONG)
        await deliveries.done(key('one'), TAKEN)
        await deliveries.giveUp(key('two'), REFUSED)
        await deliveries.postpone(key('three'), LONG, LATE)
      })
      await ask(database, "UPDATE delivery SET what = '{}' WHERE id = 'four'")
      const page = (query = {}) => work.read(({ deliveries }) => deliveries.page({ environment: 'test' }, query))
      const { items } = await page()
      assert.deepEqual(
        items.map(({ id, state, attempts, answer }) => [id, state, attempts, answer]),
        [
          ['three', 'due', 1, LATE],
          ['two', 'given-up', 1, REFUSED],
          ['one', 'done', 1, TAKEN],
        ],
      )
      const first = await page({ size: 2 })
      assert.deepEqual([first.items.length, (await page({ size: 5, after: first.next })).items[0]?.id], [1, 'two'])
      assert.deepEqual(
        (await page({ state: 'given-up' })).items.map(({ id }) => id),
        ['two'],
      )
      const elsewhere = { environment: 'production' } as const
      assert.deepEqual((await work.read(({ deliveries }) => deliveries.page(elsewhere, {}))).items, [])
      const { number } = items[1]!
      assert.equal(await work.read(({ deliveries }) => deliveries.find(elsewhere, number)), undefined)
      await work.transaction(async ({ deliveries }) => {
        for (const { id } of items) await deliveries.sendAgain(key(id))
      })
      const again = [await claim(work), await claim(work), await claim(work)]
      assert.deepEqual(
        again.map((one) => one && [one.id, one.attempts]),
        [['two', 1], ['three', 1], undefined],
      )
    } finally {
      await work.close()
    }
  })
})

const NOBODYS = { sealed: (_: unknown, row: object) => row as never, genuine: () => undefined }

/** How what is due is looked for, of each kind first and once more behind what somebody else wrote. */
async function claimQueries(engine: Engine): Promise<string[]> {
  const queries: string[] = []
  const planted = Array.from({ length: 20 }, () => ({ number: 10_005, next_at: NOW }))
  const connection: DatabaseConnection = {
    executeQuery: async (query) => {
      queries.push(withValues(query))
      return { rows: queries.length % 2 === 1 ? (planted as never) : [] }
    },
    // biome-ignore lint/correctness/useYield: part of the interface
    async *streamQuery() {
      throw new Error('not asked for')
    },
  }
  const store = deliveryStore(bind(engine, connection), NOBODYS)
  await store.claim({ channel: 'webhook', environment: 'production' }, LONG, LONG)
  return queries
}
