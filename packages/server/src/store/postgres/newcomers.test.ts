import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { openTcpProxy, type TcpProxy, type Wire } from '../../testing/tcp-proxy.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { openSample } from '../testing/sample-work.ts'

describe('connections of PostgreSQL that are made anew', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let proxy: TcpProxy
  let work: OpenWork
  /** On which units have begun since they were counted last. */
  let used: Set<Wire>
  let met: number
  let count = 0

  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())
  beforeEach(async () => {
    const url = await cluster.createDatabase(`desk${++count}`)
    proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
    work = await openSample({ kind: 'postgres', url: proxy.through(url) })
    met = 0
    work.onConnected(async ({ settings }) => {
      await settings.get('x')
      met++
    })
    used = new Set()
    proxy.onSent = (bytes, wire) => {
      if (bytes.includes('BEGIN ISOLATION')) used.add(wire)
      return true
    }
  })
  afterEach(async () => {
    proxy.onSent = undefined
    await work.close()
    await proxy.close()
  })

  const get = (name: string) => work.read(({ settings }) => settings.get(name))
  const set = (name: string, value: string) => work.transaction(({ settings }) => settings.set(name, value))
  const several = () => Promise.all(['a', 'b', 'c', 'd', 'e'].map(get))

  test('take the place of all that lay idle, whoever asks', async () => {
    await several()
    const before = used
    assert.ok(before.size > 1)
    used = new Set()
    work.reconnect()
    await several()
    await set('x', 'y')
    assert.ok(used.size > 0)
    assert.deepEqual(
      [...used].filter((wire) => before.has(wire)),
      [],
    )
    used = new Set()
    const known = met
    await several()
    assert.equal(met, known, 'and stay')
  })

  test('are what a unit under way is run again on: nothing counts that it read, was refused for or wrote on the one from before', async () => {
    let runs = 0
    const renewingOnce = (): void => {
      if (++runs === 1) work.reconnect()
    }
    const read = await work.read(async ({ settings }) => {
      renewingOnce()
      await settings.get('x')
      return runs
    })
    assert.equal(read, 2)
    runs = 0
    const refused = await work.read(async ({ settings }) => {
      await settings.get('x')
      renewingOnce()
      if (runs === 1) throw new Error('not there')
      return runs
    })
    assert.equal(refused, 2)
    runs = 0
    await work.transaction(async ({ settings }) => {
      await settings.set('written', `${(await settings.get('written')) ?? ''}${runs}`)
      renewingOnce()
    })
    assert.equal(runs, 2)
    assert.equal(await get('written'), '1')
  })

  test('are not those that were being made: what was met before counts no more', async () => {
    let meetings = 0
    work.onConnected(async ({ settings }) => {
      await settings.get('x')
      if (++meetings === 1) work.reconnect()
    })
    work.reconnect()
    assert.equal(await get('x'), undefined)
    assert.equal(meetings, 2)
  })

  test('leave it open what was being committed: nobody is told that it is stored', async () => {
    proxy.onSent = (bytes) => {
      if (bytes.includes('COMMIT')) work.reconnect()
      return true
    }
    await assert.rejects(set('x', 'y'), (error) => hasDeskCode(error, 'storage_uncertain'))
    proxy.onSent = undefined
    assert.equal(await get('x'), 'y')
  })
})
