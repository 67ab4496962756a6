import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import {
  acceptInvitation,
  answerKit,
  answerLink,
  csrOf,
  DAY,
  firstAdministrator,
  HOST,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  signedInAgain,
  submit,
} from '../../../test/rules-desk.ts'
import type { Core } from '../core.ts'

const caller = { from: '192.0.2.7', agent: 'test' }

/** Two administrators; the second came by the host's command. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const ada = await firstAdministrator(core)
  const ben = await another(core, 'ben@desk.example')
  const post = await organisation(core, ada.actor)
  return { ...desk, ada, ben, post }
}

async function another(core: Core, email: string) {
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production', email, name: email })
  return acceptInvitation(core, token)
}

const accept = async (core: Core, token: string) =>
  core.invitations.accept({ token, csr: await csrOf(await generateKeyPair('ec-p256'), []), ...caller })

const PUPPET = { name: 'A Puppet', email: 'puppet@desk.example', role: 'administrator' } as const

test('an administrator cannot make themselves a second one and decide on their own request as that one', async (t) => {
  const { core, ada, ben } = await scene(t)
  const { token, person, awaiting } = await core.people.invite(ada.actor, PUPPET)
  assert.equal(awaiting, true)
  await assert.rejects(core.invitations.inspect(token), refused('invitation_unconfirmed'))
  await assert.rejects(accept(core, token), refused('invitation_unconfirmed'))
  await assert.rejects(answerLink(core, ada.actor, person.id), refused('second_administrator_needed'))
  await answerLink(core, ben.actor, person.id)
  assert.equal((await core.invitations.inspect(token)).email, PUPPET.email)
  const { actor } = await acceptInvitation(core, token)
  assert.deepEqual(
    actor.grants.map(({ role }) => role),
    ['administrator'],
  )
  await assert.rejects(answerLink(core, ben.actor, person.id), refused('confirmation_not_wanted'))
  const { items } = await core.audit.list(ben.actor, { action: 'person.' })
  const told = items.map(({ action, outcome, actor: by, facts }) => [
    action,
    outcome,
    by.name,
    facts.asked ?? facts.awaits,
  ])
  assert.deepEqual(told.slice(0, 4), [
    ['person.link_confirmed', 'refused', 'ben@desk.example', undefined],
    ['person.link_confirmed', 'done', 'ben@desk.example', 'Ada Administrator'],
    ['person.link_confirmed', 'refused', 'Ada Administrator', undefined],
    ['person.invited', 'done', 'Ada Administrator', true],
  ])
})

test('the link of the other administrator is theirs alone to want, and nobody else’s to confirm: the host makes it', async (t) => {
  const { core, ada, ben } = await scene(t)
  const to = (id: string) => core.people.renewInvitation(ada.actor, id)
  await assert.rejects(to(ben.actor.id), refused('second_administrator_missing'))
  // A link for oneself is confirmed by the other one.
  const own = await to(ada.actor.id)
  await assert.rejects(answerLink(core, ada.actor, ada.actor.id), refused('second_administrator_needed'))
  await answerLink(core, ben.actor, ada.actor.id)
  const again = await acceptInvitation(core, own.token)
  // With a third, it waits for the third: whom it is for does not confirm it for themselves.
  const cyd = await another(core, 'cyd@desk.example')
  const { token } = await core.people.renewInvitation(again.actor, ben.actor.id)
  await assert.rejects(answerLink(core, ben.actor, ben.actor.id), refused('second_administrator_needed'))
  await assert.rejects(core.invitations.inspect(token), refused('invitation_unconfirmed'))
  await answerLink(core, cyd.actor, ben.actor.id)
  assert.equal((await core.invitations.inspect(token)).email, 'ben@desk.example')
})

test('a link that was refused, replaced, or asked for by somebody who is gone opens nothing, and cannot be confirmed', async (t) => {
  const { core, ada, ben } = await scene(t)
  const first = await core.people.invite(ada.actor, PUPPET)
  await answerLink(core, ben.actor, first.person.id, 'refuse')
  await assert.rejects(core.invitations.inspect(first.token), refused('invitation_unknown'))
  await assert.rejects(answerLink(core, ben.actor, first.person.id), refused('confirmation_not_wanted'))
  const second = await core.people.renewInvitation(ada.actor, first.person.id)
  const cyd = await another(core, 'cyd@desk.example')
  await core.people.disable(cyd.actor, ada.actor.id)
  await assert.rejects(answerLink(core, ben.actor, first.person.id), refused('confirmation_not_wanted'))
  await assert.rejects(accept(core, second.token), refused('invitation_unknown'))
})

test('links of others wait for nobody, and with one administrator nothing does', async (t) => {
  const { core, ada, ben, post, later } = await scene(t)
  const auditor = { name: 'X', email: 'x@desk.example', role: 'auditor' } as const
  assert.equal((await core.people.invite(ada.actor, auditor)).awaiting, false)
  await core.people.disable(ada.actor, ben.actor.id)
  later(3.1 * DAY)
  const alone = await signedInAgain(core, ada)
  assert.equal((await core.people.invite(alone, PUPPET)).awaiting, false)
  const inHand = await kit(core, alone, post.id, { standingApproval: true })
  assert.equal((await submit(core, await machine(), inHand)).request.state, 'approved')
})

test('a standing approval decides nothing before another administrator has confirmed it', async (t) => {
  const { core, ada, ben, post } = await scene(t)
  const inHand = await kit(core, ada.actor, post.id, { standingApproval: true })
  const before = await submit(core, await machine(), inHand, { commonName: `ws-${'a'.repeat(26)}`, hostName: 'a' })
  assert.equal(before.request.state, 'pending')
  const why = before.findings.find(({ code }) => code === 'kit_standing_approval_withheld')
  assert.deepEqual(why?.facts, { why: 'unconfirmed' })
  await assert.rejects(answerKit(core, ada.actor, inHand.id), refused('second_administrator_needed'))
  assert.deepEqual((await core.sessions.me(ben.actor)).awaiting, { people: 0, kits: 1 })
  assert.deepEqual((await core.sessions.me(ada.actor)).awaiting, { people: 0, kits: 0 })
  await answerKit(core, ben.actor, inHand.id)
  assert.deepEqual((await core.sessions.me(ben.actor)).awaiting, { people: 0, kits: 0 })
  const after = await submit(core, await machine(), inHand, { commonName: `ws-${'b'.repeat(26)}`, hostName: 'b' })
  assert.equal(after.request.state, 'approved')
  const [shown] = (await core.kits.list(ben.actor, {})).items
  assert.deepEqual([shown?.awaiting, shown?.confirmedBy], [undefined, 'ben@desk.example'])
})

test('a standing approval that is refused is none, and the kit stays', async (t) => {
  const { core, ada, ben, post } = await scene(t)
  const inHand = await kit(core, ada.actor, post.id, { standingApproval: true })
  await answerKit(core, ben.actor, inHand.id, 'refuse')
  await assert.rejects(answerKit(core, ben.actor, inHand.id), refused('confirmation_not_wanted'))
  const { request, findings } = await submit(core, await machine(), inHand)
  assert.equal(request.state, 'pending')
  assert.ok(findings.every(({ code }) => code !== 'kit_standing_approval_withheld'))
  const plain = await kit(core, ada.actor, post.id)
  await assert.rejects(answerKit(core, ben.actor, plain.id), refused('confirmation_not_wanted'))
})

test('a link that is confirmed late lives as long as one made then', async (t) => {
  const { core, ada, ben, later } = await scene(t)
  const { token, person } = await core.people.invite(ada.actor, PUPPET)
  later(4 * DAY)
  await answerLink(core, await signedInAgain(core, ben), person.id)
  later(2 * DAY)
  assert.equal((await core.invitations.inspect(token)).email, PUPPET.email)
})

test('the last administrator who can sign in cannot lock the desk by revoking their own certificate', async (t) => {
  const { core } = await openRulesDesk(t)
  const ada = await firstAdministrator(core)
  const auditor = await invited(core, ada.actor, 'auditor')
  const of = async (id: string) => {
    const { items } = await core.people.list(ada.actor, {})
    return items.find((one) => one.id === id)!.signIn!.certificate!
  }
  const own = await of(ada.actor.id)
  const lock = core.certificates.revoke(ada.actor, own, 'keyCompromise')
  await assert.rejects(lock, refused('last_administrator_certificate'))
  await core.certificates.revoke(ada.actor, await of(auditor.actor.id), 'superseded')
  // A new link replaces it, and revokes it in the same step.
  const { token } = await core.people.renewInvitation(ada.actor, ada.actor.id)
  const again = await acceptInvitation(core, token)
  assert.equal((await core.certificates.detail(again.actor, own)).status, 'revoked')
  // With another one who can sign in, it is theirs to do.
  const ben = await another(core, 'ben@desk.example')
  const { items } = await core.people.list(again.actor, { search: 'ben@' })
  await core.certificates.revoke(ben.actor, items[0]!.signIn!.certificate!, 'superseded')
})
