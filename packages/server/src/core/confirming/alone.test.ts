import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  acceptInvitation,
  answerGrant,
  answerKit,
  answerLink,
  DAY,
  firstAdministrator,
  HOST,
  invited,
  kit,
  openRulesDesk,
  organisation,
  refused,
  signedInAgain,
} from '../../../test/rules-desk.ts'
import type { Core } from '../core.ts'

const PUPPET = { name: 'A Puppet', email: 'puppet@desk.example', role: 'administrator' } as const
const MISSING = refused('second_administrator_missing')

/** Two administrators; the second came by the host's command. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const ada = await firstAdministrator(core)
  const ben = await another(core, 'ben')
  const post = await organisation(core, ada.actor)
  const roleOf = async (id: string) =>
    (await core.grants.person(ada.actor, id)).grants.find(({ role }) => role === 'administrator')
  return { ...desk, ada, ben, post, roleOf }
}

async function another(core: Core, name: string) {
  const email = `${name}@desk.example`
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production', email, name })
  return acceptInvitation(core, token)
}

test('attack 17, H2: who ends the role of the other one and gives it back has made nothing alone meanwhile', async (t) => {
  const { core, ada, ben, post, roleOf } = await scene(t)
  await core.grants.end(ada.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  // The other one learns of it where they are signed in.
  await assert.rejects(
    core.sessions.find(ben.token, { from: '192.0.2.7' }),
    refused('session_ended', { reason: 'role' }),
  )
  const puppet = await core.people.invite(ada.actor, PUPPET)
  assert.equal(puppet.awaiting, true)
  const inHand = await kit(core, ada.actor, post.id, { standingApproval: true })
  // Nor as the other one: not by a link for them, nor by one that they are made to want.
  await assert.rejects(core.people.renewInvitation(ada.actor, ben.actor.id), MISSING)
  const back = await core.grants.give(ada.actor, ben.actor.id, { role: 'administrator' })
  assert.equal(back.grants.find(({ role }) => role === 'administrator')?.awaiting, undefined, 'it is back at once')
  const again = await signedInAgain(core, ben)
  assert.deepEqual((await core.sessions.me(again)).awaiting, { people: 1, kits: 1 })
  await assert.rejects(core.invitations.inspect(puppet.token), refused('invitation_unconfirmed'))
  await answerLink(core, again, puppet.person.id, 'refuse')
  await answerKit(core, again, inHand.id)
  const told = (await core.audit.list(again, { action: 'grant.' })).items
  assert.deepEqual(
    told.slice(0, 2).map(({ action, actor, target }) => [action, actor.name, target.name]),
    [
      ['grant.given', ada.actor.name, 'ben'],
      ['grant.ended', ada.actor.name, 'ben'],
    ],
  )
})

test('what another one took is not given back at once, also once they are disabled (att18 H5)', async (t) => {
  const { core, ada, ben, roleOf } = await scene(t)
  const cyd = await another(core, 'cyd')
  await core.grants.end(cyd.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  await core.people.disable(ada.actor, cyd.actor.id)
  await assert.rejects(core.grants.give(ada.actor, ben.actor.id, { role: 'administrator' }), MISSING)
})

test('what another one took after it was given back, or refused to give back, is not given back at once either (att19)', async (t) => {
  const { core, ada, ben, roleOf, later } = await scene(t)
  const cyd = await another(core, 'cyd')
  const endBy = async (by: typeof ada) => core.grants.end(by.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  const give = () => core.grants.give(ada.actor, ben.actor.id, { role: 'administrator' })
  await endBy(ada)
  later(1)
  await give()
  await answerGrant(core, cyd.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  later(1)
  await endBy(cyd)
  later(1)
  await give()
  await answerGrant(core, cyd.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id, 'refuse')
  await core.people.disable(ada.actor, cyd.actor.id)
  await assert.rejects(give(), MISSING)
})

test('of two whose role one alone has ended, the first comes back at once, and confirms the second (att18 L1)', async (t) => {
  const { core, ada, ben, roleOf } = await scene(t)
  const cyd = await another(core, 'cyd')
  const give = (id: string) => core.grants.give(ada.actor, id, { role: 'administrator' })
  for (const { actor } of [ben, cyd]) await core.grants.end(ada.actor, actor.id, (await roleOf(actor.id))!.id)
  const awaits = async (id: string) => (await roleOf(id))?.awaiting !== undefined
  await give(ben.actor.id)
  assert.equal(await awaits(ben.actor.id), false)
  await give(cyd.actor.id)
  assert.equal(await awaits(cyd.actor.id), true, 'there is somebody who answers')
  await answerGrant(core, await signedInAgain(core, ben), cyd.actor.id, (await roleOf(cyd.actor.id))!.id)
  assert.equal(await awaits(cyd.actor.id), false)
})

test('attack 17, H2: who disables the other one asks the host for three days, and is alone then', async (t) => {
  const { core, ada, ben, post, later } = await scene(t)
  await core.people.disable(ada.actor, ben.actor.id)
  await assert.rejects(core.people.invite(ada.actor, PUPPET), MISSING)
  await assert.rejects(kit(core, ada.actor, post.id, { standingApproval: true }), MISSING)
  await assert.rejects(core.credentials.addDevice(ada.actor, 'Laptop'), MISSING)
  later(2.9 * DAY)
  await assert.rejects(core.people.invite(await signedInAgain(core, ada), PUPPET), MISSING)
  later(0.2 * DAY)
  assert.equal((await core.people.invite(await signedInAgain(core, ada), PUPPET)).awaiting, false)
})

test('after a leap of the clock three days count back from before it (flt15 N3), and whoever left long before counts for nobody (flt16 C1)', async (t) => {
  const { core, ada, ben, roleOf, later, clockOff } = await scene(t)
  await core.clock.look()
  await core.grants.end(ada.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  const invitation = async (name: string) =>
    (
      await core.people.invite(await signedInAgain(core, ada), {
        name,
        email: `${name}@desk.example`,
        role: 'administrator',
      })
    ).awaiting
  clockOff(4 * DAY)
  assert.equal(await invitation('one'), true, 'before anybody has looked')
  await core.clock.look()
  assert.equal(await invitation('two'), true)
  clockOff(-4 * DAY)
  await core.clock.look()
  later(4 * DAY)
  await core.clock.look()
  later(2 * DAY)
  await core.clock.look()
  assert.equal(await invitation('three'), false)
})

test('attack 17, H2: a role that was to end, one that nobody confirmed, and a guest who never came', async (t) => {
  const { core, later, ...desk } = await openRulesDesk(t)
  const ada = await firstAdministrator(core)
  // With nobody else ever, nothing waits; whoever never came counts for nobody.
  const guest = await core.people.invite(ada.actor, PUPPET)
  await core.people.disable(ada.actor, guest.person.id)
  const tom = await invited(core, ada.actor, 'auditor')
  const until = new Date(desk.now().getTime() + DAY).toISOString()
  await core.grants.give(ada.actor, tom.actor.id, { role: 'administrator', until })
  later(2 * DAY)
  const now = await signedInAgain(core, ada)
  const other = { ...PUPPET, email: 'other@desk.example' }
  assert.equal((await core.people.invite(now, other)).awaiting, true, 'over for a day')
  // It is not given back for longer than it was.
  await assert.rejects(core.grants.give(now, tom.actor.id, { role: 'administrator' }), MISSING)
  later(2.1 * DAY)
  const alone = await signedInAgain(core, ada)
  assert.equal((await core.people.invite(alone, { ...PUPPET, email: 'third@desk.example' })).awaiting, false)
})

test('attack 17, H2: a computer that somebody adds after losing the role waits as one of an administrator', async (t) => {
  const { core, ada, ben, roleOf } = await scene(t)
  const cyd = await another(core, 'cyd')
  await core.grants.give(ada.actor, ben.actor.id, { role: 'auditor' })
  await core.grants.end(ada.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  const { awaiting } = await core.credentials.addDevice(await signedInAgain(core, ben), 'Laptop')
  assert.equal(awaiting, true)
  // With a third one, what is given back waits for them.
  await core.grants.give(ada.actor, ben.actor.id, { role: 'administrator' })
  const waiting = (await roleOf(ben.actor.id)) ?? assert.fail()
  assert.ok(waiting.awaiting)
  await answerGrant(core, cyd.actor, ben.actor.id, waiting.id)
})

test('attack 17, L5: what somebody asked for before losing the role is not confirmed when they have it again', async (t) => {
  const { core, ada, ben, post, roleOf, later } = await scene(t)
  const cyd = await another(core, 'cyd')
  const puppet = await core.people.invite(ben.actor, PUPPET)
  const inHand = await kit(core, ben.actor, post.id, { standingApproval: true })
  await core.grants.end(ada.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  later(1000)
  const gone = refused('confirmation_not_wanted')
  await assert.rejects(answerLink(core, cyd.actor, puppet.person.id), gone)
  await core.grants.give(ada.actor, ben.actor.id, { role: 'administrator' })
  await answerGrant(core, cyd.actor, ben.actor.id, (await roleOf(ben.actor.id))!.id)
  await assert.rejects(answerLink(core, cyd.actor, puppet.person.id), gone)
  await assert.rejects(answerKit(core, cyd.actor, inHand.id), gone)
  await answerLink(core, cyd.actor, puppet.person.id, 'refuse')
  // Asked for anew it is.
  const again = await core.people.renewInvitation(await signedInAgain(core, ben), puppet.person.id)
  await answerLink(core, cyd.actor, puppet.person.id)
  await core.invitations.inspect(again.token)
})
