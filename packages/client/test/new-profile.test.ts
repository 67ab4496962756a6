// A profile that nobody here has seen: one file in the operator's folder, and its certificate is asked for, decided by those whom
// the file names, issued, shown in both languages and revoked. No line of a program, portal or command knows its name.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { extension, nameValues, parseCertificate } from '@scel/pki/x509'
import { approve, cookieOf, expectOk, furnish, makeKit, signIn, startDesk, visitorOf } from '@scel/server/testing'
import { folderFor } from '@scel/testkit/peers'
import { type Ran, scel } from './run-scel.ts'

const ROBOT = {
  name: 'sorting-robot',
  title: { en: 'Sorting robot', fr: 'Robot de tri' },
  description: { en: 'For a robot of a sorting centre.', fr: 'Pour un robot d’un centre de tri.' },
  family: 'machine',
  managers: true,
  standingApproval: false,
  revocable: true,
  issuer: 'machines',
  validityDays: 20,
  keys: ['ec-p384', 'rsa-3072'],
  proposedKey: 'ec-p384',
  keyUsage: { rsa: ['digitalSignature'], ec: ['digitalSignature'] },
  extendedKeyUsage: ['clientAuth', 'serverAuth'],
  organisationalUnit: 'Robots',
  commonName: 'host-name',
  names: 'dNSName',
  ocspNoCheck: false,
  revocationAddresses: true,
}
/** The same for administrators alone. */
const VAULT = {
  ...ROBOT,
  name: 'vault',
  title: { en: 'Vault', fr: 'Coffre' },
  managers: false,
  organisationalUnit: undefined,
}

/** A desk whose operator has these files beside those of the program. */
async function scene(t: TestContext, files: Readonly<Record<string, unknown>>, data?: string) {
  const folder = folderFor(t)
  const profiles = join(folder, 'profiles')
  mkdirSync(profiles)
  for (const [name, profile] of Object.entries(files)) writeFileSync(join(profiles, name), JSON.stringify(profile))
  const desk = await startDesk({ profiles, ...(data !== undefined && { data }) })
  t.after(() => desk.stop())
  const home = join(folder, 'home')
  mkdirSync(home)
  return { desk, home, run: (...args: string[]): Promise<Ran> => scel(args, home) }
}

const ok = (ran: Ran): Ran => {
  assert.equal(ran.exit, 0, `${ran.out}${ran.err}`)
  return ran
}
const REF = { name: ROBOT.name, title: ROBOT.title }
const HOST = 'arm-7.j1cfra.example.org'

test('a profile never seen before takes its whole way by one file: kit, request, decision, certificate, revocation', async (t) => {
  const { desk, home, run } = await scene(t, { 'anything.json': ROBOT })
  const people = await furnish(desk)
  const { post, bank } = people
  const { manager } = post

  // Shown and offered, with both titles, to whom it concerns.
  for (const visitor of [people.administrator, people.auditor, manager]) {
    const { items } = (await expectOk(visitor.get('/api/profiles'))).json
    const shown = items.find(({ name }: { name: string }) => name === ROBOT.name)
    assert.deepEqual([shown.title, shown.description, shown.kits], [ROBOT.title, ROBOT.description, true])
    assert.deepEqual([shown.managers, shown.standingApproval, shown.family], [true, false, 'machine'])
  }

  // Into a kit, which may not decide by itself: its data says so.
  const wish = { name: 'robots', profile: ROBOT.name, store: 'user', keys: ['ec-p384'], proposedKey: 'ec-p384' }
  const standing = { ...wish, organisation: post.id, uses: 5, validityDays: 5, standingApproval: true }
  assert.equal((await people.administrator.post('/api/kits', standing)).json.code, 'standing_approval_not_for_profile')
  const kit = await makeKit(people.administrator, post.id, wish)
  assert.deepEqual(kit.rules.profile, REF)
  assert.deepEqual([kit.rules.organisationalUnit, kit.rules.commonName], ['Robots', 'host-name'])
  const { items: kits } = (await expectOk(manager.get('/api/kits'))).json
  assert.deepEqual(kits.find(({ id }: { id: string }) => id === kit.kit.id).profile, REF)

  // Asked for, by the form that the kit gives.
  const file = join(home, 'robots.scel-kit')
  writeFileSync(file, JSON.stringify(kit))
  const enrol = ['enrol', '--kit', file, '--email', 'robot@example.org']
  assert.match((await run(...enrol)).err, /option --cn is missing/)
  const asked = ok(await run(...enrol, '--cn', HOST))
  assert.match(asked.err, /profile +Sorting robot/)
  assert.match(asked.err, /a registration manager decides now/)
  assert.match(ok(await run('requests')).out, /Sorting robot/)
  assert.match(ok(await run('--lang', 'fr', 'requests')).out, /Robot de tri/)
  const [{ requests }] = JSON.parse(ok(await run('--json', 'requests')).out).desks
  const [listed] = requests
  assert.deepEqual(listed.profile, REF)

  // Decided by the manager of the organisation, whom its data names; for another one's it is not there.
  const { items } = (await expectOk(manager.get(`/api/requests?profile=${ROBOT.name}`))).json
  assert.deepEqual(
    items.map(({ profile }: { profile: unknown }) => profile),
    [REF],
  )
  const { number } = items[0]
  assert.equal((await bank.manager.get(`/api/requests/${number}`)).status, 404)
  const detail = (await expectOk(manager.get(`/api/requests/${number}`))).json
  assert.deepEqual([detail.may.approve, detail.may.why], [true, undefined])
  assert.equal(
    detail.findings.some(({ code }: { code: string }) => code === 'usage_not_granted'),
    false,
  )
  await expectOk(manager.post(`/api/requests/${number}/approve?mark=${detail.mark}`))

  // Issued as the file says, checked for both of its purposes, and installed.
  ok(await run('get'))
  const [certificate] = (await expectOk(manager.get(`/api/certificates?profile=${ROBOT.name}`))).json.items
  assert.deepEqual(certificate.profile, REF)
  const { json } = await expectOk(manager.get(`/api/certificates/${certificate.id}`))
  const issued = parseCertificate(pemDecode(json.pem)[0]!.der)
  assert.deepEqual(nameValues(issued.subject, 'organizationalUnitName'), ['J1CFRA', 'Robots'])
  assert.deepEqual(extension(issued, 'extendedKeyUsage'), ['clientAuth', 'serverAuth'])
  assert.deepEqual(json.names, [HOST])
  const days = (Date.parse(json.notAfter) - Date.parse(json.notBefore)) / 86_400_000
  assert.ok(days > 19 && days <= 20.1, `${days}`)

  // In the log by its name, which the reader’s list of profiles puts into words.
  const { items: log } = (await expectOk(people.auditor.get('/api/audit?action=certificate.issued'))).json
  assert.ok(log.some(({ facts }: { facts: { profile?: string } }) => facts.profile === ROBOT.name))

  // Revoked by the same manager.
  assert.deepEqual(json.may, { revoke: true, revokeNeeds: 'high', compromise: false, madeWith: false })
  const revoked = manager.post(`/api/certificates/${certificate.id}/revoke`, { reason: 'cessationOfOperation' })
  assert.equal((await expectOk(revoked)).json.status, 'revoked')
  assert.match(ok(await run('requests')).out, /revoked/)
})

test('what a file keeps from managers is administrators’: kit, request and certificate are not there for them', async (t) => {
  const { desk, home, run } = await scene(t, { 'vault.json': VAULT })
  const { administrator, post } = await furnish(desk)
  const kit = await makeKit(administrator, post.id, {
    profile: 'vault',
    store: 'user',
    keys: ['rsa-3072'],
    proposedKey: 'rsa-3072',
  })
  assert.equal('organisationalUnit' in kit.rules, false)
  const file = join(home, 'vault.scel-kit')
  writeFileSync(file, JSON.stringify(kit))
  const asked = ok(await run('--lang', 'fr', 'enrol', '--kit', file, '--email', 'a@example.org', '--cn', HOST))
  assert.match(asked.err, /Coffre/)
  assert.match(asked.err, /un administrateur décide/)
  const { number } = (await expectOk(administrator.get('/api/requests?profile=vault'))).json.items[0]
  const { manager } = post
  assert.equal((await manager.get(`/api/requests/${number}`)).status, 404)
  assert.equal((await manager.get(`/api/kits/${kit.kit.id}`)).status, 404)
  assert.deepEqual((await expectOk(manager.get('/api/requests?profile=vault'))).json.items, [])
  await expectOk(approve(administrator, number))
  ok(await run('get'))
  const [{ id }] = (await expectOk(administrator.get('/api/certificates?profile=vault'))).json.items
  assert.equal((await manager.post(`/api/certificates/${id}/revoke`, { reason: 'superseded' })).status, 404)
})

test('without its file, what was made is called by its name, and nothing more is signed by it', async (t) => {
  const data = join(folderFor(t), 'data')
  mkdirSync(data)
  const first = await scene(t, { 'robot.json': ROBOT }, data)
  const { administrator, post } = await furnish(first.desk)
  const wish = { profile: ROBOT.name, store: 'user', keys: ['ec-p384'], proposedKey: 'ec-p384' }
  const kit = await makeKit(administrator, post.id, wish)
  const file = join(first.home, 'robots.scel-kit')
  writeFileSync(file, JSON.stringify(kit))
  ok(await first.run('enrol', '--kit', file, '--email', 'robot@example.org', '--cn', HOST))
  await first.desk.stop()

  const { desk } = await scene(t, {}, data)
  const again = visitorOf(desk, { ...administrator, cookie: cookieOf(await signIn(desk, administrator)) })
  const [{ number, profile }] = (await expectOk(again.get('/api/requests'))).json.items
  assert.deepEqual(profile, { name: ROBOT.name, title: { en: ROBOT.name, fr: ROBOT.name } })
  const detail = (await expectOk(again.get(`/api/requests/${number}`))).json
  assert.deepEqual([detail.may.approve, detail.may.reject], [false, true])
  assert.match(detail.may.why, /profile sorting-robot is not one of this desk/)
  const refused = await again.post(`/api/requests/${number}/approve?mark=${detail.mark}`)
  assert.equal(`${refused.status} ${refused.json.code}`, '409 profile_unknown')
  assert.equal(
    desk.log.some((line) => line.includes('forged') || line.includes('"table":"request"')),
    false,
  )
  await expectOk(again.post(`/api/requests/${number}/reject`, { reason: 'no robots any more' }))
})

test('a file that is wrong keeps the desk from starting, and says which and where', async (t) => {
  const wrong = { ...ROBOT, extendedKeyUsage: ['ocspSigning'] }
  const facts = { profile: ROBOT.name, field: 'extendedKeyUsage' }
  await assert.rejects(scene(t, { 'robot.json': wrong }), { code: 'profile_invalid', facts })
})
