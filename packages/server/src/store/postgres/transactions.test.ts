import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { storesOf } from '../testing/sample-codes.ts'
import { connect, migratePostgres } from './open-postgres.ts'
import { type Patience, Transactions } from './transactions.ts'

describe('transactions of PostgreSQL', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let pool: pg.Pool
  let pauses: number[]
  const patience: Patience = {
    attempts: 4,
    together: 4,
    attemptsWithOthers: 2,
    silence: 3_000,
    pause: async (attempt) => void pauses.push(attempt),
  }
  let work: Transactions<Stores>
  let others: Transactions<Stores>

  before(async () => {
    cluster = await withPostgres()
    pool = connect(await cluster.createDatabase('desk'))
    await migratePostgres(pool)
    others = new Transactions(pool, storesOf, patience)
  })
  after(async () => {
    await pool.end()
    await cluster.stop()
  })
  beforeEach(() => {
    pauses = []
    work = new Transactions(pool, storesOf, patience)
  })

  /** Lets another transaction change what the run has read, so that they cannot have happened one after the other. */
  const overtake = async (stores: Stores, name: string): Promise<void> => {
    await stores.settings.get(name)
    await others.transaction(async ({ settings }) => {
      const count = Number((await settings.get(name)) ?? '0')
      await settings.set(name, String(count + 1))
    })
  }

  test('run again what another one overtook, until it is consistent', async () => {
    let runs = 0
    await work.transaction(async (stores) => {
      runs++
      if (runs <= 2) await overtake(stores, 'overtaken')
      const count = Number((await stores.settings.get('overtaken')) ?? '0')
      await stores.settings.set('overtaken', String(count + 10))
    })
    assert.equal(runs, 3)
    assert.deepEqual(pauses, [1, 2])
    assert.equal(await work.read(({ settings }) => settings.get('overtaken')), '12')
  })

  test('run again after a unique key met another one’s, and then find it', async () => {
    let runs = 0
    const organisation = {
      environment: 'production',
      name: 'X',
      country: 'FR',
      nameSuffixes: [],
      createdAt: '2026-01-01T00:00:00.000Z',
    } as const
    const other = new Transactions(pool, storesOf, patience)
    const answer = await work.transaction(async ({ organisations }) => {
      runs++
      if (await organisations.findByCode({ environment: 'production' }, 'TAKEN')) return 'taken'
      if (runs === 1) {
        await other.transaction((stores) => stores.organisations.insert({ ...organisation, id: 'one', code: 'taken' }))
      }
      await organisations.insert({ ...organisation, id: 'two', code: 'Taken' })
      return 'made'
    })
    assert.equal(answer, 'taken')
    assert.equal(runs, 2)
  })

  test('say what is wrong when a unique key is met again and again: that is a mistake, not a conflict', async () => {
    let runs = 0
    const mistaken = work.transaction(async ({ organisations }) => {
      runs++
      const same = {
        environment: 'production',
        name: 'X',
        country: 'FR',
        nameSuffixes: [],
        createdAt: '2026-01-01T00:00:00.000Z',
      } as const
      await organisations.insert({ ...same, id: 'three', code: 'same' })
      await organisations.insert({ ...same, id: 'four', code: 'same' })
    })
    await assert.rejects(mistaken, /duplicate key/)
    assert.equal(runs, 3)
  })

  test('refuse write skew: two that each rely on what the other changes', async () => {
    await work.transaction(async ({ settings }) => {
      await settings.set('left', 'on')
      await settings.set('right', 'on')
    })
    let arrived = 0
    let both = (): void => {}
    const met = new Promise<void>((resolve) => {
      both = resolve
    })
    const switchOff = (mine: string, others: string) =>
      work.transaction(async ({ settings }) => {
        const otherIsOn = (await settings.get(others)) === 'on'
        if (++arrived === 2) both()
        await met
        if (otherIsOn) await settings.set(mine, 'off')
      })
    await Promise.all([switchOff('left', 'right'), switchOff('right', 'left')])
    const [left, right] = await work.read(async ({ settings }) => [
      await settings.get('left'),
      await settings.get('right'),
    ])
    assert.deepEqual([left, right].sort(), ['off', 'on'])
  })

  test('that ask for no order of all are run again only when another one wrote what they write', async () => {
    await work.transaction(({ settings }) => settings.set('read', '0'))
    let runs = 0
    const inRows = (name: string): Promise<void> =>
      work.transaction(async (stores) => {
        if (++runs === 1) await overtake(stores, 'read')
        await stores.settings.set(name, 'rows')
      }, 'rows')
    await inRows('another')
    assert.equal(runs, 1)
    runs = 0
    await inRows('read')
    assert.equal(runs, 2)
    assert.equal(await work.read(({ settings }) => settings.get('read')), 'rows')
  })

  test('give up after their attempts, with nothing stored', async () => {
    const hopeless = work.transaction(async (stores) => {
      await overtake(stores, 'hopeless')
      await stores.settings.set('hopeless', 'never')
    })
    await assert.rejects(hopeless, (error) => hasDeskCode(error, 'storage_contended'))
    assert.deepEqual(pauses, [1, 2, 3])
    assert.equal(await work.read(({ settings }) => settings.get('hopeless')), '4')
  })

  test('do not run again what a rule refused', async () => {
    let runs = 0
    const refused = work.transaction(async ({ settings }) => {
      runs++
      await settings.set('refused', 'x')
      throw new Error('no')
    })
    await assert.rejects(refused, /^Error: no$/)
    assert.equal(runs, 1)
  })

  test('use a new connection after one was cut, and tell the run that was under way', async () => {
    const cut = work.transaction(async (stores) => {
      await stores.settings.set('cut', 'x')
      await pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()",
      )
      await stores.settings.set('cut', 'y')
    })
    await assert.rejects(cut, (error) => hasDeskCode(error, 'storage_unavailable'))
    await work.transaction(({ settings }) => settings.set('after', 'works'))
    assert.equal(await work.read(({ settings }) => settings.get('cut')), undefined)
  })

  test('begin again on a new connection when another desk migrated the tables under a statement that was planned', async () => {
    const url = await cluster.createDatabase('migrated')
    const several = connect(url)
    const one = new Transactions(several, storesOf, patience)
    await migratePostgres(several)
    const get = () => one.read(({ settings }) => settings.get('planned'))
    try {
      await one.transaction(({ settings }) => settings.set('planned', 'x'))
      await Promise.all([get(), get(), get(), get()]) // on several connections
      await several.query('ALTER TABLE setting ALTER COLUMN value TYPE varchar(1000)')
      assert.equal(await get(), 'x')
      let runs = 0
      await several.query('ALTER TABLE setting ALTER COLUMN value TYPE varchar(900)')
      await one.transaction(async ({ settings }) => {
        runs++
        await settings.set('planned', `${await settings.get('planned')}y`)
      })
      assert.equal(runs, 2)
      assert.equal(await get(), 'xy')
    } finally {
      await one.close()
      await several.end()
    }
  })

  test('of many at once all come through', async () => {
    const { patient } = await import('./transactions.ts')
    const many = new Transactions(pool, storesOf, patient)
    const add = () =>
      many.transaction(async ({ settings }) => {
        await settings.set('many', String(Number((await settings.get('many')) ?? '0') + 1))
      })
    await Promise.all(Array.from({ length: 100 }, add))
    assert.equal(await many.read(({ settings }) => settings.get('many')), '100')
  })
})
