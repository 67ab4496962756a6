import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { parseCertificate } from '@scel/pki/x509'
import {
  acceptInvitation,
  answerLink,
  csrOf,
  derOf,
  firstAdministrator,
  HOST,
  invited,
  openRulesDesk,
  organisation,
} from '../../../../test/rules-desk.ts'
import type { PersonActor } from '../../actor.ts'
import type { Core } from '../../core.ts'

const caller = { from: '192.0.2.7', agent: 'test' }
const newCsr = async () => csrOf(await generateKeyPair('ec-p256'), [])

/** The requests of links, newest first. */
const ofLinks = async (core: Core, actor: PersonActor) =>
  (await core.requests.list(actor, { origin: 'invitation' })).items

test('a spent link is a request of the person’s own, decided with the link by whoever made it', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const input = { name: 'Mia Manager', email: 'mia@post.example', role: 'manager', organisation: post.id } as const
  const { token } = await core.people.invite(admin, input)
  const { certificate } = await acceptInvitation(core, token)
  const [mine, first] = await ofLinks(core, admin)
  const detail = await core.requests.detail(admin, mine!.number)
  assert.deepEqual(
    {
      ...{ state: detail.state, commonName: detail.commonName, by: detail.decidedBy, origin: detail.origin.kind },
      ...{ organisation: detail.organisation?.id, machine: detail.machine, contact: detail.contact },
      ...{ names: detail.requestedBy, conflicting: detail.conflicting },
    },
    {
      ...{ state: 'approved', commonName: 'Mia Manager', by: admin.name, origin: 'invitation' },
      ...{ organisation: post.id, machine: undefined, contact: { email: 'mia@post.example' } },
      ...{ names: 'mia@post.example', conflicting: [] },
    },
  )
  assert.equal(detail.origin.name, admin.name)
  assert.equal(detail.certificate?.serial, parseCertificate(derOf(certificate)).serialHex)
  assert.deepEqual(
    detail.steps.map(({ kind, actor, beforehand }) => [kind, actor.kind, actor.name, beforehand]),
    [
      ['submitted', 'person', 'Mia Manager', undefined],
      ['approved', 'person', admin.name, true],
      ['issued', 'desk', 'issuance', undefined],
    ],
  )
  assert.deepEqual(detail.may, {
    approve: false,
    reject: false,
    revoke: true,
    revokeNeeds: 'high',
    withdraw: false,
    block: false,
  })
  // What the certificate was made from is known from it, too.
  const view = await core.certificates.detail(admin, mine!.certificate!.id)
  assert.equal(view.request, mine!.number)
  // Who has the host invites in the name of the desk, and an administrator belongs to no organisation.
  const whose = await core.requests.detail(admin, first!.number)
  assert.deepEqual(
    [whose.organisation, whose.decidedBy, whose.origin.name],
    [undefined, 'Desk of Tests', 'Desk of Tests'],
  )
})

test('where a second administrator confirmed the link, the decision is theirs', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { actor: second } = await invited(core, admin, 'administrator')
  const input = { name: 'A Third', email: 'third@desk.example', role: 'administrator' } as const
  const { token, person } = await core.people.invite(second, input)
  await answerLink(core, admin, person.id)
  await core.invitations.accept({ token, csr: await newCsr(), ...caller })
  const [third] = await ofLinks(core, admin)
  assert.deepEqual([third?.commonName, third?.decidedBy], ['A Third', admin.name])
})

test('however often a link is spent with one key, also at once, there is one request', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { token } = await core.people.invite(admin, { name: 'Aude', email: 'aude@desk.example', role: 'auditor' })
  const csr = await newCsr()
  signers.break(true)
  const all = await Promise.allSettled([1, 2, 3].map(() => core.invitations.accept({ token, csr, ...caller })))
  assert.ok(all.every(({ status }) => status === 'rejected'))
  const [waiting] = await ofLinks(core, admin)
  assert.deepEqual([waiting?.state, waiting?.certificate], ['approved', undefined], 'decided, and not signed yet')
  signers.break(false)
  await core.invitations.accept({ token, csr, ...caller })
  const found = (await ofLinks(core, admin)).filter(({ commonName }) => commonName === 'Aude')
  assert.deepEqual(
    found.map(({ number, certificate }) => [number, certificate !== undefined]),
    [[waiting!.number, true]],
  )
})

test('the request ends with its certificate: replaced by a newer link’s, or made for somebody who may not have it', async (t) => {
  const { core, signers } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const { token, person } = await core.people.invite(admin, {
    ...{ name: 'Aude', email: 'aude@desk.example', role: 'auditor' },
  })
  await core.invitations.accept({ token, csr: await newCsr(), ...caller })
  const next = await core.people.renewInvitation(admin, person.id)
  await core.invitations.accept({ token: next.token, csr: await newCsr(), ...caller })
  const states = async () => (await ofLinks(core, admin)).slice(0, 2).map(({ state, reason }) => [state, reason])
  assert.deepEqual(await states(), [
    ['approved', undefined],
    ['revoked', 'superseded'],
  ])
  // Disabled between the decision and the signature: signed, and revoked in the same unit.
  const last = await core.people.renewInvitation(admin, person.id)
  signers.break(true)
  await assert.rejects(core.invitations.accept({ token: last.token, csr: await newCsr(), ...caller }))
  signers.break(false)
  await core.people.disable(admin, person.id)
  await core.start()
  const [disabled] = await ofLinks(core, admin)
  assert.deepEqual([disabled?.state, disabled?.reason], ['revoked', 'privilegeWithdrawn'])
  const { steps } = await core.requests.detail(admin, disabled!.number)
  assert.deepEqual(
    steps.map(({ kind }) => kind),
    ['submitted', 'approved', 'issued', 'revoked'],
  )
})

test('lists show what people decide; requests of links are among it where somebody looks for them, of a manager their own alone', async (t) => {
  const { core } = await openRulesDesk(t)
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const { actor: manager } = await invited(core, admin, 'manager', { organisation: post.id })
  assert.deepEqual((await core.requests.list(admin, {})).items, [])
  const found = async (query: Parameters<Core['requests']['list']>[1]) =>
    (await core.requests.list(admin, query)).items.length
  assert.deepEqual(
    [await found({ origin: 'invitation' }), await found({ profile: 'person' }), await found({ search: manager.name })],
    [2, 2, 1],
  )
  assert.deepEqual([await found({ origin: 'kit' }), await found({ search: ' ' })], [0, 0])
  assert.deepEqual((await core.requests.list(manager, {})).items, [])
  for (const query of [{ origin: 'invitation' }, { profile: 'person' }] as const)
    assert.deepEqual(
      (await core.requests.list(manager, query)).items.map(({ commonName }) => commonName),
      [manager.name],
    )
  const { token } = await core.people.inviteAdministrator(HOST, { environment: 'test', email: 'tester@desk.example' })
  const { actor: tester } = await acceptInvitation(core, token)
  assert.equal((await core.requests.list(tester, { origin: 'invitation' })).items.length, 1)
})
