import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { openTcpProxy, type TcpProxy } from '../../testing/tcp-proxy.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { openSample } from '../testing/sample-work.ts'

describe('a commit of PostgreSQL', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let proxy: TcpProxy
  let work: OpenWork
  let count = 0

  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster.stop())
  beforeEach(async () => {
    const url = await cluster.createDatabase(`desk${++count}`)
    proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
    work = await openSample({ kind: 'postgres', url: proxy.through(url) })
  })
  afterEach(async () => {
    proxy.onSent = undefined
    proxy.onAnswered = undefined
    await work.close()
    await proxy.close()
  })

  const store = (name: string) => work.transaction(({ settings }) => settings.set(name, 'x'))
  const stored = (name: string) => work.read(async ({ settings }) => (await settings.get(name)) !== undefined)
  const isCommit = (bytes: Buffer): boolean => bytes.includes('COMMIT')

  test('F3: that the server never got is not known to be stored, and is not', async () => {
    proxy.onSent = (bytes, wire) => {
      if (!isCommit(bytes)) return true
      wire.cut()
      return false
    }
    await assert.rejects(store('lost'), (error) => hasDeskCode(error, 'storage_uncertain'))
    proxy.onSent = undefined
    assert.equal(await stored('lost'), false)
  })

  test('F3: whose answer was cut off is not known to be stored, and nobody is told that nothing was changed', async () => {
    let asked = false
    proxy.onSent = (bytes) => {
      asked ||= isCommit(bytes)
      return true
    }
    proxy.onAnswered = (_, wire) => {
      if (!asked) return true
      wire.cut()
      return false
    }
    await assert.rejects(store('kept'), (error) => hasDeskCode(error, 'storage_uncertain'))
    proxy.onAnswered = undefined
    assert.equal(await stored('kept'), true)
  })

  test('F3: cut before it, nothing was changed, and that is what is said', async () => {
    proxy.onSent = (bytes, wire) => {
      if (!bytes.includes('setting')) return true
      wire.cut()
      return false
    }
    await assert.rejects(store('early'), (error) => hasDeskCode(error, 'storage_unavailable'))
    proxy.onSent = undefined
    assert.equal(await stored('early'), false)
  })
})
