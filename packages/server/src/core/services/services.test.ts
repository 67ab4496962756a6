import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Service } from '@scel/contract/values'
import {
  approve,
  firstAdministrator,
  invited,
  kit,
  machine,
  openRulesDesk,
  organisation,
  refused,
  type Signed,
  submit,
} from '../../../test/rules-desk.ts'
import type { PersonActor } from '../actor.ts'
import type { Core } from '../core.ts'

/** A post with two services and a kit for each, one for the post as a whole, and a manager of the post and of its mail. */
async function scene(t: TestContext) {
  const desk = await openRulesDesk(t)
  const { core } = desk
  const ada = await firstAdministrator(core)
  const post = await organisation(core, ada.actor)
  const mail = await core.services.make(ada.actor, post.id, 'Mail')
  const parcels = await core.services.make(ada.actor, post.id, 'Parcels')
  const mia = await invited(core, ada.actor, 'manager', { organisation: post.id })
  const max = await invited(core, ada.actor, 'manager', {
    ...{ organisation: post.id, service: mail.id, email: 'max@example.org' },
  })
  const kitOf = (service?: Service) => kit(core, ada.actor, post.id, service && { service: service.id })
  const kits = { post: await kitOf(), mail: await kitOf(mail), parcels: await kitOf(parcels) }
  const asked = async (at: keyof typeof kits, letter: string, from = machine()): Promise<number> =>
    (await submit(core, await from, kits[at], { commonName: `ws-${letter.repeat(26)}`, hostName: letter })).request
      .number
  /** The same session, at the next call. */
  const now = (of: Signed): Promise<PersonActor> => core.sessions.find(of.token, { from: '192.0.2.7' })
  return { ...desk, ada, post, mail, parcels, mia, max, kits, asked, now }
}

const numbers = async (core: Core, actor: PersonActor, query: object = {}): Promise<number[]> =>
  (await core.requests.list(actor, query)).items.map(({ number }) => number).sort((one, other) => one - other)

test('who is granted for a service sees and decides what is of it: nothing of a sibling, nor of the organisation as a whole', async (t) => {
  const { core, asked, mia, max, mail, kits } = await scene(t)
  const [whole, ours, theirs] = [await asked('post', 'a'), await asked('mail', 'b'), await asked('parcels', 'c')]
  assert.deepEqual(await numbers(core, mia.actor), [whole, ours, theirs])
  assert.deepEqual(await numbers(core, max.actor), [ours])
  assert.deepEqual(await numbers(core, mia.actor, { service: mail.id }), [ours])
  assert.equal((await core.requests.list(max.actor, {})).pending, 1)
  for (const number of [whole, theirs]) {
    await assert.rejects(core.requests.detail(max.actor, number), refused('not_found'))
    await assert.rejects(core.requests.reject(max.actor, number, 'no'), refused('not_found'))
  }
  const { certificate, service } = await approve(core, max.actor, ours)
  assert.deepEqual(service, { id: mail.id, name: 'Mail' })
  const listed = async ({ actor }: typeof max) =>
    (await core.certificates.list(actor, {})).items.filter(({ id }) => id !== actor.credential)
  assert.deepEqual(
    (await listed(max)).map(({ id, service }) => [id, service?.name]),
    [[certificate!.id, 'Mail']],
  )
  await approve(core, mia.actor, theirs)
  assert.equal((await listed(mia)).length, 2)
  assert.equal((await listed(max)).length, 1)
  assert.deepEqual(
    (await core.kits.list(max.actor, {})).items.map(({ id }) => id),
    [kits.mail.id],
  )
})

test('the live stream tells who is granted for a service of what is of it, and of nothing else', async (t) => {
  const { core, asked, max, mia } = await scene(t)
  const from = await core.live.latest()
  const [whole, ours, theirs] = [await asked('post', 'a'), await asked('mail', 'b'), await asked('parcels', 'c')]
  await approve(core, mia.actor, ours)
  const told = async (actor: PersonActor, kind: string) =>
    new Set((await core.live.after(actor, from)).events.flatMap(({ event }) => (event.kind === kind ? event.id : [])))
  assert.deepEqual(await told(max.actor, 'request'), new Set([String(ours)]))
  assert.equal((await told(max.actor, 'certificate')).size, 1)
  assert.deepEqual(await told(mia.actor, 'request'), new Set([whole, ours, theirs].map(String)))
})

test('a service has no names of its own: what it asks for is judged as the organisation’s', async (t) => {
  const { core, ada, post, mail } = await scene(t)
  const servers = await kit(core, ada.actor, post.id, { profile: 'server', service: mail.id })
  const ask = async (commonName: string) => submit(core, await machine(), servers, { commonName })
  await assert.rejects(ask('www.elsewhere.example.net'), refused('name_outside_organisation'))
  assert.equal((await ask('www.post.example')).request.service?.name, 'Mail')
})

test('services are kept by whoever has the right for the whole organisation, and by nobody who is granted for one', async (t) => {
  const { core, mia, max, post, mail } = await scene(t)
  const made = await core.services.make(mia.actor, post.id, '  Archives  ')
  assert.deepEqual([made.name, made.state, made.organisation], ['Archives', 'open', post.id])
  const taken = refused('service_name_taken', { name: 'ARCHIVÉS' })
  await assert.rejects(core.services.make(mia.actor, post.id, 'ARCHIVÉS'), taken)
  await assert.rejects(core.services.rename(mia.actor, post.id, mail.id, 'ARCHIVÉS'), taken)
  assert.equal((await core.services.rename(mia.actor, post.id, made.id, 'ARCHIVES')).name, 'ARCHIVES')
  const missing = refused('not_allowed', { right: 'keep_services' })
  await assert.rejects(core.services.make(max.actor, post.id, 'Mine'), missing)
  await assert.rejects(core.services.rename(max.actor, post.id, mail.id, 'Mine'), missing)
  await assert.rejects(core.services.close(max.actor, post.id, mail.id), missing)
  assert.deepEqual(
    (await core.services.list(max.actor, post.id)).items.map(({ name }) => name),
    ['Mail'],
  )
})

test('who has all of one organisation and a service of another keeps the services of the first alone', async (t) => {
  const { core, ada, max, mail, post, now } = await scene(t)
  const bank = await core.organisations.create(ada.actor, { code: 'BANK', name: 'Bank', country: 'FR' })
  await core.grants.give(ada.actor, max.actor.id, { role: 'manager', organisation: bank.id })
  const both = await now(max)
  await core.services.make(both, bank.id, 'Cards')
  await assert.rejects(core.services.make(both, post.id, 'Mine'), refused('not_found', { what: 'organisation' }))
  await assert.rejects(core.services.close(both, post.id, mail.id), refused('not_found', { what: 'organisation' }))
  const { rights } = await core.sessions.me(both)
  const decide = rights.find(({ right }) => right === 'decide_requests')
  assert.deepEqual(
    [decide?.organisations?.map(({ code }) => code), decide?.services],
    [['BANK'], [{ id: mail.id, name: 'Mail', organisation: post.id }]],
  )
})

test('a key is blocked for the whole organisation: a request of a service is not blocked by who is granted for that one', async (t) => {
  const { core, asked, ada, max, mia, now } = await scene(t)
  const number = await asked('mail', 'a')
  assert.equal((await core.requests.detail(max.actor, number)).may.block, false)
  assert.equal((await core.requests.detail(mia.actor, number)).may.block, true)
  // Nor where they have another organisation as a whole.
  const bank = await core.organisations.create(ada.actor, { code: 'BANK', name: 'Bank', country: 'FR' })
  await core.grants.give(ada.actor, max.actor.id, { role: 'manager', organisation: bank.id })
  assert.equal((await core.requests.detail(await now(max), number)).may.block, false)
})

test('a closed service is nobody’s to act for: grants end in mid-session, kits let nobody ask, what waits is not approved', async (t) => {
  const { core, asked, ada, mia, max, mail, parcels, post, kits, now, work } = await scene(t)
  const certified = await asked('mail', 'a')
  await approve(core, mia.actor, certified)
  const [waiting, theirs] = [await asked('mail', 'b'), await asked('parcels', 'c')]
  const closed = await core.services.close(mia.actor, post.id, mail.id)
  assert.equal(closed.state, 'closed')
  assert.deepEqual(await core.services.close(mia.actor, post.id, mail.id), closed)

  const after = await now(max)
  assert.deepEqual(after.grants, [])
  assert.deepEqual(
    (await core.requests.list(after, {})).items.filter(({ profile }) => profile.name !== 'person'),
    [],
  )
  await assert.rejects(core.requests.reject(max.actor, waiting, 'no'), refused('rights_changed'))

  await assert.rejects(asked('mail', 'd'), refused('kit_withdrawn'))
  assert.equal((await core.kits.get(ada.actor, kits.mail.id)).state, 'withdrawn')
  for (const one of [kits.post, kits.parcels]) assert.equal((await core.kits.get(ada.actor, one.id)).state, 'active')
  const shut = refused('service_closed', { name: 'Mail' })
  await assert.rejects(kit(core, ada.actor, post.id, { service: mail.id }), shut)
  const grant = { role: 'manager', organisation: post.id, service: mail.id } as const
  await assert.rejects(core.grants.give(ada.actor, max.actor.id, grant), shut)
  await assert.rejects(invited(core, ada.actor, 'manager', { ...grant, email: 'eve@example.org' }), shut)

  // What is there is the organisation's to manage: rejected, revoked, never approved.
  const { may, mark } = await core.requests.detail(mia.actor, waiting)
  assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'service_closed'])
  await assert.rejects(core.requests.approve(mia.actor, waiting, mark), shut)
  await core.requests.reject(mia.actor, waiting, 'closed')
  const { certificate } = await core.requests.detail(mia.actor, certified)
  await core.certificates.revoke(mia.actor, certificate!.id, 'cessationOfOperation')
  await approve(core, mia.actor, theirs)

  const { items } = await core.audit.list(ada.actor, {})
  const told = items.map(({ action }) => action)
  for (const action of ['service.made', 'service.closed', 'grant.ended', 'kit.withdrawn']) {
    assert.ok(told.includes(action as (typeof told)[number]), action)
  }
  assert.deepEqual(
    (await core.services.list(mia.actor, post.id)).items.map(({ name, state }) => [name, state]),
    [
      ['Parcels', 'open'],
      ['Mail', 'closed'],
    ],
  )
  assert.equal(parcels.state, 'open')
  assert.ok(await work.read((stores) => stores.services.find({ environment: 'production' }, mail.id)))
})

test('a place is of the organisation that is named with it: a service of another one is none of it', async (t) => {
  const { core, ada, mail, max } = await scene(t)
  const bank = await core.organisations.create(ada.actor, { code: 'BANK', name: 'Bank', country: 'FR' })
  const none = refused('not_found', { what: 'service' })
  await assert.rejects(kit(core, ada.actor, bank.id, { service: mail.id }), none)
  const grant = { role: 'manager', organisation: bank.id, service: mail.id } as const
  await assert.rejects(core.grants.give(ada.actor, max.actor.id, grant), none)
  await assert.rejects(core.services.rename(ada.actor, bank.id, mail.id, 'Taken'), none)
})

test('what a machine asked for with the kit of one service takes the place of what it asked for with another', async (t) => {
  const { core, asked, mia, mail } = await scene(t)
  const own = machine()
  const [first, second] = [await asked('mail', 'a', own), await asked('parcels', 'a', own)]
  assert.notEqual(first, second)
  assert.deepEqual(await numbers(core, mia.actor, { state: 'cancelled', service: mail.id }), [first])
})

test('a row that somebody moves to another service is seen there, and approved nowhere', async (t) => {
  const { core, asked, ada, max, mia, mail, work } = await scene(t)
  const number = await asked('parcels', 'a')
  await work.transaction(async (stores) => {
    const scope = { environment: 'production' } as const
    const request = (await stores.requests.find(scope, number))!
    const { number: _, ...row } = request
    await stores.requests.update(scope, number, { state: 'cancelled' })
    await stores.requests.insert({ ...row, service: mail.id })
  })
  const [moved = assert.fail()] = await numbers(core, max.actor)
  for (const { actor } of [max, mia, ada]) {
    const { mark, may } = await core.requests.detail(actor, moved)
    assert.equal(may.why?.code, 'request_row_altered')
    await assert.rejects(core.requests.approve(actor, moved, mark), refused('request_row_altered'))
  }
})

test('of two who make a service of one name at once, one does', async (t) => {
  const { core, mia, ada, post } = await scene(t)
  const both = await Promise.allSettled([mia, ada].map(({ actor }) => core.services.make(actor, post.id, 'Twice')))
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1)
})
