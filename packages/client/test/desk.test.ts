// The command against a real desk where a transcript cannot show it: what lies on disk, what a crash leaves, time.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type DeskWord, type KitFile, readStatement } from '@scel/contract/kit'
import { getOwnRequest, listOwnRequests } from '@scel/contract/routes'
import { startDesk } from '@scel/server/testing'
import { folderFor, makeLeaf, makeRoot } from '@scel/testkit/peers'
import { DeskClient } from '../src/enrol/desk-client.ts'
import { applicantKey } from '../src/state/applicant-key.ts'
import { type DeskRecord, readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { EXIT } from '../src/ui/exit-code.ts'
import { openHostileDesk } from './hostile-desk.ts'
import { type KitInput, type Office, openOffice } from './office.ts'
import { environment, type Ran, scel, scelProcess, whoWaits } from './run-scel.ts'

const PRODUCTION = { query: { environment: 'production' } } as const
const EMAIL = ['--email', 'poste12@example.org']

async function office(t: TestContext, ...options: Parameters<typeof openOffice>): Promise<Office> {
  const open = await openOffice(...options)
  t.after(() => open.close())
  return open
}

/** A machine that has its certificate. */
async function enrolled(at: Office, input: KitInput = { standingApproval: true }): Promise<string> {
  const kit = await at.kit('postes', input)
  ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  ok(await scel(['get'], at.home))
  return kit.path
}

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}

async function wordOf({ desk }: KitFile): Promise<DeskWord> {
  const word = await readStatement(desk, 'saidAt')
  assert.ok('id' in word)
  return word
}

const pathsOf = (home: string) => makePaths({ env: {}, platform: 'linux', home }, {})

async function recordOf(home: string): Promise<DeskRecord> {
  const [named] = await readDeskRecords(pathsOf(home))
  return named!.record
}

const clientOf = async (home: string, record: DeskRecord): Promise<DeskClient> =>
  new DeskClient({
    desk: record,
    applicant: () => applicantKey(pathsOf(home).applicantKey),
    language: 'en',
    signal: AbortSignal.timeout(600_000),
    now: () => new Date(),
  })

/** Every file below a folder, with its mode. */
function filesBelow(folder: string): { path: string; mode: number; folder: boolean }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return { path, mode: statSync(path).mode & 0o777, folder: entry.isDirectory() }
    })
}

test('everything on disk is 0600 in folders of 0700, and the kit’s secret is nowhere', async (t) => {
  const at = await office(t)
  const kit = await enrolled(at)
  const { secret } = JSON.parse(readFileSync(kit, 'utf8')).kit
  const all = filesBelow(join(at.home, '.config'))
  assert.ok(all.some(({ path }) => path.endsWith('identity.p12')))
  for (const { path, mode, folder } of all) {
    if (path.endsWith('.config/scel') || path.includes('.config/scel/'))
      assert.equal(mode, folder ? 0o700 : 0o600, path)
    if (!folder) assert.ok(!readFileSync(path).includes(secret), path)
  }
})

test('curl reaches the protected API with the installed files, and no more after revocation', async (t) => {
  const at = await office(t)
  await enrolled(at)
  const { out } = ok(await scel(['get', `${await at.number(1)}`, '--json'], at.home))
  const cwd = JSON.parse(out).requests[0].folder
  const certificate = ['--cacert', 'root.pem', '--cert', 'fullchain.pem', '--key', 'key.pem']
  const curl = async () => {
    // Not the synchronous call: the desk is in this process and has to answer.
    const { stdout } = await promisify(execFile)(
      'curl',
      ['-sS', ...certificate, `${at.desk.services.mutual}/api/whoami`],
      { cwd },
    )
    return JSON.parse(stdout)
  }
  assert.equal((await curl()).revocation, 'good')
  await at.revoke(await at.number(1))
  assert.equal((await curl()).code, 'certificate_is_revoked')
  const report = JSON.parse((await scel(['test', '--json'], at.home)).out)
  assert.deepEqual([report.works, report.verdict, report.error.code], [false, 'revoked', 'certificate_is_revoked'])
})

test('an expired certificate is said to be expired', async (t) => {
  // The desk's clock moves, the operating system's does not: a TLS certificate of our own stays valid for both.
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const certificate = makeLeaf(folder, { root: 'root', name: 'leaf' })
  const at = await office(t, { tls: { certificate, key: join(folder, 'leaf.key') } }, root)
  const kit = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  ok(await scel(['get'], at.home))
  await at.desk.moveClock(366 * 86_400_000)
  const { out, exit } = await scel(['test', '--json'], at.home)
  assert.equal(exit, 4)
  assert.equal(JSON.parse(out).verdict, 'expired')
})

test('a desk with a certificate of its operator’s own is reached by what the kit says of it', async (t) => {
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const leaf = readFileSync(makeLeaf(folder, { root: 'root', name: 'leaf' }), 'utf8')
  for (const [name, chain] of [
    ['with its root', leaf + root],
    ['alone', leaf],
  ] as const) {
    const certificate = join(folder, 'chain.pem')
    writeFileSync(certificate, chain)
    const at = await office(t, { tls: { certificate, key: join(folder, 'leaf.key') } }, root)
    const kit = await at.kit(name, { standingApproval: true })
    const { roots } = await wordOf(kit.file)
    assert.equal(roots.desk.trim(), (chain === leaf ? leaf : root).trim(), name)
    assert.equal(roots.tls.trim(), roots.desk.trim(), name)
    assert.equal(roots.production.trim(), at.desk.root.trim())
    ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
    ok(await scel(['get'], at.home))
    ok(await scel(['test'], at.home))
  }
})

test('a kit names the authority of the desk’s own certificate, which certifies no machine', async (t) => {
  const at = await office(t)
  const { file } = await at.kit('postes', { standingApproval: true })
  const { roots } = await wordOf(file)
  const tls = new X509Certificate(roots.tls)
  assert.ok(tls.ca && tls.checkIssued(new X509Certificate(roots.desk)))
  const { items } = (await at.administrator.get('/api/authorities')).json
  const named = items.find((one: { purpose: string }) => one.purpose === 'desk')
  assert.equal(named.pem.trim(), roots.tls.trim())
})

test('ended at any moment, the next get finds its way and no half file is left', async (t) => {
  const at = await office(t)
  const kit = await at.kit('postes', { standingApproval: true })
  for (const [index, milliseconds] of [5, 20, 40, 80, 160].entries()) {
    ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
    const cut = await scel(['get'], at.home, { signal: AbortSignal.timeout(milliseconds) })
    assert.ok([0, 130].includes(cut.exit), cut.err)
    const { out } = ok(await scel(['get', String(await at.number(index + 1)), '--json'], at.home))
    assert.equal(JSON.parse(out).requests[0].state, 'installed')
    assert.ok(filesBelow(join(at.home, '.config')).every(({ path }) => !/\.(part|tmp)$/.test(path)))
    ok(await scel(['test'], at.home))
  }
})

test('the local record may be lost: the key is found by what the certificate says', async (t) => {
  const at = await office(t)
  const kit = await at.kit('postes')
  ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  const [named] = await readDeskRecords(pathsOf(at.home))
  rmSync(pathsOf(at.home).deskRecord(named!.name))
  const again = await at.kit('encore')
  ok(await scel(['enrol', '--kit', again.path, ...EMAIL], at.home)) // replaces request 1
  await at.approve(await at.number(2))
  const { out } = ok(await scel(['get', '--json'], at.home))
  assert.deepEqual(
    JSON.parse(out).requests.map((one: { number: number; outcome: string }) => [one.number, one.outcome]),
    [[await at.number(2), 'installed']],
  )
})

test('a nonce that went stale over night is fetched anew', async (t) => {
  const at = await office(t)
  await enrolled(at)
  const client = await clientOf(at.home, await recordOf(at.home))
  await client.signed(listOwnRequests, PRODUCTION)
  await at.desk.moveClock(3_600_000)
  assert.equal((await client.signed(listOwnRequests, PRODUCTION)).items.length, 1)
})

test('another applicant’s request is not to be had, and another desk’s answers are not taken', async (t) => {
  const at = await office(t)
  await enrolled(at)
  const record = await recordOf(at.home)
  const other = await clientOf(folderFor(t), record)
  const number = await at.number(1)
  await assert.rejects(other.signed(getOwnRequest, { params: { number }, request: number, ...PRODUCTION }), {
    name: 'DeskRefusal',
  })
  const mistaken = await clientOf(at.home, { ...record, desk: { ...record.desk, id: 'somebody-else' } })
  await assert.rejects(mistaken.signed(listOwnRequests, PRODUCTION), { code: 'desk_changed' })
})

test('get --wait waits for the decision, installs, and ends', async (t) => {
  const at = await office(t)
  const kit = await at.kit('postes')
  ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  const { waits, outside } = whoWaits()
  const waiting = scel(['get', '--wait', '--every', '1'], at.home, outside)
  await Promise.race([waits, waiting])
  await at.approve(await at.number(1))
  const { out, err } = ok(await waiting)
  assert.match(err, /waiting for 1 decision/)
  assert.match(out, /request \d+: installed/)
})

test('Ctrl-C ends a wait at once with 130 and leaves no half file', async (t) => {
  const at = await office(t)
  const kit = await at.kit('postes')
  ok(await scelProcess(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'get', '--wait'], {
    env: environment(at.home),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await once(child.stderr, 'data')
  child.kill('SIGINT')
  const [code] = await once(child, 'exit')
  assert.equal(code, 130)
  assert.ok(filesBelow(join(at.home, '.config')).every(({ path }) => !/\.(part|tmp)$/.test(path)))
})

test('a request that a crash left behind is ended by the next one, and get says nothing is wrong', async (t) => {
  const at = await office(t)
  const kit = await at.kit('postes', { standingApproval: true })
  for (let run = 0; run < 2; run++) ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  const { out } = ok(await scel(['get', '--json'], at.home))
  assert.deepEqual(
    JSON.parse(out).requests.map((one: { number: number; outcome: string; state: string }) => [
      one.number,
      one.outcome,
      one.state,
    ]),
    [
      [await at.number(2), 'installed', 'installed'],
      [await at.number(1), 'changed', 'revoked'],
    ],
  )
  ok(await scel(['test'], at.home))
})

test('an answer that refuses nothing leaves the key where it is: somebody may have certified it', async (t) => {
  const home = folderFor(t)
  const desk = await openHostileDesk(t)
  const kit = desk.write(home)
  const keys = (): number => filesBelow(join(home, '.config')).filter(({ path }) => path.endsWith('key.pem')).length
  for (const [index, status] of [500, 502, 503, 507].entries()) {
    desk.failing.submit = status
    const { exit, err } = await scel(['enrol', '--kit', kit, ...EMAIL], home)
    assert.equal(exit, 4, err)
    assert.match(err, /not known whether the desk took the request/)
    assert.equal(keys(), index + 1, `the key is kept after ${status}`)
  }
})

test('a refused request leaves no key behind', async (t) => {
  const at = await office(t)
  const altered = await at.kit('altere', {}, (file) => ({ ...file, rules: { ...file.rules, country: 'BE' } }))
  const { exit } = await scel(['enrol', '--kit', altered.path, ...EMAIL], at.home)
  assert.equal(exit, 1)
  const keys = (): number => filesBelow(join(at.home, '.config')).filter(({ path }) => path.endsWith('key.pem')).length
  assert.equal(keys(), 0)
})

test('F1: while the key of its authority is away, an approved request is called approved and unsigned, and --wait brings it when the key is back', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'scel-away-'))
  t.after(() => rmSync(data, { recursive: true, force: true }))
  const first = await startDesk({ data })
  const { ports } = first
  await first.kill()
  const key = join(data, 'keys', 'production-machines.key')
  renameSync(key, `${key}.away`)
  await assert.rejects(startDesk({ data, ports }), { code: 'key_files_missing' })
  const at = await office(t, { data, ports, withoutKeys: true })
  const kit = await at.kit('postes')
  ok(await scel(['enrol', '--kit', kit.path, ...EMAIL], at.home))
  await at.approve(await at.number(1))
  const away = await scel(['get'], at.home)
  assert.deepEqual([away.exit, away.err], [EXIT.notReady, ''])
  assert.match(away.out, /^request \d+: approved, and not signed yet; the desk signs it by itself as soon as it can\n$/)
  const french = await scel(['get', `${await at.number(1)}`, '--lang', 'fr'], at.home)
  assert.match(french.out, /^demande \d+\u00a0: approuvée, pas encore signée/)
  const waiting = await scel(['get', '--wait', '--every', '1'], at.home, {
    sleep: async () => {
      renameSync(`${key}.away`, key)
      await at.desk.moveClock(2 * 60_000)
    },
  })
  assert.match(ok(waiting).out, /request \d+: approved, and not signed yet[^\n]*\nrequest \d+: installed/)
})
