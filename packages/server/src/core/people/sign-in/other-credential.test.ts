import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { CredentialKind, SessionStart, Strength } from '@scel/contract/values'
import { generateKeyPair } from '@scel/pki/crypto'
import {
  acceptInvitation,
  answerKit,
  csrOf,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  machine,
  openRulesDesk,
  organisation,
  type RulesDesk,
  refused,
  type Signed,
  signedInAgain,
  submit,
} from '../../../../test/rules-desk.ts'
import { SAMPLE_CODES } from '../../../store/testing/sample-codes.ts'
import { createTokens } from '../../acting/once.ts'
import type { PersonActor } from '../../actor.ts'
import { CREDENTIAL_KINDS } from '../../credential-kinds.ts'
import type { CredentialRules } from '../../credentials/credential.ts'
import { createFollowing } from '../../followers.ts'
import { tokenHash } from '../../hash.ts'
import { type Instant, nowOf } from '../../world.ts'
import { drawLink, placeLink } from '../links/new-invitation.ts'
import { findLink, spendLink } from '../links/open-link.ts'
import { drawSession, placeSession } from '../sessions/new-session.ts'
import { addSignIn } from './add-sign-in.ts'
import { createReplaceSignIn } from './replace-sign-in.ts'

// A kind of credential that is none of today’s, by its rules alone and the one line that a new kind adds: what is made with it, and what its end
// takes with it, is as of a certificate.
const TRIAL = 'trial' as CredentialKind
const TRIAL_RULES: CredentialRules = { check: async (_, { ended }) => ended && 'credential' }
Object.assign(CREDENTIAL_KINDS, { [TRIAL]: { lasts: true, rules: () => TRIAL_RULES } })

const caller = { from: '192.0.2.9', agent: 'a browser' }

/** Gives somebody one, and signs them in with it. */
async function signedInWith(
  desk: RulesDesk,
  of: PersonActor,
  madeWith?: string,
  strength: Strength = 'high',
): Promise<PersonActor> {
  const drawn = await drawSession(desk.world, { sessionHours: 8 }, { ...caller, how: 'trial' as SessionStart })
  await desk.work.transaction(async (stores) => {
    const { environment } = of
    const person = (await stores.people.find({ environment }, of.id))!
    const id = randomUUID()
    const one = {
      ...({ id, environment, person: of.id, kind: TRIAL, strength, handle: id, name: 'Trial' } as const),
      createdAt: drawn.startedAt,
      ...(madeWith === undefined ? {} : { madeWith }),
    }
    await stores.credentials.insert(one)
    await placeSession(stores, person, drawn, one)
  })
  return desk.core.sessions.find(drawn.token, caller)
}

async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const admin = await firstAdministrator(desk.core)
  const ada = await invited(desk.core, admin.actor, 'auditor')
  return { ...desk, admin, ada, by: await signedInWith(desk, ada.actor) }
}

const added = async ({ core }: Pick<RulesDesk, 'core'>, by: PersonActor, name = 'Laptop'): Promise<Signed> =>
  acceptInvitation(core, (await core.credentials.addDevice(by, name)).token)

const reasonOf = async ({ core }: Pick<RulesDesk, 'core'>, by: PersonActor, certificate: string) =>
  (await core.certificates.detail(by, certificate)).revocationReason

test('a kind of credential that is none of today’s: a link to look opens and a computer is added, and both stand on it', async (t) => {
  const desk = await scene(t)
  const { core, by, ada, admin } = desk
  const { token } = await core.credentials.makeLink(by)
  assert.equal((await core.sessions.inspectLink(token)).email, ada.actor.email)
  const looking = await core.sessions.beginWithLink({ token, ...caller })
  const laptop = await added(desk, by)
  assert.equal(laptop.actor.id, ada.actor.id)
  const unspent = await core.credentials.makeLink(by)
  const links = (await core.credentials.list(ada.actor)).items.filter(({ lasts }) => !lasts)
  assert.deepEqual(new Set(links.map(({ kind }) => kind)), new Set(['link']))
  const unopened = await core.credentials.addDevice(by, 'Another')
  await core.credentials.end(ada.actor, by.credential, false)
  // Out of use is not out of hand: what was added stays, and what stands on it alone ends.
  await signedInAgain(core, laptop)
  await assert.rejects(core.sessions.find(looking.token, caller), refused('session_ended', { reason: 'credential' }))
  await assert.rejects(core.sessions.inspectLink(unspent.token), refused('sign_in_link_unknown'))
  await assert.rejects(core.invitations.inspect(unopened.token), refused('invitation_unknown'))
  assert.equal(await core.sessions.standing(by), undefined)
  const { items } = await core.credentials.listOf(admin.actor, ada.actor.id)
  assert.deepEqual(
    new Set(items.map(({ kind, lasts }) => `${kind} ${lasts}`)),
    new Set(['trial true', 'certificate true']),
  )
})

test('a kind of credential that is none of today’s: ended as in wrong hands, it takes with it all that was made with it', async (t) => {
  const desk = await scene(t)
  const { core, by, ada, admin } = desk
  const laptop = await added(desk, by)
  const second = await signedInWith(desk, ada.actor, laptop.actor.credential)
  const third = await added(desk, second, 'Third')
  const made = await core.madeWith.of(admin.actor, by.credential)
  assert.deepEqual(
    made.devices.map(({ credential, certificate, open }) => [credential, certificate, open]).sort(),
    [
      [laptop.actor.credential, laptop.actor.credential, true],
      [second.credential, undefined, true],
      [third.actor.credential, third.actor.credential, true],
    ].sort(),
  )
  await core.credentials.end(ada.actor, by.credential, true)
  for (const { actor } of [laptop, third])
    assert.equal(await reasonOf(desk, admin.actor, actor.credential), 'privilegeWithdrawn')
  assert.equal(await core.sessions.standing(second), undefined)
  // Of what she had before, nobody said anything.
  await signedInAgain(core, ada)
  const after = await core.madeWith.of(admin.actor, by.credential)
  assert.deepEqual(new Set(after.devices.map(({ open }) => open)), new Set([false]))
})

test('a kind of credential that is none of today’s: a stolen certificate takes with it what was added, also through an ended one', async (t) => {
  const desk = await scene(t)
  const { core, ada, admin } = desk
  const second = await signedInWith(desk, ada.actor, ada.actor.credential)
  const laptop = await added(desk, second)
  await core.credentials.end(second, second.credential, false)
  await signedInAgain(core, laptop)
  await core.certificates.revoke(admin.actor, ada.actor.credential, 'keyCompromise')
  assert.equal(await reasonOf(desk, admin.actor, laptop.actor.credential), 'privilegeWithdrawn')
})

test('a kind of credential that is none of today’s: what somebody else had can be said of one that has ended', async (t) => {
  const desk = await scene(t)
  const { core, by, ada, admin } = desk
  const laptop = await added(desk, by)
  await core.credentials.end(laptop.actor, by.credential, false)
  await signedInAgain(core, laptop)
  await core.credentials.end(ada.actor, by.credential, true)
  assert.equal(await reasonOf(desk, admin.actor, laptop.actor.credential), 'privilegeWithdrawn')
  const lines = async () => (await core.audit.list(admin.actor, { size: 200 })).items.length
  const before = await lines()
  await core.credentials.end(ada.actor, by.credential, true)
  assert.equal(await lines(), before, 'said once')
})

test('a kind of credential that is none of today’s: whom its thief invited, what they gave and what their kits decide is named and stops', async (t) => {
  const desk = await scene(t)
  const { core, admin } = desk
  const post = await organisation(core, admin.actor)
  const other = await invited(core, admin.actor, 'administrator', { email: 'other@desk.example' })
  const boss = await signedInWith(desk, admin.actor)
  const inHand = await kit(core, boss, post.id, { standingApproval: true })
  await answerKit(core, other.actor, inHand.id)
  const asks = async () => (await submit(core, await machine(), inHand)).request.state
  assert.equal(await asks(), 'approved')
  const friend = await core.people.invite(boss, { name: 'A Friend', email: 'f@x.example', role: 'auditor' })
  const { kits, people, grants } = await core.madeWith.of(other.actor, boss.credential)
  assert.deepEqual([kits.length, people.map(({ name }) => name), grants.length], [1, ['A Friend'], 1])
  await core.credentials.end(other.actor, boss.credential, true)
  await assert.rejects(core.invitations.inspect(friend.token), refused('invitation_unknown'))
  assert.equal(await asks(), 'pending')
})

test('a kind of credential that is none of today’s: an administrator who has one may lose the last certificate, and not the last of both', async (t) => {
  const desk = await scene(t)
  const { core, admin } = desk
  const last = refused('last_administrator_certificate')
  const { credential } = admin.actor
  await assert.rejects(core.certificates.revoke(admin.actor, credential, 'cessationOfOperation'), last)
  const boss = await signedInWith(desk, admin.actor)
  await core.certificates.revoke(boss, credential, 'cessationOfOperation')
  await assert.rejects(core.credentials.end(boss, boss.credential, false), last)
  await assert.rejects(core.credentials.end(boss, boss.credential, true), last)
})

test('a kind of credential that is none of today’s: it counts while the inventory of its person names it, and not put back after its end', async (t) => {
  const desk = await scene(t)
  const { core, work, by, ada, admin } = desk
  const { environment, credential: id } = by
  const row = await work.read((stores) => stores.credentials.find({ environment }, id))
  const { lost } = await work.read((stores) => stores.credentials.everyOf({ environment }, ada.actor.id))
  assert.deepEqual([row?.id, lost], [id, []])
  await work.transaction((stores) => stores.credentials.forget({ environment }, ada.actor.id, [id]))
  assert.equal(await work.read((stores) => stores.credentials.find({ environment }, id)), undefined)
  assert.equal(await core.sessions.standing(by), undefined)
  desk.later(MINUTE)
  // A link that others made takes the place of all kinds.
  const another = await signedInWith(desk, ada.actor)
  await acceptInvitation(core, (await core.people.renewInvitation(admin.actor, ada.actor.id)).token)
  assert.equal(await core.sessions.standing(another), undefined)
})

test('a kind of credential that is none of today’s: made by a link, it takes the place of all, and one that was decided before and is signed after does not', async (t) => {
  const desk = await scene(t)
  const { core, work, ada, admin, by, signers } = desk
  const replaceSignIn = createReplaceSignIn(createFollowing().revoker)
  const renewed = async () => (await core.people.renewInvitation(admin.actor, ada.actor.id)).token
  const own = await core.credentials.addDevice(by, 'Laptop')
  const [first, csr] = [await renewed(), await csrOf(await generateKeyPair('ec-p256'), [])]
  signers.break(true)
  await assert.rejects(core.invitations.accept({ token: first, csr, ...caller }), refused('stored_incomplete'))
  desk.later(MINUTE)
  const [token, id] = [await renewed(), randomUUID()]
  const hash = await tokenHash(token)
  const at = nowOf(desk.world)
  const { environment } = ada.actor
  await work.transaction(async (stores) => {
    const { person } = await findLink(stores, hash)
    const credential = {
      id,
      environment,
      person: person.id,
      kind: TRIAL,
      strength: 'high',
      handle: id,
      name: '',
    } as const
    await spendLink(stores, hash, person, { at, for: id, made: id })
    assert.equal(await replaceSignIn(stores, { person, credential: { ...credential, createdAt: at } }, at), true)
  })
  const mine = async () =>
    (await core.credentials.listOf(admin.actor, ada.actor.id)).items.map((one) => [one.id, one.ended?.reason])
  const ends = [
    [id, undefined],
    [by.credential, 'replaced'],
    [ada.actor.credential, 'replaced'],
  ].sort()
  assert.deepEqual((await mine()).sort(), ends)
  assert.equal(await core.sessions.standing(by), undefined)
  const open = (await core.sessions.list(admin.actor, { everyone: true })).items
  assert.deepEqual(new Set(open.map(({ person }) => person.id)), new Set([admin.actor.id]))
  await assert.rejects(core.invitations.inspect(own.token), refused('invitation_unknown'))
  await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked', { reason: 'superseded' }))
  const { people, links } = await core.madeWith.of(admin.actor, admin.actor.credential)
  assert.deepEqual(
    [people.length, links.map((one) => [one.credential, one.certificate, one.open])],
    [1, [[id, undefined, true]]],
  )
  signers.break(false)
  await core.start()
  await assert.rejects(
    core.invitations.accept({ token: first, csr, ...caller }),
    refused('certificate_is_revoked', { reason: 'superseded' }),
  )
  assert.deepEqual((await mine()).sort(), ends)
  // A later one takes its place in turn.
  await acceptInvitation(core, await renewed())
  assert.equal((await mine()).find(([one]) => one === id)?.[1], 'replaced')
})

test('a kind of credential that is none of today’s: a session that says less well who is there carries less, and no more than the credential may', async (t) => {
  const desk = await scene(t)
  const { core, work, ada, by } = desk
  const { environment } = ada.actor
  const begun = async (atMost: Strength) => {
    const drawn = await drawSession(
      desk.world,
      { sessionHours: 8 },
      { ...caller, how: 'trial' as SessionStart, atMost },
    )
    await work.transaction(async (stores) => {
      const person = (await stores.people.find({ environment }, ada.actor.id))!
      const credential = (await stores.credentials.find({ environment }, by.credential))!
      await placeSession(stores, person, drawn, credential)
    })
    return core.sessions.find(drawn.token, caller)
  }
  assert.deepEqual(
    [by.strength, (await begun('low')).strength, (await begun('high')).strength],
    ['high', 'low', 'high'],
  )
  await assert.rejects(core.credentials.addDevice(await begun('low'), 'x'), refused('strength_needed'))
})

test('who is known less well than by a certificate keeps what is as weak, and touches nothing that is stronger', async (t) => {
  const desk = await scene(t)
  const { core, ada, by } = desk
  const weak = await signedInWith(desk, ada.actor, undefined, 'substantial')
  await core.credentials.name(weak, weak.credential, 'By the institution')
  for (const stronger of [ada.actor.credential, by.credential]) {
    const needed = refused('strength_needed', { right: 'keep_credentials', needed: 'high', have: 'substantial' })
    await assert.rejects(core.credentials.name(weak, stronger, 'Mine'), needed)
    await assert.rejects(core.credentials.end(weak, stronger, true), needed)
  }
  const laptop = await added(desk, weak)
  assert.equal(laptop.actor.strength, 'substantial')
  await core.credentials.end(laptop.actor, laptop.actor.credential, false)
  await core.credentials.end(weak, weak.credential, false)
  const names = (await core.credentials.list(by)).items.filter(({ ended }) => !ended).map(({ name }) => name)
  assert.deepEqual(names.toSorted(), ['', 'Trial'])
})

test('a computer that is added is as strong as what was known of who asked for it, at most', async (t) => {
  const { core, work, world, ada } = await scene(t)
  const { environment, id } = ada.actor
  const link = await drawLink({ world, tokens: createTokens(SAMPLE_CODES) }, MINUTE)
  await work.transaction(async (stores) => {
    const person = (await stores.people.find({ environment }, id))!
    await placeLink(stores, person, link, ada.actor, { adds: 'Laptop', addsAtMost: 'substantial' })
  })
  assert.equal((await acceptInvitation(core, link.token)).actor.strength, 'substantial')
})

test('a kind of credential that is none of today’s: added by its holder, it is as strong as what they asked for it with, and is not where nobody trusts that any more', async (t) => {
  const { core, work, ada, by, admin } = await scene(t)
  const { environment } = ada.actor
  const before = await core.live.latest()
  const adds = (id: string, atMost: Strength, strength: Strength = 'high') =>
    work.transaction(async (stores) => {
      const person = (await stores.people.find({ environment }, ada.actor.id))!
      const one = { id, environment, person: person.id, kind: TRIAL, strength, handle: id, name: 'Mine' } as const
      const credential = { ...one, createdAt: '2030-01-01T00:00:00.000Z' as Instant }
      return addSignIn(stores, { person, credential, madeWith: by.credential, atMost }, credential.createdAt)
    })
  const of = async (id: string) => (await work.read((stores) => stores.credentials.find({ environment }, id)))?.strength
  assert.deepEqual(
    [await adds('a', 'substantial'), await adds('b', 'high'), await adds('c', 'high', 'low')],
    [true, true, true],
  )
  assert.deepEqual([await of('a'), await of('b'), await of('c')], ['substantial', 'high', 'low'])
  // Whoever looks at the page of people sees it at once.
  const { events } = await core.live.after(admin.actor, before)
  const theirs = events.filter(({ event }) => event.kind === 'person' && event.id === ada.actor.id)
  assert.deepEqual(
    theirs.map(({ event }) => event.state),
    ['active', 'active', 'active'],
  )
  await core.credentials.end(ada.actor, by.credential, false)
  assert.deepEqual([await adds('d', 'high'), await of('d')], [false, undefined])
})

test('a kind of credential that is none of today’s: whose person is disabled signs in no more, and whom they invited with it comes no more', async (t) => {
  const desk = await scene(t)
  const { core, admin } = desk
  const second = await invited(core, admin.actor, 'administrator', { email: 'second@desk.example' })
  const theirs = await signedInWith(desk, second.actor)
  const friend = await core.people.invite(theirs, { name: 'A Friend', email: 'f@x.example', role: 'auditor' })
  await core.people.disable(admin.actor, second.actor.id)
  assert.equal(await core.sessions.standing(theirs), undefined)
  await assert.rejects(core.invitations.inspect(friend.token), refused('invitation_unknown'))
})
