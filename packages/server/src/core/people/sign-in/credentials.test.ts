import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  acceptInvitation,
  answerLink,
  csrOf,
  derOf,
  firstAdministrator,
  invited,
  MINUTE,
  openRulesDesk,
  type RulesDesk,
  refused,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import type { PersonActor } from '../../actor.ts'

const caller = { from: '192.0.2.9', agent: 'a phone' }

interface Scene extends RulesDesk {
  readonly admin: Signed
  /** Somebody with one certificate, who is no administrator. */
  readonly ada: Signed
}

async function scene(t: TestContext): Promise<Scene> {
  const desk = await openRulesDesk(t)
  const admin = await firstAdministrator(desk.core)
  return { ...desk, admin, ada: await invited(desk.core, admin.actor, 'auditor') }
}

async function look({ core }: Pick<RulesDesk, 'core'>, by: PersonActor) {
  const { token } = await core.credentials.makeLink(by)
  const session = await core.sessions.beginWithLink({ token, ...caller })
  return { token: session.token, actor: await core.sessions.find(session.token, caller) }
}

async function added({ core }: Pick<RulesDesk, 'core'>, by: PersonActor, name = 'Laptop'): Promise<Signed> {
  return acceptInvitation(core, (await core.credentials.addDevice(by, name)).token)
}

/** What somebody signs in with, sorted: the clock of these tests stands still. */
const kinds = async ({ core }: Pick<RulesDesk, 'core'>, by: PersonActor) => {
  const { items } = await core.credentials.list(by)
  return items.map((one) => [one.kind, one.name || 'unnamed', one.ended?.reason ?? 'open'].join(' ')).sort()
}

test('another computer is added: both certificates sign in, each with its own session, and the first stays', async (t) => {
  const { core, ada, admin } = await scene(t)
  assert.equal((await core.invitations.inspect((await core.credentials.addDevice(ada.actor, 'x')).token)).adds, 'x')
  const second = await added({ core }, ada.actor)
  assert.deepEqual(await kinds({ core }, ada.actor), ['certificate Laptop open', 'certificate unnamed open'])
  assert.equal(second.actor.strength, 'high')
  for (const one of [ada, second]) {
    const again = await signedInAgain(core, one)
    assert.deepEqual([again.id, again.strength, again.keys.length], [ada.actor.id, 'high', 2])
  }
  // Whoever administers sees both, and a link that somebody else makes takes the place of all.
  assert.equal((await core.credentials.listOf(admin.actor, ada.actor.id)).items.length, 2)
  const renewed = await acceptInvitation(core, (await core.people.renewInvitation(admin.actor, ada.actor.id)).token)
  for (const one of [ada, second]) {
    await assert.rejects(signedInAgain(core, one), refused('certificate_is_revoked', { reason: 'superseded' }))
    await assert.rejects(core.sessions.find(one.token, caller), refused('session_ended', { reason: 'certificate' }))
  }
  assert.deepEqual(await kinds({ core }, renewed.actor), [
    'certificate Laptop replaced',
    'certificate unnamed open',
    'certificate unnamed replaced',
  ])
})

test('somebody signs in with 50 computers at most, ended ones not counted (att18 M3)', async (t) => {
  const { core, ada } = await scene(t)
  for (let made = 1; made < 50; made++) await added({ core }, ada.actor, `C${made}`)
  await assert.rejects(core.credentials.addDevice(ada.actor, 'D'), refused('credentials_too_many', { most: 50 }))
  const { items } = await core.credentials.list(ada.actor)
  await core.credentials.end(ada.actor, items.find(({ name }) => name === 'C7')!.id, false)
  await added({ core }, ada.actor, 'D')
})

test('what opens nothing any more is not counted among what somebody signs in with', async (t) => {
  const { core, work, ada } = await scene(t)
  const { environment } = ada.actor
  await work.transaction(async (stores) => {
    const own = (await stores.credentials.find({ environment }, ada.actor.credential))!
    for (let made = 0; made < 60; made++)
      await stores.credentials.insert({ ...own, id: `old ${made}`, handle: `${made} 1`, certificate: `old ${made}` })
  })
  await core.credentials.addDevice(ada.actor, 'D')
})

test('a sign-in link signs in once, for 15 minutes, and looking at it spends nothing', async (t) => {
  const { core, ada, later } = await scene(t)
  const { token, expiresAt } = await core.credentials.makeLink(ada.actor)
  for (const _ of ['a scanner', 'a reload']) {
    const seen = await core.sessions.inspectLink(token)
    assert.deepEqual([seen.email, seen.expiresAt], [ada.actor.email, expiresAt])
  }
  const begun = await core.sessions.beginWithLink({ token, ...caller })
  const actor = await core.sessions.find(begun.token, caller)
  assert.deepEqual([actor.id, actor.strength], [ada.actor.id, 'low'])
  const { session } = await core.sessions.me(actor)
  assert.deepEqual([session.how, session.strength], ['link', 'low'])
  for (const ask of [core.sessions.inspectLink(token), core.sessions.beginWithLink({ token, ...caller })]) {
    await assert.rejects(ask, refused('sign_in_link_spent'))
  }
  const late = await core.credentials.makeLink(ada.actor)
  later(15 * MINUTE)
  await assert.rejects(core.sessions.beginWithLink({ token: late.token, ...caller }), refused('sign_in_link_expired'))
  await assert.rejects(core.sessions.inspectLink('A'.repeat(43)), refused('sign_in_link_unknown'))
})

test('of two who open one sign-in link at once, one is signed in', async (t) => {
  const { core, ada } = await scene(t)
  const { token } = await core.credentials.makeLink(ada.actor)
  const all = await Promise.allSettled([1, 2, 3].map(() => core.sessions.beginWithLink({ token, ...caller })))
  assert.deepEqual(all.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected'])
  assert.equal((await core.sessions.list(ada.actor, {})).items.filter(({ how }) => how === 'link').length, 1)
})

test('a new sign-in link takes the place of one that nobody opened; the same wish is answered with the same link', async (t) => {
  const { core, ada } = await scene(t)
  const key = 'K'.repeat(43)
  const first = await core.credentials.makeLink(ada.actor, key)
  assert.deepEqual(await core.credentials.makeLink(ada.actor, key), first)
  const second = await core.credentials.makeLink(ada.actor)
  await assert.rejects(core.sessions.inspectLink(first.token), refused('sign_in_link_unknown'))
  await core.sessions.inspectLink(second.token)
  const device = await core.credentials.addDevice(ada.actor, 'Laptop', key)
  assert.deepEqual(await core.credentials.addDevice(ada.actor, 'Laptop', key), device)
})

test('who looks by a link makes no link, adds no computer, names and ends nothing, and signs the owner out of nothing', async (t) => {
  const { core, ada } = await scene(t)
  const { actor } = await look({ core }, ada.actor)
  const own = ada.actor.credential
  for (const attempt of [
    core.credentials.makeLink(actor),
    core.credentials.addDevice(actor, 'Mine'),
    core.credentials.name(actor, own, 'Mine'),
    core.credentials.end(actor, own, false),
    core.sessions.end(actor, ada.actor.sessionId),
  ]) {
    await assert.rejects(attempt, refused('strength_needed', { have: 'low' }))
  }
  assert.deepEqual(await kinds({ core }, ada.actor), ['certificate unnamed open', 'link unnamed open'])
  // What was judged strong when the call came is judged again by the row in the unit that acts.
  await assert.rejects(core.credentials.makeLink({ ...actor, strength: 'high' }), refused('strength_needed'))
  await core.sessions.endCurrent(actor)
})

test('what was made with a certificate ends with it: open links and sessions by links at once, whatever the reason', async (t) => {
  const { core, ada, admin } = await scene(t)
  const looking = await look({ core }, ada.actor)
  const open = await core.credentials.makeLink(ada.actor)
  const device = await core.credentials.addDevice(ada.actor, 'Laptop')
  await core.certificates.revoke(admin.actor, ada.actor.credential, 'superseded')
  await assert.rejects(core.sessions.find(looking.token, caller), refused('session_ended', { reason: 'certificate' }))
  await assert.rejects(core.sessions.beginWithLink({ token: open.token, ...caller }), refused('sign_in_link_unknown'))
  await assert.rejects(core.invitations.inspect(device.token), refused('invitation_unknown'))
})

test('where a key was in wrong hands, computers that were added with it go too, and those added with them; one out of use takes none along', async (t) => {
  const { core, ada, admin } = await scene(t)
  const second = await added({ core }, ada.actor, 'Second')
  const third = await added({ core }, second.actor, 'Third')
  await core.certificates.revoke(admin.actor, ada.actor.credential, 'keyCompromise')
  for (const one of [second, third]) {
    const reason = { reason: 'privilegeWithdrawn' }
    await assert.rejects(signedInAgain(core, one), refused('certificate_is_revoked', reason))
    await assert.rejects(core.sessions.find(one.token, caller), refused('session_ended', { reason: 'certificate' }))
  }
  const bob = await invited(core, admin.actor, 'auditor', { email: 'bob@desk.example' })
  const newer = await added({ core }, bob.actor)
  await core.credentials.end(newer.actor, bob.actor.credential, false)
  assert.equal((await signedInAgain(core, newer)).id, bob.actor.id)
  await assert.rejects(signedInAgain(core, bob), refused('certificate_is_revoked', { reason: 'cessationOfOperation' }))
  await core.credentials.end(newer.actor, newer.actor.credential, true)
  await assert.rejects(signedInAgain(core, newer), refused('certificate_is_revoked', { reason: 'keyCompromise' }))
})

test('a thief who ends what lies between stays out: what was added through one that ended goes with the first (att17 H1)', async (t) => {
  const { core, admin } = await scene(t)
  const between = {
    'as out of use, by the thief': (by: Signed, id: string) => core.credentials.end(by.actor, id, false),
    'as superseded, by an administrator': (_: Signed, id: string) =>
      core.certificates.revoke(admin.actor, id, 'superseded').then(() => {}),
  }
  for (const [n, [how, end]] of Object.entries(between).entries()) {
    const victim = await invited(core, admin.actor, 'auditor', { email: `victim${n}@desk.example` })
    const second = await added({ core }, victim.actor, 'B')
    const third = await added({ core }, second.actor, 'C')
    const fourth = await added({ core }, third.actor, 'D')
    await end(fourth, second.actor.credential)
    await end(fourth, third.actor.credential)
    const waiting = await core.credentials.addDevice(fourth.actor, 'E')
    assert.equal((await signedInAgain(core, fourth)).strength, 'high', 'as decision 0047 says of what is out of use')
    await core.credentials.end(admin.actor, victim.actor.credential, true)
    const reason = { reason: 'privilegeWithdrawn' }
    await assert.rejects(signedInAgain(core, fourth), refused('certificate_is_revoked', reason), how)
    await assert.rejects(core.sessions.find(fourth.token, caller), refused('session_ended'), how)
    await assert.rejects(core.invitations.inspect(waiting.token), refused('invitation_unknown'), how)
  }
})

test('a key that a thief ended as out of use is reported as stolen all the same, and takes along what they added (att17 H1)', async (t) => {
  const { core, admin, ada } = await scene(t)
  const thiefs = await added({ core }, ada.actor, 'Thief’s')
  const own = ada.actor.credential
  await core.credentials.end(thiefs.actor, own, false)
  await core.credentials.end(admin.actor, own, false)
  assert.equal((await signedInAgain(core, thiefs)).id, ada.actor.id)
  await core.credentials.end(admin.actor, own, true)
  await core.credentials.end(admin.actor, own, true)
  await assert.rejects(signedInAgain(core, thiefs), refused('certificate_is_revoked', { reason: 'privilegeWithdrawn' }))
  await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked', { reason: 'keyCompromise' }))
  const { items } = await core.audit.list(admin.actor, { size: 50 })
  assert.equal(items.filter(({ action }) => action === 'credential.ended').length, 2, 'twice changes nothing')
})

test('whoever has lost every role still reports their own key as stolen, and nobody else’s (att17 L2)', async (t) => {
  const { core, admin, ada } = await scene(t)
  const [{ id: grant } = assert.fail()] = (await core.grants.person(admin.actor, ada.actor.id)).grants
  await core.grants.end(admin.actor, ada.actor.id, grant)
  const bare = await signedInAgain(core, ada)
  assert.deepEqual(bare.grants, [])
  const others = core.credentials.end(bare, admin.actor.credential, true)
  await assert.rejects(others, refused('not_found', { what: 'credential' }))
  await core.credentials.end(bare, ada.actor.credential, true)
  await assert.rejects(signedInAgain(core, ada), refused('certificate_is_revoked', { reason: 'keyCompromise' }))
})

test('a computer that is added while the certificate behind it is revoked is not added', async (t) => {
  const { core, ada, admin, beforeNextUnit } = await scene(t)
  const { token } = await core.credentials.addDevice(ada.actor, 'Laptop')
  const { generateKeyPair } = await import('@scel/pki/crypto')
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const { accept } = core.invitations
  let units = 0
  const between = (): Promise<void> => {
    units++
    return core.certificates.revoke(admin.actor, ada.actor.credential, 'superseded').then(() => {})
  }
  beforeNextUnit(async () => beforeNextUnit(between)) // after it is spent, before it is stored
  const { certificate, session } = await accept({ token, csr, ...caller })
  assert.deepEqual([units, session], [1, undefined])
  const begin = core.sessions.beginWithCertificate({ der: derOf(certificate), ...caller })
  await assert.rejects(begin, refused('certificate_is_revoked', { reason: 'privilegeWithdrawn' }))
})

test('of somebody who is disabled everything ends: every certificate, every link, every session', async (t) => {
  const { core, ada, admin } = await scene(t)
  const second = await added({ core }, ada.actor)
  const looking = await look({ core }, ada.actor)
  const [open, device] = [await core.credentials.makeLink(ada.actor), await core.credentials.addDevice(ada.actor, 'x')]
  await core.people.disable(admin.actor, ada.actor.id)
  for (const one of [ada, second]) {
    await assert.rejects(signedInAgain(core, one), refused('certificate_is_revoked', { reason: 'privilegeWithdrawn' }))
  }
  for (const { token } of [ada, second, looking]) {
    await assert.rejects(core.sessions.find(token, caller), refused('session_ended'))
  }
  await assert.rejects(core.sessions.beginWithLink({ token: open.token, ...caller }), refused('sign_in_link_unknown'))
  await assert.rejects(core.invitations.inspect(device.token), refused('invitation_unknown'))
})

test('the last administrator ends an old certificate, and neither the last good one nor one whose compromise takes it along', async (t) => {
  const { core, admin } = await scene(t)
  await assert.rejects(
    core.credentials.end(admin.actor, admin.actor.credential, false),
    refused('last_administrator_certificate'),
  )
  const second = await added({ core }, admin.actor)
  const both = core.credentials.end(second.actor, admin.actor.credential, true)
  await assert.rejects(both, refused('last_administrator_certificate'))
  // A role that is taken back takes along as much as a key in wrong hands.
  const withdrawn = core.certificates.revoke(second.actor, admin.actor.credential, 'privilegeWithdrawn')
  await assert.rejects(withdrawn, refused('last_administrator_certificate'))
  await core.credentials.end(second.actor, admin.actor.credential, false)
  await assert.rejects(
    core.credentials.end(second.actor, second.actor.credential, false),
    refused('last_administrator_certificate'),
  )
  // The first has ended, and its compromise would take along what was added with it all the same, also through another one.
  const third = await added({ core }, second.actor)
  await core.credentials.end(third.actor, second.actor.credential, false)
  for (const lock of [
    core.credentials.end(third.actor, admin.actor.credential, true),
    core.certificates.revoke(third.actor, admin.actor.credential, 'keyCompromise'),
    core.credentials.end(third.actor, second.actor.credential, true),
  ]) {
    await assert.rejects(lock, refused('last_administrator_certificate'))
  }
})

test('another computer of an administrator waits for a second one, where there is one', async (t) => {
  const { core, admin } = await scene(t)
  const other = await invited(core, admin.actor, 'administrator', { email: 'two@desk.example' })
  const { token, awaiting } = await core.credentials.addDevice(admin.actor, 'Laptop')
  assert.equal(awaiting, true)
  await assert.rejects(core.invitations.inspect(token), refused('invitation_unconfirmed'))
  const [seen] = (await core.people.list(other.actor, { search: admin.actor.name })).items
  assert.equal(seen?.invitation?.awaiting?.mayConfirm, true)
  assert.equal((await core.sessions.me(other.actor)).awaiting.people, 1)
  await assert.rejects(answerLink(core, admin.actor, admin.actor.id), refused('second_administrator_needed'))
  await answerLink(core, other.actor, admin.actor.id)
  const second = await acceptInvitation(core, token)
  assert.equal(second.actor.id, admin.actor.id)
  assert.equal((await signedInAgain(core, admin)).id, admin.actor.id)
})

test('one names and ends what is one’s own; an administrator ends anybody’s, in their own environment alone', async (t) => {
  const { core, ada, admin } = await scene(t)
  await core.credentials.name(ada.actor, ada.actor.credential, 'Desk')
  assert.deepEqual(await kinds({ core }, ada.actor), ['certificate Desk open'])
  for (const id of [admin.actor.credential, 'A'.repeat(22)]) {
    await assert.rejects(core.credentials.name(ada.actor, id, 'Mine'), refused('not_found'))
    await assert.rejects(core.credentials.end(ada.actor, id, false), refused('not_found'))
  }
  const tester = await firstAdministrator(core, 'test')
  await assert.rejects(core.credentials.end(tester.actor, ada.actor.credential, false), refused('not_found'))
  await assert.rejects(core.credentials.listOf(tester.actor, ada.actor.id), refused('not_found'))
  const foreign = await core.credentials.makeLink(tester.actor)
  assert.equal((await core.sessions.inspectLink(foreign.token)).environment, 'test')
  const { token } = await core.sessions.beginWithLink({ token: foreign.token, ...caller })
  assert.equal((await core.sessions.find(token, caller)).environment, 'test')
  await core.credentials.end(admin.actor, ada.actor.credential, false)
  await assert.rejects(core.sessions.find(ada.token, caller), refused('session_ended', { reason: 'credential' }))
})
