import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeskError } from '@scel/contract/errors'
import { pemEncode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { bench } from '@scel/testkit/peers'
import { buildAuthorityContent } from './core/authorities/content.ts'
import { addressesAt } from './core/issuance/addresses.ts'
import { later, MINUTE, nowOf, realWorld } from './core/world.ts'
import type { Database } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { nextNumber } from './store/testing/log-behind-the-back.ts'
import { openSample } from './store/testing/sample-work.ts'
import {
  call,
  expectOk,
  furnish,
  makeApplicant,
  makeKit,
  startDesk,
  type TestDesk,
  visitorOf,
  workstationName,
} from './testing/index.ts'
import { postgresMissing, withPostgres } from './testing/postgres.ts'

// What whoever writes the database can make the desk do: nothing. Each attack is spoken in SQL to the database of a
// desk that runs, as its administrator would.

/** A desk, and who writes its database. */
async function deskOn(t: TestContext, engine: 'sqlite' | 'postgres') {
  const cluster = engine === 'postgres' ? await withPostgres() : undefined
  t.after(() => cluster?.stop())
  const url = await cluster?.createDatabase('desk')
  const desk = await startDesk(url === undefined ? {} : { database: url })
  t.after(() => desk.stop())
  const database: Database =
    url === undefined ? { kind: 'sqlite', file: join(desk.data, 'desk.sqlite') } : { kind: 'postgres', url }
  return { desk, database, sql: (text: string) => ask(database, text) }
}

for (const engine of ['sqlite', 'postgres'] as const) {
  const skip = (engine === 'postgres' && postgresMissing()) || false
  test(`a planted intent and a planted session (H3) are refused and told of, ${engine}`, { skip }, async (t) => {
    const judge = bench(t, 'openssl')
    if (!judge) return
    const { desk, sql } = await deskOn(t, engine)
    const { administrator, post } = await furnish(desk)

    const [root] = await sql(
      "SELECT id, certificate FROM authority WHERE purpose = 'root' AND environment = 'production'",
    )
    const { publicKey: spki } = await generateKeyPair('ec-p256')
    const parent = (await desk.core.authorities.chainOf(String(root!.id)))[0]!
    const evil = { environment: 'production', purpose: 'machines', deskName: 'Evil', spki, parent } as const
    const tbs = await buildAuthorityContent(realWorld, addressesAt(desk.services.public), evil)
    const bytes =
      engine === 'sqlite' ? `x'${Buffer.from(tbs).toString('hex')}'` : `'\\x${Buffer.from(tbs).toString('hex')}'`
    const before = later(nowOf(realWorld), -5 * MINUTE)
    await sql(`INSERT INTO intent (id, environment, authority, signer_key, certificate, tbs, purpose, subject_key_id, created_at)
      VALUES ('planted', 'production', '${parent.id}', 'production-root', 'evil', ${bytes},
        '{"kind":"authority","purpose":"machines"}', 'evil', '${before}')`)
    const [me] = await sql("SELECT person AS id, id AS credential FROM credential WHERE kind = 'certificate'")
    const token = 'A'.repeat(43)
    const hash = createHash('sha256').update(token).digest('hex')
    await sql(`INSERT INTO session (id, environment, person, token_hash, started_at, last_seen_at, expires_at, from_address, agent, how, credential, strength)
      VALUES ('planted', 'production', '${me!.id}', '${hash}', '${nowOf(realWorld)}', '${nowOf(realWorld)}',
        '${later(nowOf(realWorld), 60 * MINUTE)}', '127.0.0.1', 'curl', 'certificate', '${me!.credential}', 'high')`)

    await desk.moveClock(2 * MINUTE)
    await desk.runJobs()
    const made = await sql("SELECT certificate FROM authority WHERE id = 'evil' OR name LIKE 'Evil%'")
    for (const { certificate } of made) {
      const file = judge.write('evil.pem', pemEncode('CERTIFICATE', certificate as Uint8Array))
      const said = judge.run('openssl', 'verify', '-CAfile', judge.write('root.pem', desk.root), file)
      assert.fail(`the root signed what was planted; openssl says ${said.text}`)
    }
    const asked = await call(`${desk.services.portal}/api/people`, {
      ca: desk.root,
      headers: { cookie: `__Host-scel-session=${token}` },
    })
    assert.equal(asked.status, 401, asked.text)
    assert.equal(asked.json.code, 'sign_in_required')

    assert.deepEqual(toldOf(desk), ['intent planted', 'session planted'])
    const lines = await until(async () => {
      const log = await administrator.get('/api/audit?action=desk.row_refused')
      return log.json.items.length === 2 ? log.json.items : undefined
    })
    const told = lines.map(
      (line: { outcome: string; target: { kind: string } }) => `${line.outcome} ${line.target.kind}`,
    )
    assert.deepEqual(told.sort(), ['refused intent', 'refused session'])
    await makeKit(administrator, post.id) // the desk goes on for everybody else
  })
}

for (const engine of ['sqlite', 'postgres'] as const) {
  const skip = (engine === 'postgres' && postgresMissing()) || false
  test(`a list from before a revocation, planted under the next number (H3), is served to nobody and told of, ${engine}`, {
    skip,
  }, async (t) => {
    const judge = bench(t, 'openssl')
    if (!judge) return
    const { desk, sql } = await deskOn(t, engine)
    const { administrator, post } = await furnish(desk)
    const kit = await makeKit(administrator, post.id, { standingApproval: true })
    const applicant = await makeApplicant(desk)
    for (let count = 0; count < 2; count++) {
      const { csr } = await applicant.credential({ commonName: workstationName() })
      await expectOk(applicant.submit(kit, csr))
    }
    const [bad, next] = (await administrator.get('/api/certificates?profile=workstation')).json.items
    const [{ authority }] = (await sql(`SELECT authority FROM certificate WHERE id = '${bad.id}'`)) as [
      { authority: string },
    ]
    const numbers = async (): Promise<number[]> =>
      (await sql(`SELECT number FROM crl WHERE authority = '${authority}' ORDER BY number`)).map(({ number }) =>
        Number(number),
      )
    const listed = async (): Promise<string[]> => {
      const answer = await fetch(`${desk.services.public}/crl/${authority}.crl`)
      assert.equal(answer.status, 200)
      const file = judge.write('served.crl', new Uint8Array(await answer.arrayBuffer()))
      const { text: said } = judge.run('openssl', 'crl', '-inform', 'DER', '-noout', '-text', '-in', file)
      return [...said.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial!.toLowerCase())
    }
    const before = (await numbers()).at(-1)!
    await expectOk(administrator.post(`/api/certificates/${bad.id}/revoke`, { reason: 'keyCompromise' }))
    assert.deepEqual(await listed(), [bad.serial])
    const newest = (await numbers()).at(-1)!
    const mark = (await desk.core.highWater.look()) ?? 'whole'

    const all = Object.keys((await sql('SELECT * FROM crl LIMIT 1'))[0]!).filter((column) => column !== 'number')
    const plant = (number: number | string, covers = 'covers'): Promise<unknown> =>
      sql(`INSERT INTO crl (number, ${all.join(', ')})
        SELECT ${number}, ${all.map((column) => (column === 'covers' ? covers : column)).join(', ')} FROM crl
        WHERE authority = '${authority}' AND number = ${before}`)
    await plant(newest + 1, '1000000')
    await plant(Number.MAX_SAFE_INTEGER, '1000000')
    assert.deepEqual(await listed(), [bad.serial])
    await desk.runJobs()
    await desk.core.highWater.advance()
    assert.deepEqual([(await desk.core.highWater.look()) ?? 'whole', mark], ['whole', 'whole'])
    assert.deepEqual(await listed(), [bad.serial])
    const told = [`crl ${authority} ${newest + 1}`, `crl ${authority} ${Number.MAX_SAFE_INTEGER}`]
    assert.deepEqual(toldOf(desk).sort(), told.sort())

    await expectOk(administrator.post(`/api/certificates/${next.id}/revoke`, { reason: 'keyCompromise' }))
    assert.deepEqual((await listed()).sort(), [bad.serial, next.serial].sort())
    assert.equal((await numbers()).at(-1), newest + 1, 'numbers follow from what was signed')
    assert.equal((await call(`${desk.services.public}/health/ready`)).status, 200)
  })
}

/** What may stand in a column of JSON that somebody wrote over: no JSON, and JSON of another shape. */
const WRITTEN_OVER = ['no JSON', '', 'null', '{}', '{"email":7}', '[{"code":"possession_proved"}]', '"text"'] as const

for (const engine of ['sqlite', 'postgres'] as const) {
  const skip = (engine === 'postgres' && postgresMissing()) || false
  test(`rows that do not read (H3) break no list and no job: told once, the others stay, ${engine}`, {
    skip,
  }, async (t) => {
    const { desk, database, sql } = await deskOn(t, engine)
    const { administrator, post } = await furnish(desk)
    const submitted = async (): Promise<number> => {
      const applicant = await makeApplicant(desk)
      const { csr } = await applicant.credential({ commonName: workstationName() })
      return (await expectOk(applicant.submit(post.kit, csr))).json.request.number
    }
    const rowsOf = async (path: string) => (await expectOk(administrator.get(path))).json.items

    // Requests: each column of JSON, with each text.
    const honest = await submitted()
    const planted: number[] = []
    for (const column of ['names', 'machine', 'contact', 'findings'] as const) {
      for (const text of WRITTEN_OVER) {
        const number = await submitted()
        await sql(`UPDATE request SET ${column} = '${text}' WHERE number = ${number}`)
        planted.push(number)
        const asked = (await expectOk(administrator.get(`/api/requests/${number}`))).json
        const { approve, reject, why } = asked.may
        assert.deepEqual([approve, reject, /somebody changed it/.test(why)], [false, true, true], why)
        assert.equal(asked.machine === undefined, column === 'machine')
        assert.equal(asked.contact === undefined, column === 'contact')
        const refused = await administrator.post(`/api/requests/${number}/approve?mark=${asked.mark}`)
        assert.deepEqual([refused.status, refused.json.code], [409, 'request_row_altered'])
      }
    }
    // And one whose day of submission is none: it is shown as from the beginning of time.
    const undated = await submitted()
    await sql(`UPDATE request SET submitted_at = 'yesterday' WHERE number = ${undated}`)
    for (let look = 0; look < 2; look++) {
      const shown = (await rowsOf('/api/requests?size=200')).map(({ number }: { number: number }) => number)
      assert.deepEqual(shown, [honest, ...planted, undated].reverse())
    }
    // Lines of the log, which whoever writes the database may add: one that blocks a key, and one that nobody knows.
    const blocked = 'a'.repeat(64)
    for (const [action, facts] of [
      ['applicant.blocked', 'no JSON'],
      ['request.fetched', '[]'],
    ] as const) {
      await sql(`INSERT INTO audit_event (number, environment, organisation, at, action, outcome, actor_kind, actor_name, target_kind,
        target_id, search, facts) VALUES (${nextNumber(database)}, 'production', '${post.id}', '2026-01-01T00:00:00.000Z', '${action}', 'done', 'person',
        'Eve', 'applicant', '${blocked}', '', '${facts}')`)
    }
    assert.deepEqual((await rowsOf('/api/audit?action=request.fetched'))[0].facts, {})
    assert.ok((await rowsOf('/api/audit?size=200')).length > 30)
    const { mark, ...shown } = (await rowsOf('/api/applicants/blocked'))[0]
    assert.match(mark, /^[0-9a-f]{64}$/)
    assert.deepEqual(shown, {
      ...{ applicant: blocked, at: '2026-01-01T00:00:00.000Z', by: 'Eve', reason: '', organisation: post.id },
      mayLift: true,
    })
    // A certificate in the directory: who owns the database takes its guards away.
    if (engine === 'postgres') await sql('ALTER TABLE certificate DISABLE TRIGGER USER')
    else {
      for (const { name } of await sql(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'certificate'",
      ))
        await sql(`DROP TRIGGER ${name}`)
    }
    const listed = (await rowsOf('/api/directory')).length
    await sql(`UPDATE certificate SET der = ${engine === 'sqlite' ? "x'00'" : "'\\x00'"} WHERE number =
      (SELECT max(number) FROM certificate WHERE receives = 1)`)
    assert.equal((await rowsOf('/api/directory')).length, listed - 1)

    const told = toldOf(desk)
    const once = [...planted, undated].map((number) => `request ${number}`)
    assert.deepEqual(told.filter((one) => one.startsWith('request ')).sort(), once.sort())
    assert.equal(told.filter((one) => one.startsWith('audit_event ')).length, 2)
    assert.equal(told.filter((one) => one.startsWith('certificate ')).length, 1)
    assert.equal(desk.log.filter((line) => line.includes('left out of its list')).length, 0)

    // Whoever decides ends them, one and many, and so does time.
    const [first, ...others] = planted
    await expectOk(administrator.post(`/api/requests/${first}/reject`, { reason: 'somebody wrote over it' }))
    const all = await expectOk(
      administrator.post(`/api/kits/${post.kit.kit.id}/reject-requests`, { reason: 'somebody wrote over them' }),
    )
    assert.equal(all.json.rejected, others.length + 2)
    const late = await submitted()
    await sql(`UPDATE request SET machine = 'no JSON' WHERE number = ${late}`)
    await desk.moveClock(400 * 24 * 60 * MINUTE)
    await desk.core.requests.expireDue()
    const [{ state }] = (await sql(`SELECT state FROM request WHERE number = ${late}`)) as [{ state: string }]
    assert.equal(state, 'expired')
  })
}

test('a planted authority (H3) does not keep the desk from starting, and is none', async (t) => {
  const first = await startDesk()
  t.after(() => first.stop())
  const database: Database = { kind: 'sqlite', file: join(first.data, 'desk.sqlite') }
  const columns = 'environment, name, subject, parent, serial, certificate, not_before, not_after'
  await ask(
    database,
    `INSERT INTO authority (id, purpose, key_id, fingerprint, created_at, ${columns})
      SELECT 'planted', purpose, 'nowhere', 'planted', '2099-01-01T00:00:00.000Z', ${columns.replace('serial', "'01'")}
      FROM authority WHERE purpose = 'machines' AND environment = 'production'`,
  )
  await first.kill()
  const second = await startDesk({ data: first.data, ports: first.ports })
  t.after(() => second.kill())
  assert.deepEqual(toldOf(second), ['authority planted'])
  assert.equal((await call(`${second.services.public}/health/ready`)).status, 200)
  assert.equal(await second.core.authorities.certificate('planted'), undefined)
})

test('what another first start began on the same empty database (F12), under its codes, keeps no administrator away', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'scel-begun-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  await (await openSample({ kind: 'sqlite', file: join(data, 'desk.sqlite') })).close()
  const desk = await startDesk({ data })
  t.after(() => desk.kill())
  const { administrator } = await furnish(desk)
  assert.equal((await visitorOf(desk, administrator).get('/api/people')).status, 200)
  assert.deepEqual(toldOf(desk), [])
})

const noPostgres = postgresMissing() ?? false
test('two first starts on one empty PostgreSQL (F12): one makes it its own, the other is told so', {
  skip: noPostgres,
}, async (t) => {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const both = await Promise.allSettled([startDesk({ database: url }), startDesk({ database: url })])
  const [one, ...others] = both.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  t.after(() => one?.stop())
  assert.ok(one && others.length === 0, 'one of them starts')
  const [lost] = both.flatMap((start) => (start.status === 'rejected' ? [start.reason as unknown] : []))
  assert.ok(isDeskError(lost) && lost.code === 'keys_of_another_desk', String(lost))
  await one.runJobs()
  const database: Database = { kind: 'postgres', url }
  assert.deepEqual(await ask(database, 'SELECT id FROM intent'), [])
  assert.equal((await ask(database, 'SELECT id FROM authority')).length, 8)
  assert.deepEqual(toldOf(one), [])
  assert.equal((await call(`${one.services.public}/health/ready`)).status, 200)
})

const toldOf = (desk: TestDesk): string[] =>
  desk.log
    .map((line) => JSON.parse(line) as { level: number; table?: string; id?: string })
    .filter(({ level, table }) => level === 50 && table !== undefined)
    .map(({ table, id }) => `${table} ${id}`)

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const found = await look()
    if (found !== undefined) return found
    await wait(100)
  }
  return assert.fail('it did not come')
}
