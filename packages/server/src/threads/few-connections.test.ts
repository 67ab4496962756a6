import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ask } from '../store/testing/ask.ts'
import { type Answer, call, furnish, postgresMissing, startDesk, withPostgres } from '../testing/index.ts'

test('a PostgreSQL that grants three connections to the whole desk refuses nobody: changes and lists wait their turn, and readiness goes ahead of them', {
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
    let left = 32
    const waits = <T>(answer: Promise<T>): Promise<T> => answer.finally(() => left--)
    const [changes, audit, lists, ready] = await Promise.all([
      of(16, (index) =>
        waits(
          administrator.post('/api/organisations', {
            code: `${round}${index}`,
            name: `Few ${round}${index}`,
            country: 'FR',
            nameSuffixes: [],
          }),
        ),
      ),
      of(16, () => waits(administrator.get('/api/audit'))),
      of(16, () => call(`${open}/crl/${authority!.id}.crl`)),
      of(4, async () => ({ answer: await call(`${open}/health/ready`), left })),
    ])
    const known = ready.filter(({ answer }) => !isLate(answer))
    served({ changes, audit, lists, ready: known.map(({ answer }) => answer) })
    for (const { left } of known) assert.ok(left > 0, 'it does not wait behind all others')
    await ask(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'small'")
  }
  let ready = await call(`${open}/health/ready`)
  while (isLate(ready)) ready = await call(`${open}/health/ready`)
  served({ ready: [ready] })
})

/** Each call, with what it was told instead. */
function served(answers: Readonly<Record<string, readonly Answer[]>>): void {
  const others = Object.entries(answers).flatMap(([what, all]) =>
    all.filter(({ status }) => status !== 200).map((answer) => [what, answer.status, answer.json]),
  )
  assert.deepEqual(others, [])
}

/** What it promises is an answer within three seconds: on a machine that gives a desk no processor, that it is not known yet. */
const isLate = (answer: Answer): boolean => answer.status === 503 && answer.json.facts?.look === 'late'
