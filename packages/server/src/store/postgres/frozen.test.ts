import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { openTcpProxy, type TcpProxy, type Wire } from '../../testing/tcp-proxy.ts'
import { storesOf } from '../sample-codes.ts'
import { connect, migratePostgres } from './open-postgres.ts'
import { patient, Transactions } from './transactions.ts'

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

  test('F5: whoever waits is told that it does not answer, and it is used again when it does', async () => {
    proxy.freeze()
    const away = (error: unknown) => hasDeskCode(error, 'storage_unavailable')
    await Promise.all([assert.rejects(set('frozen'), away), assert.rejects(get('frozen'), away)])
    proxy.thaw()
    await set('after')
    assert.equal(await get('after'), '')
    assert.equal(await get('frozen'), undefined)
  })

  test('F5: a commit that nobody answers is not known to be stored', async () => {
    proxy.onSent = (bytes) => {
      if (bytes.includes('COMMIT')) proxy.freeze()
      return true
    }
    await assert.rejects(set('x'), (error) => hasDeskCode(error, 'storage_uncertain'))
  })

  test('F5: connections that a network swallows are left for new ones: reads and writes are done, each once', async () => {
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
  })

  test('F5: a read whose connection is swallowed or cut in its midst is asked again on a new one', async () => {
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

  test('F5: a write whose connection is swallowed in its midst is not tried again', async () => {
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
})
