import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { verifyContent } from '@scel/pki/cms'
import { buildTimeStampRequest, imprintOf, parseTimeStampResponse, parseTstInfo, timeStampToken } from '@scel/pki/tsp'
import {
  type Answer,
  acceptInvitation,
  approve,
  call,
  type DeskProcess,
  expectOk,
  freePorts,
  makeApplicant,
  makeKit,
  spawnDesk,
  type Visitor,
  workstationName,
} from './testing/index.ts'

// Kill -9 of the whole desk, a process of its own as an operator runs it: what was acknowledged is there after the
// start, and the start just works.

/** A desk that is killed and started again on the same data and ports. */
interface Mortal {
  readonly desk: DeskProcess
  die(): Promise<void>
  rise(): Promise<void>
}

async function mortal(t: TestContext): Promise<Mortal> {
  const data = await mkdtemp(join(tmpdir(), 'scel-kill-'))
  const args = ['--requests-per-minute', '1000000', '--log-level', 'warn']
  let desk = await spawnDesk({ data, args })
  const die = (): Promise<void> => desk.kill()
  t.after(async () => {
    await die()
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  })
  return {
    get desk() {
      return desk
    },
    die,
    rise: async () => {
      desk = await spawnDesk({ data, args, ports: desk.ports })
    },
  }
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const OWN = '/api/enrolment/requests'

test('killed after each step of the main job, the desk remembers the step and the job goes on', async (t) => {
  const life = await mortal(t)
  const again = async (): Promise<void> => {
    await life.die()
    await life.rise()
  }

  const administrator: Visitor = await acceptInvitation(life.desk, life.desk.inviteLink)
  await again()
  assert.equal(life.desk.inviteLink, '', 'the invitation stays spent')
  assert.equal((await administrator.get('/api/session')).json.person.grants[0].role, 'administrator')

  const organisation = (await administrator.post('/api/organisations', { code: 'K9', name: 'K', country: 'FR' })).json
    .id
  await again()
  assert.equal((await administrator.get(`/api/organisations/${organisation}`)).json.code, 'K9')

  const kit = await makeKit(administrator, organisation)
  await again()
  assert.equal((await administrator.get('/api/kits')).json.items[0].id, kit.kit.id)

  const applicant = await makeApplicant(life.desk)
  const credential = await applicant.credential({ commonName: workstationName() })
  const submitted = await expectOk(applicant.submit(kit, credential.csr))
  const { number } = submitted.json.request
  await again()
  assert.equal((await expectOk(applicant.send('GET', `${OWN}/${number}?environment=production`))).json.state, 'pending')

  const approved = await expectOk(approve(administrator, number))
  const { id, serial } = approved.json.certificate
  await again()
  const decided = await approve(administrator, number)
  assert.equal(decided.json.code, 'request_decided_already')

  const fetched = await expectOk(applicant.send('POST', `${OWN}/${number}/certificate?environment=production`))
  await again()
  const fetchedAgain = await expectOk(applicant.send('POST', `${OWN}/${number}/certificate?environment=production`))
  assert.equal(fetchedAgain.json.certificate, fetched.json.certificate)

  await expectOk(
    applicant.send('POST', `${OWN}/${number}/confirm?environment=production`, { how: 'installed', serial }),
  )
  await again()
  assert.equal((await administrator.get(`/api/requests/${number}`)).json.state, 'installed')

  const whoAmI = (): Promise<Answer> =>
    call(`${life.desk.services.mutual}/api/whoami`, {
      ca: life.desk.root,
      cert: fetched.json.certificate,
      key: credential.key,
    })
  assert.equal((await whoAmI()).status, 200)
  await expectOk(administrator.post(`/api/certificates/${id}/revoke`, { reason: 'keyCompromise' }))
  await again()
  assert.equal((await whoAmI()).json.code, 'certificate_is_revoked')
  assert.equal((await administrator.get(`/api/requests/${number}`)).json.state, 'revoked')

  const { items } = (await administrator.get('/api/audit?size=200')).json as {
    items: { action: string; outcome: string; facts: { standing?: boolean } }[]
  }
  // What the desk and its people ask for was decided before.
  const byPeople = items.filter(({ facts }) => !facts.standing)
  for (const action of ['organisation.created', 'kit.created', 'request.approved', 'certificate.revoked']) {
    assert.equal(byPeople.filter((event) => event.action === action && event.outcome === 'done').length, 1, action)
  }
})

test('killed in the middle of many calls, the desk keeps every certificate it had told anybody of, and half of none', async (t) => {
  const life = await mortal(t)
  const administrator = await acceptInvitation(life.desk, life.desk.inviteLink)
  const { json } = await administrator.post('/api/organisations', { code: 'K9', name: 'K', country: 'FR' })
  const kit = await makeKit(administrator, json.id, { standingApproval: true, uses: 100_000 })

  const told = new Map<number, string>()
  for (const milliseconds of [150, 400, 800]) {
    const storm = Promise.all(
      Array.from({ length: 8 }, async () => {
        const applicant = await makeApplicant(life.desk)
        for (;;) {
          const { csr } = await applicant.credential({ commonName: workstationName() })
          const { status, json: answer } = await applicant.submit(kit, csr)
          assert.equal(status, 200, JSON.stringify(answer))
          told.set(answer.request.number, answer.request.certificate.serial)
        }
      }),
      // Every one of them ends with the desk.
    ).catch((error: NodeJS.ErrnoException) => assert.match(`${error.code}`, /ECONN|EPIPE|ERR_/))
    await setTimeout(milliseconds)
    await life.die()
    await storm
    await life.rise()

    const requests = await everything(administrator, '/api/requests')
    const serials = new Map(requests.map(({ number, certificate }) => [number, certificate?.serial]))
    for (const [number, serial] of told) assert.equal(serials.get(number), serial, `request ${number}`)
    // What was approved before the end was finished by the start, although nobody had been told.
    for (const { number, state, certificate } of requests)
      assert.ok(state !== 'approved' || certificate, `request ${number}`)
    const certificates = await everything(administrator, '/api/certificates?profile=workstation')
    assert.equal(new Set(certificates.map(({ request }) => request)).size, certificates.length, 'one certificate each')
  }
  assert.ok(told.size > 0, 'nobody was told of anything: the test says nothing')
})

test('killed while it makes its first keys, the desk completes what is missing and makes nothing twice', async (t) => {
  for (const enough of [1, 4, 9, 15]) {
    const data = await mkdtemp(join(tmpdir(), 'scel-first-'))
    t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
    const ports = (await freePorts(3)) as [number, number, number]
    const options = ['portal', 'mutual', 'public'].flatMap((door, at) => [`--${door}-port`, `${ports[at]}`])
    const child = spawn(process.execPath, [MAIN, 'start', '--data', data, '--public-name', 'localhost', ...options], {
      stdio: 'ignore',
    })
    const keys = (): number => (existsSync(join(data, 'keys')) ? readdirSync(join(data, 'keys')).length : 0)
    while (keys() < enough && child.exitCode === null) await setTimeout(1)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const desk = await spawnDesk({ data, ports })
    try {
      const administrator = await acceptInvitation(desk, desk.inviteLink)
      const { items } = (await administrator.get('/api/authorities')).json as { items: { purpose: string }[] }
      assert.deepEqual(items.map(({ purpose }) => purpose).sort(), ['desk', 'machines', 'people', 'root'])
    } finally {
      await desk.kill()
    }
  }
})

test('killed while it stamps, the desk gives no serial of a time stamp twice', async (t) => {
  const life = await mortal(t)
  const body = buildTimeStampRequest({ imprint: await imprintOf(new Uint8Array([1, 2, 3])) })
  const serials: string[] = []
  for (const enough of [15, 45, 90]) {
    const storm = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (;;) {
          const headers = { 'content-type': 'application/timestamp-query' }
          const { bytes } = await call(`${life.desk.services.public}/tsp`, { method: 'POST', headers, body })
          serials.push(await serialOf(timeStampToken(parseTimeStampResponse(bytes))))
        }
      }),
    ).catch((error: NodeJS.ErrnoException) => assert.match(`${error.code}`, /ECONN|EPIPE|ERR_/))
    while (serials.length < enough) await setTimeout(1)
    await life.die()
    await storm
    await life.rise()
  }
  assert.ok(serials.length > 30, `${serials.length} stamps say nothing`)
  assert.equal(new Set(serials).size, serials.length)
  // The counted half does not repeat by itself: the random half would hide it.
  assert.equal(new Set(serials.map((serial) => serial.slice(0, -16))).size, serials.length)
})

/** Of a token whose signature does not matter here. */
async function serialOf(token: Uint8Array): Promise<string> {
  let content = new Uint8Array(0)
  const source = (async function* () {
    yield token
  })()
  const anywhere = { anchors: [], at: new Date(), revocation: 'not-asked' } as const
  await verifyContent(source, anywhere, {
    write: async (bytes) => {
      content = Buffer.concat([content, bytes])
    },
  })
  return parseTstInfo(content).serialHex
}

interface Row {
  readonly number: number
  readonly state: string
  readonly request?: number
  readonly certificate?: { readonly serial: string }
}

/** Every row of a list, page after page. */
async function everything(visitor: Visitor, path: string): Promise<Row[]> {
  const rows: Row[] = []
  for (let after = ''; ; ) {
    const join = path.includes('?') ? '&' : '?'
    const { json } = await expectOk(visitor.get(`${path}${join}size=200${after && `&after=${after}`}`))
    rows.push(...json.items)
    if (!json.next) return rows
    after = encodeURIComponent(json.next)
  }
}
