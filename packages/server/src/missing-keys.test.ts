import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { buildTimeStampRequest, imprintOf, parseTimeStampResponse } from '@scel/pki/tsp'
import { DAY } from './core/world.ts'
import { failureText } from './edge/terminal/index.ts'
import { ask } from './store/testing/ask.ts'
import {
  call,
  enrolMachine,
  furnish,
  postgresMissing,
  startDesk,
  type TestDesk,
  visitorOf,
  withPostgres,
} from './testing/index.ts'

// Several desks on one database: the keys that one of them makes lie in its own folder.

interface Pair {
  readonly database: string
  readonly one: string
  readonly other: string
  readonly ports: TestDesk['ports']
}

/** Two folders of one desk, which began so long ago that its authorities end within the year. */
async function pairOf(t: TestContext, ahead: number): Promise<Pair> {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const database = await cluster.createDatabase('desk')
  const base = await mkdtemp(join(tmpdir(), 'scel-missing-'))
  t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }))
  const [one, other] = [join(base, 'one'), join(base, 'other')]
  const first = await startDesk({ data: one, database, ahead })
  await first.stop()
  await cp(one, other, { recursive: true }) // as docs/operating says a further desk is made
  return { database, one, other, ports: first.ports }
}

const keysOf = async (data: string): Promise<string[]> =>
  (await readdir(join(data, 'keys'))).filter((name) => name.endsWith('.key')).sort()

const readiness = async ({ services }: TestDesk) => call(`${services.public}/health/ready`)

const options = { timeout: 180_000, skip: postgresMissing() ?? false }

test(
  'a desk without the keys of authorities that another one made does not start, and says which files to copy, and where to',
  options,
  async (t) => {
    const { database, one, other, ports } = await pairOf(t, ENDING)
    const before = new Set(await keysOf(one))
    const maker = await startDesk({ data: one, database, ports, ahead: 0 })
    t.after(() => maker.kill())
    assert.equal((await maker.core.ceremonies.hold()).made, 6)
    await maker.core.ownCertificates.renewDue()
    const made = (await keysOf(one)).filter((name) => !before.has(name) && !/^(desk-statement|time-stamps)/.test(name))
    assert.equal(made.length, 12, 'six authorities, and what answers OCSP for each')

    const held = await keysOf(other)
    const certificates = (): Promise<unknown> =>
      ask({ kind: 'postgres', url: database }, 'SELECT count(*) FROM certificate')
    const issued = await certificates()
    const refused = await startDesk({ data: other, database }).then(
      () => assert.fail('it started'),
      (error: unknown) => error,
    )
    assert.ok(hasDeskCode(refused, 'key_files_missing'), `${refused}`)
    assert.deepEqual(refused.facts, { path: join(other, 'keys'), files: made.join(', ') })
    assert.match(failureText(refused, 'en') ?? '', /production-desk-2\.key[\s\S]+--without-keys/)
    assert.match(failureText(refused, 'fr') ?? '', /production-desk-2\.key[\s\S]+--without-keys/)
    assert.deepEqual([await keysOf(other), await certificates()], [held, issued], 'nothing was made')

    // Another key under the name of one of them is not it.
    for (const name of made) await cp(join(one, 'keys', name), join(other, 'keys', name))
    await cp(join(one, 'keys', 'test-desk.key'), join(other, 'keys', 'test-desk-2.key'))
    await assert.rejects(startDesk({ data: other, database }), (error) => hasDeskCode(error, 'key_files_missing'))
    await cp(join(one, 'keys', 'test-desk-2.key'), join(other, 'keys', 'test-desk-2.key'))
    const desk = await startDesk({ data: other, database })
    t.after(() => desk.kill())
    assert.deepEqual((await readiness(desk)).json, { ok: true })
  },
)

test(
  'a running desk that learns of an authority whose key it has not goes on with those that it has, and says so',
  options,
  async (t) => {
    const { database, one, other, ports } = await pairOf(t, ENDING)
    const running = await startDesk({ data: other, database, ahead: 0 })
    t.after(() => running.kill())
    const maker = await startDesk({ data: one, database, ports, ahead: 0 })
    t.after(() => maker.kill())
    assert.equal((await maker.core.ceremonies.hold()).made, 6)
    const { post } = await furnish(maker)
    await enrolMachine(maker, post)
    // Whatever it asks for and does not know makes it look for what there is by now.
    assert.equal(await running.core.authorities.certificate('none'), undefined)
    const held = await keysOf(other)
    await running.runJobs()
    assert.deepEqual(await keysOf(other), held, 'no responder is made for an authority of another desk')
    const { status, json } = await readiness(running)
    assert.equal(status, 200)
    assert.equal(json.lacking.code, 'key_files_missing')
    assert.match(json.lacking.detail, /production-machines-2\.key/)
    const told = running.log.filter((line) => line.includes('This desk signs nothing with them'))
    assert.equal(told.length, 1)
    assert.ok(
      told[0]!.includes(join(other, 'keys')) && !json.lacking.detail.includes(other),
      'the log says where it is',
    )
    const machine = await enrolMachine(running, { ...post, manager: visitorOf(running, post.manager) })
    const [row] = await ask(
      { kind: 'postgres', url: database },
      `SELECT a.key_id AS key FROM certificate c JOIN authority a ON a.id = c.authority WHERE c.serial = '${machine.serial}'`,
    )
    assert.equal(row!.key, 'production-machines')
  },
)

const ENDING = -9.5 * 365 * DAY

test('two desks whose keys of time stamps come of age each get one of their own, once', options, async (t) => {
  const { database, one, other, ports } = await pairOf(t, 0)
  await rm(join(other, 'keys', 'time-stamps-production-1.key'))
  const desks = [await startDesk({ data: one, database, ports }), await startDesk({ data: other, database })]
  t.after(() => Promise.all(desks.map((desk) => desk.kill())))
  const count = async (): Promise<unknown> =>
    ask({ kind: 'postgres', url: database }, "SELECT count(*) AS n FROM certificate WHERE profile = 'time-stamping'")
  const before = await count()
  for (let round = 0; round < 3; round++) for (const desk of desks) await desk.core.timeStamps.renewDue()
  assert.deepEqual(await count(), before)
  const imprint = await imprintOf(Buffer.from('an offer'))
  for (const { core } of desks) {
    const answer = await core.timeStamps.answer('production', buildTimeStampRequest({ imprint }))
    assert.equal(parseTimeStampResponse(answer).status, 'granted')
  }
})
