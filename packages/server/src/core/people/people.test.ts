import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Right } from '@scel/contract/values'
import { generateKeyPair } from '@scel/pki/crypto'
import { extension, formatName, mailAddresses, parseCertificate } from '@scel/pki/x509'
import { bench } from '@scel/testkit/peers'
import {
  acceptInvitation,
  answerLink,
  csrOf,
  derOf,
  firstAdministrator,
  HOST,
  invited,
  MINUTE,
  openRulesDesk,
  organisation,
  refused,
} from '../../../test/rules-desk.ts'
import { nowOf } from '../world.ts'

const caller = { from: '192.0.2.7', agent: 'test' }

test('a link makes a certificate and a session, and looking at it spends nothing', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const input = { name: 'Mia Manager', email: 'mia@post.example', role: 'manager', organisation: post.id } as const
  const { token, person } = await core.people.invite(admin, { ...input, language: 'fr' })
  assert.equal(person.state, 'invited')
  for (let i = 0; i < 2; i++) {
    const seen = await core.invitations.inspect(token)
    assert.deepEqual([seen.name, seen.organisation?.code, seen.language], ['Mia Manager', 'J1CFRA', 'fr'])
  }
  const { actor, certificate } = await acceptInvitation(core, token)
  assert.deepEqual(
    actor.grants.map(({ role, organisation }) => [role, organisation]),
    [['manager', post.id]],
  )
  const leaf = parseCertificate(derOf(certificate))
  assert.deepEqual(extension(leaf, 'subjectAltName'), [{ kind: 'rfc822Name', value: 'mia@post.example' }])
  assert.deepEqual(extension(leaf, 'extendedKeyUsage'), ['clientAuth', 'emailProtection'])
  assert.deepEqual(extension(leaf, 'keyUsage'), ['digitalSignature', 'keyAgreement'])
})

test('the same link with the same key is answered again without a session, with another key it is spent', async (t) => {
  const { core } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment: 'production',
    email: 'ada@desk.example',
  })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const both = await Promise.all([1, 2].map(() => core.invitations.accept({ token, csr, ...caller })))
  assert.equal(both[0]!.certificate, both[1]!.certificate)
  assert.equal(both.filter((one) => one.session).length, 1)
  const other = await csrOf(await generateKeyPair('ec-p256'), [])
  await assert.rejects(core.invitations.accept({ token, csr: other, ...caller }), refused('invitation_spent'))
  await assert.rejects(core.invitations.inspect(token), refused('invitation_spent'))
})

test('two people come with one key at once: it is certified for one of them', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const links = await Promise.all(
    ['a', 'b'].map((name) => core.people.invite(admin, { name, email: `${name}@desk.example`, role: 'auditor' })),
  )
  const all = await Promise.allSettled(links.map(({ token }) => core.invitations.accept({ token, csr, ...caller })))
  assert.deepEqual(all.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const lost = all.find((one) => one.status === 'rejected')
  assert.ok(refused('csr_key_in_use')(lost?.reason))
})

test('a link whose certificate was not signed before a crash is answered once it is', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment: 'production',
    email: 'ada@desk.example',
  })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  signers.break(true)
  await assert.rejects(core.invitations.accept({ token, csr, ...caller }))
  signers.break(false)
  const { certificate, session } = await core.invitations.accept({ token, csr, ...caller })
  assert.equal(session, undefined)
  const signedIn = await core.sessions.beginWithCertificate({ der: derOf(certificate), ...caller })
  assert.equal((await core.sessions.find(signedIn.token, caller)).grants[0]?.role, 'administrator')
})

test('unknown, expired, replaced and withdrawn links are refused', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await assert.rejects(core.invitations.inspect('A'.repeat(43)), refused('invitation_unknown'))
  const input = { name: 'An Auditor', email: 'audit@desk.example', role: 'auditor' } as const
  const first = await core.people.invite(admin, input)
  const second = await core.people.renewInvitation(admin, first.person.id)
  await assert.rejects(core.invitations.inspect(first.token), refused('invitation_unknown'))
  await core.people.disable(admin, first.person.id)
  await assert.rejects(core.invitations.inspect(second.token), refused('invitation_unknown'))
  await assert.rejects(core.people.renewInvitation(admin, first.person.id), refused('person_disabled'))
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'test' })
  later(61 * MINUTE)
  await assert.rejects(core.invitations.inspect(token), refused('invitation_expired'))
})

test('an accepted new link takes the place of the lost key: the earlier certificate is revoked', async (t) => {
  const { core } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment: 'production',
    email: 'ada@desk.example',
  })
  const second = await acceptInvitation(core, token)
  assert.equal(second.actor.id, first.actor.id)
  const no = core.sessions.beginWithCertificate({ der: derOf(first.certificate), ...caller })
  await assert.rejects(no, refused('certificate_is_revoked', { reason: 'superseded' }))
  await assert.rejects(core.sessions.find(first.token, caller), refused('session_ended', { reason: 'certificate' }))
})

test('roles and organisations fit together, and an address is one person’s', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const invite = (role: 'manager' | 'auditor', more: object) =>
    core.people.invite(admin, { name: 'X', email: 'x@desk.example', role, ...more })
  await assert.rejects(invite('manager', {}), refused('organisation_required'))
  await assert.rejects(invite('auditor', { organisation: post.id }), refused('organisation_not_for_role'))
  await assert.rejects(invite('manager', { organisation: 'A'.repeat(22) }), refused('not_found'))
  await assert.rejects(invite('auditor', { email: 'ADA@desk.example' }), refused('person_email_taken'))
  await invite('auditor', { email: 'ana@école.example' })
  await assert.rejects(invite('auditor', { email: 'Ana@xn--cole-9oa.example' }), refused('person_email_taken'))
  for (const email of ['ana@école.example\u3002', 'ana@école\uff61example', 'ADA@desk.example\uff61'])
    await assert.rejects(invite('auditor', { email }), refused('person_email_taken'))
  await assert.rejects(
    invite('auditor', { email: 'é@x／y.example' }),
    refused('input_invalid', { where: 'email', what: 'wrong_form' }),
  )
})

test('the certificate of a person always has their address, where openssl finds it', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  for (const [email, sought, other] of [
    ['Dora@Bücher.example', 'Dora@xn--bcher-kva.example', 'Dora@bcher.example'],
    ['andré@example.org', 'andré@example.org', 'andre@example.org'],
    ['andre\u0301@bücher.example', 'andré@xn--bcher-kva.example', 'andre@xn--bcher-kva.example'],
    ['full@ｅxample.net', 'full@example.net', 'full@xample.net'],
  ] as const) {
    const { token } = await core.people.invite(admin, { name: 'X', email, role: 'auditor' })
    const { certificate } = await acceptInvitation(core, token)
    assert.deepEqual(mailAddresses(parseCertificate(derOf(certificate))), [sought])
    const file = peer.write('person.pem', certificate)
    const asked = (address: string) => peer.run('openssl', 'x509', '-in', file, '-noout', '-checkemail', address).text
    assert.match(asked(sought), /does match/, email)
    assert.match(asked(other), /does NOT match/, email)
  }
})

test('only an administrator invites, disables and makes organisations and kits', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor } = await invited(core, admin, 'auditor')
  const no = (right: Right) => refused('not_allowed', { right })
  const input = { name: 'X', email: 'x@desk.example', role: 'auditor' } as const
  await assert.rejects(core.people.invite(actor, input), no('invite_people'))
  await assert.rejects(core.people.renewInvitation(actor, admin.id), no('invite_people'))
  await assert.rejects(core.people.disable(actor, admin.id), no('disable_people'))
  await assert.rejects(organisation(core, actor), no('make_organisations'))
  await assert.rejects(core.kits.withdraw(actor, 'A'.repeat(22)), no('withdraw_kits'))
  await assert.rejects(core.sessions.list(actor, { everyone: true }), no('read_sessions'))
})

test('a disabled person’s sessions and certificate end; nobody disables himself', async (t) => {
  const { core } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  const second = await invited(core, first.actor, 'administrator')
  await assert.rejects(core.people.disable(first.actor, first.actor.id), refused('person_is_self'))
  await core.people.disable(second.actor, first.actor.id)
  await assert.rejects(core.sessions.find(first.token, caller), refused('session_ended'))
  const no = core.sessions.beginWithCertificate({ der: derOf(first.certificate), ...caller })
  await assert.rejects(no, refused('certificate_is_revoked', { reason: 'privilegeWithdrawn' }))
  const people = (await core.people.list(second.actor, { state: 'disabled' })).items
  assert.deepEqual(
    people.map((one) => one.id),
    [first.actor.id],
  )
})

test('of two administrators who disable each other at once, one stays', async (t) => {
  const { core } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  const second = await invited(core, first.actor, 'administrator')
  const both = await Promise.allSettled([
    core.people.disable(first.actor, second.actor.id),
    core.people.disable(second.actor, first.actor.id),
  ])
  assert.equal(both.filter((one) => one.status === 'fulfilled').length, 1)
  assert.equal(await core.people.countAdministrators('production'), 1)
})

test('whoever opens the first link says who he is; a link that bears a name keeps it', async (t) => {
  const { core } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production' })
  assert.equal((await core.invitations.inspect(token)).unnamed, true)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const given = { name: 'Ada Admin', email: 'ada@desk.example' }
  const { certificate, session } = await core.invitations.accept({ token, csr, ...given, ...caller })
  assert.match(formatName(parseCertificate(derOf(certificate)).subject, 'rfc4514'), /^CN=Ada Admin,/)
  const admin = await core.sessions.find(session!.token, caller)
  assert.deepEqual([admin.name, admin.email], ['Ada Admin', 'ada@desk.example'])

  const other = await core.people.invite(admin, { name: 'An Auditor', email: 'audit@desk.example', role: 'auditor' })
  assert.equal((await core.invitations.inspect(other.token)).unnamed, undefined)
  const next = await csrOf(await generateKeyPair('ec-p256'), [])
  const renamed = core.invitations.accept({ token: other.token, csr: next, name: 'Ada Admin', ...caller })
  await assert.rejects(renamed, refused('input_invalid'))
})

test('whom nobody knows yet has no address: the host’s next link is for them, and without an address nothing is certified', async (t) => {
  const { core, work, world } = await openRulesDesk(t)
  const invite = () => core.people.inviteAdministrator(HOST, { environment: 'production' })
  const first = await invite()
  const { token } = await invite()
  await assert.rejects(core.invitations.inspect(first.token), refused('invitation_unknown'))
  assert.equal('email' in (await core.invitations.inspect(token)), false)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const accept = (given: object) => core.invitations.accept({ token, csr, ...given, ...caller })
  await assert.rejects(accept({}), refused('person_without_address'))
  await assert.rejects(accept({ name: 'Ada Admin' }), refused('person_without_address'))
  const { session } = await accept({ name: 'Ada Admin', email: 'ada@desk.example' })
  const { items } = await core.people.list(await core.sessions.find(session!.token, caller), {})
  assert.deepEqual(
    items.map(({ name, email }) => [name, email]),
    [['Ada Admin', 'ada@desk.example']],
  )
  // The next one whom nobody knows is somebody else.
  await invite()
  const people = await work.read((stores) => stores.people.page({ environment: 'production' }, { now: nowOf(world) }))
  assert.deepEqual(
    people.items.map(({ name, email }) => [name, email]),
    [
      ['Ada Admin', 'ada@desk.example'],
      ['Administrator', undefined],
    ],
  )
})

test('an account is not its address: who came otherwise may have the one that somebody is invited under; of the invited, one has it', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const auditor = (name: string, email: string) => core.people.invite(admin, { name, email, role: 'auditor' })
  const { person: known } = await auditor('An Auditor', 'audit@desk.example')
  // As somebody who came by a provider that vouches for the same address.
  await work.transaction(async (stores) => {
    const person = (await stores.people.find({ environment: 'production' }, known.id))!
    await stores.people.insert({ ...person, id: 'other', name: 'The Other', emailBy: 'provider' as 'invitation' })
    const email = 'new@desk.example'
    await stores.people.insert({ ...person, id: 'new', name: 'New', email, emailBy: 'provider' as 'invitation' })
  })
  await assert.rejects(auditor('Again', 'AUDIT@desk.example'), refused('person_email_taken'))
  await auditor('New as auditor', 'new@desk.example')
  const { items } = await core.people.list(admin, { search: 'desk.example' })
  assert.deepEqual(
    items.map(({ name, email }) => [name, email]),
    [
      ['Ada Administrator', admin.email],
      ['An Auditor', 'audit@desk.example'],
      ['New', 'new@desk.example'],
      ['New as auditor', 'new@desk.example'],
      ['The Other', 'audit@desk.example'],
    ],
  )
})

test('nobody takes another’s address with an unnamed link, and the link is not spent by trying', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  await core.people.invite(admin, { name: 'An Auditor', email: 'audit@desk.example', role: 'auditor' })
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const given = { name: 'Eve', email: 'AUDIT@desk.example' }
  await assert.rejects(core.invitations.accept({ token, csr, ...given, ...caller }), refused('person_email_taken'))
  assert.equal((await core.invitations.inspect(token)).name, 'Administrator')
})

test('a link opens until the moment it ends, and not in it', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const { token, expiresAt } = await core.people.inviteAdministrator(HOST, { environment: 'production' })
  later(60 * MINUTE - 1)
  await core.invitations.inspect(token)
  later(1)
  await assert.rejects(core.invitations.inspect(token), refused('invitation_expired', { at: expiresAt }))
})

test('who was disabled while their certificate was being signed is let in by nothing', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const input = { name: 'An Auditor', email: 'audit@desk.example', role: 'auditor' } as const
  const { token, person } = await core.people.invite(admin, input)
  const key = await generateKeyPair('ec-p256')
  const csr = await csrOf(key, [])
  const accept = () => core.invitations.accept({ token, csr, from: '192.0.2.7', agent: 'test' })
  signers.break(true)
  await assert.rejects(accept(), refused('stored_incomplete'))
  await core.people.disable(admin, person.id)
  signers.break(false)
  await assert.rejects(accept(), refused('person_disabled'))
  assert.equal((await core.sessions.list(admin, { everyone: true })).items.length, 1)
})

test('an unnamed link gives its address also to whoever is really called Administrator', async (t) => {
  const { core } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const given = { name: 'Administrator', email: 'root@desk.example' }
  const { session } = await core.invitations.accept({ token, csr, ...given, ...caller })
  assert.equal((await core.sessions.find(session!.token, caller)).email, 'root@desk.example')
})

test('who is disabled between the decision and the signature of their certificate gets no session', async (t) => {
  const { core, beforeNextUnit } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { token, person } = await core.people.invite(admin, { name: 'Eve', email: 'e@desk.example', role: 'auditor' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  beforeNextUnit(async () => beforeNextUnit(() => core.people.disable(admin, person.id)))
  const { certificate, session } = await core.invitations.accept({ token, csr, ...caller })
  assert.equal(session, undefined)
  const judged = core.judge.clientCertificate(derOf(certificate))
  await assert.rejects(judged, refused('certificate_is_revoked'))
  assert.equal((await core.sessions.list(admin, { everyone: true })).items.length, 1)
})

test('a link that waits for another administrator opens nothing, and one that does not wait is not refused', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor: second } = await invited(core, admin, 'administrator')
  const input = { name: 'A Third', email: 'third@desk.example', role: 'administrator' } as const
  const { token, person } = await core.people.invite(second, input)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  await assert.rejects(core.invitations.inspect(token), refused('invitation_unconfirmed'))
  await assert.rejects(core.invitations.accept({ token, csr, ...caller }), refused('invitation_unconfirmed'))
  await answerLink(core, admin, person.id)
  await assert.rejects(answerLink(core, admin, person.id, 'refuse'), refused('confirmation_not_wanted'))
  assert.equal((await core.invitations.inspect(token)).email, input.email)
})

test('one link spent twice at once with the same key makes one certificate, which both are answered', async (t) => {
  const { core, beforeNextUnit } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { token } = await core.people.invite(admin, { name: 'Aude', email: 'aude@desk.example', role: 'auditor' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const accept = () => core.invitations.accept({ token, csr, ...caller })
  let other: Awaited<ReturnType<typeof accept>> | undefined
  beforeNextUnit(async () => {
    other = await accept()
  })
  const { certificate, session } = await accept()
  assert.deepEqual([certificate, session], [other?.certificate, undefined])
  const { items } = await core.certificates.list(admin, { profile: 'person', search: 'Aude' })
  assert.equal(items.length, 1)
})

test('nobody who is called like the desk is certified, and their link is not spent; their organisation may be', async (t) => {
  const { core, work } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin, 'DESK', 'pki.example.org')
  await invited(core, admin, 'manager', { organisation: id })
  const input = { name: 'pki.example.org', email: 'name@desk.example', role: 'auditor' } as const
  const { token } = await core.people.invite(admin, input)
  await assert.rejects(acceptInvitation(core, token), refused('name_not_allowed', { rule: 'desk' }))
  assert.equal((await core.invitations.inspect(token)).name, 'pki.example.org')
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
})

test('whoever’s name becomes the desk’s before their certificate is signed reads so, however often they ask, and it is told once', async (t) => {
  const ownNames: string[] = []
  const { core, work, signers, later, reports } = await openRulesDesk(t, { ownNames: () => ownNames })
  const { actor: admin } = await firstAdministrator(core)
  const input = { name: 'Desk.example.net', email: 'name@desk.example', role: 'auditor' } as const
  const { token } = await core.people.invite(admin, input)
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const accept = () => core.invitations.accept({ token, csr, from: '192.0.2.7', agent: 'test' })
  signers.break(true)
  await assert.rejects(accept(), refused('stored_incomplete'))
  signers.break(false)
  ownNames.push('desk.example.net')
  const seen = reports.length
  const mine = refused('name_not_allowed', { name: 'Desk.example.net', rule: 'desk' })
  await assert.rejects(accept(), mine)
  await assert.rejects(accept(), mine, 'asked again')
  later(2 * MINUTE)
  await core.completeOpen()
  assert.deepEqual(await work.read((stores) => stores.intents.open()), [])
  const { items } = await core.audit.list(admin, { action: 'certificate.given_up' })
  assert.deepEqual(
    items.map(({ target, facts }) => [target.kind, facts]),
    [['person', { reason: 'nameOfDesk' }]],
  )
  assert.equal(reports.length, seen)
})

test('whoever opens the first link may give their address alone', async (t) => {
  const { core } = await openRulesDesk(t)
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'production' })
  const csr = await csrOf(await generateKeyPair('ec-p256'), [])
  const { session } = await core.invitations.accept({ token, csr, email: 'zoé@desk.example', ...caller })
  const actor = await core.sessions.find(session!.token, caller)
  const [one] = (await core.people.list(actor, {})).items
  assert.deepEqual([one!.name, one!.email], ['Administrator', 'zoé@desk.example'])
})

test('managers read nobody; who was only invited may be disabled by the one administrator there is, once', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { id } = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: id })
  await assert.rejects(core.people.list(manager, {}), refused('not_allowed', { right: 'read_people' }))
  const input = { name: 'A Second', email: 'second@desk.example', role: 'administrator' } as const
  const { person } = await core.people.invite(admin, input)
  for (let round = 0; round < 2; round++) await core.people.disable(admin, person.id)
  const lines = (await core.audit.list(admin, { action: 'person.disabled' })).items
  assert.deepEqual(
    lines.map(({ outcome, target }) => [outcome, target.name]),
    [['done', 'A Second']],
  )
})

test('a person whose certificate was revoked already is disabled all the same', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor } = await invited(core, admin, 'auditor')
  await core.certificates.revoke(admin, actor.credential, 'superseded')
  const { chain } = await core.certificates.detail(admin, actor.credential)
  const listed = async () => (await core.revocation.crl(chain[1]!.authority!))?.number
  const before = await listed()
  await core.people.disable(admin, actor.id)
  const { revocationReason } = await core.certificates.detail(admin, actor.credential)
  assert.equal(revocationReason, 'superseded')
  assert.equal(await listed(), before, 'no list has anything new to say')
  assert.equal((await core.audit.list(admin, { action: 'certificate.revoked' })).items.length, 1)
})
