import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyChoice } from '@scel/contract/values'
import { toHex } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { buildName, makeExtension, type NameInput, parseRequest } from '@scel/pki/x509'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  type Asking,
  approve,
  coreOn,
  derOf,
  invited,
  kit,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submission,
  submit,
} from '../../../test/rules-desk.ts'
import { rulesScene, sceneAt } from '../../../test/rules-scene.ts'
import { ask } from '../../store/testing/ask.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import { sha256 } from '../hash.ts'
import type { Stores } from '../work.ts'

// What is signed is what whoever approved had seen, whatever the database says meanwhile.

/** What stands in a row of a request from its submission on, and what somebody who writes the database might put there. */
const ASKED: Readonly<Record<string, string>> = {
  service: "'another'",
  // With a kit of that organisation: the database itself refuses another.
  organisation:
    "(SELECT id FROM organisation WHERE code = 'BANK'), origin_id = (SELECT MAX(id) FROM kit WHERE organisation <> request.organisation)",
  profile: "'server'",
  store: "'user'",
  common_name: "'ws-evil'",
  subject_key: "'ws-evil'",
  subject: "(SELECT subject FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  names: `'["evil.example.org"]'`,
  csr: "(SELECT csr FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  key_hash: "(SELECT key_hash FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  owner_kind: "'person'",
  owner_id: "(SELECT owner_id FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  origin_kind: "'file'",
  machine: "(SELECT machine FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  contact: "(SELECT contact FROM request WHERE common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb')",
  from_address: "'203.0.113.9'",
  origin_id: '(SELECT MAX(id) FROM kit WHERE id <> request.origin_id AND organisation = request.organisation)',
  origin_name: "'another'",
  origin_of: "'another'",
  asked_by: "'another'",
  findings: "'[]'",
  choices: `'{"validityDays":365}'`,
  read_under: "'another.code'",
  submitted_at: "'2020-01-01T00:00:00.000Z'",
}
/** What follows from the others, or changes while the request goes its way. */
const OPEN = [
  ...['number', 'environment', 'kit', 'host_folded', 'from_network', 'search', 'state', 'reason'],
  ...['decided_at', 'decided_by', 'decided_by_id', 'downloaded_at', 'downloaded_by', 'downloaded_by_id'],
  ...['certificate', 'certificate_ends'],
]

/** The bytes as the SQL of that database writes them. */
const literal = (kind: string, bytes: Uint8Array): string =>
  kind === 'sqlite' ? `x'${toHex(bytes)}'` : `'\\x${toHex(bytes)}'`

eachRulesDatabase('a request that contradicts its own CSR', ({ prepared }) => {
  test('shown is signed: a row that was changed before anybody looked is shown as such, and not signed', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const sql = (text: string) => ask(database, text)
    const bytes = (of: Uint8Array) => literal(database.kind, of)
    const scene = await sceneAt(await rulesDeskOn(work), { keys: ['ec-p256'] })
    const { core, forged, admin, post, inHand: workstation } = scene
    const bank = await organisation(core, admin, 'BANK', 'Banque d’essai')
    const ofBank = await kit(core, admin, bank.id, { keys: ['ec-p256'] })
    const inHand = {
      workstation,
      server: await kit(core, admin, post.id, { profile: 'server', keys: ['ec-p256'] }),
    }
    const applicant = await machine()
    const host = 'www.post.example'
    const asking = {
      workstation: { extensions: [] },
      server: { commonName: host, extensions: [makeExtension('subjectAltName', [{ kind: 'dNSName', value: host }])] },
    }
    const stranger = await machine()
    const csr = async (profile: 'workstation' | 'server', of: Asking = {}): Promise<Uint8Array> =>
      derOf((await submission(applicant, inHand[profile], { ...asking[profile], ...of })).csr)
    const broken = await csr('workstation')
    broken[broken.length - 1]! ^= 1
    const named = (name: readonly NameInput[]) => bytes(buildName(name).der)
    const wildcard = `names = '["${host}","*.post.example"]'`
    const swindle = async (profile: 'workstation' | 'server') => `csr = ${bytes(await csr(profile))}`
    const theirs = makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'a.post.example' }])
    const plants: readonly (readonly [what: string, 'workstation' | 'server', set: string])[] = [
      ['the CSR of a thief and a wildcard', 'server', `${await swindle('server')}, ${wildcard}`],
      ['the CSR of a thief', 'workstation', await swindle('workstation')],
      ['a wildcard that the CSR does not ask for', 'server', wildcard],
      ['names in the certificate of a workstation', 'workstation', `names = '["vpn.post.example"]'`],
      ['another order of names', 'server', `names = '["${host}","${host}"]'`],
      ['a proof of possession that does not hold', 'workstation', `csr = ${bytes(broken)}`],
      ['no CSR, but the beginning of one', 'workstation', `csr = ${bytes(broken.slice(0, 40))}`],
      ['no CSR, but nothing', 'workstation', `csr = ${bytes(new Uint8Array())}`],
      ['no CSR, but far more than one', 'workstation', `csr = ${bytes(new Uint8Array(20_000).fill(0x30))}`],
      ['a subject that is none', 'workstation', `subject = ${bytes(broken.slice(0, 40))}`],
      ['a key that the kit does not allow', 'workstation', await keyOf('rsa-2048')],
      ['the CSR of another applicant', 'workstation', await keyOf('ec-p256', stranger.thumbprint)],
      ['another applicant', 'workstation', `owner_id = '${stranger.thumbprint}'`],
      ['another key', 'workstation', `key_hash = '${'0'.repeat(64)}'`],
      [
        'the name of another organisation',
        'server',
        `subject = ${named([
          { type: 'countryName', value: 'FR' },
          { type: 'organizationName', value: 'Banque d’essai' },
          { type: 'commonName', value: host },
        ])}`,
      ],
      ['a common name that is not in the subject', 'workstation', `common_name = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb'`],
      ['another subject to look up', 'workstation', `subject_key = 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb'`],
      ['findings that say nothing', 'workstation', `findings = '[]'`],
      ['a finding that the CSR does not give', 'workstation', `findings = REPLACE(findings, 'ec-p256', 'ec-p521')`],
      ['a server of a workstation', 'workstation', "profile = 'server'"],
      ['another store of keys', 'workstation', "store = 'user'"],
      ['another organisation', 'workstation', `organisation = '${bank.id}', origin_id = '${ofBank.id}'`],
      ['a service of its organisation', 'workstation', "service = 'planted'"],
      ['another kit under the same name', 'workstation', `origin_name = 'another'`],
      ['names that do not read', 'workstation', `names = 'no JSON'`],
      ['a machine that does not read', 'workstation', `machine = 'no JSON'`],
      ['a contact that does not read', 'server', `contact = 'null'`],
      ['a kit of servers', 'workstation', `origin_id = '${inHand.server.id}'`],
    ]
    async function keyOf(spec: KeyChoice, bound = applicant.thumbprint): Promise<string> {
      return `csr = ${bytes(await csr('workstation', { key: await generateKeyPair(spec), bound }))}`
    }
    const wished = await submit(core, applicant, inHand.workstation, { extensions: [theirs] })
    assert.equal((await approve(core, admin, wished.request.number)).state, 'approved', 'what it did not get is told')
    const expected: string[] = []
    for (const [what, profile, set] of plants) {
      const { request } = await submit(core, applicant, inHand[profile], asking[profile])
      const { number } = request
      await sql(`UPDATE request SET ${set} WHERE number = ${number}`)
      const altered = refused('request_row_altered', { request: number })
      expected.push(`request ${number}`)
      const { mark, may, csr } = await core.requests.detail(admin, number)
      const [row] = await sql(`SELECT csr FROM request WHERE number = ${number}`)
      const there = /no CSR/.test(what) ? undefined : parseRequest(new Uint8Array(row!.csr as Uint8Array))
      const shown = there && (await sha256(there.publicKey.spki))
      assert.equal(csr?.key.fingerprint, shown, `${what}: the key that is shown is the one that is there`)
      assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'request_row_altered'], what)
      await assert.rejects(core.requests.approve(admin, number, mark), altered, what)
      assert.deepEqual(await sql(`SELECT id FROM certificate WHERE request = ${number}`), [], what)
      assert.ok(forged.includes(`request ${number}`), `${what}: the operator is told`)
      assert.equal((await core.requests.reject(admin, number, 'not ours')).state, 'rejected', what)
    }
    assert.deepEqual([...new Set(forged)], expected)
  })

  test('a subject that somebody wrote over is another wish than the one that is sent again', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const { core, inHand } = await sceneAt(await rulesDeskOn(work))
    const [applicant, key] = [await machine(), await generateKeyPair('ec-p256')]
    const { request } = await submit(core, applicant, inHand, { key })
    assert.equal((await submit(core, applicant, inHand, { key })).request.number, request.number)
    const { der } = buildName([{ type: 'commonName', value: 'ws-evil' }])
    await ask(database, `UPDATE request SET subject = ${literal(database.kind, der)}`)
    assert.notEqual((await submit(core, applicant, inHand, { key })).request.number, request.number)
  })

  test('a request that does not read any more (H3) keeps nobody from asking for the same again', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const { core, admin, inHand } = await sceneAt(await rulesDeskOn(work))
    const [applicant, key] = [await machine(), await generateKeyPair('ec-p256')]
    let last = (await submit(core, applicant, inHand, { key })).request.number
    for (const column of ['names', 'findings', 'machine', 'contact']) {
      await ask(database, `UPDATE request SET ${column} = 'no JSON' WHERE number = ${last}`)
      const { request } = await submit(core, applicant, inHand, { key })
      assert.notEqual(request.number, last, column)
      assert.equal((await core.requests.detail(admin, last)).state, 'cancelled', column)
      last = request.number
    }
    assert.equal((await approve(core, admin, last)).state, 'approved')
  })

  test('a CSR that somebody wrote over does not keep its applicant from asking for the same again', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const { core, admin, inHand } = await sceneAt(await rulesDeskOn(work))
    const applicant = await machine()
    const key = await generateKeyPair('ec-p256')
    const { request } = await submit(core, applicant, inHand, { key })
    await ask(database, `UPDATE request SET csr = ${literal(database.kind, new Uint8Array(40))}`)
    const again = await submit(core, applicant, inHand, { key })
    assert.notEqual(again.request.number, request.number)
    assert.equal((await core.requests.detail(admin, request.number)).state, 'cancelled')
    assert.equal((await approve(core, admin, again.request.number)).state, 'approved')
  })
})

test('what a request was made under has to be the desk’s own, when it is shown and when it is signed', async (t) => {
  const desk = await rulesScene(t)
  const { core, work, signers, world, admin, inHand } = desk
  const { number } = (await submit(core, await machine(), inHand)).request
  const altered = refused('request_row_altered', { request: number })
  const { mark } = await core.requests.detail(admin, number)
  let looks: Partial<Record<'kits' | 'organisations', (found: never) => unknown>> = {}
  /** Rows that are not the desk's are found by nobody; those of another day say something else. */
  const reading = coreOn(
    {
      read: (run) => work.read((stores) => run(readAs(stores as Stores))),
      transaction: (run) => work.transaction((stores) => run(readAs(stores))),
    },
    signers,
    {},
    world,
  )
  const readAs = (stores: Stores): Stores => ({
    ...stores,
    kits: { ...stores.kits, find: seen('kits', stores.kits.find) },
    organisations: { ...stores.organisations, find: seen('organisations', stores.organisations.find) },
  })
  function seen<A extends unknown[], T>(what: 'kits' | 'organisations', find: (...of: A) => Promise<T>) {
    return async (...of: A): Promise<T> => {
      const found = await find(...of)
      return looks[what] ? (looks[what](found as never) as T) : found
    }
  }
  for (const other of [
    { kits: () => undefined },
    { organisations: () => undefined },
    { kits: (found: object) => ({ ...found, name: 'another' }) },
  ] as (typeof looks)[]) {
    looks = other
    const { may } = await reading.requests.detail(admin, number)
    assert.deepEqual([may.approve, may.why?.code], [false, 'request_row_altered'])
    await assert.rejects(reading.requests.approve(admin, number, mark), altered)
    looks = {}
    desk.beforeNextUnit(async () => {
      looks = other
    })
    await assert.rejects(reading.requests.approve(admin, number, mark), altered, 'in the midst of it')
    looks = {}
  }
  assert.equal((await reading.requests.approve(admin, number, mark)).state, 'approved')
})

eachRulesDatabase('the mark of an approval', ({ prepared }) => {
  test('a row that is changed between the sight and the click is not signed, whichever of its columns', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const sql = (text: string) => ask(database, text)
    const { core, beforeNextUnit, admin, post, inHand } = await sceneAt(await rulesDeskOn(work))
    const manager = (await invited(core, admin, 'manager', { organisation: post.id })).actor
    await kit(core, admin, post.id)
    await kit(core, admin, (await organisation(core, admin, 'BANK', 'Banque d’essai')).id)
    const { request } = await submit(core, await machine(), inHand)
    const other = { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb', hostName: 'evil', email: 'evil@post.example' }
    const second = (await submit(core, await machine(), inHand, other)).request.number
    const { number } = request
    const [row] = await sql(`SELECT * FROM request WHERE number = ${number}`)
    assert.deepEqual(Object.keys(row!).sort(), [...Object.keys(ASKED), ...OPEN].sort(), 'every column is placed')

    await sql(`CREATE TABLE kept AS SELECT * FROM request WHERE number = ${number}`)
    const put = (column: string, value: string) =>
      sql(`UPDATE request SET ${column} = ${value} WHERE number = ${number}`)
    const back = () =>
      sql(
        `UPDATE request SET ${Object.keys(ASKED).map((name) => `${name} = (SELECT ${name} FROM kept)`)} WHERE number = ${number}`,
      )
    const changed = refused('request_changed_since', { request: number })
    const { mark } = await core.requests.detail(admin, number)
    for (const [column, value] of Object.entries(ASKED)) {
      await put(column, value)
      await assert.rejects(core.requests.approve(admin, number, mark), changed, `${column}, before the call`)
      await back()
      beforeNextUnit(() => put(column, value))
      await assert.rejects(core.requests.approve(admin, number, mark), changed, `${column}, in the midst of it`)
      await back()
    }
    assert.deepEqual(await sql('SELECT id FROM intent'), [])
    assert.equal((await core.requests.approve(admin, number, mark)).state, 'approved', 'as it was seen, it is signed')

    const others = await core.requests.detail(admin, second)
    const foreign = refused('request_changed_since', { request: second })
    for (const wrong of [mark, '', `.${others.mark.slice(-64)}`, `${'0'.repeat(64)}.${'0'.repeat(64)}`]) {
      await assert.rejects(core.requests.approve(manager, second, wrong), foreign)
    }
    const own = await core.requests.detail(manager, second)
    assert.equal((await core.requests.approve(manager, second, own.mark)).state, 'approved')
  })
})
