import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../store/testing/ask.ts'
import { call, furnish, postgresMissing, startDesk, withPostgres } from '../testing/index.ts'
import { openTcpProxy } from '../testing/tcp-proxy.ts'

test('F5: lists, readiness and changes go on when a network swallows or cuts the connections to PostgreSQL that there are', {
  timeout: 180_000,
}, async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
  t.after(() => proxy.close())
  const data = await mkdtemp(join(tmpdir(), 'scel-swallowed-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  const desk = await startDesk({ data, database: proxy.through(url) })
  t.after(() => desk.kill())
  const { administrator } = await furnish(desk)
  const [authority] = await ask({ kind: 'postgres', url }, 'SELECT id FROM authority LIMIT 1')
  const list = `${desk.services.public}/crl/${authority!.id}.crl`
  assert.equal((await call(list)).status, 200)
  let name = 0
  for (const end of [proxy.freezeEstablished, proxy.cut]) {
    await Promise.all([list, list, list].map((address) => call(address))) // connections that are there, and lie idle
    end()
    assert.equal((await call(list)).status, 200)
    end()
    const organisation = { code: `N${++name}`, name: 'After', country: 'FR', nameSuffixes: [] }
    assert.equal((await administrator.post('/api/organisations', organisation)).status, 200)
    let status = 0
    for (let look = 0; look < 40 && status !== 200; look++) {
      status = (await call(`${desk.services.public}/health/ready`)).status
      if (status !== 200) await pause(500)
    }
    assert.equal(status, 200)
  }
})
