import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { listenAt } from '../test/event-stream.ts'
import { ask } from './store/testing/ask.ts'
import {
  type Furnished,
  furnish,
  makeApplicant,
  postgresMissing,
  startDesk,
  type TestDesk,
  visitorOf,
  withPostgres,
  workstationName,
} from './testing/index.ts'

// A stream looks by itself every twenty seconds; what is seen here is seen in ten.

/** A window that is open at one of two desks on a PostgreSQL, and what a request needs at the other. */
async function twoDesks(t: TestContext) {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const base = await mkdtemp(join(tmpdir(), 'scel-live-'))
  t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }))
  const first = await startDesk({ data: join(base, 'one'), database: url })
  const people = await furnish(first)
  await first.stop()
  await cp(join(base, 'one'), join(base, 'other'), { recursive: true })
  const one = await startDesk({ data: join(base, 'one'), database: url, ports: first.ports })
  t.after(() => one.kill())
  const other = await startDesk({ data: join(base, 'other'), database: url })
  t.after(() => other.kill())
  const window = await listenAt(other, visitorOf(other, people.post.manager))
  t.after(() => window.close())
  return { url, one, window, post: people.post }
}

/** @returns a pattern of what a window is told of the request */
async function request(desk: TestDesk, { kit }: Furnished['post']): Promise<RegExp> {
  const applicant = await makeApplicant(desk)
  const { csr } = await applicant.credential({ commonName: workstationName() })
  const { json } = await applicant.submit(kit, csr)
  return new RegExp(`data: \\{"kind":"request","id":"${json.request.number}"`)
}

const LISTENING = "application_name = 'scel-desk-peers'"

test('a window at one desk shows what happens at another at once, also after the connection between was cut, and behind a unit under way', {
  timeout: 180_000,
  skip: postgresMissing() ?? false,
}, async (t) => {
  const { url, one, window, post } = await twoDesks(t)
  await window.sees(await request(one, post))

  const database = { kind: 'postgres', url } as const
  const cut = await ask(database, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${LISTENING}`)
  assert.equal(cut.length, 2)
  await window.sees(await request(one, post))
  const listening = () => ask(database, `SELECT pid FROM pg_stat_activity WHERE ${LISTENING}`)
  while ((await listening()).length < 2) await setTimeout(20)
  await window.sees(await request(one, post))

  // It leaves nothing itself, so nobody is told when it ends.
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_current_xact_id()')
    const hidden = await request(one, post)
    await setTimeout(500)
    assert.doesNotMatch(window.text(), hidden)
    await client.query('COMMIT')
    await window.sees(hidden)
  } finally {
    await client.end()
  }
})
