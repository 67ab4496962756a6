import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { makeExtension } from '@scel/pki/x509'
import {
  acceptInvitation,
  approve,
  DAY,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  machine,
  NAMES,
  openRulesDesk,
  organisation,
  type RulesDesk,
  refused,
  submit,
  WORKSTATION,
} from '../../../test/rules-desk.ts'
import { applicantOwner } from '../owner.ts'

// One table of names in force: whoever asks for a name that somebody else has, or asks for, is told of it, and so is
// whoever decides.

const scene = async (t: TestContext) => furnished(await openRulesDesk(t))

async function furnished(desk: RulesDesk) {
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const bank = await organisation(core, admin, 'BANK', 'Banque d’essai')
  const servers = { profile: 'server' } as const
  const offices = {
    post: await kit(core, admin, post.id, servers),
    bank: await kit(core, admin, bank.id, servers),
  }
  return { ...desk, admin, post, bank, ...{ postKit: offices.post, bankKit: offices.bank } }
}

type Scene = Awaited<ReturnType<typeof scene>>
type Found = { code: string; level: string; facts: Readonly<Record<string, unknown>> }

const sans = (...names: string[]) => ({
  extensions: names.slice(0, 1).map(() =>
    makeExtension(
      'subjectAltName',
      names.map((value) => ({ kind: 'dNSName' as const, value })),
    ),
  ),
})
const named = (findings: readonly Found[]): string[] =>
  findings.filter(({ code }) => code.startsWith('name_')).map(({ code, facts }) => `${code} ${facts.name}`)

/** What the administrator reads of a request. */
const look = ({ core, admin }: Scene, number: number) => core.requests.detail(admin, number)

async function certified(scene: Scene, inHand: Scene['postKit'], commonName: string, ...names: string[]) {
  const pc = await machine()
  const { request } = await submit(scene.core, pc, inHand, { commonName, ...sans(commonName, ...names) })
  await approve(scene.core, scene.admin, request.number)
  return { pc, number: request.number }
}

test('another organisation asks for a certified name (H2): as common name, beside others, in other letters', async (t) => {
  const at = await scene(t)
  await certified(at, at.postKit, 'shop.example.org', 'www.example.org')
  for (const [commonName, names, taken] of [
    ['shop.example.org', [], 'shop.example.org'],
    ['innocent.example.org', ['shop.example.org'], 'shop.example.org'],
    ['Innocent2.example.org', ['WWW.Example.ORG'], 'www.example.org'],
  ] as const) {
    const { request } = await submit(at.core, await machine(), at.bankKit, { commonName, ...sans(...names) })
    const { findings } = await look(at, request.number)
    assert.equal(named(findings)[0], `name_certified_elsewhere ${taken}`)
    const [finding] = findings
    assert.deepEqual([finding?.level, finding?.facts.organisation], ['warning', 'J1CFRA – France-LA POSTE'])
    assert.match(String(finding?.facts.serial), /^[0-9a-f]{32}$/)
  }
})

test('another applicant of the same organisation asks for a certified name beside their own (H2)', async (t) => {
  const at = await scene(t)
  await certified(at, at.postKit, 'shop.example.org')
  const asking = { commonName: 'mine.example.org', ...sans('shop.example.org') }
  const { request } = await submit(at.core, await machine(), at.postKit, asking)
  assert.deepEqual(named((await look(at, request.number)).findings), ['name_certified_elsewhere shop.example.org'])
})

test('two ask for the same name (H2): each request shows the other, the earlier one too', async (t) => {
  const at = await scene(t)
  const asking = { commonName: 'shop.example.org' }
  const first = await submit(at.core, await machine(), at.postKit, asking)
  const second = await submit(at.core, await machine(), at.bankKit, asking)
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const { findings } = await look(at, one.request.number)
    assert.deepEqual(named(findings), ['name_pending_elsewhere shop.example.org'])
    assert.equal(findings[0]?.facts.request, other.request.number)
  }
})

test('a workstation of another organisation has the name (H2): a standing approval is withheld', async (t) => {
  const at = await scene(t)
  const { core, admin } = at
  const ours = await kit(core, admin, at.post.id, { standingApproval: true })
  const theirs = await kit(core, admin, at.bank.id, { standingApproval: true })
  assert.equal((await submit(core, await machine(), ours)).request.state, 'approved')
  const { request, findings } = await submit(core, await machine(), theirs)
  assert.equal(request.state, 'pending')
  assert.equal(findings.find(({ code }) => code === 'kit_standing_approval_withheld')?.facts.why, 'conflict')
  assert.deepEqual(named((await look(at, request.number)).findings), [`name_certified_elsewhere ${WORKSTATION}`])
})

test('two standing approvals at once for one name (H2): one of them waits for somebody', async (t) => {
  const at = await scene(t)
  const kits = [at.post, at.bank].map(({ id }) => kit(at.core, at.admin, id, { standingApproval: true }))
  const all = await Promise.all(kits.map(async (inHand) => submit(at.core, await machine(), await inHand)))
  assert.deepEqual(all.map(({ request }) => request.state).sort(), ['approved', 'pending'])
})

test('another applicant of the same organisation asks for the same subject (H2): told before and after it is certified', async (t) => {
  const at = await scene(t)
  const asking = { commonName: 'pay.example.org' }
  const owner = await submit(at.core, await machine(), at.postKit, asking)
  const thief = await submit(at.core, await machine(), at.postKit, asking)
  const seen = await look(at, thief.request.number)
  assert.deepEqual(named(seen.findings), [])
  await approve(at.core, at.admin, owner.request.number)
  assert.deepEqual(named((await look(at, thief.request.number)).findings), ['name_certified_elsewhere pay.example.org'])
  await assert.rejects(
    at.core.requests.approve(at.admin, thief.request.number, seen.mark),
    refused('names_certified_since'),
  )
  const late = await submit(at.core, await machine(), at.postKit, asking)
  assert.deepEqual(named((await look(at, late.request.number)).findings), ['name_certified_elsewhere pay.example.org'])
})

test('two machines of one organisation ask a standing kit for one name at once (H2): one waits for somebody', async (t) => {
  const at = await scene(t)
  const inHand = await kit(at.core, at.admin, at.post.id, { standingApproval: true })
  const all = await Promise.all([submit(at.core, await machine(), inHand), submit(at.core, await machine(), inHand)])
  assert.deepEqual(all.map(({ request }) => request.state).sort(), ['approved', 'pending'])
})

test('two approvals at once of one name (H2): the second is told of the first, and may decide knowing it', async (t) => {
  const at = await scene(t)
  const asking = { commonName: 'shop.example.org' }
  const first = await submit(at.core, await machine(), at.postKit, asking)
  const second = await submit(at.core, await machine(), at.bankKit, asking)
  const numbers = [first.request.number, second.request.number]
  const marks = await Promise.all(numbers.map(async (number) => (await look(at, number)).mark))
  const decisions = await Promise.allSettled(
    numbers.map((number, i) => at.core.requests.approve(at.admin, number, marks[i]!)),
  )
  assert.deepEqual(decisions.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const { reason } = decisions.find((one) => one.status === 'rejected') as PromiseRejectedResult
  const number = numbers[decisions.findIndex((one) => one.status === 'rejected')]!
  assert.ok(refused('names_certified_since', { request: number, names: 'shop.example.org' })(reason))
  const { findings, mark } = await look(at, number)
  assert.deepEqual(named(findings), ['name_certified_elsewhere shop.example.org'])
  const [asked] = mark.split('.')
  for (const stale of [...marks.filter((one) => one.startsWith(`${asked}`)), `${asked}.${'0'.repeat(64)}`]) {
    await assert.rejects(at.core.requests.approve(at.admin, number, stale), refused('names_certified_since'))
  }
  assert.equal((await at.core.requests.approve(at.admin, number, mark)).state, 'approved')
})

test('between the decision and the signature the name is taken already (H2)', async (t) => {
  const at = await scene(t)
  const asking = { commonName: 'shop.example.org' }
  const first = await submit(at.core, await machine(), at.postKit, asking)
  const second = await submit(at.core, await machine(), at.bankKit, asking)
  const { mark } = await look(at, second.request.number)
  at.signers.break(true)
  await approve(at.core, at.admin, first.request.number)
  assert.equal((await look(at, first.request.number)).state, 'approved')
  await assert.rejects(
    at.core.requests.approve(at.admin, second.request.number, mark),
    refused('names_certified_since', { names: 'shop.example.org' }),
  )
})

test('a manager reads that a name is taken and not by whom; the applicant no more than they wrote themselves (L7)', async (t) => {
  const at = await scene(t)
  const { core, admin } = at
  const ours = await kit(core, admin, at.post.id)
  const theirs = await kit(core, admin, at.bank.id)
  const manager = await invited(core, admin, 'manager', { organisation: at.bank.id })
  const { request: first } = await submit(core, await machine(), ours, { hostName: 'pc-1' })
  await approve(core, admin, first.number)
  const { request, findings } = await submit(core, await machine(), theirs, { hostName: 'pc-2' })
  const shown = { name: WORKSTATION, shown: 'no' }
  for (const read of [findings, (await core.requests.detail(manager.actor, request.number)).findings]) {
    const finding = read.find(({ code }) => code === 'name_certified_elsewhere')
    assert.deepEqual([finding?.level, finding?.facts], ['warning', shown])
    assert.ok(!JSON.stringify(read).includes('J1CFRA'))
  }
})

test('what a kit holder learns (L7): codes, and no number, serial or date of anybody', async (t) => {
  const at = await scene(t)
  const { core, admin } = at
  const inHand = await kit(core, admin, at.post.id)
  const pc = await machine()
  const { request } = await submit(core, pc, inHand, { hostName: 'pc-1' })
  await approve(core, admin, request.number)
  const { findings } = await submit(core, await machine(), inHand, { hostName: 'pc-1' })
  const other = { commonName: WORKSTATION.replace('a', 'b'), hostName: 'pc-1' }
  const more = await submit(core, await machine(), inHand, other)
  const all: readonly Found[] = [...findings, ...more.findings]
  for (const code of ['name_certified_elsewhere', 'machine_seen_before']) {
    const finding = all.find((one) => one.code === code)
    const asked = code === 'name_certified_elsewhere' ? { name: WORKSTATION } : {}
    assert.deepEqual(finding?.facts, { ...asked, shown: 'no' }, code)
  }
  const told = await look(at, more.request.number)
  assert.equal(told.findings.find(({ code }) => code === 'machine_seen_before')?.facts.request, request.number + 1)
})

test('who decides sees the server that a machine asked for before, a manager only that there is one', async (t) => {
  const at = await scene(t)
  const { core, admin } = at
  const manager = await invited(core, admin, 'manager', { organisation: at.post.id })
  await submit(core, await machine(), at.postKit, { commonName: 'shop.example.org', hostName: 'pc-1' })
  const inHand = await kit(core, admin, at.post.id)
  const { request } = await submit(core, await machine(), inHand, { hostName: 'pc-1' })
  const found = (await core.requests.detail(manager.actor, request.number)).findings
  assert.deepEqual(found.find(({ code }) => code === 'machine_seen_before')?.facts, { shown: 'no' })
})

test('a name is free again when its certificate is revoked or over, and its request rejected or taken back', async (t) => {
  const at = await scene(t)
  const { core, admin } = at
  const free = async (): Promise<boolean> => {
    const pc = await machine()
    const { request } = await submit(core, pc, at.bankKit, { commonName: 'shop.example.org' })
    const { findings } = await look(at, request.number)
    await core.enrolment.cancelOwn(await pc.actor(core), 'production', request.number)
    return named(findings).length === 0
  }
  const { number } = await certified(at, at.postKit, 'shop.example.org')
  assert.equal(await free(), false)
  const { certificate } = await look(at, number)
  await core.certificates.revoke(admin, certificate!.id, 'cessationOfOperation')
  assert.equal(await free(), true)
  const again = await submit(core, await machine(), at.postKit, { commonName: 'shop.example.org' })
  assert.equal(await free(), false)
  await core.requests.reject(admin, again.request.number, 'no')
  assert.equal(await free(), true)
})

const NOBODY = applicantOwner('')

test('a name is free again when its certificate has ended, even if nothing has tidied up', async (t) => {
  const at = await scene(t)
  await certified(at, at.postKit, 'shop.example.org')
  at.later(4 * 366 * DAY)
  const asked = { environment: 'production', organisation: '', owner: NOBODY, now: at.now().toISOString() } as const
  const held = (): Promise<unknown[]> =>
    at.work.read((stores) => stores.names.heldByOthers({ ...asked, names: ['shop.example.org'] }))
  assert.deepEqual(await held(), [])
  await at.core.purge()
  assert.deepEqual(await held(), [])
})

test('F2: a name is still somebody’s when a clock that was ahead for half a day is right again', async (t) => {
  const at = await scene(t)
  const { number } = await certified(at, at.postKit, 'shop.example.org')
  const { certificate } = await look(at, number)
  at.later(Date.parse(certificate!.notAfter) - at.now().getTime() - MINUTE)
  at.clockOff(DAY / 2)
  await at.core.purge()
  at.clockOff(-DAY / 2)
  const asked = { environment: 'production', organisation: '', owner: NOBODY, now: at.now().toISOString() } as const
  const held = at.work.read((stores) => stores.names.heldByOthers({ ...asked, names: ['shop.example.org'] }))
  assert.notDeepEqual(await held, [])
})

test('an organisation gets the names it was given and no others: at the submission, with those it may have', async (t) => {
  const { core, admin, ...at } = await scene(t)
  await core.organisations.setNameSuffixes(admin, at.bank.id, ['bank.example.net'])
  const ask = async (commonName: string, ...names: string[]) =>
    submit(core, await machine(), at.bankKit, { commonName, ...sans(...names) })
  for (const [commonName, names, name] of [
    ['shop.example.org', [], 'shop.example.org'],
    ['www.bank.example.net', ['shop.example.org'], 'shop.example.org'],
    ['badbank.example.net', [], 'badbank.example.net'],
    ['bank.example.net.evil.org', [], 'bank.example.net.evil.org'],
  ] as const) {
    await assert.rejects(
      ask(commonName, ...names),
      refused('name_outside_organisation', { name, allowed: 'bank.example.net' }),
    )
  }
  assert.equal((await ask('bank.example.net', 'A.B.bank.example.net')).request.state, 'pending')
  await core.organisations.setNameSuffixes(admin, at.bank.id, [])
  await assert.rejects(ask('www.bank.example.net'), refused('name_outside_organisation', { allowed: 'none' }))
  const { items } = await core.audit.list(admin, { action: 'organisation.names_changed' })
  assert.deepEqual(
    items.map(({ facts }) => [facts.before, facts.names]),
    [
      ['bank.example.net', '–'],
      [NAMES.join(', '), 'bank.example.net'],
    ],
  )
})

test('names that an organisation has lost are not approved any more', async (t) => {
  const { core, admin, ...at } = await scene(t)
  const { request } = await submit(core, await machine(), at.bankKit, { commonName: 'shop.example.org' })
  await core.organisations.setNameSuffixes(admin, at.bank.id, ['a.example'])
  const late = refused('name_outside_organisation', { name: 'shop.example.org', allowed: 'a.example' })
  await assert.rejects(approve(core, admin, request.number), late)
  assert.equal((await core.requests.detail(admin, request.number)).state, 'pending')
  await core.organisations.setNameSuffixes(admin, at.bank.id, ['example.org'])
  assert.equal((await approve(core, admin, request.number)).state, 'approved')
})

test('only an administrator gives names, and reads whose names reach into them', async (t) => {
  const { core, admin, ...at } = await scene(t)
  const manager = await invited(core, admin, 'manager', { organisation: at.bank.id })
  const auditor = await invited(core, admin, 'auditor')
  for (const { actor } of [manager, auditor]) {
    await assert.rejects(core.organisations.setNameSuffixes(actor, at.bank.id, ['x.example']), refused('not_allowed'))
  }
  const given = await core.organisations.setNameSuffixes(admin, at.bank.id, ['*.Pay.Example.org', 'bank.example.net'])
  assert.deepEqual(given.nameSuffixes, ['bank.example.net', 'pay.example.org'])
  const { id, code, name } = at.post
  assert.deepEqual(given.nameOverlaps, [{ suffix: 'example.org', organisation: { id, code, name } }])
  assert.deepEqual((await core.organisations.get(auditor.actor, at.bank.id)).nameOverlaps, given.nameOverlaps)
  const own = await core.organisations.get(manager.actor, at.bank.id)
  assert.deepEqual([own.nameSuffixes, own.nameOverlaps], [given.nameSuffixes, undefined])
  await assert.rejects(core.organisations.setNameSuffixes(admin, 'A'.repeat(22), []), refused('not_found'))
  for (const suffix of ['fr', 'co.uk', 'pki.example.org']) {
    const giving = core.organisations.setNameSuffixes(admin, at.bank.id, [suffix])
    await assert.rejects(giving, refused('name_suffix_invalid', { suffix }))
  }
})

test('the desk’s own name (M1) is certified for nobody: asked for, approved, or planted as an intent', async (t) => {
  const ownNames: string[] = []
  const desk = await openRulesDesk(t, { ownNames: () => ownNames })
  const { core, admin, ...at } = await furnished(desk)
  const asking = (commonName: string, ...names: string[]) => ({ commonName, ...sans(...names) })
  const mine = refused('name_not_allowed', { rule: 'desk' })
  for (const wish of [asking('pki.example.org'), asking('a.example', 'PKI.example.org')]) {
    await assert.rejects(submit(core, await machine(), at.postKit, wish), mine)
  }
  const { request } = await submit(core, await machine(), at.postKit, asking('portal.example.org'))
  ownNames.push('Portal.example.org')
  await assert.rejects(approve(core, admin, request.number), mine)
  ownNames.length = 0
  desk.signers.break(true)
  assert.equal((await approve(core, admin, request.number)).state, 'approved')
  desk.signers.break(false)
  ownNames.push('portal.example.org')
  desk.later(2 * MINUTE) // the job leaves to whoever decided what is younger
  // It can never be completed: the job ends it, says so once, and leaves it alone from then on, whatever the desk is called.
  for (const names of [['portal.example.org'], ['portal.example.org'], []]) {
    ownNames.splice(0, 1, ...names)
    await core.completeOpen()
    const { state, reason, certificate } = await core.requests.detail(admin, request.number)
    assert.deepEqual([state, reason, certificate], ['revoked', 'nameOfDesk', undefined])
  }
  assert.deepEqual(await desk.work.read((stores) => stores.intents.open()), [])
  const { items } = await core.audit.list(admin, { action: 'certificate.given_up' })
  assert.deepEqual(
    items.map(({ target, facts }) => [target.kind, target.id, facts]),
    [['request', String(request.number), { reason: 'nameOfDesk' }]],
  )
  assert.deepEqual(desk.reports, ['a certificate was decided and is not signed yet'], 'while the key was away')
  const again = await submit(core, await machine(), at.postKit, asking('portal.example.org'))
  assert.ok((await approve(core, admin, again.request.number)).certificate, 'it was nothing else')
})

test('the desk’s own name (M1) is no person’s; an organisation may be called so, which names no machine', async (t) => {
  const { core, admin } = await scene(t)
  const { token } = await core.people.invite(admin, {
    name: 'PKI.example.org',
    email: 'eve@desk.example',
    role: 'auditor',
  })
  await assert.rejects(acceptInvitation(core, token), refused('name_not_allowed', { rule: 'desk' }))
  const named = await organisation(core, admin, 'PKI', 'pki.example.org')
  const { request } = await submit(core, await machine(), await kit(core, admin, named.id))
  assert.ok((await approve(core, admin, request.number)).certificate)
})
