import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Grant, Person } from '@scel/contract/values'
import {
  acceptInvitation,
  answerGrant,
  approve,
  DAY,
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
} from '../../../../test/rules-desk.ts'
import type { PersonActor } from '../../actor.ts'
import type { Core } from '../../core.ts'

/** Two administrators, two organisations with a request each, and a manager of the first. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const ada = await firstAdministrator(core)
  const ben = await another(core, 'ben@desk.example')
  const post = await organisation(core, ada.actor)
  const bank = await core.organisations.create(ada.actor, { code: 'BANK', name: 'Bank', country: 'FR' })
  const mia = await invited(core, ada.actor, 'manager', { organisation: post.id })
  const asked = async (of: { id: string }, letter: string): Promise<number> => {
    const asking = { commonName: `ws-${letter.repeat(26)}`, hostName: letter }
    return (await submit(core, await machine(), await kit(core, ada.actor, of.id), asking)).request.number
  }
  const [atPost, atBank] = [await asked(post, 'a'), await asked(bank, 'b')]
  /** The same session, at the next call. */
  const now = (of: Signed): Promise<PersonActor> => core.sessions.find(of.token, { from: '192.0.2.7' })
  const grants = async (id: string) => (await core.grants.person(ada.actor, id)).grants
  return { ...desk, ada, ben, mia, post, bank, atPost, atBank, now, grants }
}

async function another(core: Core, email: string): Promise<Signed> {
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production', email, name: email })
  return acceptInvitation(core, token)
}

const administratorOf = ({ grants }: Person): Grant => grants.find(({ role }) => role === 'administrator')!

const numbers = async (core: Core, actor: PersonActor): Promise<number[]> =>
  (await core.requests.list(actor, {})).items.map(({ number }) => number).sort((one, other) => one - other)

test('a manager of two organisations sees and decides what is of either, and ends as manager of one in the middle of a session', async (t) => {
  const { core, ada, mia, bank, atPost, atBank, now } = await scene(t)
  assert.deepEqual(await numbers(core, mia.actor), [atPost])
  await assert.rejects(core.requests.detail(mia.actor, atBank), refused('not_found'))
  await core.grants.give(ada.actor, mia.actor.id, { role: 'manager', organisation: bank.id })
  assert.deepEqual(await numbers(core, await now(mia)), [atPost, atBank])
  const { rights } = await core.sessions.me(await now(mia))
  const places = rights.find(({ right }) => right === 'decide_requests')?.organisations?.map(({ code }) => code)
  assert.deepEqual(places?.sort(), ['BANK', 'J1CFRA'])
  assert.equal((await approve(core, await now(mia), atBank)).state, 'approved')
  const atFirst = mia.actor.grants[0]!.id
  await core.grants.end(ada.actor, mia.actor.id, atFirst)
  assert.deepEqual(await numbers(core, await now(mia)), [atBank])
  await assert.rejects(core.requests.detail(await now(mia), atPost), refused('not_found'))
  const { items } = await core.audit.list(ada.actor, { action: 'grant.' })
  assert.deepEqual(
    items.map(({ action, target, facts }) => [action, target.id, facts.role]),
    [
      ['grant.ended', mia.actor.id, 'manager'],
      ['grant.given', mia.actor.id, 'manager'],
    ],
  )
})

test('a grant with an end is over at its end: for whoever is signed in, for their stream, and for what counts people', async (t) => {
  const { core, ada, mia, bank, atPost, atBank, now, later } = await scene(t)
  const until = new Date(Date.parse((await core.sessions.me(mia.actor)).session.startedAt) + 20 * 60_000).toISOString()
  await core.grants.give(ada.actor, mia.actor.id, { role: 'manager', organisation: bank.id, until })
  const seen = await now(mia)
  assert.deepEqual(await numbers(core, seen), [atPost, atBank])
  const { mark } = await core.requests.detail(seen, atBank)
  later(21 * 60_000)
  assert.deepEqual(await numbers(core, await now(mia)), [atPost])
  await assert.rejects(core.requests.approve(seen, atBank, mark), refused('rights_changed'))
  const standing = await core.sessions.standing(seen)
  assert.equal(standing?.grants.length, 1, 'a stream that stands open goes on as what they are now')
  const { items } = await core.people.list(ada.actor, { organisation: bank.id })
  assert.deepEqual(items, [])
  assert.equal((await core.organisations.get(ada.actor, bank.id)).counts.managers, 0)
})

test('whoever has no grant left is signed in, and may do nothing but what is their own', async (t) => {
  const { core, ada, mia, now, grants } = await scene(t)
  await core.grants.end(ada.actor, mia.actor.id, (await grants(mia.actor.id))[0]!.id)
  const actor = await now(mia)
  const { rights } = await core.sessions.me(actor)
  assert.deepEqual(
    rights.map(({ right }) => right),
    [
      ...['read_requests', 'withdraw_requests', 'read_certificates', 'revoke_certificates', 'read_recipients'],
      'keep_credentials',
    ],
  )
  const own = (await core.certificates.list(actor, {})).items.map(({ id }) => id)
  assert.deepEqual(own, [actor.credential])
  await assert.rejects(core.kits.list(actor, {}), refused('not_allowed', { right: 'read_kits' }))
  const sealedFor = (await core.recipients.list(actor, {})).items.map(({ certificate }) => certificate.id)
  assert.deepEqual(sealedFor, [actor.credential])
  const { events } = await core.live.after(actor, 0)
  const told = events.map(({ event }) => event.kind)
  assert.deepEqual([...new Set(told)].toSorted(), ['certificate', 'request'])
  await core.sessions.endCurrent(actor)
})

test('nobody gives themselves anything, nor ends what is theirs', async (t) => {
  const { core, ada, grants } = await scene(t)
  const own = ada.actor.id
  await assert.rejects(core.grants.give(ada.actor, own, { role: 'auditor' }), refused('person_is_self'))
  await assert.rejects(core.grants.end(ada.actor, own, (await grants(own))[0]!.id), refused('person_is_self'))
})

test('a role for an administrator waits for another one, whom it is not for and who did not ask', async (t) => {
  const { core, ada, ben, mia, now, grants } = await scene(t)
  const asked = administratorOf(await core.grants.give(ada.actor, mia.actor.id, { role: 'administrator' }))
  const { mark: _, ...awaiting } = asked.awaiting ?? assert.fail('it waits')
  assert.deepEqual(awaiting, { askedBy: 'Ada Administrator', askedAt: asked.from, mayConfirm: false })
  assert.deepEqual((await now(mia)).grants.length, 1, 'it is none yet')
  for (const by of [ada.actor, await now(mia)]) {
    const code = by === ada.actor ? 'second_administrator_needed' : 'not_allowed'
    await assert.rejects(answerGrant(core, by, mia.actor.id, asked.id), refused(code))
  }
  assert.deepEqual((await core.sessions.me(ben.actor)).awaiting, { people: 1, kits: 0 })
  await answerGrant(core, ben.actor, mia.actor.id, asked.id)
  assert.deepEqual((await core.sessions.me(ben.actor)).awaiting, { people: 0, kits: 0 })
  assert.deepEqual((await now(mia)).grants.map(({ role }) => role).sort(), ['administrator', 'manager'])
  await assert.rejects(answerGrant(core, ben.actor, mia.actor.id, asked.id), refused('confirmation_not_wanted'))
  assert.equal((await grants(mia.actor.id)).find(({ role }) => role === 'administrator')?.awaiting, undefined)
})

test('one that was refused, or asked for by somebody who is no administrator any more, is never one', async (t) => {
  const { core, ada, ben, mia, now } = await scene(t)
  const ask = async () => administratorOf(await core.grants.give(ada.actor, mia.actor.id, { role: 'administrator' })).id
  const first = await ask()
  await answerGrant(core, ben.actor, mia.actor.id, first, 'refuse')
  await assert.rejects(answerGrant(core, ben.actor, mia.actor.id, first), refused('confirmation_not_wanted'))
  const second = await ask()
  const cyd = await another(core, 'cyd@desk.example')
  await core.grants.end(cyd.actor, ada.actor.id, ada.actor.grants[0]!.id)
  await assert.rejects(answerGrant(core, ben.actor, mia.actor.id, second), refused('confirmation_not_wanted'))
  assert.equal((await now(mia)).grants.length, 1)
})

test('two accounts of one person make no administrator of either: what the one asks for, the other does not confirm', async (t) => {
  const { core, ada, ben } = await scene(t)
  // Ada has made herself an auditor's account beside her own.
  const alias = await invited(core, ada.actor, 'auditor')
  const { id: grant } = administratorOf(await core.grants.give(ada.actor, alias.actor.id, { role: 'administrator' }))
  for (const by of [ada.actor, await core.sessions.find(alias.token, { from: '192.0.2.7' })]) {
    await assert.rejects(answerGrant(core, by, alias.actor.id, grant))
  }
  await answerGrant(core, ben.actor, alias.actor.id, grant, 'refuse')
})

test('a link that nobody confirmed opens nothing once its person is to be an administrator', async (t) => {
  const { core, ada } = await scene(t)
  const invited = await core.people.invite(ada.actor, { name: 'P', email: 'p@desk.example', role: 'auditor' })
  await core.grants.give(ada.actor, invited.person.id, { role: 'administrator' })
  await assert.rejects(core.invitations.inspect(invited.token), refused('invitation_unknown'))
  const { awaiting } = await core.people.renewInvitation(ada.actor, invited.person.id)
  assert.equal(awaiting, true)
})

test('somebody always is an administrator without an end: neither an end, nor one that comes, nor a disabling leaves nobody', async (t) => {
  const { core, ada, ben, mia, later, post, now } = await scene(t)
  const until = new Date(Date.now() + 2 * DAY).toISOString()
  const { id } = administratorOf(await core.grants.give(ada.actor, mia.actor.id, { role: 'administrator', until }))
  await answerGrant(core, ben.actor, mia.actor.id, id)
  await core.grants.end(ada.actor, ben.actor.id, ben.actor.grants[0]!.id)
  // Mia is one until the day after tomorrow, and Ada the only one who stays.
  const temporary = await now(mia)
  const last = refused('last_administrator')
  await assert.rejects(core.grants.end(temporary, ada.actor.id, ada.actor.grants[0]!.id), last)
  await assert.rejects(core.people.disable(temporary, ada.actor.id), last)
  const { items } = await core.people.list(ada.actor, { search: 'ada@' })
  const lock = core.certificates.revoke(temporary, items[0]!.signIn!.certificate!, 'superseded')
  await assert.rejects(lock, refused('last_administrator_certificate'))
  later(3 * DAY)
  const after = await signedInAgain(core, mia)
  assert.deepEqual(
    after.grants.map(({ role, organisation }) => [role, organisation]),
    [['manager', post.id]],
  )
})

test('what is given through a grant that has ended, in another environment, or for what is not there, is refused', async (t) => {
  const { core, ada, ben, mia, post, bank, now } = await scene(t)
  const before = await now(ben)
  await core.grants.end(ada.actor, ben.actor.id, ben.actor.grants[0]!.id)
  const wish = { role: 'manager', organisation: bank.id } as const
  const ended = refused('session_ended', { reason: 'role' })
  await assert.rejects(core.grants.give(before, mia.actor.id, wish), ended)
  await assert.rejects(
    core.grants.give(await signedInAgain(core, ben), mia.actor.id, wish),
    refused('not_allowed', { right: 'give_grants' }),
  )
  const tester = await firstAdministrator(core, 'test')
  await assert.rejects(core.grants.give(tester.actor, mia.actor.id, wish), refused('not_found', { what: 'person' }))
  await assert.rejects(core.grants.end(tester.actor, mia.actor.id, mia.actor.grants[0]!.id), refused('not_found'))
  const there = await core.organisations.create(tester.actor, { code: 'T', name: 'T', country: 'FR' })
  for (const [input, code] of [
    [{ role: 'manager', organisation: there.id }, 'not_found'],
    [{ role: 'manager' }, 'organisation_required'],
    [{ role: 'auditor', organisation: bank.id }, 'organisation_not_for_role'],
    [{ role: 'auditor', until: '2020-01-01T00:00:00.000Z' }, 'grant_until_past'],
    [{ role: 'manager', organisation: post.id }, 'grant_given'],
  ] as const) {
    await assert.rejects(core.grants.give(ada.actor, mia.actor.id, input), refused(code))
  }
  // A grant of somebody else under one's own name is none.
  const stranger = core.grants.end(ada.actor, ben.actor.id, mia.actor.grants[0]!.id)
  await assert.rejects(stranger, refused('not_found', { what: 'grant' }))
})

test('beyond their places nothing is told: lists, counts, search, stream, blocks and the directory', async (t) => {
  const { core, ada, mia, bank, atBank, now } = await scene(t)
  const other = await invited(core, ada.actor, 'manager', { email: 'bo@bank.example', organisation: bank.id })
  const actor = await now(mia)
  const told = JSON.stringify([
    await core.requests.list(actor, { search: 'ws-b' }),
    await core.requests.list(actor, { organisation: bank.id }),
    await core.kits.list(actor, { search: 'kit' }),
    await core.certificates.list(actor, { search: 'ws-b' }),
    await core.organisations.list(actor, {}),
    await core.recipients.list(actor, { search: 'bo@' }),
    await core.live.after(actor, 0),
  ])
  for (const foreign of [bank.id, 'BANK', 'bo@bank.example']) assert.ok(!told.includes(foreign), foreign)
  const { items, pending } = await core.requests.list(actor, { state: 'pending' })
  assert.deepEqual([items.length, pending], [1, 1])
  const { applicant } = await core.requests.detail(ada.actor, atBank)
  const block = (by: PersonActor) => core.blocks.block(by, applicant ?? '', 'stolen')
  await assert.rejects(block(actor), refused('not_found'))
  // With a grant there, the same call is one about a thing that is there; and they stand in that organisation's directory.
  await core.grants.give(ada.actor, actor.id, { role: 'manager', organisation: bank.id })
  await block(await now(mia))
  assert.deepEqual(
    (await core.blocks.list(await now(other))).items.map(({ by }) => by),
    ['Some manager'],
  )
  const { items: seen } = await core.recipients.list(await now(other), { search: 'manager@desk' })
  assert.equal(seen.length, 1)
})

test('a role that was asked for twice under one key is given once', async (t) => {
  const { core, ada, mia, bank } = await scene(t)
  const wish = { role: 'manager', organisation: bank.id } as const
  const key = 'k'.repeat(43)
  const first = await core.grants.give(ada.actor, mia.actor.id, wish, key)
  assert.deepEqual(await core.grants.give(ada.actor, mia.actor.id, wish, key), first)
  await assert.rejects(core.grants.give(ada.actor, mia.actor.id, wish), refused('grant_given'))
})
