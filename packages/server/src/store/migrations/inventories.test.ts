import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../ask.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { credential, day, grant, PRODUCTION, person, stage } from '../samples.ts'
import { inventories } from './0037-inventories.ts'
import { openBefore, putBack } from './old-database.ts'

const TABLES = ['organisation', 'authority', 'person', 'person_grant', 'credential']

eachDatabase('inventories', ({ where }) => {
  test('are written once, of the genuine rows of before; one that is taken away later is not written anew by what is left', async () => {
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    await work.transaction(async (stores) => {
      await stage(stores)
      for (const id of ['bob', 'eve']) {
        await stores.people.insert(person(id))
        await stores.grants.insert(grant(`grant of ${id}`, id))
        await stores.credentials.insert(credential(`of ${id}`, id, { certificate: `of ${id}` }))
      }
      const ended = { at: day(1), reason: 'ended' } as const
      await stores.credentials.insert(credential('old', 'bob', { certificate: 'old' }))
      await stores.credentials.update({ ...credential('old', 'bob', { certificate: 'old' }), ended })
    })
    await work.close()
    const old = await where()
    await openBefore(old, inventories)
    await putBack(now, old, TABLES)
    // Planted before the upgrade, it is believed neither before nor after.
    await ask(old, "UPDATE credential SET row_code = 'x' WHERE id = 'of eve'")
    await ask(old, "UPDATE person_grant SET row_code = 'x' WHERE id = 'grant of eve'")

    const told: string[] = []
    const upgraded = await openWork(old, SAMPLE_CODES, ({ table, id }) => told.push(`${table} ${id}`))
    try {
      assert.equal(await upgraded.fillInventories(), 3, 'with that of the stage')
      assert.equal(await upgraded.fillInventories(), 0)
      const seen = () =>
        upgraded.read(async ({ grants, credentials }) => [
          (await grants.administrators(PRODUCTION)).grants.flatMap(({ id, person }) => (person === 'ada' ? [] : id)),
          (await credentials.ofPerson(PRODUCTION, 'bob')).map(({ id }) => id).sort(),
          (await credentials.ofPerson(PRODUCTION, 'eve')).map(({ id }) => id),
          (await grants.administrators(PRODUCTION)).lost,
        ])
      assert.deepEqual(await seen(), [['grant of bob'], ['of bob', 'old'], [], 0])
      await ask(old, "DELETE FROM inventory WHERE kind = 'administrators' AND owner = 'production'")
      assert.deepEqual(await seen(), [[], ['of bob', 'old'], [], 1])
      assert.ok(told.includes('inventory administrators production'))
      const more = upgraded.transaction(({ grants }) => grants.insert(grant('another', 'eve')))
      await assert.rejects(more, { code: 'storage_altered' })
      assert.equal(await upgraded.fillInventories(true), 3, 'the operator takes the database as it is')
      assert.deepEqual(await seen(), [['grant of bob'], ['of bob', 'old'], [], 0])
    } finally {
      await upgraded.close()
    }
  })
})
