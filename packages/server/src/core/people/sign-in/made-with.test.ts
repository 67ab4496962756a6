import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  acceptInvitation,
  firstAdministrator,
  invited,
  rulesDeskOn,
  type Signed,
  signedInAgain,
} from '../../../../test/rules-desk.ts'
import type { Core } from '../../core.ts'
import type { Readers, Work } from '../../work.ts'

const added = async (core: Core, { actor }: Pick<Signed, 'actor'>, name: string): Promise<Signed> =>
  acceptInvitation(core, (await core.credentials.addDevice(actor, name)).token)

/** Units over the same database that count what their stores are asked while they read. */
function counting(work: Work): { readonly work: Work; readonly asked: () => { units: number; calls: number } } {
  let [units, calls] = [0, 0]
  const counted = <S extends object>(store: S): S =>
    new Proxy(store, {
      get: (of, name) => {
        calls++
        return Reflect.get(of, name)
      },
    })
  const read: Work['read'] = (run) =>
    work.read((stores) => {
      units++
      const all = Object.entries(stores).map(([name, store]) => [name, counted(store)])
      return run(Object.fromEntries(all) as unknown as Readers)
    })
  return {
    work: { read, transaction: (run, order) => work.transaction(run, order) },
    asked: () => {
      const all = { units, calls }
      units = 0
      calls = 0
      return all
    },
  }
}

eachRulesDatabase('what was made with a certificate', ({ fresh }) => {
  test('names the roles that an accomplice was given with a stolen key, ended ones and waiting ones too (att17 M4)', async () => {
    const { core } = await rulesDeskOn(await fresh())
    const thief = await firstAdministrator(core)
    const other = await invited(core, thief.actor, 'administrator', { email: 'other@desk.example' })
    const accomplice = (await invited(core, other.actor, 'auditor', { email: 'accomplice@desk.example' })).actor.id
    const bank = await core.organisations.create(other.actor, { code: 'BANK', name: 'Bank', country: 'FR' })
    const actor = await signedInAgain(core, thief)
    const { id: manager } = (
      await core.grants.give(actor, accomplice, { role: 'manager', organisation: bank.id })
    ).grants.find(({ role }) => role === 'manager')!
    await core.grants.give(actor, accomplice, { role: 'administrator' })
    const seen = async () =>
      (await core.madeWith.of(other.actor, thief.actor.credential)).grants
        .filter(({ person }) => person.id === accomplice)
        .map(({ person, role, organisation, state }) => [person.name, role, organisation?.code, state])
        .sort((one, two) => String(one[1]).localeCompare(String(two[1])))
    const { name } = await core.grants.person(other.actor, accomplice)
    assert.deepEqual(await seen(), [
      [name, 'administrator', undefined, 'awaiting'],
      [name, 'manager', 'BANK', 'holds'],
    ])
    await core.certificates.revoke(other.actor, thief.actor.credential, 'keyCompromise')
    await core.grants.end(other.actor, accomplice, manager)
    assert.deepEqual(await seen(), [
      [name, 'administrator', undefined, 'over'],
      [name, 'manager', 'BANK', 'over'],
    ])
  })

  test('names the accounts that were taken over by a link made with a stolen key (att18 M1)', async () => {
    const { core, later } = await rulesDeskOn(await fresh())
    const thief = await firstAdministrator(core)
    const mia = await invited(core, thief.actor, 'auditor', { email: 'mia@desk.example' })
    later(1_000)
    const taken = await acceptInvitation(core, (await core.people.renewInvitation(thief.actor, mia.actor.id)).token)
    const { name } = await core.grants.person(thief.actor, mia.actor.id)
    const made = async () =>
      (await core.madeWith.of(thief.actor, thief.actor.credential)).links
        .filter(({ certificate }) => certificate === taken.actor.credential)
        .map(({ person, open }) => [person.name, open])
    assert.deepEqual(await made(), [[name, true]])
    // Ended, it has left a computer behind.
    await added(core, taken, 'B')
    await core.credentials.end(taken.actor, taken.actor.credential, false)
    assert.deepEqual(await made(), [[name, true]])
    await core.people.disable(thief.actor, mia.actor.id)
    assert.deepEqual(await made(), [[name, false]])
  })

  test('names what is still open first, and says where there is more than it names (att18 M1)', async () => {
    const { core, later } = await rulesDeskOn(await fresh())
    const thief = await firstAdministrator(core)
    const accomplice = (await invited(core, thief.actor, 'auditor', { email: 'accomplice@desk.example' })).actor.id
    const other = (await invited(core, thief.actor, 'auditor', { email: 'other@desk.example' })).actor.id
    const { id: organisation } = await core.organisations.create(thief.actor, {
      code: 'B',
      name: 'Bank',
      country: 'FR',
    })
    const give = async (person: string) => {
      later(10)
      const { grants } = await core.grants.give(thief.actor, person, { role: 'manager', organisation })
      return grants.find(({ role }) => role === 'manager')!.id
    }
    await give(accomplice)
    assert.equal((await core.madeWith.of(thief.actor, thief.actor.credential)).more, false)
    for (let made = 0; made < 200; made++) await core.grants.end(thief.actor, other, await give(other))
    const { grants, more } = await core.madeWith.of(thief.actor, thief.actor.credential)
    assert.deepEqual([grants.length, more], [200, true])
    assert.ok(grants.some(({ person, state }) => person.id === accomplice && state === 'holds'))
  })

  test('names the computers that were added with a stolen key, one after the other, and what was made with those (att17 M4)', async () => {
    const { core } = await rulesDeskOn(await fresh())
    const thief = await firstAdministrator(core)
    const second = await added(core, thief, 'B')
    const third = await added(core, second, 'C')
    const other = await invited(core, third.actor, 'administrator', { email: 'other@desk.example' })
    await core.credentials.end(third.actor, second.actor.credential, false)
    const { devices, people, grants } = await core.madeWith.of(other.actor, thief.actor.credential)
    assert.deepEqual(
      devices.map(({ certificate, name, open }) => [certificate, name, open]),
      [
        [third.actor.credential, 'C', true],
        [second.actor.credential, 'B', false],
      ],
    )
    assert.deepEqual(
      [people.map(({ id }) => id), grants.map(({ person }) => person.id)],
      [[other.actor.id], [other.actor.id]],
    )
  })

  test('asks as few questions of however many computers and links, and lets others in between (att20 M20-1)', async () => {
    const { work, asked } = counting(await fresh())
    const { core } = await rulesDeskOn(work)
    const thief = await firstAdministrator(core)
    const mia = await invited(core, thief.actor, 'auditor', { email: 'mia@desk.example' })
    let last = await added(core, mia, 'B')
    const look = async () => {
      asked()
      const made = await core.madeWith.of(thief.actor, mia.actor.credential)
      const own = await core.madeWith.of(thief.actor, thief.actor.credential)
      const list = await core.credentials.list(last.actor)
      return { made, own, list, asked: asked() }
    }
    const few = await look()
    assert.equal(few.list.more, false)
    // Each added with the one before, and ended.
    let before = last.actor.credential
    await work.transaction(async (stores) => {
      const scope = { environment: 'production' } as const
      const one = (await stores.credentials.find(scope, before))!
      const ended = { at: one.createdAt, reason: 'ended' } as const
      for (let made = 0; made < 250; made++) {
        const id = `ended ${made}`
        await stores.credentials.insert({ ...one, id, handle: id, certificate: id, madeWith: before, ended })
        before = id
      }
      await stores.credentials.insert({ ...one, id: 'C', handle: 'C', name: 'C', certificate: 'C', madeWith: before })
      for (let at = 0; at < 5; at++) {
        const id = `invited ${at}`
        const person = (await stores.people.find(scope, mia.actor.id))!
        await stores.people.insert({ ...person, id, email: `${id}@desk.example`, invitedWith: 'C' })
        const spent = { at: one.createdAt, for: id, made: id }
        const times = { createdAt: one.createdAt, expiresAt: one.createdAt }
        await stores.invitations.insert({
          id,
          hash: id,
          environment: 'production',
          person: id,
          madeWith: 'C',
          ...times,
          spent,
        })
      }
    })
    last = mia
    const many = await look()
    assert.deepEqual(many.asked, few.asked)
    assert.ok(many.asked.units > 10, 'one kind after the other')
    assert.deepEqual([many.made.devices.length, many.made.more], [200, true])
    assert.deepEqual([many.made.links.length, many.made.people.length], [5, 5], 'also at the end of the row')
    assert.deepEqual([many.list.items.length, many.list.more], [100, true])
    const open = many.list.items.filter(({ ended }) => !ended).map(({ name }) => name)
    assert.deepEqual(open.sort(), ['', 'B', 'C'])
  })
})
