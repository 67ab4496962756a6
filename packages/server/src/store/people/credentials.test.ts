import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from '../testing/each-database.ts'
import { credential, day, invitation, NOW, OURS, PRODUCTION, person, session, stage, TEST } from '../testing/samples.ts'

eachDatabase('credentials', ({ fresh }) => {
  test('are read back as written, found by kind and handle, newest first, and the first end stays', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('m', { organisation: 'ours' }))
      const { credentials } = stores
      const laptop = credential('laptop', 'ada', { certificate: 'c1', name: 'Laptop' })
      const spare = credential('spare', 'ada', { certificate: 'c2', madeWith: 'c1', createdAt: day(1) })
      const full = { kind: 'link', strength: 'low', expiresAt: day(2), madeWith: 'c1', lastUsedAt: day(1) } as const
      const link = credential('link', 'ada', { ...full, handle: laptop.handle, createdAt: day(2) })
      for (const one of [laptop, spare, link, credential('other', 'm')]) await credentials.insert(one)
      assert.deepEqual(await credentials.ofPerson(PRODUCTION, 'ada'), [link, spare, laptop])
      assert.deepEqual(await credentials.findByHandle(PRODUCTION, 'certificate', laptop.handle), laptop)
      assert.deepEqual(await credentials.findByHandle(PRODUCTION, 'link', laptop.handle), link)
      assert.equal(await credentials.find(TEST, 'laptop'), undefined)
      assert.equal(await credentials.find(OURS, 'laptop'), undefined)
      assert.equal(await credentials.find(OURS, 'other'), undefined, 'of the environment, as their people are')
      assert.deepEqual(await credentials.passingMadeWith(PRODUCTION, 'c1'), [link])
      const ended = { at: NOW, reason: 'ended' } as const
      await credentials.update({ ...spare, name: 'Spare', lastUsedAt: day(3), ended })
      await credentials.update({ ...spare, name: 'Spare', ended: { at: day(4), reason: 'replaced' } })
      assert.deepEqual(await credentials.find(PRODUCTION, 'spare'), { ...spare, name: 'Spare', ended })
      await stores.sessions.insert(session('s', 'ada', { credential: 'link' }))
      assert.equal(await credentials.purge(day(3)), 0)
      assert.equal(await stores.sessions.purge(day(1)), 1)
      assert.equal(await credentials.purge(day(1)), 0)
      assert.equal(await credentials.purge(day(3)), 1)
      assert.equal((await credentials.ofPerson(PRODUCTION, 'ada')).length, 2)
    })
  })

  test('of the links of a person there is one that replaces and one that adds, each found and taken back by itself', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { invitations } = stores
      const [replaces, adds] = [
        invitation('replaces', 'ada', { madeWith: 'other' }),
        invitation('adds', 'ada', { adds: 'Laptop', madeWith: 'own' }),
      ]
      const open = async () =>
        (await Promise.all(['replaces', 'adds'].map((hash) => invitations.findByHash(hash)))).map((one) => one?.hash)
      await invitations.insert(replaces)
      await invitations.insert(adds)
      assert.deepEqual(await invitations.findOpenOf(PRODUCTION, 'ada'), replaces)
      assert.deepEqual(await invitations.findByHash('adds'), adds)
      assert.equal((await stores.people.page(PRODUCTION, { now: NOW })).items.length, 1)
      await invitations.withdrawOf(PRODUCTION, 'ada', true)
      assert.deepEqual(await open(), ['replaces', undefined])
      await invitations.insert(adds)
      await invitations.withdrawOf(PRODUCTION, 'ada', false)
      assert.deepEqual(await open(), [undefined, 'adds'])
      await invitations.insert(replaces)
      assert.deepEqual(await invitations.withdrawMadeWith(PRODUCTION, 'other', true), [])
      assert.deepEqual(await invitations.withdrawMadeWith(PRODUCTION, 'own', true), ['ada'])
      await invitations.insert(adds)
      await invitations.spend(PRODUCTION, 'adds', { at: NOW, for: 'k', made: 'c' })
      await invitations.withdrawOf(PRODUCTION, 'ada')
      assert.deepEqual(await open(), [undefined, 'adds'])
    })
  })
})
