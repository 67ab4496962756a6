import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { toHex } from '@scel/pki/bytes'
import { generateKeyPair, importPrivateKey, type KeyPair } from '@scel/pki/crypto'
import { buildTbsCertificate, parseCrl, parseTbsCertificate } from '@scel/pki/x509'
import {
  approve,
  csrOf,
  firstAdministrator,
  kit,
  MINUTE,
  machine,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'
import { rulesScene } from '../../../test/rules-scene.ts'
import type { PersonActor } from '../actor.ts'
import type { Core } from '../core.ts'
import { sha256 } from '../hash.ts'
import { type Intent, ownerOfIntent, toSignIn } from '../issuance/intent.ts'
import { holderOfIntent } from '../issuance/intent-holder.ts'
import { THE_DESK } from '../owner.ts'
import { holderFor } from './holder.ts'

const NAMES = Array.from({ length: 20 }, (_, at) => `ws-${String.fromCharCode(97 + at).repeat(26)}`)
const from = { from: '192.0.2.7', agent: 'test' } as const

async function scene(t: TestContext) {
  return { ...(await rulesScene(t)), key: await generateKeyPair('ec-p256') }
}

/** A link for an auditor, and the call that spends it with a key. */
async function spending(core: Core, by: PersonActor, key: KeyPair, email = 'aude@desk.example') {
  const { token } = await core.people.invite(by, { name: 'Aude Auditor', email, role: 'auditor' })
  const csr = await csrOf(key, [])
  return () => core.invitations.accept({ token, csr, ...from })
}

/** The reasons on the newest list, by serial. */
async function listed(core: Core, authority: string): Promise<Record<string, string | undefined>> {
  const { entries } = parseCrl((await core.revocation.crl(authority))!.der)
  return Object.fromEntries(Array.from(entries, ({ serial, reason }) => [toHex(serial), reason]))
}

test('20 approvals at once for one key: it is certified for one holder', async (t) => {
  const { core, admin, inHand, key } = await scene(t)
  const asked = []
  for (const commonName of NAMES) asked.push(await submit(core, await machine(), inHand, { key, commonName }))
  const all = await Promise.allSettled(asked.map(({ request }) => approve(core, admin, request.number)))
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const one of all) if (one.status === 'rejected') assert.ok(refused('csr_key_in_use')(one.reason))
  assert.equal((await core.certificates.list(admin, { profile: 'workstation' })).items.length, 1)
})

test('a person comes with the key of a machine that waits for its signature, and the other way round', async (t) => {
  const { core, admin, inHand, key, signers } = await scene(t)
  const spend = await spending(core, admin, key)
  const { request } = await submit(core, await machine(), inHand, { key })
  const theirs = await generateKeyPair('ec-p256')
  const spendTheirs = await spending(core, admin, theirs, 'bea@desk.example')
  const asking = { key: theirs, commonName: NAMES[1]! }
  signers.break(true)
  await approve(core, admin, request.number)
  await assert.rejects(spend(), refused('csr_key_in_use'))
  await assert.rejects(spendTheirs(), refused('stored_incomplete'))
  await assert.rejects(submit(core, await machine(), inHand, asking), refused('csr_key_in_use'))
  signers.break(false)
  await core.start()
  const { items } = await core.certificates.list(admin, {})
  const of = (profile: string) => items.filter((one) => one.profile.name === profile).length
  assert.deepEqual([of('workstation'), of('person')], [1, 2])
})

test('a person’s key stands beside no machine’s, in the other environment neither, though it is signed or past its end', async (t) => {
  const { core, admin, inHand, key, later } = await scene(t)
  const spend = await spending(core, admin, key)
  await spend()
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await kit(core, tester, (await organisation(core, tester)).id)
  await assert.rejects(submit(core, await machine(), inHand, { key }), refused('csr_key_in_use'))
  await assert.rejects(submit(core, await machine(), trial, { key }), refused('csr_key_in_use'))
  later(1100 * 24 * 60 * MINUTE) // nobody forgets a key because a certificate has ended
  const fresh = await firstAdministrator(core, 'test')
  const renewed = await kit(core, fresh.actor, (await organisation(core, fresh.actor, 'TWO', 'Two')).id)
  await assert.rejects(submit(core, await machine(), renewed, { key }), refused('csr_key_in_use'))
})

test('the desk’s own keys are certified for nobody else: authorities, responders, its door, time stamps', async (t) => {
  const { core, admin, inHand, signers, work, now } = await scene(t)
  await core.ownCertificates.tlsIdentity(['desk.example.org'])
  const authorities = await work.read((stores) => stores.authorities.all())
  const responders = authorities.filter(({ purpose }) => purpose !== 'root').map(({ id }) => `ocsp-${id}`)
  const stamps = ['production', 'test'].map((environment) => `time-stamps-${environment}-1`)
  const ids = [
    ...authorities.map(({ keyId }) => keyId),
    ...responders,
    ...stamps,
    'desk-tls',
    `desk-statement-${now().toISOString().slice(0, 7)}`,
  ]
  for (const id of ids) {
    assert.ok(await signers.has(id), id)
    const { spec, publicKey } = (await signers.open(id)).key
    const key = { publicKey, privateKey: await importPrivateKey(await signers.exportKey(id)) } as KeyPair
    if (spec !== 'ec-p256') continue // of another kind than any kit or person may use
    await assert.rejects(submit(core, await machine(), inHand, { key }), refused('csr_key_in_use'), id)
    const spend = await spending(core, admin, key, `${id}@desk.example`)
    await assert.rejects(spend(), refused('csr_key_in_use'), id)
  }
})

test('one key has three certificates in two environments: its compromise ends and lists every one, and tells each', async (t) => {
  const { core, admin, inHand, key } = await scene(t)
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await kit(core, tester, (await organisation(core, tester)).id)
  const pc = await machine()
  const certify = async (by: PersonActor, kitInHand: typeof inHand) => {
    const { request } = await submit(core, pc, kitInHand, { key })
    const { certificate } = await approve(core, by, request.number)
    const { chain, serial } = await core.certificates.detail(by, certificate!.id)
    return { by, id: certificate!.id, serial, authority: chain[1]!.authority! }
  }
  const all = [await certify(admin, inHand), await certify(admin, inHand), await certify(tester, trial)]
  const other = await submit(core, await machine(), inHand, { commonName: NAMES[3]! })
  const untouched = (await approve(core, admin, other.request.number)).certificate!.id
  const { ended } = await core.certificates.revoke(admin, all[0]!.id, 'keyCompromise')
  assert.deepEqual(ended, { certificates: 3, undone: 0 })
  for (const { by, id, serial, authority } of all) {
    const detail = await core.certificates.detail(by, id)
    assert.deepEqual([detail.status, detail.revocationReason], ['revoked', 'keyCompromise'])
    assert.equal((await listed(core, authority))[serial], 'keyCompromise')
    const { items } = await core.audit.list(by, { action: 'certificate.revoked' })
    assert.equal(items.filter(({ target }) => target.id === id).length, 1)
  }
  assert.equal((await core.certificates.detail(admin, untouched)).status, 'valid')
  for (const kitInHand of [inHand, trial]) {
    await assert.rejects(submit(core, pc, kitInHand, { key }), refused('csr_key_revoked'))
  }
})

test('a compromise undoes nothing that was decided for another key of the machine, or for whoever else has this one', async (t) => {
  const { core, admin, inHand, key, signers, work, restart } = await scene(t)
  const spend = await spending(core, admin, await generateKeyPair('ec-p256'))
  const pc = await machine()
  const { certificate } = await approve(core, admin, (await submit(core, pc, inHand, { key })).request.number)
  const other = (await submit(core, pc, inHand)).request.number
  signers.break(true)
  await approve(core, admin, other)
  await assert.rejects(spend(), refused('stored_incomplete'))
  await work.transaction(async ({ intents }) => {
    // As a desk of before left it, when a key could be decided for several: the person's intent for the machine's key.
    const person = (await intents.open()).find((intent) => ownerOfIntent(intent).kind === 'person')!
    await intents.close(person.id)
    await intents.insert(withKey(person, key.publicKey))
  })
  const { ended } = await core.certificates.revoke(admin, certificate!.id, 'keyCompromise')
  assert.deepEqual(ended, { certificates: 1, undone: 0 })
  signers.break(false)
  const next = await restart()
  assert.equal((await next.requests.detail(admin, other)).steps.at(-1)?.kind, 'issued')
  const [line] = (await next.audit.list(admin, { action: 'certificate.given_up' })).items
  assert.deepEqual([line?.target.kind, line?.facts?.reason], ['person', 'keyCompromise'])
})

test('what was decided for a key that is compromised before it is signed is never certified', async (t) => {
  const { core, admin, inHand, key, signers, reports, work, restart } = await scene(t)
  const pc = await machine()
  const first = await submit(core, pc, inHand, { key })
  const { certificate } = await approve(core, admin, first.request.number)
  const second = await submit(core, pc, inHand, { key })
  signers.break(true)
  await approve(core, admin, second.request.number)
  const [intent] = await work.read((stores) => stores.intents.open())
  const { ended } = await core.certificates.revoke(admin, certificate!.id, 'keyCompromise')
  assert.deepEqual(ended, { certificates: 1, undone: 1 })
  signers.break(false)
  const seen = reports.length
  const next = await restart()
  const detail = await next.requests.detail(admin, second.request.number)
  assert.deepEqual([detail.state, detail.reason, detail.certificate], ['revoked', 'keyCompromise', undefined])
  assert.equal(detail.steps.at(-1)?.kind, 'revoked')
  const [line] = (await next.audit.list(admin, { action: 'certificate.given_up' })).items
  assert.deepEqual([line?.target.kind, line?.target.id], ['request', String(second.request.number)])
  // An intent that was not reached, or put back: asked again where it is signed.
  await work.transaction((stores) => stores.intents.insert({ ...intent!, id: 'again', certificate: 'again' }))
  assert.deepEqual((await next.start()).failed, [])
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
  assert.equal((await next.certificates.list(admin, { profile: 'workstation', status: 'valid' })).items.length, 0)
  assert.equal(reports.length, seen)
})

test('one key was decided for two holders before there was a table of them: who has it is certified, the other is given up', async (t) => {
  const { core, admin, inHand, key, signers, work, reports, restart } = await scene(t)
  const spend = await spending(core, admin, await generateKeyPair('ec-p256'))
  const { request } = await submit(core, await machine(), inHand, { key })
  signers.break(true)
  await approve(core, admin, request.number)
  await assert.rejects(spend(), refused('stored_incomplete'))
  const [first, second] = await work.read((stores) => stores.intents.open())
  // The person's intent over again, for the machine's key; and one of an old desk beside, which gave its key to nobody.
  const { publicKey } = await generateKeyPair('ec-p256')
  const person = withKey(second!, parseTbsCertificate(first!.tbs).publicKey.spki)
  const alone = { ...withKey(second!, publicKey), id: 'alone', certificate: 'alone' }
  const { environment } = second!
  await work.transaction(async ({ intents, credentials }) => {
    await intents.close(second!.id)
    await intents.insert(person)
    const order = await credentials.draw({ environment }, ownerOfIntent(second!).id, alone.certificate, 0)
    await intents.insert(toSignIn(alone, { takes: 'all', order }))
  })
  signers.break(false)
  const seen = reports.length
  const { last } = await core.live.after(admin, 0)
  const next = await restart()
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
  const told = (await next.live.after(admin, last)).events.filter(({ event }) => event.kind === 'person')
  assert.deepEqual(
    told.map(({ event }) => event.state),
    [undefined, 'active'],
    'whoever looks on sees that one is given up and one is made',
  )
  const found = await work.read(async ({ certificates, keys }) => ({
    machine: await certificates.find({ environment: 'production' }, first!.certificate),
    person: await certificates.find({ environment: 'production' }, second!.certificate),
    alone: await keys.holdersOf(await sha256(publicKey)),
  }))
  assert.deepEqual([found.machine?.profile, found.person], ['workstation', undefined])
  const [line] = (await next.audit.list(admin, { action: 'certificate.given_up' })).items
  assert.deepEqual([line?.target.kind, line?.facts?.reason], ['person', 'keyOfAnother'])
  assert.deepEqual(
    found.alone.map(({ holder }) => holder),
    [holderOfIntent(second!)],
  )
  assert.equal(reports.length, seen)
})

test('a key that somebody else is given while its certificate is decided elsewhere: the request ends, and says why', async (t) => {
  const { core, admin, inHand, signers, work, restart } = await scene(t)
  const { request } = await submit(core, await machine(), inHand)
  signers.break(true)
  await approve(core, admin, request.number)
  const [intent] = await work.read((stores) => stores.intents.open())
  const { publicKey } = await generateKeyPair('ec-p256')
  const held = { environment: 'production', key: await sha256(publicKey), holder: { owner: THE_DESK } } as const
  await work.transaction(async ({ intents, keys }) => {
    await keys.hold(held, intent!.createdAt)
    await intents.close(intent!.id)
    await intents.insert(withKey(intent!, publicKey))
  })
  signers.break(false)
  const next = await restart()
  const detail = await next.requests.detail(admin, request.number)
  assert.deepEqual([detail.state, detail.reason, detail.certificate], ['revoked', 'keyOfAnother', undefined])
  assert.deepEqual(await work.read((stores) => stores.certificates.everyOfKey(held.key)), [])
})

/** An intent that is the same but for the key. */
function withKey(intent: Intent, publicKey: Uint8Array): Intent {
  const { signature, ...content } = parseTbsCertificate(intent.tbs)
  return { ...intent, tbs: buildTbsCertificate({ ...content, publicKey, signature: signature.row! }) }
}

test('a key that is compromised while its certificate is being signed: nothing is stored, and whoever waits reads why', async (t) => {
  const { core, admin, key, beforeNextUnit, reports } = await scene(t)
  const { token } = await core.people.invite(admin, { name: 'Aude', email: 'aude@desk.example', role: 'auditor' })
  const csr = await csrOf(key, [])
  await core.invitations.accept({ token, csr, ...from })
  const { items } = await core.people.list(admin, { role: 'auditor' })
  const person = items[0]!
  const renewed = await core.people.renewInvitation(admin, person.id)
  const accept = () => core.invitations.accept({ token: renewed.token, csr, ...from })
  const revoke = () => core.certificates.revoke(admin, person.signIn!.certificate!, 'keyCompromise')
  beforeNextUnit(async () => beforeNextUnit(revoke)) // between the unit that decides and the one that stores
  await assert.rejects(accept(), refused('csr_key_revoked'))
  await assert.rejects(accept(), refused('csr_key_revoked'), 'asked again')
  const [line] = (await core.audit.list(admin, { action: 'certificate.given_up' })).items
  assert.deepEqual([line?.target.kind, line?.target.id], ['person', person.id])
  const { items: certificates } = await core.certificates.list(admin, { profile: 'person', search: 'Aude' })
  assert.deepEqual(
    certificates.map(({ status, revocationReason }) => [status, revocationReason]),
    [['revoked', 'keyCompromise']],
  )
  assert.deepEqual(reports, [])
})

// A request that names no applicant is a text: whoever has read it can send it, and does not have its key.

/** Somebody's request without their name, what they and a thief who has read it ask with, and who decides for the thief. */
async function copied(t: TestContext) {
  const desk = await scene(t)
  const { core, admin, key } = desk
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await kit(core, tester, (await organisation(core, tester, 'EVIL', 'Evil')).id)
  const bank = await kit(core, admin, (await organisation(core, admin, 'BANK', 'Bank')).id)
  const csr = await csrOf(key, [{ type: 'commonName', value: NAMES[0]! }])
  return { ...desk, tester, trial, bank, csr, victim: await machine(), thief: await machine() }
}

test('a copied request (D): in the other environment its key is nobody else’s, so that nobody there calls it compromised', async (t) => {
  const { core, admin, inHand, trial, csr, key, victim, thief } = await copied(t)
  const { request } = await submit(core, victim, inHand, { csr })
  const { certificate } = await approve(core, admin, request.number)
  await assert.rejects(submit(core, thief, trial, { csr }), refused('csr_key_in_use'))
  assert.equal((await core.certificates.detail(admin, certificate!.id)).status, 'valid')
  assert.equal((await submit(core, victim, trial, { key })).request.state, 'pending', 'of the same applicant')
})

test('a copied request (F): while both wait neither is approved, whoever decides is told, and no copy takes the key', async (t) => {
  const { core, admin, tester, inHand, trial, bank, csr, victim, thief } = await copied(t)
  const own = (await submit(core, victim, inHand, { csr })).request.number
  const told = async (by: PersonActor, number: number) =>
    (await core.requests.detail(by, number)).findings.filter(({ code }) => code === 'key_pending_elsewhere')
  assert.deepEqual(await told(admin, own), [])
  for (const [by, elsewhere, shown] of [
    [admin, bank, { request: own }],
    [tester, trial, { shown: 'no' }],
  ] as const) {
    const { number } = (await submit(core, thief, elsewhere, { csr })).request
    const [finding] = await told(by, number)
    assert.deepEqual([finding?.level, finding?.facts], ['warning', shown])
    assert.deepEqual((await told(admin, own)).length, 1)
    const { may } = await core.requests.detail(by, number)
    assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'request_key_contested'])
    await assert.rejects(approve(core, by, number), refused('request_key_contested', { request: number }))
    await assert.rejects(approve(core, admin, own), refused('request_key_contested', { request: own }))
    await core.requests.reject(by, number, 'a copy')
  }
  assert.equal((await core.requests.detail(admin, own)).may.approve, true)
  assert.equal((await approve(core, admin, own)).state, 'approved')
})

test('a copied request (F): what names its applicant was made by the key for them, and is approved beside a copy', async (t) => {
  const { core, admin, inHand, bank, csr, key, victim, thief } = await copied(t)
  const copy = (await submit(core, thief, bank, { csr })).request.number
  const own = (await submit(core, victim, inHand, { key, commonName: NAMES[0]! })).request.number
  await assert.rejects(approve(core, admin, copy), refused('request_key_contested'))
  const { findings, may } = await core.requests.detail(admin, own)
  assert.deepEqual([findings.filter(({ code }) => code === 'key_pending_elsewhere'), may.approve], [[], true])
  assert.equal((await approve(core, admin, own)).state, 'approved')
  await assert.rejects(approve(core, admin, copy), refused('csr_key_in_use'))
  const renewal = (await submit(core, victim, inHand, { csr })).request
  assert.equal(
    (await approve(core, admin, renewal.number)).state,
    'approved',
    'the key is theirs: the copy stops nothing',
  )
})

test('a copied request (F): no link is spent with the key of a machine’s request that waits', async (t) => {
  const { core, admin, inHand, csr, victim } = await copied(t)
  const { number } = (await submit(core, victim, inHand, { csr })).request
  const { token } = await core.people.invite(admin, { name: 'Aude', email: 'aude@desk.example', role: 'auditor' })
  await assert.rejects(core.invitations.accept({ token, csr, ...from }), refused('csr_key_in_use'))
  assert.equal((await approve(core, admin, number)).state, 'approved')
})

test('a copied request: no standing approval decides one that does not name its applicant', async (t) => {
  const { core, admin, post, csr, thief } = await copied(t)
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  const { request, findings } = await submit(core, thief, standing, { csr })
  assert.equal(request.state, 'pending')
  assert.equal(findings.find(({ code }) => code === 'kit_standing_approval_withheld')?.facts.why, 'not_bound')
})

test('a copied request: what names its applicant is decided beforehand, though a copy waits with its key', async (t) => {
  const { core, admin, post, bank, csr, key, victim, thief } = await copied(t)
  await submit(core, thief, bank, { csr })
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  assert.equal((await submit(core, victim, standing, { key, commonName: NAMES[1]! })).request.state, 'approved')
})

test('a copied request (D): a copy that is planted as certified in the other environment ends nothing of whoever holds the key', async (t) => {
  const { core, admin, tester, inHand, trial, csr, key, victim, thief, work } = await copied(t)
  const { request } = await submit(core, victim, inHand, { csr })
  const { id } = (await approve(core, admin, request.number)).certificate!
  const another = await submit(core, thief, trial)
  const { certificate } = await approve(core, tester, another.request.number)
  // As if the thief's certificate had the key of the other one.
  await work.transaction(async (stores) => {
    const real = (await stores.certificates.find({ environment: 'production' }, id))!
    const fake = (await stores.certificates.find({ environment: 'test' }, certificate!.id))!
    const { request: _, ...bare } = fake
    const names = { id: 'copy', serial: '77', fingerprint: '77' }
    await stores.certificates.insert({ ...bare, ...names, key: real.key, der: real.der })
    await stores.keys.hold({ environment: 'test', key: real.key, holder: holderFor(fake.owner, fake) }, fake.issuedAt)
  })
  await assert.rejects(core.certificates.revoke(tester, 'copy', 'keyCompromise'), refused('certificate_row_altered'))
  assert.equal((await core.certificates.detail(admin, id)).status, 'valid')
  const renewal = (await submit(core, victim, inHand, { key, commonName: NAMES[0]! })).request
  assert.equal((await approve(core, admin, renewal.number)).state, 'approved')
})
