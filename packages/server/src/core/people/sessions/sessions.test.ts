import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { defaultSignature } from '@scel/pki/algorithms'
import { generateKeyPair, sign } from '@scel/pki/crypto'
import { assembleSigned, buildName, buildTbsCertificate } from '@scel/pki/x509'
import {
  acceptInvitation,
  DAY,
  derOf,
  firstAdministrator,
  invited,
  kit,
  MINUTE,
  machine,
  openRulesDesk,
  organisation,
  refused,
  signedInAgain,
  submit,
} from '../../../../test/rules-desk.ts'
import type { SettledConfig } from '../../config.ts'
import { createCredentialKinds } from '../../credential-kinds.ts'
import { sha256, tokenHash } from '../../hash.ts'
import { scopeFor } from '../../rights/rights.ts'
import { createSessions } from './sessions.ts'

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

test('a busy session writes when it was last seen once a minute, not at every call', async (t) => {
  const { core, work, later } = await openRulesDesk(t)
  const { actor, token } = await firstAdministrator(core)
  const seen = async () => {
    await core.sessions.find(token, caller)
    return work.read(
      async (stores) => (await stores.sessions.find(scopeFor(actor, 'read_sessions'), actor.sessionId))!.lastSeenAt,
    )
  }
  const first = await seen()
  later(MINUTE / 2)
  assert.equal(await seen(), first)
  later(MINUTE / 2)
  assert.ok((await seen()) > first)
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
  await core.certificates.revoke(admin.actor, items[0]!.signIn!.certificate!, 'keyCompromise')
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
    { kind: 'desk', name: 'invite-admin' },
    { environment: 'production', email: 'two@desk.example' },
  )
  const second = await acceptInvitation(core, token)
  const at = new Date(Date.now()).toISOString()
  await work.transaction((stores) => stores.revocations.revoke(scope, second.actor.credential, at, 'keyCompromise'))
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

/** A certificate that nobody here issued, with any name in it. */
async function strangers(commonName: string): Promise<Uint8Array> {
  const { privateKey, publicKey } = await generateKeyPair('ec-p256')
  const name = buildName([{ type: 'commonName', value: commonName }])
  const signature = defaultSignature('ec-p256')
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) }
  const who = { serial: new Uint8Array([7]), signature, issuer: name, subject: name, publicKey, extensions: [] }
  const tbs = buildTbsCertificate({ ...who, ...validity })
  return assembleSigned(tbs, signature, await sign(privateKey, tbs))
}

test('a stranger’s certificate puts no name of its choice into the log: only its fingerprint and what it claims, cleaned', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  for (const [name, claims] of [
    ['Ada Administrator', 'Ada Administrator'],
    ['Admin\u202egro.elpmaxe', 'Admingro.elpmaxe'],
    ['a\u001b[31mred\nline', 'a[31mred line'],
  ] as const) {
    const der = await strangers(name)
    await assert.rejects(core.sessions.beginWithCertificate({ der, ...caller }), (error) => isDeskError(error))
    const [line] = (await core.audit.list(admin, { action: 'session.begun' })).items
    assert.deepEqual(line?.actor, { kind: 'caller', name: 'unknown', from: caller.from })
    assert.deepEqual(line?.target, { kind: 'certificate', id: await sha256(der) })
    assert.equal(line?.facts.claims, claims)
  }
})

test('strangers who try to sign in again and again do not fill the log: one line says how often since when', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const signed = await firstAdministrator(core)
  for (let i = 0; i < 40; i++) {
    const der = await strangers(`Victim ${i}`)
    await assert.rejects(core.sessions.beginWithCertificate({ der, ...caller }))
  }
  later(MINUTE)
  await core.refusals.summarise()
  const { items } = await core.audit.list(signed.actor, { action: 'session.begun' })
  assert.equal(items.length, 6)
  assert.deepEqual([items[0]?.facts.count, items[0]?.actor.name, items[0]?.actor.from], [35, 'unknown', caller.from])
})

test('of a certificate issued here that was revoked, the log names its holder as our record does', async (t) => {
  const { core } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const auditor = await invited(core, admin.actor, 'auditor')
  await core.people.disable(admin.actor, auditor.actor.id)
  await assert.rejects(core.sessions.beginWithCertificate({ der: derOf(auditor.certificate), ...caller }))
  const [line] = (await core.audit.list(admin.actor, { action: 'session.begun' })).items
  assert.deepEqual(
    [line?.actor.name, line?.target.name, line?.facts.claims],
    ['Some auditor', 'Some auditor', undefined],
  )
})

test('F2: a session that was begun under a clock that was ahead has ended once the clock is right', async (t) => {
  const { core, later } = await openRulesDesk(t)
  later(95 * DAY)
  const { token } = await firstAdministrator(core)
  later(-95 * DAY)
  await assert.rejects(
    core.sessions.find(token, { from: '192.0.2.7' }),
    refused('session_ended', { reason: 'expired' }),
  )
})

test('F2: a session that was seen under a clock that was ahead is not listed as open', async (t) => {
  const { core, clockOff } = await openRulesDesk(t)
  const signed = await firstAdministrator(core)
  clockOff(20 * DAY)
  await signedInAgain(core, signed)
  clockOff(-20 * DAY)
  const { items } = await core.sessions.list(signed.actor, {})
  assert.deepEqual(
    items.map(({ current }) => current),
    [true],
  )
})

test('while the database is an older copy administrators alone come in, and stay in', async (t) => {
  const { core, work, world, now } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const auditor = await invited(core, admin.actor, 'auditor')
  let older: { since: string } | undefined
  const sessions = createSessions({
    work,
    world,
    refusals: { recording: (_actor: unknown, _deed: unknown, run: () => unknown) => run() },
    judge: core.judge,
    kinds: createCredentialKinds({} as SettledConfig),
    config: { sessionIdleMinutes: 30, sessionHours: 8 },
    older: () => older,
  } as unknown as Parameters<typeof createSessions>[0])
  const begin = ({ certificate }: { certificate: string }) =>
    sessions.beginWithCertificate({ der: derOf(certificate), ...caller })
  for (const since of [undefined, now().toISOString()]) {
    older = since === undefined ? undefined : { since }
    for (const one of [admin, auditor]) {
      if (since === undefined || one === admin) {
        await begin(one)
        assert.equal((await sessions.find(one.token, caller)).id, one.actor.id)
      } else {
        await assert.rejects(begin(one), refused('database_older', { since }))
        await assert.rejects(sessions.find(one.token, caller), refused('database_older', { since }))
      }
    }
  }
})

test('everybody ends their own session, and one that is not there is nobody’s', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const auditor = await invited(core, admin, 'auditor')
  for (const actor of [admin, auditor.actor]) {
    await assert.rejects(core.sessions.end(actor, 'A'.repeat(22)), refused('not_found'))
  }
  await core.sessions.end(auditor.actor, auditor.actor.sessionId)
  await assert.rejects(core.sessions.find(auditor.token, caller), refused('session_ended', { reason: 'signed_out' }))
})

test('no certificate is told as none, however nothing was shown, and leaves no line', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  for (const der of [undefined, new Uint8Array(0)]) {
    await assert.rejects(core.sessions.beginWithCertificate({ der, ...caller }), refused('certificate_missing'))
  }
  const garbage = core.sessions.beginWithCertificate({ der: Uint8Array.of(1, 2, 3), ...caller })
  await assert.rejects(garbage, refused('certificate_unreadable'))
  assert.deepEqual((await core.audit.list(admin, { action: 'session.begun' })).items, [])
})

test('who is disabled or revoked between being judged and being let in is not let in', async (t) => {
  const { core, beforeNextUnit } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const [first, second] = [
    await invited(core, admin, 'auditor'),
    await invited(core, admin, 'auditor', { email: 'two@desk.example' }),
  ]
  const begin = ({ certificate }: { certificate: string }) =>
    core.sessions.beginWithCertificate({ der: derOf(certificate), ...caller })
  beforeNextUnit(() => core.people.disable(admin, first.actor.id))
  await assert.rejects(begin(first), refused('person_disabled'))
  beforeNextUnit(() => core.certificates.revoke(admin, second.actor.credential, 'superseded'))
  await assert.rejects(begin(second), refused('certificate_is_revoked', { reason: 'superseded' }))
  assert.equal((await core.sessions.list(admin, { everyone: true })).items.length, 1)
})

test('whoever signs in again and again hides nobody’s session, and ends few when they are disabled (att20 S20-1, S20-2)', async (t) => {
  const { core, work, later } = await openRulesDesk(t)
  const admin = await firstAdministrator(core)
  const victim = await invited(core, admin.actor, 'auditor', { email: 'victim@desk.example' })
  const busy = await invited(core, admin.actor, 'auditor', { email: 'busy@desk.example' })
  const tokens: string[] = []
  for (let signed = 0; signed < 60; signed++) {
    later(1_000)
    const der = derOf(busy.certificate)
    tokens.push((await core.sessions.beginWithCertificate({ der, ...caller })).token)
  }
  const size = 20
  const shown: string[] = []
  let after: string | undefined
  do {
    const page = await core.sessions.list(admin.actor, {
      everyone: true,
      size,
      ...(after === undefined ? {} : { after }),
    })
    shown.push(...page.items.map(({ id, person }) => (person.id === busy.actor.id ? 'busy' : id)))
    after = page.next
  } while (after !== undefined)
  assert.equal(shown.filter((one) => one === 'busy').length, 50)
  assert.ok(shown.includes(victim.actor.sessionId) && shown.includes(admin.actor.sessionId))
  await assert.rejects(core.sessions.find(busy.token, caller), refused('session_ended', { reason: 'many' }))
  await assert.rejects(core.sessions.find(tokens[9]!, caller), refused('session_ended', { reason: 'many' }))
  await core.sessions.find(tokens[10]!, caller)
  const ended = (await core.audit.list(admin.actor, { action: 'session.ended' })).items
  assert.deepEqual([ended.length, ended.every(({ actor }) => actor.name === busy.actor.name)], [11, true])
  assert.deepEqual(new Set(ended.map(({ facts }) => facts.reason)), new Set(['many']))
  // What has ended is not touched again.
  const hash = await tokenHash(tokens[0]!)
  const first = () =>
    work.read(async (stores) => {
      return (await stores.sessions.findByToken(hash))?.ended
    })
  const before = await first()
  await core.people.disable(admin.actor, busy.actor.id)
  assert.deepEqual([before?.reason, await first()], ['many', before])
  await core.sessions.end(admin.actor, victim.actor.sessionId)
})
