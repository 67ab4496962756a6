import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  answerKit,
  answerLink,
  approve,
  coreOn,
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../../test/rules-desk.ts'
import { ask } from '../../../store/testing/ask.ts'
import { openSample } from '../../../store/testing/sample-work.ts'
import type { Core } from '../../core.ts'
import type { Kit } from '../../kits/kit.ts'
import type { History } from '../../registration/history.ts'
import type { Stores } from '../../work.ts'
import { type Withheld, withheldFinding } from './standing-approval.ts'

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const standing = await kit(core, admin, post.id, { standingApproval: true })
  /** The same desk, where rows of kits are read otherwise. */
  const readAs = ({ kit }: Read): Core => {
    const run = <T>(act: (stores: Stores) => Promise<T>) => {
      return async (stores: Stores): Promise<T> => {
        const findForApplicant: Stores['kits']['findForApplicant'] = async (id) => {
          const found = await stores.kits.findForApplicant(id)
          return found && kit(found)
        }
        return act({ ...stores, kits: { ...stores.kits, findForApplicant } })
      }
    }
    const { work, signers, world } = desk
    return coreOn(
      {
        read: (act) => work.read((stores) => run(act)(stores as Stores)),
        transaction: (act) => work.transaction(run(act)),
      },
      signers,
      {},
      world,
    )
  }
  return { ...desk, admin, post, standing, readAs }
}

interface Read {
  readonly kit: (made: Kit) => Kit
}

const why = (findings: readonly { code: string; facts: Readonly<Record<string, unknown>> }[]): unknown =>
  findings.find((one) => one.code === 'kit_standing_approval_withheld')?.facts.why

test('a standing approval decides at once, in its maker’s name', async (t) => {
  const { core, admin, standing } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, standing)
  assert.deepEqual([request.state, request.decidedBy], ['approved', admin.name])
  const { certificate } = await core.enrolment.fetchOwn(await pc.actor(core), 'production', request.number)
  assert.equal((await core.judge.clientCertificate(pemDer(certificate))).certificate.request, request.number)
  const { steps } = await core.requests.detail(admin, request.number)
  assert.deepEqual(
    steps.map(({ kind, beforehand }) => [kind, beforehand]),
    [
      ['submitted', undefined],
      ['approved', true],
      ['issued', undefined],
      ['fetched', undefined],
    ],
  )
})

test('it is for profiles only that let a kit have one', async (t) => {
  const { core, admin, post } = await scene(t)
  const servers = kit(core, admin, post.id, { profile: 'server', standingApproval: true })
  await assert.rejects(servers, refused('standing_approval_not_for_profile', { profile: 'server' }))
})

test('it is withheld from a request with its maker’s address', async (t) => {
  const { core, admin, standing } = await scene(t)
  const { request, findings } = await submit(core, await machine(), standing, { email: admin.email! })
  assert.deepEqual([request.state, why(findings)], ['pending', 'own'])
})

test('it is withheld once its maker may no longer decide', async (t) => {
  const { core, admin, standing } = await scene(t)
  const second = await invited(core, admin, 'administrator')
  await core.people.disable(second.actor, admin.id)
  const { request, findings } = await submit(core, await machine(), standing)
  assert.deepEqual([request.state, why(findings)], ['pending', 'maker'])
})

test('it is withheld from a subject that was once revoked', async (t) => {
  const { core, admin, standing } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  const second = await submit(core, pc, standing)
  assert.deepEqual([second.request.state, why(second.findings)], ['pending', 'revoked'])
})

test('a compromised applicant invents another name: the standing approval is withheld', async (t) => {
  for (const reason of ['keyCompromise', 'cessationOfOperation', 'privilegeWithdrawn'] as const) {
    const { core, admin, standing } = await scene(t)
    const pc = await machine()
    const { request } = await submit(core, pc, standing)
    await core.certificates.revoke(admin, request.certificate!.id, reason)
    const invented = await submit(core, pc, standing, { commonName: OTHER_NAME, macAddresses: [OTHER_CARD] })
    assert.deepEqual([invented.request.state, why(invented.findings)], ['pending', 'compromised'], reason)
    assert.ok(invented.findings.some(({ code, facts }) => code === 'compromised_before' && facts.what === 'applicant'))
  }
})

test('addresses tried with the kit of another organisation tell nothing of its machines: the administrator alone reads it', async (t) => {
  const { core, admin, post, standing } = await scene(t)
  const { request } = await submit(core, await machine(), standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  const bank = await organisation(core, admin, 'BANK', 'Banque d’essai')
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: bank.id, email: 'b@desk.example' })
  for (const standingApproval of [false, true]) {
    const theirs = await kit(core, admin, bank.id, { standingApproval })
    const tried = await submit(core, await machine(), theirs, {
      commonName: standingApproval ? THIRD_NAME : OTHER_NAME,
    })
    assert.equal(tried.request.state, 'pending')
    const { number } = tried.request
    for (const read of [tried.findings, (await core.requests.detail(manager, number)).findings]) {
      assert.ok(!read.some(({ code }) => code === 'compromised_before'))
      const withheld = read.find(({ code }) => code === 'kit_standing_approval_withheld')
      assert.deepEqual(withheld?.facts, standingApproval ? { shown: 'no' } : undefined)
    }
    const { findings } = await core.requests.detail(admin, number)
    assert.equal(findings.find(({ code }) => code === 'compromised_before')?.facts.what, 'address')
    assert.equal(why(findings), standingApproval ? 'compromised' : undefined)
  }
  const other = { commonName: 'ws-dddddddddddddddddddddddddd' }
  const own = await submit(core, await machine(), await kit(core, admin, post.id), other)
  assert.ok(
    own.findings.some(({ code }) => code === 'compromised_before'),
    'of one’s own organisation it is told',
  )
})

test('a compromised machine comes with a new applicant key and another name: the standing approval is withheld', async (t) => {
  const { core, admin, standing } = await scene(t)
  const { request } = await submit(core, await machine(), standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  const again = await submit(core, await machine(), standing, { commonName: OTHER_NAME })
  assert.deepEqual([again.request.state, why(again.findings)], ['pending', 'compromised'])
  const another = await submit(core, await machine(), standing, { commonName: THIRD_NAME, macAddresses: [OTHER_CARD] })
  assert.equal(another.request.state, 'approved', 'another machine is none of it')
})

test('what was compromised in test is withheld in production: applicant and key', async (t) => {
  const { core, standing } = await scene(t)
  const { actor: tester } = await firstAdministrator(core, 'test')
  const trial = await kit(core, tester, (await organisation(core, tester)).id)
  const pc = await machine()
  const key = await generateKeyPair('ec-p256')
  const { request } = await submit(core, pc, trial, { key })
  const { certificate } = await approve(core, tester, request.number)
  await core.certificates.revoke(tester, certificate!.id, 'keyCompromise')
  const elsewhere = { commonName: OTHER_NAME, macAddresses: [OTHER_CARD] }
  const same = await submit(core, pc, standing, elsewhere)
  assert.deepEqual([same.request.state, why(same.findings)], ['pending', 'compromised'])
  const stolen = await submit(core, await machine(), standing, { ...elsewhere, commonName: THIRD_NAME, key }).catch(
    (error: { code: string }) => error.code, // a revoked key may also be refused altogether
  )
  assert.ok(stolen === 'csr_key_revoked' || (typeof stolen === 'object' && stolen.request.state === 'pending'))
})

test('a certificate that was superseded, or revoked for another affiliation, withholds nothing elsewhere', async (t) => {
  const { core, admin, standing } = await scene(t)
  const pc = await machine()
  const { request } = await submit(core, pc, standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'superseded')
  const other = await submit(core, pc, standing, { commonName: OTHER_NAME })
  assert.equal(other.request.state, 'approved')
})

test('a kit that a compromised administrator made decides nothing any more, though he is still active', async (t) => {
  const { core, admin, post } = await scene(t)
  const maker = await invited(core, admin, 'administrator')
  const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
  await answerKit(core, admin, standing.id)
  assert.equal((await submit(core, await machine(), standing)).request.state, 'approved')
  await core.certificates.revoke(admin, maker.actor.credential, 'keyCompromise')
  const after = await submit(core, await machine(), standing, { commonName: OTHER_NAME })
  assert.deepEqual([after.request.state, why(after.findings)], ['pending', 'made_with'])
})

eachRulesDatabase('marks of what was compromised', ({ prepared }) => {
  test('a mark stays; and without its mark a kit that a compromised administrator made decides nothing either', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const { core } = await rulesDeskOn(work)
    const { actor: admin } = await firstAdministrator(core)
    const post = await organisation(core, admin)
    const maker = await invited(core, admin, 'administrator')
    const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
    await answerKit(core, admin, standing.id)
    await core.certificates.revoke(admin, maker.actor.credential, 'keyCompromise')
    await assert.rejects(ask(database, 'DELETE FROM compromise'), /compromise is append-only/)
    await assert.rejects(ask(database, "UPDATE compromise SET value = '-'"), /compromise is append-only/)
    const marks = await ask(database, 'SELECT value FROM compromise')
    assert.ok(marks.some(({ value }) => value === maker.actor.credential))
    // Whoever owns the database takes the trigger away first.
    const trigger = database.kind === 'sqlite' ? 'compromise_no_delete' : 'compromise_append_only ON compromise'
    await ask(database, `DROP TRIGGER ${trigger}`)
    await ask(database, 'DELETE FROM compromise')
    const after = await submit(core, await machine(), standing)
    assert.deepEqual([after.request.state, why(after.findings)], ['pending', 'made_with'])
  })
})

test('a kit goes on after its maker’s certificate was renewed', async (t) => {
  const { core, admin, post } = await scene(t)
  const maker = await invited(core, admin, 'administrator')
  const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
  await answerKit(core, admin, standing.id)
  const { token } = await core.people.renewInvitation(maker.actor, maker.actor.id)
  await answerLink(core, admin, maker.actor.id)
  await acceptInvitation(core, token) // revokes the earlier one as superseded
  assert.equal((await submit(core, await machine(), standing)).request.state, 'approved')
})

test('what was made with a compromised certificate is listed, and its open links open nothing', async (t) => {
  const { core, admin, post } = await scene(t)
  const maker = await invited(core, admin, 'administrator')
  const { credential: certificate } = maker.actor
  await kit(core, maker.actor, post.id, { standingApproval: true })
  const friend = await core.people.invite(maker.actor, { name: 'A Friend', email: 'f@x.example', role: 'auditor' })
  const joined = await invited(core, maker.actor, 'auditor', { email: 'joined@desk.example' })
  await core.certificates.revoke(admin, certificate, 'keyCompromise')
  await assert.rejects(core.invitations.inspect(friend.token), refused('invitation_unknown'))
  const made = await core.madeWith.of(admin, certificate)
  assert.deepEqual(
    made.kits.map((one) => [one.name, one.standingApproval, one.open]),
    [['a kit', true, true]],
  )
  assert.deepEqual(made.people.map((one) => [one.name, one.state, one.link]).sort(), [
    ['A Friend', 'invited', false],
    [joined.actor.name, 'active', false],
  ])
  const [line] = (await core.audit.list(admin, { action: 'invitation.withdrawn' })).items
  assert.equal(line?.target.name, 'A Friend')
})

test('a standing approval is ended once and for all, by the manager of the organisation too', async (t) => {
  const { core, admin, post, standing } = await scene(t)
  const manager = await invited(core, admin, 'manager', { organisation: post.id })
  const elsewhere = await organisation(core, admin, 'OTHER', 'Another')
  const foreign = await invited(core, admin, 'manager', { organisation: elsewhere.id, email: 'm2@desk.example' })
  const auditor = await invited(core, admin, 'auditor')
  await assert.rejects(core.kits.endStanding(auditor.actor, standing.id), refused('not_allowed'))
  await assert.rejects(core.kits.endStanding(foreign.actor, standing.id), refused('not_found'))
  const ended = await core.kits.endStanding(manager.actor, standing.id)
  assert.deepEqual([ended.standingApproval, ended.state], [false, 'active'])
  assert.deepEqual(await core.kits.endStanding(manager.actor, standing.id), ended)
  assert.equal((await submit(core, await machine(), standing)).request.state, 'pending')
  assert.equal((await core.audit.list(admin, { action: 'kit.standing_ended' })).items.length, 3)
})

test('a kit whose approval was ended while its holder was asking decides nothing', async (t) => {
  const { core, admin, standing, beforeNextUnit } = await scene(t)
  beforeNextUnit(() => core.kits.endStanding(admin, standing.id))
  const { request } = await submit(core, await machine(), standing)
  assert.equal(request.state, 'pending')
})

test('it is withheld from a subject that another applicant has, and lets the same one renew', async (t) => {
  const { core, standing } = await scene(t)
  const pc = await machine()
  const first = await submit(core, pc, standing)
  const other = await submit(core, await machine(), standing)
  assert.deepEqual([other.request.state, why(other.findings)], ['pending', 'conflict'])
  const renewal = await submit(core, pc, standing)
  assert.equal(why(renewal.findings), 'conflict', 'the other one is still pending')
  assert.equal(first.request.state, 'approved')
})

test('a machine renews under it again and again: what its own renewal superseded counts as no revocation', async (t) => {
  const { core, standing } = await scene(t)
  const pc = await machine()
  for (let round = 0; round < 3; round++) {
    const { request } = await submit(core, pc, standing)
    assert.equal(request.state, 'approved', `round ${round}`)
    const { serial } = request.certificate!
    const input = { how: 'installed', serial } as const
    const { superseded } = await core.enrolment.confirmOwn(await pc.actor(core), 'production', request.number, input)
    assert.equal(superseded.length, round === 0 ? 0 : 1)
  }
})

test('it decides nothing before another administrator confirmed it, nor in the name of whoever is none any more', async (t) => {
  const { core, admin, post } = await scene(t)
  const maker = await invited(core, admin, 'administrator')
  const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
  const before = await submit(core, await machine(), standing)
  assert.deepEqual([before.request.state, why(before.findings)], ['pending', 'unconfirmed'])
  await answerKit(core, admin, standing.id)
  assert.equal((await submit(core, await machine(), standing, { commonName: THIRD_NAME })).request.state, 'approved')
  await core.grants.give(admin, maker.actor.id, { role: 'auditor' })
  await core.grants.end(admin, maker.actor.id, maker.actor.grants[0]!.id)
  const after = await submit(core, await machine(), standing, { commonName: OTHER_NAME })
  assert.deepEqual([after.request.state, why(after.findings)], ['pending', 'maker'])
})

test('a kit that was made with a certificate which is not there was made by nobody', async (t) => {
  const { readAs, standing } = await scene(t)
  const gone = readAs({ kit: (made) => ({ ...made, createdWith: 'gone' }) })
  const { request, findings } = await submit(gone, await machine(), standing)
  assert.deepEqual([request.state, why(findings)], ['pending', 'made_with'])
})

test('it is withheld from a request that its maker’s own key signed', async (t) => {
  const { core, admin, post } = await scene(t)
  const maker = await invited(core, admin, 'administrator')
  const standing = await kit(core, maker.actor, post.id, { standingApproval: true })
  await answerKit(core, admin, standing.id)
  const { request, findings } = await submit(core, await machine(maker.key), standing)
  assert.deepEqual([request.state, why(findings)], ['pending', 'own'])
})

test('a compromise of one’s own is told though a machine of others is met besides; whose that is is told of that alone', async (t) => {
  const { core, admin, standing } = await scene(t)
  const { request } = await submit(core, await machine(), standing)
  await core.certificates.revoke(admin, request.certificate!.id, 'keyCompromise')
  const bank = await organisation(core, admin, 'BANK', 'Banque d’essai')
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: bank.id, email: 'b@desk.example' })
  const theirs = await kit(core, admin, bank.id, { standingApproval: true })
  const pc = await machine()
  const first = await submit(core, pc, theirs, { commonName: OTHER_NAME, macAddresses: [OTHER_CARD] })
  await core.certificates.revoke(admin, first.request.certificate!.id, 'keyCompromise')
  const again = await submit(core, pc, theirs, { commonName: THIRD_NAME })
  assert.equal(why((await core.requests.detail(manager, again.request.number)).findings), 'compromised')
  const of = { organisation: 'x' }
  const told = (one: Withheld, history: object) => withheldFinding(one, history as History).of
  assert.deepEqual(
    [told('compromised', { compromisedOf: of }), told('compromised', {}), told('revoked', { compromisedOf: of })],
    [of, undefined, undefined],
  )
  assert.deepEqual(Object.keys(withheldFinding('compromised', {} as History)), ['code', 'level', 'facts'])
})

const OTHER_NAME = 'ws-bcdefghijklmnopqrstuvwxyza'
const THIRD_NAME = 'ws-cdefghijklmnopqrstuvwxyzab'
const OTHER_CARD = '02:00:00:00:00:99'
const pemDer = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
