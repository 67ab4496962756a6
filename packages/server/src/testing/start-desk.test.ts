import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type PeerCertificate } from 'node:tls'
import { makeTlsFiles } from '@scel/testkit/peers'
import { call } from './call.ts'
import { makeCredential } from './credential.ts'
import { enrolMachine, furnish } from './furnish.ts'
import { postgresMissing, withPostgres } from './postgres.ts'
import { type StartDeskOptions, startDesk, type TestDesk } from './start-desk.ts'
import { visitorOf } from './visitor.ts'

const DAY = 86_400_000

async function deskOf(t: TestContext, options: StartDeskOptions = {}): Promise<TestDesk> {
  const desk = await startDesk(options)
  t.after(() => desk.stop())
  return desk
}

const folders: string[] = []
/** What a test has in hand ends in the order in which it was taken: a folder goes after the desk that writes in it. */
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function folderOf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scel-start-'))
  folders.push(folder)
  return folder
}

/** The certificate a door shows to whoever connects now. */
function shown(port: number): Promise<PeerCertificate> {
  const { promise, resolve, reject } = Promise.withResolvers<PeerCertificate>()
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }, () => {
    resolve(socket.getPeerCertificate())
    socket.end()
  })
  socket.on('error', reject)
  return promise
}

test('the desk renews its own certificates while it runs, and shows the new one to the next visitor', async (t) => {
  const desk = await deskOf(t)
  const doors = [desk.ports.portal, desk.ports.mutual]
  const first = await Promise.all(doors.map(shown))
  assert.equal(first[0]!.serialNumber, first[1]!.serialNumber)
  await desk.moveClock(30 * DAY)
  assert.equal((await shown(doors[0]!)).serialNumber, first[0]!.serialNumber, 'not due yet')
  await desk.moveClock(35 * DAY)
  const renewed = await Promise.all(doors.map(shown))
  assert.notEqual(renewed[0]!.serialNumber, first[0]!.serialNumber)
  assert.equal(renewed[1]!.serialNumber, renewed[0]!.serialNumber)
})

test('lists are published again by themselves, each with the next number', async (t) => {
  const desk = await deskOf(t)
  const { administrator } = await furnish(desk)
  const { items } = (await administrator.get('/api/authorities')).json as {
    items: { id: string; purpose: string; crl: { number: number; nextUpdate: string } }[]
  }
  await desk.moveClock(25 * 3_600_000)
  for (const { id, purpose, crl } of items) {
    const next = await desk.core.revocation.crl(id)
    assert.equal(next?.number, purpose === 'root' ? crl.number : crl.number + 1, purpose)
    assert.ok(purpose === 'root' || (next?.nextUpdate ?? '') > crl.nextUpdate)
  }
})

test('an idle session ends after half an hour, a busy one after twelve', async (t) => {
  const desk = await deskOf(t)
  const { administrator, auditor } = await furnish(desk)
  for (let minutes = 0; minutes < 12 * 60 - 1; minutes += 29) {
    assert.equal((await auditor.get('/api/session')).status, 200, `after ${minutes} minutes`)
    await desk.moveClock(29 * 60_000)
  }
  assert.equal((await administrator.get('/api/session')).json.code, 'session_ended')
  await desk.moveClock(2 * 60_000)
  assert.equal((await auditor.get('/api/session')).json.code, 'session_ended')
})

test('the operator’s own TLS certificate is shown, and a new file is shown without a restart', async (t) => {
  const folder = await folderOf()
  const { certificate, key } = makeTlsFiles(folder)
  const desk = await deskOf(t, { tls: { certificate, key } })
  // Each with a connection of its own: one that stands keeps the certificate it began with.
  const reach = async (ca: string): Promise<number> =>
    (await call(`${desk.services.portal}/api/desk`, { agent: new Agent({ ca }) })).status
  const first = await readFile(certificate, 'utf8')
  assert.equal(await reach(first), 200)
  makeTlsFiles(folder)
  await desk.runJobs()
  const next = await readFile(certificate, 'utf8')
  assert.equal(await reach(next), 200)
  await assert.rejects(reach(first), /self-signed/)
  // Half replaced: the old pair stays, and the log says why.
  await writeFile(key, (await makeCredential()).key)
  await desk.runJobs()
  assert.equal(await reach(next), 200)
  assert.ok(desk.log.some((line) => line.includes('job failed') && line.includes('KEY_VALUES_MISMATCH')))
  await rm(key)
  await desk.runJobs()
  assert.equal(await reach(next), 200)
  assert.ok(desk.log.some((line) => line.includes('job failed') && line.includes('ENOENT')))
})

test('a desk that was cut off and started again on the same data goes on', async (t) => {
  const data = await folderOf()
  const first = await startDesk({ data })
  const { administrator, post } = await furnish(first)
  const machine = await enrolMachine(first, post)
  await first.kill()
  const second = await deskOf(t, { data, ports: first.ports })
  assert.equal(second.first, false)
  assert.equal(second.root, first.root)
  const visitor = visitorOf(second, administrator)
  assert.equal((await visitor.get(`/api/requests/${machine.number}`)).json.certificate.serial, machine.serial)
})

test('the whole main job runs on PostgreSQL', async (t) => {
  const missing = postgresMissing()
  if (missing) return t.skip(missing)
  const postgres = await withPostgres()
  t.after(() => postgres.stop())
  const desk = await startDesk({ database: await postgres.createDatabase('desk') })
  try {
    const people = await furnish(desk)
    const machine = await enrolMachine(desk, people.post)
    const input = { ca: desk.root, cert: machine.certificate, key: machine.key }
    const whoAmI = () => call(`${desk.services.mutual}/api/whoami`, input)
    assert.equal((await whoAmI()).json.serial, machine.serial)
    await people.post.manager.post(`/api/certificates/${machine.certificateId}/revoke`, { reason: 'keyCompromise' })
    assert.equal((await whoAmI()).json.code, 'certificate_is_revoked')
    const other = await people.bank.manager.get(`/api/requests/${machine.number}`)
    assert.equal(other.json.code, 'not_found')
  } finally {
    await desk.stop()
  }
})

test('F6: a desk whose issuing key is gone, or cut, is not ready and says so; it is ready again when the key is back', {
  timeout: 120_000,
}, async (t) => {
  const data = await folderOf()
  const start = async (withoutKeys = false): Promise<TestDesk> => deskOf(t, { data, withoutKeys })
  const ready = async (desk: TestDesk) => (await call(`${desk.services.public}/health/ready`)).json
  const key = join(data, 'keys', 'production-machines.key')
  const first = await start()
  assert.deepEqual(await ready(first), { ok: true })
  await first.stop()
  const whole = await readFile(key)
  for (const content of [whole.subarray(0, 100), undefined]) {
    await rm(key)
    if (content) await writeFile(key, content)
    await assert.rejects(start(), { code: 'key_files_missing' })
    const desk = await start(true)
    const { code, facts } = await ready(desk)
    assert.deepEqual([code, facts], ['not_ready', { part: 'keys', look: 'failed' }])
    await desk.stop()
    await writeFile(key, whole)
  }
  assert.deepEqual(await ready(await start()), { ok: true })
})

test('F6: a desk one of whose tables somebody holds is not ready, says so in its time, and is again by itself', async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const database = await cluster.createDatabase('desk')
  const desk = await startDesk({ database })
  const { default: pg } = await import('pg')
  const holder = new pg.Client({ connectionString: database })
  holder.on('error', () => undefined)
  /** Asks until it is so, or gives up; an answer holds for ten seconds, and a busy machine has others before. */
  const said = async (wanted: RegExp): Promise<string> => {
    for (let look = 1; ; look++) {
      const answer = JSON.stringify((await call(`${desk.services.public}/health/ready`)).json)
      if (wanted.test(answer) || look === 60) return answer
      await pause(500)
    }
  }
  try {
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE request IN ACCESS EXCLUSIVE MODE')
    assert.match(await said(/"part":"database"/), /"not_ready".*"part":"database"/)
    await holder.end()
    assert.equal(await said(/"ok"/), '{"ok":true}')
  } finally {
    await holder.end().catch(() => undefined)
    await desk.stop()
  }
})

test('F6: a desk that cannot write the mark beside its keys is not ready, and says so', {
  timeout: 120_000,
}, async (t) => {
  const desk = await deskOf(t)
  const mark = join(desk.data, 'keys', 'high-water.json')
  await rm(mark)
  await mkdir(mark)
  await desk.runJobs()
  const { code, facts } = (await call(`${desk.services.public}/health/ready`)).json
  assert.deepEqual([code, facts], ['not_ready', { part: 'mark', look: 'failed' }])
})

test('F6: a desk whose database takes no writes is not ready, and says so', { timeout: 120_000 }, async (t) => {
  const data = await folderOf()
  const desk = await deskOf(t, { data })
  const { DatabaseSync } = await import('node:sqlite')
  const other = new DatabaseSync(join(data, 'desk.sqlite'))
  t.after(() => other.close())
  other.exec('BEGIN IMMEDIATE')
  const { code, facts } = (await call(`${desk.services.public}/health/ready`)).json
  assert.deepEqual([code, facts], ['not_ready', { part: 'database', look: 'late' }])
  other.exec('ROLLBACK')
})
