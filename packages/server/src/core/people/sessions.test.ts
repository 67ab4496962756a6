import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  acceptInvitation,
  derOf,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  machine,
  openRulesDesk,
  organisation,
  refused,
  submit,
} from '../../../test/rules-desk.ts'

const caller = { from: '192.0.2.7', agent: 'test' }

test('a certificate signs in its person; a machine’s, or none, signs in nobody', async (t) => {
  const { core } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const { token } = await core.sessions.beginWithCertificate({ der: derOf(admin.certificate), ...caller })
  const actor = await core.sessions.find(token, caller)
  assert.equal(actor.id, admin.actor.id)
  const me = await core.sessions.me(actor)
  assert.deepEqual([me.person.email, me.environment], ['ada@desk.example', 'production'])

  const post = await organisation(core, actor)
  const { request } = await submit(core, await machine(), await kit(core, actor, post.id, { standingApproval: true }))
  const { pem } = await core.certificates.detail(actor, request.certificate!.id)
  const stranger = core.sessions.beginWithCertificate({ der: derOf(pem), ...caller })
  await assert.rejects(stranger, refused('certificate_without_account'))
  const [refusal] = (await core.audit.list(actor, { action: 'session.begun' })).items
  assert.equal(refusal?.outcome, 'refused')
  await assert.rejects(
    core.sessions.beginWithCertificate({ der: undefined, ...caller }),
    refused('certificate_missing'),
  )
})

test('no cookie, garbage and an unknown token ask to sign in', async (t) => {
  const { core } = await openRulesDesk(t)
  for (const token of [undefined, '', '../../x', 'A'.repeat(43)]) {
    await assert.rejects(core.sessions.find(token, caller), refused('sign_in_required'))
  }
})

test('a session ends by idleness, and absolutely though it was busy', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const idle = await firstAdministrator(core)
  const busy = await invited(core, idle.actor, 'auditor')
  for (let minutes = 25; minutes <= 700; minutes += 25) {
    later(25 * MINUTE)
    await core.sessions.find(busy.token, caller)
  }
  await assert.rejects(core.sessions.find(idle.token, caller), refused('session_ended', { reason: 'expired' }))
  later(25 * MINUTE)
  await assert.rejects(core.sessions.find(busy.token, caller), refused('session_ended', { reason: 'expired' }))
})

test('revoking a person’s certificate ends the sessions begun with it at once', async (t) => {
  const { core } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const other = await invited(core, admin.actor, 'auditor')
  const { items } = await core.people.list(admin.actor, { role: 'auditor' })
  await core.certificates.revoke(admin.actor, items[0]!.certificate!.id, 'keyCompromise')
  await assert.rejects(core.sessions.find(other.token, caller), refused('session_ended', { reason: 'certificate' }))
  const open = (await core.sessions.list(admin.actor, { everyone: true })).items
  assert.deepEqual(
    open.map((one) => one.person.id),
    [admin.actor.id],
  )
})

test('a session is judged anew at every call: person and certificate too, whatever its own row says', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const scope = { environment: 'production' } as const
  await work.transaction(async (stores) => {
    const person = await stores.people.find(scope, admin.actor.id)
    await stores.people.update({ ...person!, state: 'disabled' })
  })
  await assert.rejects(core.sessions.find(admin.token, caller), refused('person_disabled'))
  const { token } = await core.people.inviteAdministrator(
    { kind: 'desk', name: 'host' },
    { environment: 'production', email: 'two@desk.example' },
  )
  const second = await acceptInvitation(core, token)
  const { certificate } = (await work.read((stores) => stores.people.find(scope, second.actor.id)))!
  const at = new Date(Date.now()).toISOString()
  await work.transaction((stores) => stores.certificates.revoke(scope, certificate!.id, at, 'keyCompromise'))
  await assert.rejects(core.sessions.find(second.token, caller), refused('session_ended', { reason: 'certificate' }))
})

test('a person sees and ends his own sessions; an administrator everybody’s', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  later(1000) // the newest comes first
  const auditor = await invited(core, admin.actor, 'auditor')
  assert.equal((await core.sessions.list(auditor.actor, {})).items.length, 1)
  const everybody = (await core.sessions.list(admin.actor, { everyone: true })).items
  assert.equal(everybody.length, 2)
  assert.deepEqual(
    everybody.map((one) => one.current),
    [false, true],
  )
  const foreign = core.sessions.end(auditor.actor, admin.actor.sessionId)
  await assert.rejects(foreign, refused('not_found'))
  await core.sessions.end(admin.actor, auditor.actor.sessionId)
  await assert.rejects(core.sessions.find(auditor.token, caller), refused('session_ended', { reason: 'ended' }))
  await core.sessions.endCurrent(admin.actor)
  await assert.rejects(core.sessions.find(admin.token, caller), refused('session_ended', { reason: 'signed_out' }))
})

test('what the database keeps of a session, a link and a kit opens nothing', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const post = await organisation(core, admin.actor)
  const inHand = await kit(core, admin.actor, post.id)
  const { session, stored } = await work.read(async (stores) => ({
    session: await stores.sessions.find({ environment: 'production' }, admin.actor.sessionId),
    stored: await stores.kits.findForApplicant(inHand.id),
  }))
  const rows = JSON.stringify([session, stored])
  assert.ok(!rows.includes(admin.token) && !rows.includes(inHand.secret))
})
