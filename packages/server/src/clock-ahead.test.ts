import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect, type PeerCertificate } from 'node:tls'
import { promisify } from 'node:util'
import { parseCrl } from '@scel/pki/x509'
import {
  call,
  enrolMachine,
  expectOk,
  type Furnished,
  furnish,
  type Machine,
  makeApplicant,
  postgresMissing,
  startDesk,
  type TestDesk,
  withPostgres,
  workstationName,
} from './testing/index.ts'

// A virtual machine that wakes with a wrong clock, a battery that died: once the clock is right, so is the desk.

const DAY = 86_400_000
const AHEAD = 95 * DAY

test('F2: a desk that once ran under a clock 95 days ahead heals when it is right, SQLite', (t) => healed(t, 'sqlite'))
test('F2: a desk that once ran under a clock 95 days ahead heals when it is right, PostgreSQL', async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  await healed(t, await cluster.createDatabase('desk'))
})

async function healed(t: TestContext, database: string): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'scel-clock-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  let ports: TestDesk['ports'] | undefined
  const under = async (shift: number, act: (desk: TestDesk) => Promise<void>): Promise<void> => {
    const desk = await startDesk({ data, database, ahead: shift, ...(ports && { ports }) })
    ports = desk.ports
    try {
      await act(desk)
    } finally {
      await desk.stop()
    }
  }

  let people: Furnished | undefined
  let pending = 0
  let ids: string[] = []
  let lists: readonly List[] = []
  await under(0, async (desk) => {
    people = await furnish(desk)
    const { json } = await expectOk(people.administrator.get('/api/authorities'))
    ids = json.items.map(({ id }: { id: string }) => id)
    const applicant = await makeApplicant(desk)
    const { csr } = await applicant.credential({ commonName: workstationName() })
    pending = (await expectOk(applicant.submit(people.post.kit, csr))).json.request.number
  })

  await under(AHEAD, async (desk) => {
    await desk.runJobs()
    assert.ok(Date.parse((await shown(desk)).valid_from) > Date.now(), 'it renewed its certificate')
    lists = await listsOf(desk, ids)
    assert.ok(lists.some(({ thisUpdate }) => thisUpdate > new Date()))
    assert.equal(desk.log.filter((line) => line.includes('the clock leapt forward')).length, 1, 'told, and told once')
  })

  await under(0, async (desk) => {
    const { valid_from: from, valid_to: to } = await shown(desk)
    assert.ok(Date.parse(from) < Date.now() && Date.now() < Date.parse(to), `${from} – ${to}`)
    for (const [index, list] of (await listsOf(desk, ids)).entries()) {
      assert.ok(list.thisUpdate <= new Date(), `list ${list.number} is of ${list.thisUpdate}`)
      const before = lists[index]!
      assert.equal(list.number, before.thisUpdate > new Date() ? before.number + 1 : before.number)
    }
    const told = desk.log.filter((line) => line.includes('the clock is behind the newest line of the log'))
    assert.equal(told.length, 1)
    assert.match(told[0]!, /"clock":"[^"]+","log":"[^"]+"/)
    const ready = await call(`${desk.services.public}/health/ready`)
    assert.deepEqual(
      [ready.status, ready.json.code, ready.json.facts],
      [503, 'not_ready', { part: 'clock', look: 'failed' }],
    )

    const { administrator, post } = people!
    assert.equal(
      (await expectOk(administrator.get(`/api/requests/${pending}`))).json.state,
      'pending',
      'it did not expire',
    )
    await opensslAgrees(desk, await enrolMachine(desk, post), data)
  })
  await under(11 * 60_000, async (desk) => {
    assert.equal(
      (await call(`${desk.services.public}/health/ready`)).status,
      200,
      'whoever sets clocks had ten minutes',
    )
  })
}

interface List {
  readonly number: number
  readonly thisUpdate: Date
}

async function listsOf(desk: TestDesk, ids: readonly string[]): Promise<List[]> {
  const lists: List[] = []
  for (const id of ids) {
    const { bytes } = await call(`${desk.services.public}/crl/${id}.crl`)
    lists.push({ number: (await desk.core.revocation.crl(id))!.number, thisUpdate: parseCrl(bytes).thisUpdate })
  }
  return lists
}

/** A certificate made now is good by OCSP and by its list, and the answers themselves are of now. */
async function opensslAgrees(desk: TestDesk, machine: Machine, folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name)
  const issuer = machine.certificate.split(/(?=-----BEGIN)/)[1]!
  await Promise.all([
    writeFile(at('root.pem'), desk.root),
    writeFile(at('issuer.pem'), issuer),
    writeFile(at('leaf.pem'), machine.certificate),
  ])
  const { stdout, stderr } = await promisify(execFile)('openssl', [
    ...['ocsp', '-issuer', at('issuer.pem'), '-cert', at('leaf.pem'), '-CAfile', at('root.pem')],
    ...['-verify_other', at('issuer.pem'), '-url', `${desk.services.public}/ocsp`],
  ])
  assert.match(`${stdout}${stderr}`, /Response verify OK/)
  assert.match(`${stdout}${stderr}`, /leaf\.pem: good/)
}

function shown({ ports }: TestDesk): Promise<PeerCertificate> {
  const { promise, resolve, reject } = Promise.withResolvers<PeerCertificate>()
  const options = { port: ports.portal, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }
  const socket = connect(options, () => {
    resolve(socket.getPeerCertificate())
    socket.end()
  })
  socket.on('error', reject)
  return promise
}
