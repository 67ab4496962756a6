import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import { acceptInvitation, firstAdministrator, organisation, refused, rulesDeskOn } from '../../../test/rules-desk.ts'
import { SAMPLE_CODES } from '../../store/testing/sample-codes.ts'
import { newToken } from '../world.ts'
import { createTokens } from './once.ts'

test('a token of what has a name is the same whenever it is drawn, another for each name and kind, and none without the key', () => {
  const tokens = createTokens(SAMPLE_CODES)
  const one = tokens('sign-in link', 'a')
  assert.equal(tokens('sign-in link', 'a'), one)
  assert.match(one, /^[A-Za-z0-9_-]{43}$/)
  const others = [tokens('sign-in link', 'b'), tokens('invitation', 'a'), tokens('sign-in', 'link a')]
  const elsewhere = createTokens({ codeOf: (text) => SAMPLE_CODES.codeOf(`another key ${text}`) })
  assert.equal(new Set([one, ...others, elsewhere('sign-in link', 'a')]).size, 5)
})

// Whoever did not hear the answer to what they made asks again under the same key.

eachRulesDatabase('what is asked for once more under its key', ({ fresh }) => {
  const scene = async () => {
    const desk = await rulesDeskOn(await fresh())
    const { actor: admin } = await firstAdministrator(desk.core)
    const lines = async () => (await desk.core.audit.list(admin, { size: 200 })).items.map(({ action }) => action)
    const count = async (action: string) => (await lines()).filter((one) => one === action).length
    return { ...desk, admin, count, key: newToken(desk.world) }
  }
  const KIT = {
    name: 'kit',
    profile: 'workstation',
    store: 'machine',
    keys: ['ec-p256'],
    proposedKey: 'ec-p256',
    uses: 3,
    validityDays: 30,
  } as const

  test('a lost answer: a kit is made once, and the second answer has the same secret', async () => {
    const { core, admin, count, key, later } = await scene()
    const post = await organisation(core, admin)
    const input = { ...KIT, organisation: post.id }
    const first = await core.kits.create(admin, input, key)
    later(5_000)
    const again = await core.kits.create(admin, { organisation: post.id, ...KIT }, key)
    assert.deepEqual(again, first)
    assert.match(first.secret, /^[A-Za-z0-9_-]{43}$/)
    assert.match(first.kit.id, /^[A-Za-z][A-Za-z0-9_-]{21}$/)
    assert.equal((await core.kits.list(admin, {})).items.length, 1)
    assert.equal(await count('kit.created'), 1)
    // Another wish, another key, and no key at all are each a kit of their own.
    const others = [
      await core.kits.create(admin, { ...input, uses: 4 }, key),
      await core.kits.create(admin, input, key.split('').reverse().join('')),
      await core.kits.create(admin, input),
      await core.kits.create(admin, input),
    ]
    const all = [first, ...others]
    assert.equal(new Set(all.map(({ kit }) => kit.id)).size, all.length)
    assert.equal(new Set(all.map(({ secret }) => secret)).size, all.length)
  })

  test('a lost answer: two clicks at once are one organisation, and one kit', async () => {
    const { core, admin, count, key } = await scene()
    const input = { code: 'POST', name: 'Post', country: 'FR', nameSuffixes: ['post.example'] }
    const both = await Promise.all([1, 2].map(() => core.organisations.create(admin, input, key)))
    assert.deepEqual(both[0], both[1])
    assert.equal(await count('organisation.created'), 1)
    const { id } = both[0]!
    await assert.rejects(core.organisations.create(admin, input), refused('organisation_code_taken', { code: 'POST' }))
    const kits = await Promise.all([1, 2].map(() => core.kits.create(admin, { ...KIT, organisation: id }, key)))
    assert.equal(kits[0]!.secret, kits[1]!.secret)
    assert.equal(await count('kit.created'), 1)
  })

  test('a lost answer: a person is invited once, and the second answer has the same link while it is theirs', async () => {
    const { core, admin, count, key, later } = await scene()
    const input = { name: 'Otto', email: 'otto@desk.example', role: 'auditor' } as const
    const first = await core.people.invite(admin, input, key)
    later(5_000)
    assert.deepEqual(await core.people.invite(admin, input, key), first)
    assert.equal((await core.invitations.inspect(first.token)).name, 'Otto')
    assert.equal(await count('person.invited'), 2) // the administrator was, too
    const renewed = await core.people.renewInvitation(admin, first.person.id)
    const taken = refused('person_email_taken', { email: input.email })
    await assert.rejects(core.people.invite(admin, input, key), taken)
    assert.equal((await core.invitations.inspect(renewed.token)).name, 'Otto')
  })

  test('a lost answer: whoever has come in by their link is not invited again by the wish that made it', async () => {
    const { core, admin, key } = await scene()
    const input = { name: 'Otto', email: 'otto@desk.example', role: 'auditor' } as const
    const { token } = await core.people.invite(admin, input, key)
    await acceptInvitation(core, token)
    const taken = refused('person_email_taken', { email: input.email })
    await assert.rejects(core.people.invite(admin, input, key), taken)
    assert.equal((await core.people.list(admin, {})).items.length, 2)
  })

  test('a lost answer: two clicks at once are one new link', async () => {
    const { core, admin, count, key, later, beforeNextUnit } = await scene()
    const { person } = await core.people.invite(admin, { name: 'Otto', email: 'otto@desk.example', role: 'auditor' })
    const renew = () => core.people.renewInvitation(admin, person.id, key)
    const both = [] as Awaited<ReturnType<typeof renew>>[]
    // The one has looked which link there is; before it puts its own in place, the other one has.
    beforeNextUnit(async () => {
      both.push(await renew())
      later(5_000)
    })
    both.push(await renew())
    assert.deepEqual(both[1], both[0])
    assert.equal(await count('person.link_renewed'), 1)
    assert.equal((await core.invitations.inspect(both[0]!.token)).name, 'Otto')
  })

  test('a lost answer: two clicks at once are one link for another computer', async () => {
    const { core, admin, count, key, later, beforeNextUnit } = await scene()
    const both = [] as Awaited<ReturnType<typeof core.credentials.addDevice>>[]
    beforeNextUnit(async () => {
      both.push(await core.credentials.addDevice(admin, 'Laptop', key))
      later(5_000)
    })
    both.push(await core.credentials.addDevice(admin, 'Laptop', key))
    assert.deepEqual(both[1], both[0])
    assert.equal(await count('credential.device_link_made'), 1)
    assert.equal((await core.invitations.inspect(both[0]!.token)).adds, 'Laptop')
  })

  test('a lost answer: a new link is made once, and one that another took the place of never comes back', async () => {
    const { core, admin, count, key, later } = await scene()
    const { person } = await core.people.invite(admin, { name: 'Otto', email: 'otto@desk.example', role: 'auditor' })
    const first = await core.people.renewInvitation(admin, person.id, key)
    later(5_000)
    assert.deepEqual(await core.people.renewInvitation(admin, person.id, key), first)
    assert.equal(await count('person.link_renewed'), 1)
    // It got into wrong hands, and is replaced; a forgotten tab asks for it again.
    const second = await core.people.renewInvitation(admin, person.id)
    later(5_000)
    const third = await core.people.renewInvitation(admin, person.id, key)
    assert.equal(new Set([first.token, second.token, third.token]).size, 3)
    for (const { token } of [first, second]) {
      await assert.rejects(core.invitations.inspect(token), refused('invitation_unknown'))
    }
    assert.equal((await core.invitations.inspect(third.token)).name, 'Otto')
  })
})
