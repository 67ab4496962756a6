import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Credential } from '../../core/credentials/credential.ts'
import { personOwner } from '../../core/owner.ts'
import { openWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { SAMPLE_CODES } from '../testing/sample-codes.ts'
import { openSample } from '../testing/sample-work.ts'
import { certificate, credential, day, grant, PRODUCTION, person, request, stage } from '../testing/samples.ts'

eachDatabase('inventories', ({ prepared }) => {
  test('are there from a first start on; one that is taken away is written anew by no opening, and by who takes the database as it is (flt16 B1)', async () => {
    const database = await prepared()
    const first = await openSample(database)
    await first.transaction(async (stores) => {
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
    await first.close()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => told.push(`${table} ${id}`))
    try {
      const seen = () =>
        work.read(async ({ grants, credentials }) => [
          (await grants.administrators(PRODUCTION)).grants.flatMap(({ id, person }) => (person === 'ada' ? [] : id)),
          (await credentials.ofPerson(PRODUCTION, 'bob')).map(({ id }) => id).sort(),
          (await credentials.ofPerson(PRODUCTION, 'eve')).map(({ id }) => id),
        ])
      assert.deepEqual(await seen(), [['grant of bob', 'grant of eve'], ['of bob', 'old'], ['of eve']])
      assert.equal(told.length, 0)
      await ask(database, 'DELETE FROM inventory')
      await (await openWork(database, SAMPLE_CODES)).close()
      // Nor where the authorities are away for that opening: what somebody left there is not named for later.
      await ask(database, 'CREATE TABLE away AS SELECT * FROM authority')
      await ask(database, 'DELETE FROM authority')
      await (await openWork(database, SAMPLE_CODES)).close()
      await ask(database, 'INSERT INTO authority SELECT * FROM away')
      assert.deepEqual(await ask(database, 'SELECT kind FROM inventory'), [])
      assert.deepEqual(await seen(), [[], ['old'], []])
      assert.ok(told.includes('inventory administrators production'))
      const more = work.transaction(({ grants }) => grants.insert(grant('another', 'eve')))
      await assert.rejects(more, { code: 'storage_altered' })
      // What somebody else wrote is named by none.
      await ask(database, "UPDATE credential SET row_code = 'x' WHERE id = 'of eve'")
      await work.fillInventories()
      assert.deepEqual(await seen(), [['grant of bob', 'grant of eve'], ['of bob', 'old'], []])
    } finally {
      await work.close()
    }
  })

  test('that are written anew note the last request by which others decided what somebody signs in with', async () => {
    const work = await openSample(await prepared())
    try {
      const last = await work.transaction(async (stores) => {
        await stage(stores)
        await stores.people.insert(person('bob'))
        const insert = async (id: string, more: Partial<Credential> = {}) => {
          const number = await stores.requests.insert(request(id))
          await stores.certificates.insert(certificate(id, { owner: personOwner('bob'), request: number }))
          await stores.credentials.insert(credential(id, 'bob', { certificate: id, ...more }))
          return number
        }
        await insert('first')
        const last = await insert('second')
        await insert('added', { madeWith: 'second' })
        return last
      })
      const decided = () =>
        work.read(async ({ credentials }) => (await credentials.everyOf(PRODUCTION, 'bob')).last.order)
      assert.equal(await decided(), 0)
      await work.fillInventories()
      assert.equal(await decided(), last)
    } finally {
      await work.close()
    }
  })
})
