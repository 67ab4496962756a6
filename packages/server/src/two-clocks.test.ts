import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseCrl } from '@scel/pki/x509'
import {
  call,
  enrolMachine,
  expectOk,
  furnish,
  postgresMissing,
  startDesk,
  type TestDesk,
  visitorOf,
  withPostgres,
} from './testing/index.ts'

const HOUR = 3_600_000

for (const ahead of [2 * HOUR, 480 * HOUR, -2 * HOUR]) {
  test(
    `of two desks on one PostgreSQL the one is not ready whose clock is ${ahead / HOUR} hours off the server’s, and it dates nothing`,
    {
      timeout: 180_000,
    },
    (t) => twoClocks(t, ahead),
  )
}

async function twoClocks(t: TestContext, ahead: number): Promise<void> {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const database = await cluster.createDatabase('desk')
  const base = await mkdtemp(join(tmpdir(), 'scel-clocks-'))
  t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }))
  const [one, other] = [join(base, 'one'), join(base, 'other')]
  const first = await startDesk({ data: one, database })
  const people = await furnish(first)
  await first.stop()
  await cp(one, other, { recursive: true }) // as docs/operating says a further desk is made
  const right = await startDesk({ data: one, database, ports: first.ports })
  t.after(() => right.kill())
  const wrong = await startDesk({ data: other, database })
  t.after(() => wrong.kill())
  const readiness = async ({ services }: TestDesk) => {
    const { status, json } = await call(`${services.public}/health/ready`)
    return status === 200 ? 200 : `${status} ${json.facts.part}`
  }
  const ids = (await expectOk(visitorOf(right, people.administrator).get('/api/authorities'))).json.items.map(
    ({ id }: { id: string }) => id,
  ) as string[]
  const numbers = () => Promise.all(ids.map(async (id) => (await right.core.revocation.crl(id))?.number))

  await right.runJobs()
  await wrong.moveClock(ahead)
  const before = await numbers()
  for (let round = 0; round < 3; round++) {
    await right.runJobs()
    await right.core.leases.letGoAll() // it is the clock that keeps the other from what they share
    await wrong.runJobs()
    assert.deepEqual([await readiness(right), await readiness(wrong)], [200, '503 clock'])
  }
  assert.deepEqual(await numbers(), before, 'they do not take turns at lists')
  const said = wrong.log.filter((line) => line.includes('this host’s clock is'))
  assert.equal(said.length > 0, true)
  assert.match(
    said[0]!,
    ahead > 0 ? /ahead of the database server’s: other desks agree/ : /behind the database server’s/,
  )
  assert.equal(right.log.filter((line) => line.includes('this host’s clock is')).length, 0)
  const asked = {
    method: 'POST',
    body: Buffer.from([0x30, 0]),
    headers: { 'content-type': 'application/ocsp-request' },
  }
  assert.equal((await call(`${wrong.services.public}/ocsp`, asked)).bytes.toString('hex'), '30030a0103', 'tryLater')
  assert.notEqual((await call(`${right.services.public}/ocsp`, asked)).bytes.toString('hex'), '30030a0103')
  assert.equal(await wrong.core.revocation.tryPublish(ids[0]!), false)

  // What is asked of the wrong desk all the same: changes are taken, and the right one publishes what follows.
  const machine = await enrolMachine(right, people.post, visitorOf(right, people.post.manager))
  const manager = visitorOf(right, people.post.manager)
  await expectOk(manager.post(`/api/certificates/${machine.certificateId}/revoke`, { reason: 'superseded' }))
  await wrong.runJobs()
  for (const id of ids) {
    const list = parseCrl((await call(`${wrong.services.public}/crl/${id}.crl`)).bytes)
    assert.ok(list.thisUpdate <= new Date(), 'the door of the wrong one shows what the right one dated')
  }
  await wrong.moveClock(-ahead)
  assert.equal(await readiness(right), 200)

  // Started under a wrong clock, on another host: it has no memory of its own, and publishes and renews nothing either.
  await wrong.stop()
  await right.runJobs()
  const lists = await numbers()
  const third = join(base, 'third')
  await cp(other, third, { recursive: true })
  const begun = await startDesk({ data: third, database, ahead })
  t.after(() => begun.kill())
  assert.equal(await readiness(begun), '503 clock')
  assert.deepEqual(await numbers(), lists)
}
