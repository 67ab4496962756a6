// What a desk can do to a machine that asked it, and to what the machine has of other desks: nothing of theirs.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DeskWord, type KitFile, readStatement } from '@scel/contract/kit'
import { listOwnRequests, listRecipientsAsApplicant } from '@scel/contract/routes'
import { pemDecode } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { formatName, parseCertificate, parseRequest } from '@scel/pki/x509'
import { folderFor } from '@scel/testkit/peers'
import { DeskClient } from '../src/enrol/desk-client.ts'
import { chosenStore } from '../src/keystores/stores.ts'
import { applicantKey } from '../src/state/applicant-key.ts'
import {
  changeDeskRecord,
  deskName,
  type NamedRecord,
  readDeskRecord,
  readDeskRecords,
} from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { recordOfWord } from '../src/state/record-changes.ts'
import { type HostileDesk, openHostileDesk } from './hostile-desk.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

const EMAIL = ['--email', 'poste12@example.org']
const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, ran.err)
  return ran
}
const pathsOf = (home: string) => makePaths({ env: {}, platform: 'linux', home }, {})
const certificateIn = (file: string) => parseCertificate(pemDecode(readFileSync(file, 'utf8'))[0]!.der)

/** A machine that has its certificate from an honest desk, and has asked a hostile one. */
interface Victim {
  readonly at: Office
  readonly hostile: HostileDesk
  /** Where the honest desk's certificate lies. */
  readonly folder: string
  /** Everything below a folder, with what is in it. */
  contents(folder?: string): Map<string, string>
}

async function victim(t: TestContext, number = 7): Promise<Victim> {
  const at = await openOffice()
  t.after(() => at.close())
  const { path } = await at.kit('postes', { standingApproval: true })
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  const [{ folder }] = JSON.parse(ok(await scel(['get', '--json'], at.home)).out).requests
  const hostile = await openHostileDesk(t)
  hostile.answers.submit = () => ({ request: hostile.request(number, 'pending'), findings: [], replaced: [] })
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...EMAIL], at.home))
  return {
    at,
    hostile,
    folder,
    contents: (place = join(folder, '..')) =>
      new Map(
        readdirSync(place, { withFileTypes: true, recursive: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((file) => [file, readFileSync(file, 'latin1')]),
      ),
  }
}

/** What a request for a certificate had in it. */
interface Asked {
  /** SPKI of its key. */
  readonly publicKey: Uint8Array
  /** RFC 4514. */
  readonly subject: string
}

/** Asks the hostile desk once more, which gives the request that number. */
async function askAgain(at: Office, hostile: HostileDesk, number: number): Promise<Asked> {
  let csr = ''
  hostile.answers.submit = ({ body }) => {
    csr = body.csr
    return { request: hostile.request(number, 'pending'), findings: [], replaced: [] }
  }
  ok(await scel(['enrol', '--kit', hostile.write(at.home), ...EMAIL], at.home))
  const { publicKey, subject } = parseRequest(pemDecode(csr)[0]!.der)
  return { publicKey: publicKey.spki, subject: formatName(subject, 'rfc4514') }
}

/** Has the desk call the request approved, and hand out a certificate for a key of its choice. */
function hand(hostile: HostileDesk, number: number, certificate: string): void {
  const approved = hostile.request(number, 'approved')
  hostile.answers.list = () => ({ items: [approved] })
  hostile.answers.fetch = () => ({
    ...{ request: approved, certificate, chain: [hostile.roots.environment] },
    notAfter: '2099-01-01T00:00:00.000Z',
  })
  hostile.answers.confirm = () => ({ ok: true, request: hostile.request(number, 'installed'), superseded: [] })
}

test('a desk that certifies the key of another desk’s certificate installs nothing beside it', async (t) => {
  const { at, hostile, folder, contents } = await victim(t)
  const before = contents()
  const { publicKey } = certificateIn(join(folder, 'certificate.pem'))
  hand(hostile, 7, await hostile.certify(publicKey.spki))
  for (const record of ['with', 'without'] as const) {
    if (record === 'without') {
      // The desk calls its request cancelled, then approved: scel then knows no key of it.
      hostile.answers.list = () => ({ items: [hostile.request(7, 'cancelled')] })
      await scel(['get'], at.home)
      hand(hostile, 7, await hostile.certify(publicKey.spki))
    }
    const { out, exit } = await scel(['get', '7', '--json'], at.home)
    const [{ error }] = JSON.parse(out).requests
    const code = record === 'with' ? 'certificate_key_other' : 'certificate_key_absent'
    assert.deepEqual([exit, error.code], [1, code], record)
    assert.deepEqual(contents(), before)
  }
  assert.ok(!hostile.called.includes('confirm'))
  ok(await scel(['test', `${await at.number(1)}`], at.home))
})

test('a desk that gives a certificate for the key of another of its requests installs nothing', async (t) => {
  const { at, hostile } = await victim(t)
  const keyOf = async (number: number): Promise<string> => {
    const records = await readDeskRecords(pathsOf(at.home))
    return records.find(({ record }) => record.desk.name === 'Desk B')!.record.keys[number]!
  }
  const first = await keyOf(7)
  const { publicKey, subject } = await askAgain(at, hostile, 8)
  assert.notEqual(await keyOf(8), first)
  hand(hostile, 7, await hostile.certify(publicKey, { subject }))
  const { out, exit } = await scel(['get', '7', '--json'], at.home)
  assert.deepEqual([exit, JSON.parse(out).requests[0].error.code], [1, 'certificate_key_other'])
  hand(hostile, 8, await hostile.certify(publicKey, { subject }))
  ok(await scel(['get'], at.home))
})

test('a desk that certifies this machine in the name of somebody else installs nothing, whatever number it gives it', async (t) => {
  const { at, hostile, contents } = await victim(t)
  const { publicKey, subject } = await askAgain(at, hostile, 8)
  const files = (): string[] => [...contents(pathsOf(at.home).userStore).keys()]
  const before = files()
  const director = 'director@example.org'
  const refuse = async (number: number, wish: Parameters<HostileDesk['certify']>[1], about: string): Promise<void> => {
    hand(hostile, number, await hostile.certify(publicKey, { ...wish, usages: ['clientAuth', 'emailProtection'] }))
    ok(await scel(['requests'], at.home))
    const { out, exit } = await scel(['get', String(number), '--json'], at.home)
    const { code } = JSON.parse(out).requests[0].error
    assert.deepEqual([exit, code, files()], [1, 'certificate_names_other', before], about)
  }
  const others = [
    { subject: 'CN=Dora Director,O=Scel' },
    { subject: `CN=Dora Director+${subject}` },
    { subject: subject.replace(/OU=\w+,/, '') },
    { subject, email: director },
    { subject: `1.2.840.113549.1.9.1=${director},${subject}` },
    { subject, hosts: ['www.example.org'] },
  ]
  for (const wish of others) await refuse(8, wish, JSON.stringify(wish))
  // The desk calls the request cancelled, of another store too, and the same key's another one: it was asked for nothing else.
  hostile.answers.list = () => ({ items: [hostile.request(8, 'cancelled', { store: 'machine' })] })
  await scel(['get'], at.home)
  for (const wish of others) await refuse(9, wish, `${JSON.stringify(wish)}, renumbered`)
  // Of what an earlier version asked, the common name is known, and that it was no address.
  const [known] = (await readDeskRecords(pathsOf(at.home))).filter(({ record }) => record.desk.name === 'Desk B')
  const { asked, ...old } = known!.record
  assert.ok(asked)
  await changeDeskRecord(pathsOf(at.home), known!.name, () => old)
  for (const wish of [others[0], others[3], others[4]]) await refuse(9, wish, `${JSON.stringify(wish)}, of before`)
  const [signed, offer] = [join(at.home, 'offer.txt.p7m'), join(at.home, 'offer.txt')]
  writeFileSync(offer, 'one hundred\n')
  assert.equal(codeOf(await scel(['sign', offer, '-o', signed, '--json'], at.home)), 'signer_missing')
  hand(hostile, 9, await hostile.certify(publicKey, { subject }))
  ok(await scel(['get', '9'], at.home))
})

const codeOf = ({ out }: Ran): string => JSON.parse(out).error.code

test('a kit that was written over says nothing of its desk: known, forgotten or never met, its own signed word alone counts', async (t) => {
  const { at, hostile, contents } = await victim(t)
  const { file: honest } = await at.kit('honnete')
  const theirs = await hostile.say({})
  const [word] = await Promise.all([readStatement(honest.desk, 'saidAt')])
  assert.ok('id' in word)
  const altered = Buffer.from(honest.desk.statement, 'base64')
  altered[altered.indexOf('"name":"Scel"') + 8] = 'T'.charCodeAt(0)
  const desks = pathsOf(at.home).desks
  const tried = async (): Promise<void> => {
    const before = contents(desks)
    hostile.called.length = 0
    for (const desk of [
      { ...honest.desk, statement: altered.toString('base64') }, // another name, by whoever had the file in their hands
      { ...honest.desk, statement: theirs.statement }, // another desk's word for this one's root
      { ...honest.desk, root: theirs.root }, // another root for this one's word
      await hostile.say({ roots: { ...hostile.word.roots, production: word.roots.production } }),
      { ...(await hostile.say({ name: 'Scel', services: word.services, roots: word.roots })), root: honest.desk.root },
    ]) {
      const path = hostile.write(at.home, () => ({ ...honest, desk }))
      const { exit, out } = await scel(['enrol', '--kit', path, ...EMAIL, '--json'], at.home)
      assert.deepEqual([exit, codeOf({ out } as Ran)], [1, 'kit_unsigned'])
    }
    assert.deepEqual([hostile.called, contents(desks)], [[], before])
  }
  await tried()
  ok(await scel(['desk', 'forget', word.services.portal, '--with-requests', '--yes'], at.home))
  await tried()
  const again = await at.kit('revenu')
  ok(await scel(['enrol', '--kit', again.path, ...EMAIL], at.home))
})

test('whoever answers where a desk was is not that desk, and an old word of it is none of today', async (t) => {
  const { at, hostile } = await victim(t)
  const enrol = async (change: (kit: KitFile) => KitFile = (kit) => kit): Promise<string | undefined> =>
    JSON.parse((await scel(['enrol', '--kit', hostile.write(at.home, change), ...EMAIL, '--json'], at.home)).out).error
      ?.code
  const { file: honest } = await at.kit('honnete')
  // The honest desk's word from another address: what is signed for it is sent there and nowhere else.
  hostile.answers.statement = () => honest.desk
  assert.equal(await enrol(), 'desk_changed')
  const before = new Date(Date.now() - 2 * 86_400_000).toISOString()
  hostile.answers.statement = () => hostile.say({ saidAt: before })
  assert.equal(await enrol(), 'desk_unproven')
  hostile.answers.statement = () => ({ ...honest.desk, root: hostile.roots.environment })
  assert.equal(await enrol(), 'desk_unproven')
  hostile.failing.statement = 503
  assert.equal(await enrol(), 'desk_wordless')
  delete hostile.failing.statement
  // What it says of itself today is what is kept: of its kit, nothing but whose it is.
  const services = { ...hostile.word.services, public: 'http://elsewhere.example:8080' }
  hostile.answers.statement = () => hostile.say({ name: 'Desk C', services })
  assert.equal(await enrol(), undefined)
  const known = async () => {
    const records = await readDeskRecords(pathsOf(at.home))
    return records.find(({ record }) => record.desk.id === hostile.word.id)!.record
  }
  assert.deepEqual([(await known()).desk.name, (await known()).desk.services], ['Desk C', services])
  // Words that are each a little older lead nowhere, and one of a time to come would be the last for good.
  const day = 86_400_000
  const kept = await known()
  for (const [days, code] of [
    [-0.9, undefined],
    [-1.8, 'desk_unproven'],
    [2, 'desk_certificate_early'],
  ] as const) {
    const saidAt = new Date(Date.parse(kept.saidAt) + days * day).toISOString()
    hostile.answers.statement = () => hostile.say({ saidAt, name: 'Desk D' })
    assert.equal(await enrol(), code, `${days} days`)
    assert.deepEqual([(await known()).desk, (await known()).saidAt], [kept.desk, kept.saidAt], `${days} days`)
  }
})

test('a word that is a day old is asked for anew: who had the desk’s key for a moment, and said that it is with them, loses it again', async (t) => {
  const { at, hostile: stolen } = await victim(t)
  const thief = await openHostileDesk(t, 'Thief')
  thief.failing.statement = 503 // with the key revoked, they have no word of today
  const paths = pathsOf(at.home)
  const known = async () =>
    (await readDeskRecords(paths)).find(({ record }) => record.desk.id === stolen.word.id) ?? assert.fail()
  const place = async () => (await known()).record.desk.services.portal
  const moveTo = async ({ word: { services, roots } }: HostileDesk, days: number, places?: readonly string[]) => {
    const { name, record } = await known()
    const { places: _, ...rest } = record
    const saidAt = new Date(Date.now() - days * 86_400_000).toISOString()
    const there = { desk: { ...record.desk, services }, roots: { ...record.roots, tls: roots.tls }, saidAt }
    writeFileSync(paths.deskRecord(name), JSON.stringify({ ...rest, ...there, ...(places ? { places } : {}) }))
    for (const { called } of [stolen, thief]) called.length = 0
  }
  const isStale = async (): Promise<boolean> => {
    const { desks } = JSON.parse((await scel(['requests', '--json'], at.home)).out)
    return desks.find(({ services }: DeskWord) => services.portal === stolen.word.services.portal).stale
  }
  stolen.answers.list = () => ({ items: [] })
  stolen.answers.statement = () => stolen.say({ saidAt: new Date().toISOString() })

  await moveTo(thief, 2, [stolen.word.services.portal])
  assert.equal(await isStale(), false)
  assert.deepEqual([await place(), thief.called], [stolen.word.services.portal, ['statement']])
  assert.ok(stolen.called.includes('list'))
  // Where nobody has a word, the old one counts for as long as its certificate could.
  stolen.failing.statement = 503
  await moveTo(stolen, 13)
  assert.equal(await isStale(), false)
  await moveTo(stolen, 15)
  assert.equal(await isStale(), true)
  assert.ok(!stolen.called.includes('list'))
})

test('enrol and trust ask a desk where it was before, too, and where the kit has it', async (t) => {
  const home = folderFor(t)
  const [desk, thief] = [await openHostileDesk(t), await openHostileDesk(t, 'Thief')]
  thief.failing.statement = 503
  const record = recordOfWord(desk.word, 'test', undefined, new Date())
  const away = { ...record.desk, services: { ...desk.word.services, portal: thief.word.services.portal } }
  const foreign = thief.roots.environment
  const roots = { environment: foreign, desk: foreign, tls: record.roots.tls }
  const at = new Date().toISOString() // later than the kit
  const known = { ...record, desk: away, roots, saidAt: at, enrolledAt: at }
  desk.answers.submit = () => ({ request: desk.request(1, 'pending'), findings: [], replaced: [] })
  desk.answers.statement = () => desk.say({ saidAt: new Date().toISOString() })
  const paths = pathsOf(home)
  const put = (places: readonly string[]) =>
    changeDeskRecord(paths, deskName(desk.word.id, 'test'), () => ({ ...known, places }))
  await put([])
  const enrolled = await scel(['enrol', '--kit', desk.write(home), '--email', 'u@example.org', '--yes', '--json'], home)
  assert.equal(enrolled.exit, 0, enrolled.err)
  await put([desk.word.services.portal])
  const { err } = await scel(['trust', '--remove', '--store', 'nss', '--desk', deskName(desk.word.id, 'test')], home)
  assert.match(err.replaceAll(':', '').toLowerCase(), new RegExp(desk.word.id))
})

test('a kit that names another root of the test environment than its desk does now is not enrolled with, and no root of it is trusted', async (t) => {
  const home = folderFor(t)
  const [desk, thief] = [await openHostileDesk(t), await openHostileDesk(t, 'Thief')]
  // The key of the desk's words was stolen for a moment; the desk speaks with another one since.
  const forged = await desk.say({ roots: { ...desk.word.roots, test: thief.roots.environment } })
  desk.answers.statement = () => desk.say({ saidAt: new Date().toISOString() })
  desk.answers.submit = () => ({ request: desk.request(1, 'pending'), findings: [], replaced: [] })
  const enrol = async (said: typeof forged): Promise<unknown> => {
    const kit = desk.write(home, (file) => ({ ...file, desk: said, rules: { ...file.rules, environment: 'test' } }))
    const ran = await scel(['enrol', '--kit', kit, '--email', 'u@example.org', '--yes', '--json'], home)
    return JSON.parse(ran.out).error?.code
  }
  assert.equal(await enrol(forged), 'kit_root_other')
  const trusted = await scel(['trust', '--environment', 'test', '--store', 'nss', '--yes', '--json'], home)
  assert.notEqual(trusted.exit, 0)
  assert.equal(await enrol(desk.kit.desk), undefined)
  // Where the desk is known, its first root counts, whatever a kit says.
  assert.equal(await enrol(forged), undefined)
  const record = await readDeskRecord(pathsOf(home), deskName(desk.word.id, 'test'))
  assert.equal(record?.roots.environment.trim(), desk.roots.environment.trim())
})

test('a list of revoked certificates that is old by this clock: the clock is looked at, and only then the desk', async (t) => {
  const home = folderFor(t)
  const desk = await openHostileDesk(t)
  const shop = createServer((_, response) => response.end())
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  t.after(() => shop.close())
  const { port } = shop.address() as AddressInfo
  const enrol = async (publicPort: number, days: number): Promise<unknown> => {
    const services = { ...desk.word.services, public: `http://127.0.0.1:${publicPort}` }
    const told = await desk.say({ services })
    const kit = desk.write(home, (file) => ({ ...file, desk: told }))
    const now = () => new Date(Date.now() + days * 86_400_000)
    const ran = await scel(['enrol', '--kit', kit, '--email', 'u@example.org', '--yes', '--json'], home, { now })
    return JSON.parse(ran.out).error?.code
  }
  for (const days of [3, 10]) {
    assert.equal(await enrol(port, days), 'clock_ahead')
    assert.equal(await enrol(1, days), 'desk_list_old', 'nobody tells the time')
  }
})

test('a desk that says it is where another one is changes nothing before it is answered for there', async (t) => {
  const { at, hostile } = await victim(t)
  const records = await readDeskRecords(pathsOf(at.home))
  const [own, theirs] = [at.desk.services.portal, hostile.word.services.portal].map(
    (portal) => records.find(({ record }) => record.desk.services.portal === portal)!.record,
  )
  let kept = 0
  const client = new DeskClient({
    // Whoever answers is not what its certificates are known by: its word is asked for, and names the other one's place.
    desk: { desk: theirs!.desk, roots: { ...theirs!.roots, tls: own!.roots.tls } },
    renew: async () => ({
      desk: { ...theirs!.desk, services: own!.desk.services },
      roots: own!.roots,
      keep: async () => void kept++,
    }),
    applicant: () => applicantKey(pathsOf(at.home).applicantKey),
    language: 'en',
    signal: AbortSignal.timeout(600_000),
    now: () => new Date(),
  })
  await assert.rejects(client.signed(listOwnRequests, { query: { environment: 'production' } }), {
    code: 'desk_not_trusted',
  })
  assert.equal(kept, 0)
})

test('a desk that says it knows somebody of another desk is not what files are sealed to', async (t) => {
  const { at, hostile } = await victim(t)
  const records = await readDeskRecords(pathsOf(at.home))
  const honest = records.find(({ record }) => record.desk.name !== 'Desk B')!
  const client = new DeskClient({
    desk: honest.record,
    applicant: () => applicantKey(pathsOf(at.home).applicantKey),
    language: 'en',
    signal: AbortSignal.timeout(600_000),
    now: () => new Date(),
  })
  const [person] = (await client.signed(listRecipientsAsApplicant, { query: { environment: 'production' } })).items
  const { publicKey } = await generateKeyPair('ec-p256')
  const { name, addresses } = person!
  const email = addresses[0]!
  const { subject } = person!.certificate
  const pem = await hostile.certify(publicKey, { subject, email, usages: ['emailProtection'] })
  const now = '2026-01-01T00:00:00.000Z'
  const view = { id: 'C'.repeat(22), subject, serial: '01', fingerprint: '00', key: 'ec-p256', pem }
  const certificate = { ...view, issuer: { id: 'I'.repeat(22), name: 'B' }, notBefore: now, notAfter: now }
  const stranger = {
    ...certificate,
    pem: await (await openHostileDesk(t)).certify(publicKey, { subject, email, usages: ['emailProtection'] }),
  }
  hostile.answers.recipients = () => ({ items: [{ name, addresses, certificate }], issuers: [] })
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  for (const wanted of [email, name]) {
    const ran = await scel(['seal', file, '--to', wanted, '--json', '--force'], at.home)
    assert.deepEqual([ran.exit, JSON.parse(ran.out).error?.code], [1, 'recipient_desks'], ran.out)
    assert.ok(JSON.parse(ran.out).error.message.includes(new URL(hostile.word.services.portal).host))
  }
  // Neither does one of a root that nobody here knows, which a desk may name so that another desk's is not asked for.
  hostile.answers.recipients = () => ({ items: [{ name, addresses, certificate: stranger }], issuers: [] })
  const unknown = await scel(['seal', file, '--to', email, '--json', '--force'], at.home)
  assert.deepEqual([unknown.exit, JSON.parse(unknown.out).error?.code], [1, 'recipient_desks'], unknown.out)
  assert.throws(() => readFileSync(`${file}.p7m`))
  hostile.answers.recipients = () => ({ items: [], issuers: [] })
  ok(await scel(['seal', file, '--to', email], at.home))
})

test('F: of several certificates that a desk names, one that does not chain to its root is passed over', async (t) => {
  const { at, hostile } = await victim(t)
  const { publicKey } = await generateKeyPair('ec-p256')
  const [subject, email] = ['CN=Bea', 'bea@b.example']
  const wish = { subject, email, usages: ['emailProtection'] }
  const now = '2026-01-01T00:00:00.000Z'
  const view = { id: 'C'.repeat(22), subject, serial: '01', fingerprint: '00', key: 'ec-p256', notBefore: now }
  const issuer = { id: 'I'.repeat(22), name: 'B' }
  const named = async (desk: HostileDesk) => ({
    ...{ name: 'Bea', addresses: [email] },
    certificate: { ...view, issuer, notAfter: now, pem: await desk.certify(publicKey, wish) },
  })
  // Its root has the same name, and another key.
  const [good, bad] = [await named(hostile), await named(await openHostileDesk(t))]
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  for (const items of [
    [bad, good],
    [good, bad],
  ]) {
    hostile.answers.recipients = () => ({ items, issuers: [] })
    const { out } = ok(await scel(['seal', file, '--to', email, '--force', '--json'], at.home))
    assert.equal(JSON.parse(out).recipients.length, 1)
  }
  // What it calls addresses makes nobody up in what is said of it, and ends.
  const liar = { ...good, addresses: ['x@b.example> · "Ada" <ada@a.example', ...new Array(20_000).fill(email)] }
  hostile.answers.recipients = () => ({ items: [liar], issuers: [] })
  const told = JSON.parse((await scel(['seal', file, '--to', 'ada@a.example', '--force', '--json'], at.home)).out).error
  assert.equal(told.code, 'recipient_otherwise')
  assert.ok(
    told.message.includes(String.raw`"x@b.example> · \u{22}Ada\u{22} <ada@a.example" <bea@b.example>`),
    told.message,
  )
  assert.ok(told.message.length < 2_000, String(told.message.length))
  // A page of which the desk answers for nothing is not the end of the list.
  const pages = [
    { items: [], issuers: [], next: 'b' },
    { items: [], issuers: [], next: 'c' },
    { items: [good], issuers: [] },
  ]
  hostile.answers.recipients = () => pages.shift()
  const { out: later } = ok(await scel(['seal', file, '--to', email, '--force', '--json'], at.home))
  assert.deepEqual([JSON.parse(later).recipients.length, pages.length], [1, 0])
  hostile.answers.recipients = () => ({ items: [], issuers: [], next: 'again' })
  const endless = await scel(['seal', file, '--to', email, '--force', '--json'], at.home)
  assert.equal(JSON.parse(endless.out).error?.code, 'recipient_several', 'a list without an end is given up')
  hostile.answers.recipients = () => ({ items: [bad], issuers: [] })
  const { out } = await scel(['seal', file, '--to', email, '--force', '--json'], at.home)
  assert.equal(JSON.parse(out).error?.code, 'signature_invalid', 'why none was taken is said')
})

test('a desk that answers about another request than it was asked about is not believed', async (t) => {
  const { at, hostile, contents } = await victim(t)
  await askAgain(at, hostile, 8)
  const before = contents(pathsOf(at.home).userStore)
  hostile.answers.cancel = () => hostile.request(8, 'cancelled')
  const { out } = await scel(['cancel', '7', '--json'], at.home)
  assert.deepEqual(contents(pathsOf(at.home).userStore), before)
  assert.equal(JSON.parse(out).error.code, 'answer_unreadable')
})

test('a desk that lists the numbers of another desk’s requests does not come between', async (t) => {
  const { at, hostile } = await victim(t)
  const number = await at.number(1)
  hostile.answers.list = () => ({ items: [hostile.request(number, 'approved'), hostile.request(7, 'pending')] })
  await scel(['requests'], at.home)
  ok(await scel(['test', `${await at.number(1)}`], at.home))
  const { out } = ok(await scel(['requests'], at.home))
  assert.ok(out.includes(`${new URL(hostile.word.services.portal).host} "Desk B"`))
})

test('an answer that swells what is kept of a desk leaves the other desks within reach', async (t) => {
  const { at, hostile } = await victim(t)
  const beyond = { ...hostile.request(7, 'pending'), beyond: new Array(1_900_000).fill(0) }
  hostile.answers.list = () => JSON.stringify({ items: [beyond] })
  ok(await scel(['requests'], at.home))
  const { out } = ok(await scel(['requests', '--json'], at.home))
  assert.ok(!out.includes('beyond'))
  const many = Array.from({ length: 201 }, (_, index) => hostile.request(index + 1, 'pending'))
  hostile.answers.list = () => ({ items: many })
  assert.match((await scel(['requests'], at.home)).err, /status 200/)
  ok(await scel(['test', `${await at.number(1)}`], at.home))
})

test('what is said and copied of a certificate is its own word, in one line', async (t) => {
  const { at, hostile } = await victim(t)
  const { publicKey, subject } = await askAgain(at, hostile, 8)
  const pem = await hostile.certify(publicKey, { subject })
  hand(hostile, 8, pem)
  const { out } = ok(await scel(['get', '--json'], at.home))
  const { notAfter, serial, folder } = JSON.parse(out).requests.find((one: { number: number }) => one.number === 8)
  const certificate = parseCertificate(pemDecode(pem)[0]!.der)
  assert.deepEqual([notAfter, serial], [certificate.notAfter.toISOString(), certificate.serialHex])
  // As an earlier version installed it, which took whatever name a desk gave.
  writeFileSync(join(folder, 'certificate.pem'), await hostile.certify(publicKey, { subject: 'CN=ws\\0Arm -rf x' }))
  let copied = ''
  const output = {
    write(text: string) {
      copied = text
    },
  } as unknown as NodeJS.WriteStream
  const terminal = { input: process.stdin, output }
  ok(await scel(['subject', '8', '--format', 'windows', '--copy'], at.home, { terminal }))
  const [, base64 = ''] = /52;c;([^\u0007]*)/.exec(copied) ?? []
  assert.equal(Buffer.from(base64, 'base64').toString(), 'CN="ws\\u{a}rm -rf x"')
})

/** A machine that knows no desk yet, and an honest desk. */
async function stranger(t: TestContext): Promise<Office> {
  const at = await openOffice()
  t.after(() => at.close())
  return at
}

test('a desk that took no request is nobody’s word: no root, no service, no recipient, and no record of a refused one', async (t) => {
  const at = await stranger(t)
  const hostile = await openHostileDesk(t)
  const { path } = await at.kit('postes', {}, (kit) => ({ ...kit, kit: { ...kit.kit, secret: 'S'.repeat(43) } }))
  assert.equal(codeOf(await scel(['enrol', '--kit', path, ...EMAIL, '--json'], at.home)), 'kit_unknown')
  assert.deepEqual(await readDeskRecords(pathsOf(at.home)), [])
  // As an earlier version left it, or a run that was killed before the desk answered.
  const name = deskName(hostile.word.id, 'production')
  await changeDeskRecord(pathsOf(at.home), name, () => recordOfWord(hostile.word, 'production', undefined, new Date()))
  const offer = join(at.home, 'offer.txt')
  writeFileSync(offer, 'one hundred\n')
  for (const [args, code] of [
    [['verify-signature', offer, '--anyone', '--without-revocation'], 'anchor_missing'],
    [['open', offer, '--signed', '--anyone', '--without-revocation', '-o', `${offer}.out`], 'anchor_missing'],
    [['timestamp', offer], 'tsa_url_missing'],
    [['timestamp', offer, '--url', 'http://localhost:1/tsp'], 'tsa_anchor_missing'],
    [['seal', offer, '--to', 'director@example.org'], 'recipient_unknown'],
    [['trust', '--yes'], 'root_missing'],
  ] as const) {
    const { error } = JSON.parse((await scel([...args, '--json'], at.home)).out)
    assert.equal(error.code, code, args.join(' '))
    // Who enrolled with an earlier version is told what to do about it.
    assert.match(error.hints.at(-1), /not believed yet: .*localhost:\d+.*scel requests/, args.join(' '))
  }
})

test('a run that was killed while it enrolled is taken up again, and its desk believed once it says that it took the request', async (t) => {
  const at = await stranger(t)
  const { path } = await at.kit('postes')
  ok(await scel(['enrol', '--kit', path, ...EMAIL], at.home))
  const [{ name, record }] = (await readDeskRecords(pathsOf(at.home))) as [NamedRecord]
  const { enrolledAt, heardAt: _, ...before } = record
  assert.ok(enrolledAt)
  await changeDeskRecord(pathsOf(at.home), name, () => ({ ...before, requests: [], keys: {} }))
  ok(await scel(['requests'], at.home))
  const after = await readDeskRecord(pathsOf(at.home), name)
  assert.deepEqual([after?.requests.length, after?.enrolledAt !== undefined], [1, true])
})

test('a desk that was sent nothing is not believed when it says that it has a request, and no key is left of what was given up', async (t) => {
  const home = folderFor(t)
  const hostile = await openHostileDesk(t)
  hostile.answers.list = () => ({ items: [hostile.request(70, 'pending')] })
  const interrupted = new AbortController()
  const err = (line: string): void => {
    if (/making the key/.test(line)) interrupted.abort()
  }
  const kit = hostile.write(home)
  const ran = await scel(['enrol', '--kit', kit, ...EMAIL], home, { signal: interrupted.signal, err })
  assert.deepEqual([ran.exit !== 0, hostile.called.includes('submit')], [true, false], ran.err)
  assert.deepEqual(await readDeskRecords(pathsOf(home)), [])
  assert.deepEqual(
    (readdirSync(home, { recursive: true }) as string[]).filter((name) => name.endsWith('key.pem')),
    [],
  )
  // As a run leaves it that was killed then.
  const name = deskName(hostile.word.id, 'production')
  const unsent = recordOfWord(hostile.word, 'production', undefined, new Date())
  await changeDeskRecord(pathsOf(home), name, () => unsent)
  for (const command of ['get', 'requests']) await scel([command], home)
  assert.equal((await readDeskRecord(pathsOf(home), name))?.enrolledAt, undefined)
  assert.equal(codeOf(await scel(['trust', '--yes', '--json'], home)), 'root_missing')
})

test('what a desk refused was not sent to it: its word about another request is not believed either', async (t) => {
  const home = folderFor(t)
  const hostile = await openHostileDesk(t)
  const name = deskName(hostile.word.id, 'production')
  // A run was killed here while it made its key, which keeps the record.
  await changeDeskRecord(pathsOf(home), name, () => recordOfWord(hostile.word, 'production', undefined, new Date()))
  const store = await chosenStore(undefined, { scope: 'user', paths: pathsOf(home), platform: process.platform })
  await store.make({ desk: name, name: 'ws' }, 'ec-p256')
  hostile.failing.submit = 403
  assert.notEqual((await scel(['enrol', '--kit', hostile.write(home), ...EMAIL], home)).exit, 0)
  hostile.answers.list = () => ({ items: [hostile.request(70, 'pending')] })
  ok(await scel(['requests'], home))
  const record = await readDeskRecord(pathsOf(home), name)
  assert.deepEqual([record?.requests.length, record?.enrolledAt], [1, undefined])
})

test('a list that was long on its way takes away no request that was made meanwhile, nor what was heard of one', async (t) => {
  const home = folderFor(t)
  const hostile = await openHostileDesk(t)
  let last = 69
  hostile.answers.submit = () => ({
    request: hostile.request(++last, 'pending'),
    findings: [],
    replaced: last > 70 ? [70] : [],
  })
  const kit = hostile.write(home)
  ok(await scel(['enrol', '--kit', kit, ...EMAIL], home))
  const [asked, sent] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  hostile.answers.list = async () => {
    asked.resolve()
    await sent.promise
    return { items: [hostile.request(70, 'pending')] }
  }
  const listing = scel(['requests'], home)
  await asked.promise
  ok(await scel(['enrol', '--kit', kit, ...EMAIL], home))
  sent.resolve()
  ok(await listing)
  const record = await readDeskRecord(pathsOf(home), deskName(hostile.word.id, 'production'))
  assert.deepEqual(
    record?.requests.map(({ number, state }) => [number, state]),
    [
      [71, 'pending'],
      [70, 'cancelled'],
    ],
  )
  hostile.answers.list = () => ({ items: [hostile.request(71, 'approved')] })
  ok(await scel(['requests'], home))
  const after = await readDeskRecord(pathsOf(home), deskName(hostile.word.id, 'production'))
  assert.deepEqual(
    after?.requests.map(({ number, state }) => [number, state]),
    [[71, 'approved']],
    'what the desk lists no longer goes',
  )
})
