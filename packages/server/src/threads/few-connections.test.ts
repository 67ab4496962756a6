import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ask } from '../store/testing/ask.ts'
import { call, furnish, postgresMissing, startDesk, withPostgres } from '../testing/index.ts'

test('a PostgreSQL that grants three connections to the whole desk refuses nobody: changes, lists and readiness wait their turn', {
  timeout: 180_000,
}, async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const database = { kind: 'postgres', url } as const
  await ask(database, "CREATE ROLE small LOGIN PASSWORD 'pw' CONNECTION LIMIT 3")
  await ask(database, 'GRANT ALL ON SCHEMA public TO small')
  const small = Object.assign(new URL(url), { username: 'small', password: 'pw' })
  const data = await mkdtemp(join(tmpdir(), 'scel-few-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  const desk = await startDesk({ data, database: small.href })
  t.after(() => desk.kill())
  const { administrator } = await furnish(desk)
  const [authority] = await ask(database, 'SELECT id FROM authority LIMIT 1')
  const { public: open } = desk.services
  const of = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => act(index)))

  // What is cut off comes back, and whichever thread is first leaves the other one.
  for (const round of ['before', 'after']) {
    const answers = await Promise.all([
      of(16, (index) =>
        administrator.post('/api/organisations', {
          code: `${round}${index}`,
          name: `Few ${round}${index}`,
          country: 'FR',
          nameSuffixes: [],
        }),
      ),
      of(16, () => administrator.get('/api/audit')),
      of(16, () => call(`${open}/crl/${authority!.id}.crl`)),
      of(4, () => call(`${open}/health/ready`)),
    ])
    assert.deepEqual([...new Set(answers.flat().map(({ status }) => status))], [200])
    await ask(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'small'")
  }
})
