import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import type pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { openTcpProxy, type TcpProxy, type Wire } from '../../testing/tcp-proxy.ts'
import { storesOf } from '../testing/sample-codes.ts'
import { connect, migratePostgres } from './open-postgres.ts'
import { patient, Transactions } from './transactions.ts'

/** Longer than any of them takes: what waits for a connection that nobody gave up would wait for good. */
const ENDS = { timeout: 60_000 }

describe('a PostgreSQL behind a network that swallows', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let proxy: TcpProxy
  let pool: pg.Pool
  let work: Transactions<Stores>
  let count = 0
  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())
  beforeEach(async () => {
    const url = await cluster.createDatabase(`desk${++count}`)
    proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
    pool = connect(proxy.through(url), 10, 500)
    await migratePostgres(pool)
    work = new Transactions(pool, storesOf, PATIENT)
  })
  afterEach(async () => {
    proxy.onSent = undefined
    proxy.thaw()
    await work.close()
    await pool.end()
    await proxy.close()
  })

  const PATIENT = { ...patient, silence: 200 }

  const set = (key: string) => work.transaction(({ settings }) => settings.set(key, ''))
  const get = (key: string) => work.read(({ settings }) => settings.get(key))

  test('F5: whoever waits is told that it does not answer, and it is used again when it does', ENDS, async () => {
    proxy.freeze()
    const away = (error: unknown) => hasDeskCode(error, 'storage_unavailable')
    await Promise.all([assert.rejects(set('frozen'), away), assert.rejects(get('frozen'), away)])
    proxy.thaw()
    await set('after')
    assert.equal(await get('after'), '')
    assert.equal(await get('frozen'), undefined)
  })

  test('F5: a commit that nobody answers is not known to be stored', ENDS, async () => {
    proxy.onSent = (bytes) => {
      if (bytes.includes('COMMIT')) proxy.freeze()
      return true
    }
    await assert.rejects(set('x'), (error) => hasDeskCode(error, 'storage_uncertain'))
  })

  test(
    'F5: connections that a network swallows are left for new ones: reads and writes are done, each once',
    ENDS,
    async () => {
      await Promise.all(['a', 'b', 'c', 'd'].map((key) => get(key))) // several, that lie idle afterwards
      proxy.freezeEstablished()
      assert.equal(await get('a'), undefined)
      proxy.freezeEstablished()
      let runs = 0
      await work.transaction(async ({ settings }) => {
        runs++
        await settings.set('a', 'written')
      })
      assert.equal(await get('a'), 'written')
      assert.equal(runs, 1)
    },
  )

  test('F5: a read whose connection is swallowed or cut in its midst is asked again on a new one', ENDS, async () => {
    await set('a')
    for (const end of ['freeze', 'cut'] as const) {
      let begun: Wire | undefined
      let ended = false
      proxy.onSent = (bytes, wire) => {
        if (bytes.includes('BEGIN')) begun ??= wire
        else if (wire === begun && !ended) {
          ended = true
          wire[end]()
          return false
        }
        return true
      }
      assert.equal(await get('a'), '')
      assert.ok(ended)
    }
  })

  test('F5: a write whose connection is swallowed in its midst is not tried again', ENDS, async () => {
    let runs = 0
    proxy.onSent = (bytes, wire) => {
      if (!bytes.includes('setting')) return true
      wire.freeze()
      return false
    }
    await assert.rejects(
      work.transaction(async ({ settings }) => {
        runs++
        await settings.set('a', '')
      }),
      (error) => hasDeskCode(error, 'storage_unavailable'),
    )
    assert.equal(runs, 1)
  })

  describe('that is waited for as long as a desk does', () => {
    let patientPool: pg.Pool
    beforeEach(() => {
      patientPool = connect(pool.options.connectionString!)
      work = new Transactions(patientPool, storesOf, PATIENT)
    })
    afterEach(() => patientPool.end())

    /** Units that have begun, and whose connections are swallowed before their next statement. */
    const swallowed = async (count: number): Promise<readonly Promise<unknown>[]> => {
      let inside = 0
      let goOn = (): void => {}
      const frozen = new Promise<void>((resolve) => {
        goOn = resolve
      })
      const units = Array.from({ length: count }, (_, number) =>
        settled(
          work.transaction(async ({ settings }) => {
            await settings.set(`swallowed ${number}`, '')
            inside++
            await frozen
            await settings.set(`swallowed ${number}`, 'again')
          }),
        ),
      )
      while (inside < count) await pause(10)
      proxy.freezeEstablished()
      goOn()
      return units
    }

    test(
      'F5: others write while units stand on connections that a network swallowed, also to the rows of these',
      ENDS,
      async () => {
        const at = performance.now()
        const units = await swallowed(PATIENT.together)
        await set('another')
        for (const end of await Promise.all(units)) assert.ok(hasDeskCode(end, 'storage_unavailable'))
        assert.equal(await get('swallowed 0'), undefined)
        await set('swallowed 0')
        assert.ok(
          performance.now() - at < 15_000,
          'shorter than the limits of the server and of the connection, 30 s and 35 s',
        )
      },
    )

    test('F5: a unit whose refusal cannot be told to the server makes room for others too', ENDS, async () => {
      const at = performance.now()
      const refused = work.transaction(async ({ settings }) => {
        await settings.set('refused', '')
        proxy.freezeEstablished()
        throw new Error('no')
      })
      await assert.rejects(refused, /^Error: no$/)
      await set('refused')
      assert.ok(performance.now() - at < 15_000)
    })

    test('F5: a unit that waits for a lock is not taken for lost, however long it waits', ENDS, async () => {
      const holder = await pool.connect()
      try {
        await set('held')
        await holder.query('BEGIN')
        await holder.query("SELECT 1 FROM setting WHERE key = 'held' FOR UPDATE")
        const held = work.transaction(({ settings }) => settings.set('held', 'mine'))
        await pause(20 * PATIENT.silence)
        await holder.query('COMMIT')
        await held
        assert.equal(await get('held'), 'mine')
      } finally {
        holder.release(true)
      }
    })

    test(
      'F5: a unit whose long answer is no longer taken from the server makes room for others, and is not tried again',
      ENDS,
      async () => {
        await work.transaction(({ settings }) => settings.set('long', 'x'.repeat(LONG)))
        const at = performance.now()
        let runs = 0
        const clogged = new Set<Wire>()
        proxy.onAnswered = (bytes, wire) => {
          if (bytes.length > 16_000) {
            clogged.add(wire)
            wire.clog()
          }
          return true
        }
        const units = Array.from({ length: PATIENT.together }, (_, number) =>
          settled(
            work.transaction(async ({ settings }) => {
              runs++
              await settings.set(`clogged ${number}`, '')
              await settings.get('long')
            }),
          ),
        )
        while (clogged.size < PATIENT.together) await pause(10)
        proxy.onAnswered = undefined
        await set('clogged 0')
        for (const end of await Promise.all(units)) assert.ok(hasDeskCode(end, 'storage_unavailable'))
        assert.equal(runs, PATIENT.together)
        assert.equal((await get('long'))?.length, LONG)
        assert.ok(performance.now() - at < 15_000)
      },
    )

    test('F5: a long answer that comes slowly is waited for, however long it takes', ENDS, async () => {
      await work.transaction(({ settings }) => settings.set('long', 'x'.repeat(LONG)))
      const ends = new Set<Wire>()
      proxy.onAnswered = (bytes, wire) => {
        if (bytes.length > 16_000) ends.add(wire)
        if (!ends.has(wire)) return true
        wire.rest(PATIENT.silence / 40)
        return true
      }
      const at = performance.now()
      let runs = 0
      const found = await work.transaction(async ({ settings }) => {
        runs++
        return settings.get('long')
      })
      assert.equal(found?.length, LONG)
      assert.equal(runs, 1)
      assert.ok(performance.now() - at > 5 * PATIENT.silence, 'long enough to be looked at')
    })

    test(
      'F5: a commit that is swallowed, or of which the answer is, stays uncertain, and others write',
      ENDS,
      async () => {
        const at = performance.now()
        for (const heard of [false, true]) {
          let one: Wire | undefined
          proxy.onSent = (bytes, wire) => {
            if (one || !bytes.includes('COMMIT')) return true
            one = wire
            if (!heard) wire.freeze()
            return heard
          }
          proxy.onAnswered = (bytes, wire) => wire !== one || !bytes.includes('COMMIT')
          await assert.rejects(set(`heard ${heard}`), (error) => hasDeskCode(error, 'storage_uncertain'))
          proxy.onSent = undefined
          proxy.onAnswered = undefined
          assert.equal(await get(`heard ${heard}`), heard ? '' : undefined)
          await set(`heard ${heard}`)
        }
        assert.ok(performance.now() - at < 15_000)
      },
    )

    test('F5: while no other connection can be had, a silent one is left as it is', ENDS, async () => {
      let runs = 0
      let own: Wire | undefined
      proxy.onSent = (bytes, wire) => {
        if (bytes.includes('BEGIN')) own ??= wire
        return own === undefined || wire === own // nobody else comes through
      }
      await work.transaction(async ({ settings }) => {
        runs++
        await settings.set('waits', '')
        own!.freeze()
        setTimeout(() => own!.thaw(), 5_000) // longer than it is tried
        await settings.set('waits', 'well')
      })
      proxy.onSent = undefined
      assert.equal(await get('waits'), 'well')
      assert.equal(runs, 1)
    })
  })
})

/** More than the buffers between the server and us hold. */
const LONG = 24_000_000

const settled = (unit: Promise<unknown>): Promise<unknown> => unit.catch((error: unknown) => error)
