import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { hasDeskCode } from '@scel/contract/errors'
import { extension, parseCrl } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import type { Older } from './core/high-water/high-water.ts'
import { MINUTE } from './core/world.ts'
import { type Database, migrateDatabase } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { formerDatabase } from './store/testing/former-database.ts'
import { unguard } from './store/testing/log-behind-the-back.ts'
import { call, enrolMachine, furnish, signIn, startDesk, type TestDesk, visitorOf } from './testing/index.ts'
import { postgresMissing, withPostgres } from './testing/postgres.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

async function dataOf(t: TestContext): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'scel-restored-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  return data
}

/** A command of `scel-desk`: its exit code, and all that it said. */
const run = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, out, err) => resolve(`${error ? error.code : 0} ${out}${err}`))
  })
const acceptRestore = (data: string, ...more: string[]): Promise<string> =>
  run('accept-restore', '--data', data, '--language', 'en', ...more)

const readyOf = async (desk: TestDesk): Promise<string> => {
  const { status, json } = await call(`${desk.services.public}/health/ready`)
  return `${status} ${json.code ?? ''} ${json.facts?.part ?? ''}`.trim()
}

test('an older copy of the database put back (M11) is noticed: nothing is called good, nothing is changed, until it is accepted', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  const data = await dataOf(t)
  const file = join(data, 'desk.sqlite')
  const yesterday = join(data, 'yesterday.sqlite')
  const first = await startDesk({ data })
  t.after(() => first.kill())
  const { administrator, post } = await furnish(first)
  const machine = await enrolMachine(first, post)
  const [leaf] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  const [certificate, issuer] = [judge.write('leaf.pem', leaf!), judge.write('issuer.pem', machine.issuer)]
  const { text: said } = judge.run('openssl', 'x509', '-in', certificate, '-noout', '-ext', 'crlDistributionPoints')
  const list = /URI:(\S+)/.exec(said)![1]!
  const numberOf = async (): Promise<bigint> => extension(parseCrl((await call(list)).bytes), 'cRLNumber')!
  const ocsp = (desk: TestDesk): string => {
    const trust = ['-CAfile', judge.write('root.pem', desk.root), '-verify_other', issuer]
    return judge.run(
      'openssl',
      'ocsp',
      '-issuer',
      issuer,
      '-cert',
      certificate,
      ...trust,
      '-url',
      `${desk.services.public}/ocsp`,
    ).text
  }
  await first.kill()
  await copyFile(file, yesterday)
  const { ports } = first

  const second = await startDesk({ data, ports })
  t.after(() => second.kill())
  assert.equal(
    (
      await visitorOf(second, administrator).post(`/api/certificates/${machine.certificateId}/revoke`, {
        reason: 'keyCompromise',
      })
    ).status,
    200,
  )
  assert.match(ocsp(second), /leaf\.pem: revoked/)
  const published = await numberOf()
  await second.kill()
  for (const end of ['-wal', '-shm']) await rm(`${file}${end}`, { force: true })
  await copyFile(yesterday, file)

  const third = await startDesk({ data, ports })
  t.after(() => third.kill())
  assert.match(ocsp(third), /trylater/)
  assert.equal((await call(list)).status, 503)
  assert.equal(await readyOf(third), '503 not_ready restored')
  const described = await call(`${third.services.portal}/api/desk`, { ca: third.root })
  assert.match(described.json.restored.since, /^\d{4}-/, 'everybody is told')
  const there = visitorOf(third, {
    cookie: (await signIn(third, administrator)).headers['set-cookie']![0]!.split(';')[0]!,
  })
  assert.equal((await there.get('/api/people')).status, 200, 'whoever wants to see what was put back signs in')
  const whoami = await call(`${third.services.mutual}/api/whoami`, {
    ca: third.root,
    cert: machine.certificate,
    key: machine.key,
  })
  assert.deepEqual(
    [whoami.status, whoami.json.code],
    [503, 'database_older'],
    'what was revoked since is not called good',
  )
  const refused = await there.post('/api/organisations', { code: 'LATER', name: 'Later', country: 'FR' })
  assert.deepEqual([refused.status, refused.json.code], [503, 'database_older'])
  await third.moveClock(2 * MINUTE)
  assert.equal(
    third.log.filter((line) => line.includes('nothing is changed until it is accepted')).length,
    1,
    'told, and told once',
  )
  assert.deepEqual(
    third.log.filter((line) => line.includes('job failed')),
    [],
  )
  await third.kill()

  // A mark that cannot be read vouches for nothing: what cannot be compared is not called whole.
  const mark = join(data, 'keys', 'high-water.json')
  const kept = await readFile(mark)
  await writeFile(mark, kept.subarray(0, 20))
  assert.match(
    await acceptRestore(data, '--yes'),
    /^1 Nothing was changed[\s\S]*nobody can tell what this database lacks/,
  )
  await writeFile(mark, kept)

  assert.match(
    await acceptRestore(data),
    /^1 Nothing was changed[\s\S]*does not reach[\s\S]*was published, the database knows list/,
  )
  assert.match(await acceptRestore(data, '--yes'), /^0 The database was accepted/)

  const fourth = await startDesk({ data, ports })
  t.after(() => fourth.kill())
  assert.equal(await readyOf(fourth), '200')
  assert.equal((await call(`${fourth.services.portal}/api/desk`, { ca: fourth.root })).json.restored, undefined)
  assert.ok((await numberOf()) > published, 'no number is used twice')
  assert.match(ocsp(fourth), /leaf\.pem: good/, 'the revocation itself is lost, as the command says')
  const cookie = (await signIn(fourth, administrator)).headers['set-cookie']![0]!.split(';')[0]!
  const log = await visitorOf(fourth, { cookie }).get('/api/audit?action=desk.restore_accepted')
  assert.equal(log.json.items.length, 1)
})

test('a dump put back beside the keys of today (M11), postgres, is noticed and taken by command', {
  skip: postgresMissing() ?? false,
}, async (t) => {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const put = async (from: string, to: string): Promise<string> => {
    await ask({ kind: 'postgres', url: cluster.url }, `CREATE DATABASE ${to} TEMPLATE ${from}`)
    return url.replace(/desk$/, to)
  }
  const data = await dataOf(t)
  const first = await startDesk({ data, database: url })
  t.after(() => first.kill())
  const { ports } = first
  await first.kill()
  const yesterday = await put('desk', 'yesterday')

  const second = await startDesk({ data, database: url, ports })
  t.after(() => second.kill())
  await furnish(second)
  await second.core.revocation.publishAbove(40)
  await second.core.highWater.advance()
  await second.kill()

  const third = await startDesk({ data, database: yesterday, ports })
  t.after(() => third.kill())
  assert.ok(third.core.highWater.older)
  assert.equal(await readyOf(third), '503 not_ready restored')
  await third.kill()

  const address = new URL(yesterday)
  const passwordFile = join(data, 'password')
  await writeFile(passwordFile, decodeURIComponent(address.password), { mode: 0o600 })
  address.password = ''
  const args = ['--database', address.href, '--database-password-file', passwordFile]
  assert.match(await acceptRestore(data, ...args, '--yes'), /^0 The database was accepted/)
  const fourth = await startDesk({ data, database: yesterday, ports })
  t.after(() => fourth.kill())
  assert.equal(await readyOf(fourth), '200')
  for (const { number } of await ask(
    { kind: 'postgres', url: yesterday },
    'SELECT max(number) AS number FROM crl GROUP BY authority',
  ))
    assert.ok(Number(number) > 41, 'no number is used twice')
})

test('M11: a copy is accepted with a key away, whose list follows by itself above all numbers when the key is back', async (t) => {
  const data = await dataOf(t)
  const first = await startDesk({ data })
  t.after(() => first.kill())
  const { ports } = first
  await first.kill()
  const key = join(data, 'keys', 'production-machines.key')
  await rename(key, `${key}.away`)
  const accepted = await acceptRestore(data, '--yes')
  assert.match(accepted, /^0 The database was accepted; the numbers of its lists go on above/)
  assert.match(
    accepted,
    /The list of Scel Machines[^\n]* could not be published now \([^\n]*cannot sign now[^\n]*\)\. It follows/,
  )
  const numberOf = async (keyId: string): Promise<number> => {
    const lists = `SELECT max(crl.number) AS number FROM crl JOIN authority ON authority.id = crl.authority`
    const [row] = await ask(
      { kind: 'sqlite', file: join(data, 'desk.sqlite') },
      `${lists} WHERE authority.key_id = '${keyId}'`,
    )
    return Number(row!.number)
  }
  const without = await startDesk({ data, ports, withoutKeys: true })
  t.after(() => without.kill())
  assert.ok((await numberOf('production-people')) > 1_000_000_000)
  assert.equal(await numberOf('production-machines'), 1)
  await rename(`${key}.away`, key)
  await without.runJobs()
  assert.ok((await numberOf('production-machines')) > 1_000_000_000, 'no number is used twice')
  assert.equal(await readyOf(without), '200')
})

test('M11: a mark that is gone or cut ends a start with what to do; a running desk makes it anew', async (t) => {
  const data = await dataOf(t)
  const mark = join(data, 'keys', 'high-water.json')
  const first = await startDesk({ data })
  t.after(() => first.kill())
  const { ports } = first
  await rm(mark)
  await first.runJobs()
  assert.equal(first.log.filter((line) => line.includes('the mark beside the keys was lost')).length, 1)
  const kept = await readFile(mark)
  await first.kill()

  const start = (language: string): Promise<string> => {
    const [portal, mutual, open] = [ports.portal, ports.mutual, ports.public].map(String)
    const doors = ['--portal-port', portal!, '--mutual-port', mutual!, '--public-port', open!]
    return run('start', '--data', data, '--public-name', 'localhost', '--language', language, ...doors)
  }
  await rm(mark)
  assert.match(
    await start('en'),
    /^1 scel-desk: keys\/high-water\.json, [^\n]+, is gone; [^\n]+ accept-restore --without-mark\.\n$/,
  )
  assert.match(await start('fr'), /^1 scel-desk: keys\/high-water\.json, [^\n]+, a disparu/)
  assert.match(await acceptRestore(data, '--yes'), /^1 Nothing was changed[\s\S]*nobody can tell[^\n]* is gone/)
  await writeFile(mark, kept.subarray(0, 20))
  assert.match(
    await start('en'),
    /^1 scel-desk: keys\/high-water\.json, [^\n]+, is cut or altered, [^\n]+ accept-restore --without-mark\.\n$/,
  )
  assert.match(await start('fr'), /^1 scel-desk: keys\/high-water\.json, [^\n]+, est tronqué/)
  await rm(mark)
  assert.match(await acceptRestore(data, '--yes', '--without-mark'), /^0 The database was accepted/)
  const second = await startDesk({ data, ports })
  t.after(() => second.kill())
  assert.equal(await readyOf(second), '200')
})

test('M11: a second desk with keys alone, postgres, starts without a mark, and each misses its own', {
  skip: postgresMissing() ?? false,
}, async (t) => {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('desk')
  const data = await dataOf(t)
  const first = await startDesk({ data, database: url })
  t.after(() => first.kill())
  await first.kill()
  for (const name of ['high-water.json', 'marked']) await rm(join(data, 'keys', name))
  await ask({ kind: 'postgres', url }, `DELETE FROM setting WHERE key = 'marked'`)
  const elsewhere = await dataOf(t)
  await cp(data, elsewhere, { recursive: true })
  await rm(join(elsewhere, 'desk.lock'), { force: true })

  const told = (desk: TestDesk): number => desk.log.filter((line) => line.includes('has no mark yet')).length
  const one = await startDesk({ data, database: url })
  t.after(() => one.kill())
  const two = await startDesk({ data: elsewhere, database: url })
  t.after(() => two.kill())
  assert.deepEqual([told(one), told(two)], [0, 1])
  await one.core.revocation.publishAbove(40)
  for (const desk of [two, one]) {
    await desk.runJobs()
    assert.equal(await readyOf(desk), '200')
    await desk.kill()
  }
  await rm(join(elsewhere, 'keys', 'high-water.json'))
  const mark = (error: unknown): boolean => hasDeskCode(error, 'mark_missing')
  await assert.rejects(startDesk({ data: elsewhere, database: url }), mark)
  // What the other desk remembers of the database they have in common is as good.
  await copyFile(join(data, 'keys', 'high-water.json'), join(elsewhere, 'keys', 'high-water.json'))
  const again = await startDesk({ data: elsewhere, database: url })
  t.after(() => again.kill())
  assert.equal(await readyOf(again), '200')
})

for (const engine of ['sqlite', 'postgres'] as const)
  test(`a database and a folder of a version before the first release are refused by every command, and left as they are, ${engine}`, {
    skip: engine === 'postgres' && (postgresMissing() ?? false),
  }, async (t) => {
    const cluster = engine === 'postgres' ? await withPostgres() : undefined
    t.after(() => cluster?.stop())
    const data = await dataOf(t)
    const database: Database = cluster
      ? { kind: 'postgres', url: await cluster.createDatabase('desk') }
      : { kind: 'sqlite', file: join(data, 'desk.sqlite') }
    const address: string[] = []
    if (database.kind === 'postgres') {
      const url = new URL(database.url)
      const passwordFile = join(data, 'password')
      await writeFile(passwordFile, decodeURIComponent(url.password), { mode: 0o600 })
      url.password = ''
      address.push('--database', url.href, '--database-password-file', passwordFile)
    }
    const refusedAll = async (where: RegExp): Promise<void> => {
      const said = new RegExp(
        `^1 scel-desk: ${where.source} was made by a version of Scel from before its first release`,
      )
      for (const [command, ...more] of [
        ...[['start', '--public-name', 'localhost'], ['migrate'], ['invite-admin'], ['ceremony']],
        ...[['accept-restore', '--yes', '--without-mark']],
      ])
        assert.match(await run(command!, '--data', data, '--language', 'en', ...address, ...more), said)
      assert.match(
        await run('start', '--data', data, '--public-name', 'localhost', '--language', 'fr', ...address),
        /^1 scel-desk: [^\n]+ a été créé par une version de Scel antérieure à sa première publication/,
      )
    }
    await formerDatabase(database)
    const tables = async () => (await ask(database, TABLES_OF[engine])).map(({ name }) => name)
    const rows = (): Promise<unknown> => ask(database, 'SELECT * FROM scel_migration ORDER BY number')
    const before = await rows()
    await refusedAll(/[^\n]*desk(\.sqlite)?/)
    assert.deepEqual(await rows(), before)
    assert.deepEqual(await tables(), ['scel_migration'])
    assert.equal(existsSync(join(data, 'keys')), false)

    // Beside an empty database, and beside one of today.
    await ask(database, 'DROP TABLE scel_migration')
    await mkdir(join(data, 'keys'))
    await writeFile(join(data, 'keys', 'row-codes'), 'scel-row-codes/4\nmarked 2026-01-01T00:00:00.000Z\n')
    await refusedAll(/[^\n]*keys/)
    assert.deepEqual(await tables(), [])
    await migrateDatabase(database)
    const start = ['start', '--data', data, '--public-name', 'localhost', '--language', 'en', ...address]
    assert.match(await run(...start), /^1 scel-desk: [^\n]*keys was made by a version/)
    assert.deepEqual(await readdir(join(data, 'keys')), ['row-codes'])
  })

const TABLES_OF = {
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table'",
  postgres: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
}

test('a log that was cut or changed at its end (M11) is noticed, also while the desk runs', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.stop())
  await furnish(desk)
  const database: Database = { kind: 'sqlite', file: join(desk.data, 'desk.sqlite') }
  for (let round = 0; round < 3; round++) await desk.passTime(6 * MINUTE)
  assert.ok(!desk.core.highWater.older)
  const [before] = await ask(database, 'SELECT max(number) AS number FROM audit_event')
  const number = Number(before!.number)
  await unguard(database)
  const [line] = await ask(database, `SELECT actor_name, leaf FROM audit_event WHERE number = ${number - 1}`)
  const change = (what: 'actor_name' | 'leaf', to: unknown): Promise<unknown> =>
    ask(database, `UPDATE audit_event SET ${what} = '${to}' WHERE number = ${number - 1}`)
  // What is shown is not what is proven: it is told, and stops nobody.
  await change('actor_name', 'Somebody else')
  await desk.runJobs()
  assert.ok(!desk.core.highWater.older)
  assert.ok(desk.log.some((one) => one.includes('a line of the log is not as this desk wrote it')))
  await change('actor_name', line!.actor_name)
  await change('leaf', '{}')
  await desk.runJobs()
  assert.equal((desk.core.highWater.older as Older | undefined)?.log, 'altered')
  assert.equal(await readyOf(desk), '503 not_ready restored')
  await change('leaf', line!.leaf)
  await desk.runJobs()
  assert.ok(!desk.core.highWater.older)
  await ask(database, `DELETE FROM audit_event WHERE number > ${number - 3}`)
  await desk.runJobs()
  assert.equal((desk.core.highWater.older as Older | undefined)?.log, 'cut')
})
