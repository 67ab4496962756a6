import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stores } from '../core/work.ts'
import { ask } from './ask.ts'
import { eachDatabase } from './each-database.ts'
import { openWork } from './open-work.ts'
import { SAMPLE_CODES } from './sample-codes.ts'
import { credential, grant, PRODUCTION, person, stage } from './samples.ts'

eachDatabase('an older copy', ({ where }) => {
  test('is read by the rows that are there, and no inventory of it is written; what is missing is missed again when it is none', async () => {
    const database = await where()
    const told: string[] = []
    const work = await openWork(database, SAMPLE_CODES, ({ table, id }) => told.push(`${table} ${id}`))
    try {
      await work.transaction(async (stores) => {
        await stage(stores)
        await stores.people.insert(person('bob'))
        await stores.grants.insert(grant('grant-of-bob', 'bob'))
        await stores.credentials.insert(credential('of-bob', 'bob', { certificate: 'of-bob' }))
      })
      await ask(database, 'DELETE FROM inventory')
      const seen = () =>
        work.read(async ({ grants, credentials }) => [
          (await grants.of(PRODUCTION, 'bob')).map(({ id }) => id),
          (await credentials.ofPerson(PRODUCTION, 'bob')).map(({ id }) => id),
        ])
      const add = (id: string) =>
        work.transaction(async ({ credentials, grants }: Stores) => {
          await credentials.insert(credential(id, 'bob', { certificate: id }))
          await grants.insert(grant(`grant-${id}`, 'bob'))
        })
      let isOlder = true
      work.onlyLookWhile(() => isOlder)
      assert.deepEqual(await seen(), [['grant-of-bob'], ['of-bob']])
      await add('more')
      assert.deepEqual(
        (await seen()).map(({ length }) => length),
        [2, 2],
      )
      assert.equal(told.length, 0)
      assert.deepEqual(await ask(database, 'SELECT kind FROM inventory'), [])

      isOlder = false
      assert.deepEqual(await seen(), [[], []])
      assert.ok(told.includes('inventory certificates bob'))
      await assert.rejects(add('last'), { code: 'storage_altered' })
    } finally {
      await work.close()
    }
  })
})
