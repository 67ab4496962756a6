import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type pg from 'pg'
import type { Stores } from '../../core/work.ts'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { openTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts'
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
    work = new Transactions(pool, storesOf, patient)
  })
  afterEach(async () => {
    proxy.onSent = undefined
    proxy.thaw()
    await work.close()
    await pool.end()
    await proxy.close()
  })

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
})
