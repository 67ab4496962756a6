import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  acceptInvitation,
  firstAdministrator,
  HOST,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  type Signed,
  signedInAgain,
  submit,
  UNSEEN,
} from '../../../test/rules-desk.ts'
import type { PersonActor } from '../actor.ts'
import type { Core } from '../core.ts'

const CHANGED = refused('not_as_seen')

/** Three administrators. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const xia = await firstAdministrator(core)
  return { ...desk, xia, ben: await another(core, 'ben'), cyd: await another(core, 'cyd') }
}

async function another(core: Core, name: string): Promise<Signed> {
  const email = `${name}@desk.example`
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production', email, name })
  return acceptInvitation(core, token)
}

/** What the page of a person shows of their link. */
async function shownTo(core: Core, by: PersonActor, id: string) {
  const { awaiting } = (await core.grants.person(by, id)).invitation ?? {}
  return awaiting ?? assert.fail('nothing waits')
}

test('attack 17, H3: a link to add a computer, exchanged by a thief before the click, is not the one that is confirmed', async (t) => {
  const { core, xia, ben, later } = await scene(t)
  const mine = await core.credentials.addDevice(xia.actor, 'Laptop of Xia')
  const seen = await shownTo(core, ben.actor, xia.actor.id)
  assert.deepEqual([seen.adds, seen.askedBy, seen.mayConfirm], ['Laptop of Xia', xia.actor.name, true])
  later(1000)
  const thief = await signedInAgain(core, xia)
  const theirs = await core.credentials.addDevice(thief, 'Laptop of Xia')
  await assert.rejects(core.people.confirmInvitation(ben.actor, xia.actor.id, seen.mark), CHANGED)
  await assert.rejects(core.people.refuseInvitation(ben.actor, xia.actor.id, seen.mark), CHANGED)
  await assert.rejects(core.people.confirmInvitation(ben.actor, xia.actor.id, UNSEEN), CHANGED)
  await assert.rejects(core.invitations.inspect(mine.token), refused('invitation_unknown'))
  await assert.rejects(core.invitations.inspect(theirs.token), refused('invitation_unconfirmed'))
  const now = await shownTo(core, ben.actor, xia.actor.id)
  assert.ok(now.mark !== seen.mark && now.askedAt > seen.askedAt, 'what took its place looks otherwise')
  await core.people.refuseInvitation(ben.actor, xia.actor.id, now.mark)
})

test('attack 17, H3: a link that another administrator made anew before the click opens nothing, and nobody is let in as its person', async (t) => {
  const { core, xia, ben, cyd } = await scene(t)
  await core.credentials.addDevice(xia.actor, 'Laptop of Xia')
  const seen = await shownTo(core, ben.actor, xia.actor.id)
  const renewed = await core.people.renewInvitation(cyd.actor, xia.actor.id)
  await assert.rejects(core.people.confirmInvitation(ben.actor, xia.actor.id, seen.mark), CHANGED)
  await assert.rejects(core.invitations.inspect(renewed.token), refused('invitation_unconfirmed'))
  const now = await shownTo(core, ben.actor, xia.actor.id)
  assert.deepEqual([now.adds, now.askedBy], [undefined, 'cyd'])
  await core.people.confirmInvitation(ben.actor, xia.actor.id, now.mark)
  await core.invitations.inspect(renewed.token)
})

test('attack 17, H3: a link of somebody who has another address since is not the one that was seen', async (t) => {
  const { core, ben, cyd, work } = await scene(t)
  const input = { name: 'Tom', email: 'tom@desk.example', role: 'administrator' } as const
  const { id } = (await core.people.invite(cyd.actor, input)).person
  const seen = await shownTo(core, ben.actor, id)
  await work.transaction(async ({ people }) => {
    const tom = (await people.find({ environment: 'production' }, id))!
    await people.update({ ...tom, email: 'thief@evil.example' })
  })
  await assert.rejects(core.people.confirmInvitation(ben.actor, id, seen.mark), CHANGED)
  await core.people.confirmInvitation(ben.actor, id, (await shownTo(core, ben.actor, id)).mark)
})

test('attack 17, H3: a grant and a standing approval are answered as they were seen', async (t) => {
  const { core, xia, ben, cyd } = await scene(t)
  const post = await organisation(core, xia.actor)
  const auditor = await invited(core, xia.actor, 'auditor', { email: 'auditor@desk.example' })
  await core.grants.give(xia.actor, auditor.actor.id, { role: 'administrator' })
  const waitingGrant = async () =>
    (await core.grants.person(ben.actor, auditor.actor.id)).grants.find(({ role }) => role === 'administrator')!
  const first = await waitingGrant()
  await core.grants.refuse(cyd.actor, auditor.actor.id, first.id, first.awaiting!.mark)
  await core.grants.give(xia.actor, auditor.actor.id, { role: 'administrator' })
  const second = await waitingGrant()
  const confirm = (id: string, mark: string) => core.grants.confirm(ben.actor, auditor.actor.id, id, mark)
  await assert.rejects(confirm(second.id, first.awaiting!.mark), CHANGED)
  await confirm(second.id, second.awaiting!.mark)
  const one = await kit(core, xia.actor, post.id, { standingApproval: true })
  const other = await kit(core, xia.actor, post.id, { standingApproval: true })
  const { awaiting } = await core.kits.get(ben.actor, one.id)
  await assert.rejects(core.kits.confirm(ben.actor, other.id, awaiting!.mark), CHANGED)
  await assert.rejects(core.kits.refuse(ben.actor, other.id, awaiting!.mark), CHANGED)
  await core.kits.confirm(ben.actor, one.id, awaiting!.mark)
})

test('attack 17, H3: who lifts a block lifts the one that was seen, and neither one that was laid since nor another one beside it', async (t) => {
  const { core, xia } = await scene(t)
  const [post, bank] = [await organisation(core, xia.actor), await organisation(core, xia.actor, 'BANK', 'A bank')]
  const [ofPost, ofBank] = await Promise.all([kit(core, xia.actor, post.id), kit(core, xia.actor, bank.id)])
  const pc = await machine()
  await submit(core, pc, ofPost)
  await submit(core, pc, ofBank, { commonName: `ws-${'b'.repeat(26)}` })
  const of = (organisation: string) =>
    invited(core, xia.actor, 'manager', { organisation, email: `${organisation}@d.example` })
  const [paul, bea] = [(await of(post.id)).actor, (await of(bank.id)).actor]
  await core.blocks.block(paul, pc.thumbprint, 'lost')
  const blocks = async () => (await core.blocks.list(xia.actor)).items
  const [lost = assert.fail()] = await blocks()
  // Found again, and blocked for another reason before an administrator, who saw the first, clicks.
  await core.blocks.lift(paul, pc.thumbprint, lost.mark)
  await core.blocks.block(paul, pc.thumbprint, 'in the hands of a thief')
  await core.blocks.block(bea, pc.thumbprint, 'seen at the bank')
  await assert.rejects(core.blocks.lift(xia.actor, pc.thumbprint, lost.mark), CHANGED)
  const shown = await blocks()
  const thief = shown.find(({ reason }) => reason === 'in the hands of a thief') ?? assert.fail()
  assert.deepEqual(
    (await core.blocks.list(paul)).items.map(({ mayLift }) => mayLift),
    [true],
  )
  await core.blocks.lift(xia.actor, pc.thumbprint, thief.mark)
  assert.deepEqual(
    (await blocks()).map(({ reason }) => reason),
    ['seen at the bank'],
  )
})
