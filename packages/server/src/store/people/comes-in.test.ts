import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { credential, day, NOW, PRODUCTION, person, stage } from '../testing/samples.ts'

eachDatabase('whether somebody signs in', ({ opened }) => {
  test('is not said by what has an end that is over, nor by what does not last', async () => {
    const { work } = await opened()
    const signIn = await work.transaction(async (stores) => {
      await stage(stores)
      for (const id of ['m', 'eve']) await stores.people.insert(person(id))
      const ways = {
        ada: { expiresAt: day(-1) },
        m: { expiresAt: day(1) },
        eve: { kind: 'link', expiresAt: day(1) },
      } as const
      for (const [id, more] of Object.entries(ways)) await stores.credentials.insert(credential(`of ${id}`, id, more))
      return [...(await stores.credentials.signIn(PRODUCTION, Object.keys(ways), NOW))]
    })
    assert.deepEqual(signIn, ['m'])
  })

  test('is said by an inventory that is gone, because nobody can say that they never did', async () => {
    const told: string[] = []
    const { database, work } = await opened(({ table, id }) => told.push(`${table} ${id}`))
    const invited = person('new', { state: 'invited' })
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(invited)
    })
    const hasCome = () => work.read(({ credentials }) => credentials.hasCome(PRODUCTION, invited))
    assert.deepEqual([await hasCome(), told], [false, []])
    await ask(database, "DELETE FROM inventory WHERE owner = 'new'")
    assert.equal(await hasCome(), true)
    assert.ok(told.includes('person new'))
  })
})
