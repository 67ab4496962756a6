import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { parseOcspResponse } from '@scel/pki/ocsp'
import { bench } from '@scel/testkit/peers'
import { MINUTE } from './core/world.ts'
import { ask } from './store/testing/ask.ts'
import { unguard } from './store/testing/log-behind-the-back.ts'
import { call, enrolMachine, furnish, signIn, startDesk, type TestDesk, visitorOf } from './testing/index.ts'
import { postgresMissing, withPostgres } from './testing/postgres.ts'
import { openTcpProxy } from './testing/tcp-proxy.ts'

// What is under a desk that runs is another database, all at once, which lacks what the last one acknowledged: a standby that lagged has
// taken over, a copy was given its name, its file was written over.

async function dataOf(t: TestContext): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'scel-exchanged-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  return data
}

const readyOf = async (desk: TestDesk): Promise<string> => {
  const { status, json } = await call(`${desk.services.public}/health/ready`)
  return `${status} ${json.code ?? ''} ${json.facts?.part ?? ''}`.trim()
}

const told = (desk: TestDesk): number =>
  desk.log.filter((line) => line.includes('nothing is changed until it is accepted')).length

const OCSP = { 'content-type': 'application/ocsp-request' }

const missing = postgresMissing()
test('a database exchanged for an older copy under a desk that runs is noticed by the first call: nothing is acknowledged on it, nothing called good', {
  ...(missing && { skip: missing }),
}, async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const admin = { kind: 'postgres', url: cluster.url } as const
  /** With nobody connected, whom it does not ask. */
  const alone = async (name: string, ...statements: readonly string[]): Promise<void> => {
    await ask(admin, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await ask(admin, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
    for (const statement of statements) await ask(admin, statement)
  }
  const open = (name: string): Promise<unknown> => ask(admin, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)

  const desk = await startDesk({ data: await dataOf(t), database: url })
  t.after(() => desk.kill())
  const { administrator, post } = await furnish(desk)
  const machine = await enrolMachine(desk, post)
  const [leaf] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  const [certificate, issuer] = [judge.write('leaf.pem', leaf!), judge.write('issuer.pem', machine.issuer)]
  const { text: said } = judge.run('openssl', 'x509', '-in', certificate, '-noout', '-ext', 'crlDistributionPoints')
  const list = /URI:(\S+)/.exec(said)![1]!
  const ocsp = (): string => {
    const trust = ['-CAfile', judge.write('root.pem', desk.root), '-verify_other', issuer]
    const of = ['-issuer', issuer, '-cert', certificate, '-url', `${desk.services.public}/ocsp`]
    return judge.run('openssl', 'ocsp', ...of, ...trust).text
  }
  assert.match(ocsp(), /leaf\.pem: good/)

  await alone('desk', 'CREATE DATABASE copy TEMPLATE desk')
  await open('desk')
  const there = visitorOf(desk, administrator)
  const again = async (act: () => ReturnType<typeof there.get>) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await act()
      if (answer.json.code !== 'storage_unavailable' || attempt === 20) return answer
    }
  }
  const address = `/api/certificates/${machine.certificateId}/revoke`
  assert.equal((await again(() => there.post(address, { reason: 'keyCompromise' }))).status, 200)
  assert.match(ocsp(), /leaf\.pem: revoked/)
  assert.equal(told(desk), 0, 'new connections to the same database are nothing to tell')

  // No minute passes: no job has looked.
  await alone('desk', 'ALTER DATABASE desk RENAME TO gone', 'ALTER DATABASE copy RENAME TO desk')
  await open('desk')
  assert.equal((await again(() => there.get('/api/requests'))).status, 200)
  assert.equal(told(desk), 1, 'whoever only reads gets what is there, and it is told')
  const refused = await again(() => there.post('/api/organisations', { code: 'LATER', name: 'Later', country: 'FR' }))
  assert.deepEqual([refused.status, refused.json.code], [503, 'database_older'])
  assert.equal(told(desk), 1)
  assert.match(ocsp(), /trylater/, 'nobody calls good what was revoked')
  assert.equal((await call(list)).status, 503)
  assert.equal(await readyOf(desk), '503 not_ready restored')
  const whoami = { ca: desk.root, cert: machine.certificate, key: machine.key }
  assert.equal((await call(`${desk.services.mutual}/api/whoami`, whoami)).json.code, 'database_older')
  const session = (await signIn(desk, administrator)).headers['set-cookie']![0]!.split(';')[0]!
  const looking = visitorOf(desk, { cookie: session })
  assert.equal((await looking.get('/api/people')).status, 200, 'whoever wants to see what was put back signs in')
  await desk.moveClock(2 * MINUTE)
  assert.equal(
    await readyOf(desk),
    '503 not_ready restored',
    'lines that signing in has written there make up for nothing',
  )
  assert.equal(told(desk), 1)

  await alone('desk', 'ALTER DATABASE desk RENAME TO copy', 'ALTER DATABASE gone RENAME TO desk')
  await open('desk')
  await again(() => there.get('/api/people'))
  await desk.moveClock(2 * MINUTE)
  // Whoever asks often gets the last answer for ten seconds.
  for (let tries = 0; tries < 150 && (await readyOf(desk)) !== '200'; tries++) await pause(100)
  assert.equal(await readyOf(desk), '200', 'the right one is recognised')
  assert.match(ocsp(), /leaf\.pem: revoked/)
  assert.equal((await there.post('/api/organisations', { code: 'LATER', name: 'Later', country: 'FR' })).status, 200)
})

test('a name that leads to an older copy for a moment: what has connected there meanwhile answers nobody once the desk goes on', {
  ...(missing && { skip: missing }),
}, async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const admin = { kind: 'postgres', url: cluster.url } as const
  const proxy = await openTcpProxy({ host: '127.0.0.1', port: Number(new URL(url).port) })
  t.after(() => proxy.close())
  let leadsTo = 'desk'
  proxy.onSent = (bytes) => {
    const at = bytes.indexOf('database\0desk\0') // in the first packet of a connection
    if (at >= 0) bytes.write(leadsTo, at + 'database\0'.length)
    return true
  }
  const desk = await startDesk({ data: await dataOf(t), database: proxy.through(url) })
  t.after(() => desk.kill())
  const { administrator, post } = await furnish(desk)
  const machine = await enrolMachine(desk, post)
  const [leaf] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  const [certificate, issuer] = [judge.write('leaf.pem', leaf!), judge.write('issuer.pem', machine.issuer)]
  const question = join(judge.folder, 'question')
  judge.run('openssl', 'ocsp', '-issuer', issuer, '-cert', certificate, '-no_nonce', '-reqout', question)
  const asked = judge.read('question')
  const ocsp = async (): Promise<string> => {
    const { bytes } = await call(`${desk.services.public}/ocsp`, { method: 'POST', body: asked, headers: OCSP })
    const { status, basic } = parseOcspResponse(bytes)
    return basic?.responses[0]?.status ?? status
  }
  const whoami = async (): Promise<string> => {
    const shown = { ca: desk.root, cert: machine.certificate, key: machine.key }
    const { status, json } = await call(`${desk.services.mutual}/api/whoami`, shown)
    return `${status} ${json.code ?? ''}`.trim()
  }
  const there = visitorOf(desk, administrator)
  const organisations = async (): Promise<string> =>
    (await there.get('/api/organisations')).text.includes('NEWER') ? 'whole' : 'lacking'
  /** At once, so that many connections are in use. */
  const burst = async (...acts: (() => Promise<string>)[]): Promise<string[]> => {
    const all = acts.flatMap((act) => Array.from({ length: 10 }, act))
    return [...new Set(await Promise.all(all))].sort()
  }

  await ask(admin, 'ALTER DATABASE desk ALLOW_CONNECTIONS false')
  await ask(admin, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'desk'`)
  await ask(admin, 'CREATE DATABASE copy TEMPLATE desk')
  await ask(admin, 'ALTER DATABASE desk ALLOW_CONNECTIONS true')
  const again = async (act: () => ReturnType<typeof there.get>) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await act()
      if (answer.json.code !== 'storage_unavailable' || attempt === 20) return answer
    }
  }
  const address = `/api/certificates/${machine.certificateId}/revoke`
  assert.equal((await again(() => there.post(address, { reason: 'keyCompromise' }))).status, 200)
  const newer = { code: 'NEWER', name: 'Newer', country: 'FR' }
  assert.equal((await again(() => there.post('/api/organisations', newer))).status, 200)
  await desk.runJobs()
  assert.deepEqual([await ocsp(), await whoami()], ['revoked', '403 certificate_is_revoked'])

  leadsTo = 'copy'
  const first = await burst(ocsp, whoami, organisations)
  assert.deepEqual(
    first.filter((said) => said === 'good' || said === '200'),
    [],
    'nobody is told that it is good while the name leads to the copy',
  )
  assert.equal(told(desk), 1)
  assert.ok(first.includes('lacking'), 'the connections are there, and in use')

  leadsTo = 'desk'
  await burst(ocsp, whoami, organisations) // they stay while they are in use
  await desk.moveClock(MINUTE + 5_000)
  assert.equal(desk.core.highWater.older, undefined)
  for (let round = 0; round < 4; round++) {
    const said = await burst(ocsp, whoami, organisations)
    assert.deepEqual(
      said.filter((one) => !['revoked', 'tryLater', '403 certificate_is_revoked', 'whole'].includes(one)),
      [],
    )
  }
  for (let tries = 0; tries < 150 && (await readyOf(desk)) !== '200'; tries++) await pause(100)
  assert.equal(await readyOf(desk), '200')
  const { bytes } = await call(`${desk.services.public}/ocsp`, { method: 'POST', body: asked, headers: OCSP })
  const [said, root] = [judge.write('said', bytes), judge.write('root.pem', desk.root)]
  const of = ['-issuer', issuer, '-cert', certificate, '-CAfile', root, '-verify_other', issuer]
  const { text: verdict } = judge.run('openssl', 'ocsp', '-respin', said, ...of)
  assert.match(verdict, /leaf\.pem: revoked[\s\S]*Response verify OK/)
  assert.equal(told(desk), 1)
  assert.equal((await there.post('/api/organisations', { code: 'LAST', name: 'Last', country: 'FR' })).status, 200)
})

test('the end of the log gone from the file under a desk that runs (M11) is noticed by the next line, whose number is known', async (t) => {
  const data = await dataOf(t)
  const database = { kind: 'sqlite', file: join(data, 'desk.sqlite') } as const
  const desk = await startDesk({ data })
  t.after(() => desk.kill())
  const { administrator } = await furnish(desk)
  const there = visitorOf(desk, administrator)
  const organisation = (code: string) => there.post('/api/organisations', { code, name: code, country: 'FR' })
  const [before] = await ask(database, 'SELECT max(number) AS number FROM audit_event')
  assert.equal((await organisation('FIRST')).status, 200)
  // As `sqlite3 desk.sqlite < yesterday.sql` would, on the connections that are.
  await unguard(database)
  await ask(database, `DELETE FROM audit_event WHERE number > ${before!.number}`)
  await ask(database, `DELETE FROM organisation WHERE code = 'FIRST'`)
  const refused = await organisation('SECOND')
  assert.deepEqual([refused.status, refused.json.code], [503, 'database_older'])
  assert.equal(told(desk), 1)
  assert.equal(await readyOf(desk), '503 not_ready restored')
})
