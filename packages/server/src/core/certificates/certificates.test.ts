import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { generateKeyPair, type Key } from '@scel/pki/crypto'
import { formatName, parseCertificate } from '@scel/pki/x509'
import {
  acceptInvitation,
  approve,
  coreOn,
  DAY,
  derOf,
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
import type { PersonActor } from '../actor.ts'

/** A desk with a workstation, a server and people of every role. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const first = await firstAdministrator(core)
  const { actor: admin } = first
  const post = await organisation(core, admin)
  const manager = await invited(core, admin, 'manager', { organisation: post.id })
  const auditor = await invited(core, admin, 'auditor')
  const issued = async (profile: 'workstation' | 'server', commonName?: string): Promise<string> => {
    const inHand = await kit(core, admin, post.id, { profile })
    const { request } = await submit(core, await machine(), inHand, commonName === undefined ? {} : { commonName })
    return (await approve(core, admin, request.number)).certificate!.id
  }
  const [workstation, server] = [await issued('workstation'), await issued('server', 'www.post.example')]
  const mine = async ({ id }: PersonActor): Promise<string> =>
    (await core.people.list(admin, {})).items.find((one) => one.id === id)!.signIn!.certificate!
  return { ...desk, first, admin, manager: manager.actor, auditor: auditor.actor, workstation, server, mine }
}

test('a manager sees the workstations of the organisation and what is their own, and no server’s or other person’s certificate', async (t) => {
  const { core, admin, manager, workstation, server, mine } = await scene(t)
  const seen = async (actor: PersonActor, profile?: 'workstation' | 'server'): Promise<string[]> =>
    (await core.certificates.list(actor, profile ? { profile } : {})).items.map(({ id }) => id)
  assert.deepEqual((await seen(manager)).toSorted(), [workstation, await mine(manager)].toSorted())
  assert.deepEqual(await seen(manager, 'workstation'), [workstation])
  assert.deepEqual(await seen(manager, 'server'), [])
  assert.deepEqual(await seen(admin, 'server'), [server])
  for (const id of [server, await mine(admin), 'x']) {
    const missing = refused('not_found', { what: 'certificate' })
    await assert.rejects(core.certificates.detail(manager, id), missing)
    await assert.rejects(core.certificates.file(manager, id, 'pem'), missing)
    await assert.rejects(core.certificates.revoke(manager, id, 'superseded'), missing)
  }
})

test('administrators revoke everywhere, managers workstations, auditors their own alone; what is offered is what is done', async (t) => {
  const { core, admin, manager, auditor, workstation, server } = await scene(t)
  const may = async (actor: PersonActor, id: string) => (await core.certificates.detail(actor, id)).may
  assert.deepEqual(await may(auditor, workstation), {
    revoke: false,
    revokeNeeds: 'high',
    compromise: false,
    madeWith: false,
  })
  assert.deepEqual(await may(admin, server), { revoke: true, revokeNeeds: 'high', compromise: false, madeWith: false })
  // They may end what is their own: of everything else, it is as if it were not there.
  await assert.rejects(core.certificates.revoke(auditor, workstation, 'superseded'), refused('not_found'))
  assert.deepEqual(await may(manager, workstation), {
    revoke: true,
    revokeNeeds: 'high',
    compromise: false,
    madeWith: false,
  })
  await core.certificates.revoke(manager, workstation, 'superseded')
  assert.deepEqual(await may(manager, workstation), {
    revoke: false,
    revokeNeeds: 'high',
    compromise: true,
    madeWith: false,
  })
  assert.deepEqual(await may(auditor, workstation), {
    revoke: false,
    revokeNeeds: 'high',
    compromise: false,
    madeWith: false,
  })
  const again = core.certificates.revoke(manager, workstation, 'superseded')
  await assert.rejects(again, refused('certificate_already_revoked'))
  await core.certificates.revoke(manager, workstation, 'keyCompromise')
  assert.deepEqual(await may(manager, workstation), {
    revoke: false,
    revokeNeeds: 'high',
    compromise: false,
    madeWith: false,
  })
  await core.certificates.revoke(admin, server, 'superseded')
  // What the desk itself answers with is its own affair.
  await core.ownCertificates.tlsIdentity(['desk.example.org'])
  for (const profile of ['ocsp-responder', 'desk-tls'] as const) {
    const [own] = (await core.certificates.list(admin, { profile })).items
    assert.deepEqual(await may(admin, own!.id), {
      revoke: false,
      revokeNeeds: 'high',
      compromise: false,
      madeWith: false,
    })
    await assert.rejects(core.certificates.revoke(admin, own!.id, 'superseded'), refused('not_allowed'), profile)
  }
})

test('the last certificate that signs an administrator in stays; one that was revoked is none', async (t) => {
  const { core, first, admin, mine } = await scene(t)
  const last = refused('last_administrator_certificate')
  await assert.rejects(core.certificates.revoke(admin, await mine(admin), 'superseded'), last)
  await assert.rejects(core.certificates.revoke(admin, await mine(admin), 'keyCompromise'), last)
  const second = await invited(core, admin, 'administrator')
  await core.certificates.revoke(second.actor, await mine(admin), 'superseded')
  const no = core.sessions.beginWithCertificate({ der: derOf(first.certificate), from: '::1', agent: 'x' })
  await assert.rejects(no, refused('certificate_is_revoked'))
  const { items } = await core.people.list(second.actor, { role: 'administrator' })
  const theirs = items.find(({ id }) => id === second.actor.id)!.signIn!.certificate!
  await assert.rejects(core.certificates.revoke(second.actor, theirs, 'superseded'), last)
})

test('the file is the certificate as DER or PEM, or with the authorities above it but the root, named after it', async (t) => {
  const { core, admin, server } = await scene(t)
  const file = (form: 'cer' | 'pem' | 'chain') => core.certificates.file(admin, server, form)
  const { pem } = await core.certificates.detail(admin, server)
  const [cer, alone, chain] = [await file('cer'), await file('pem'), await file('chain')]
  assert.deepEqual([cer.fileName, cer.mediaType], ['www.post.example.cer', 'application/pkix-cert'])
  assert.deepEqual(Buffer.from(cer.content), Buffer.from(derOf(pem)))
  assert.deepEqual([alone.fileName, chain.fileName], ['www.post.example.pem', 'www.post.example-chain.pem'])
  const names = pemDecode(Buffer.from(chain.content).toString()).map(({ der }) =>
    formatName(parseCertificate(der).subject, 'rfc4514').replace(/,.*/, ''),
  )
  assert.deepEqual(names, ['CN=www.post.example', 'CN=Desk of Tests Machines'])
  assert.equal(pemDecode(Buffer.from(alone.content).toString()).length, 1)
})

test('the file of somebody whose name has no letter that every system takes is named after its serial number', async (t) => {
  const { core, admin } = await scene(t)
  const { token } = await core.people.invite(admin, { name: 'Ольга', email: 'olga@desk.example', role: 'auditor' })
  const { actor } = await acceptInvitation(core, token)
  const { commonName, serial } = await core.certificates.detail(admin, actor.credential)
  assert.equal(commonName, 'Ольга')
  assert.equal((await core.certificates.file(admin, actor.credential, 'cer')).fileName, `${serial}.cer`)
})

test('the certificate of the only administrator stays up to its last moment', async (t) => {
  const { core, later, now } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  later(parseCertificate(derOf(first.certificate)).notAfter.getTime() - now().getTime())
  const actor = await signedInAgain(core, first)
  const last = refused('last_administrator_certificate')
  await assert.rejects(core.certificates.revoke(actor, actor.credential, 'superseded'), last)
})

test('an expired certificate signs nobody in: the one that still does is the last', async (t) => {
  const { core, later } = await openRulesDesk(t)
  const first = await firstAdministrator(core)
  later(200 * DAY)
  const input = { environment: 'production', name: 'Ben', email: 'ben@desk.example' } as const
  const second = await acceptInvitation(core, (await core.people.inviteAdministrator(HOST, input)).token)
  later(200 * DAY)
  const actor = await signedInAgain(core, second)
  const last = refused('last_administrator_certificate')
  await assert.rejects(core.certificates.revoke(actor, actor.credential, 'superseded'), last)
  await core.certificates.revoke(actor, first.actor.credential, 'superseded') // this one ended nobody's access
})

test('a revocation says whether it is on every list that has to say so', async (t) => {
  const { core, admin, workstation, server, signers } = await scene(t)
  assert.equal((await core.certificates.revoke(admin, workstation, 'superseded')).listed, true)
  signers.break(true)
  assert.equal((await core.certificates.revoke(admin, server, 'superseded')).listed, false)
})

test('a compromise that reaches two authorities is on every list only where both have drawn theirs up', async (t) => {
  const { work, signers, world, admin, ...desk } = await scene(t)
  const away = new Set<string>()
  const open = async (id: string) => {
    const signer = await signers.open(id)
    const key: Key = {
      ...signer.key,
      sign: async (...asked) => (away.has(id) ? Promise.reject(new Error('away')) : signer.key.sign!(...asked)),
    }
    return { ...signer, key }
  }
  const core = coreOn(work, { ...signers, open }, {}, world)
  const { actor: tester } = await firstAdministrator(desk.core, 'test')
  const revoked = async (...keys: string[]) => {
    const [key, pc] = [await generateKeyPair('ec-p256'), await machine()]
    const ids: string[] = []
    for (const by of [admin, tester]) {
      const { items } = await core.organisations.list(by, {})
      const post = items[0] ?? (await organisation(core, by))
      const { request } = await submit(core, pc, await kit(core, by, post.id), { key })
      ids.push((await approve(core, by, request.number)).certificate!.id)
    }
    for (const one of keys) away.add(one)
    const { listed, ended } = await core.certificates.revoke(admin, ids[0]!, 'keyCompromise')
    assert.equal(ended.certificates, 2)
    away.clear()
    return listed
  }
  for (const [keys, listed] of [
    [[], true],
    [['production-machines'], false],
    [['test-machines'], false],
  ] as const) {
    assert.equal(await revoked(...keys), listed, keys.join())
  }
})
