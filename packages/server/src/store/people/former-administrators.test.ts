import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { countedAdministrators, isAdministratorSince } from '../../core/people/administrators.ts'
import { HOUR, later } from '../../core/world.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { credential, day, grant, NOW, PRODUCTION, person } from '../testing/samples.ts'

const BY = { id: 'ada', name: 'Ada' }

/** Ada is an administrator; Ben was one until a day from then. */
const fill = (work: OpenWork): Promise<void> =>
  work.transaction(async ({ people, grants, credentials }) => {
    for (const id of ['ada', 'ben']) {
      await people.insert(person(id, { state: 'active', lastSignInAt: NOW }))
      await grants.insert(grant(`of ${id}`, id))
      await credentials.insert(credential(`way of ${id}`, id, { certificate: `way of ${id}` }))
    }
    await grants.end(PRODUCTION, 'of ben', { at: day(1), by: BY })
  })

const counted = (work: OpenWork, at: string): Promise<string[]> =>
  work.read(async (stores) =>
    (await countedAdministrators(stores, 'production', at, at)).map(({ id }) => id).toSorted(),
  )

eachDatabase('who was an administrator', ({ fresh, opened }) => {
  test('counts for 72 hours after the end, and has been one without a break until then', async () => {
    const work = await fresh()
    await fill(work)
    assert.deepEqual(await counted(work, later(day(1), 72 * HOUR - 1)), ['ada', 'ben'])
    assert.deepEqual(await counted(work, later(day(1), 72 * HOUR)), ['ada'])
    const since = (id: string, at: string, now: string) =>
      work.read((stores) => isAdministratorSince(stores, 'production', id, at, now))
    assert.equal(await since('ada', day(0.5), day(2)), true)
    assert.equal(await since('ben', day(0.5), day(2)), false)
    // Once more, by one grant that has an end and another that begins before it.
    await work.transaction(async ({ grants }) => {
      await grants.insert(grant('again', 'ben', { from: day(3), until: day(5) }))
      await grants.insert(grant('and on', 'ben', { from: day(4) }))
    })
    assert.equal(await since('ben', day(0.5), day(6)), false)
    assert.equal(await since('ben', day(3.5), day(6)), true)
  })

  test('counts though what names their certificates was taken away, with the rows of them', async () => {
    const { database, work } = await opened()
    await fill(work)
    await work.transaction(({ people }) => people.update({ ...person('ben', { state: 'disabled' }) }))
    await ask(database, "DELETE FROM inventory WHERE kind = 'certificates' AND owner = 'ben'")
    await ask(database, "DELETE FROM credential WHERE person = 'ben'")
    assert.deepEqual(await counted(work, later(day(1), 1)), ['ada', 'ben'])
  })

  test('attack 17, H2: an end that somebody dates back in the database shortens nothing', async () => {
    const { database, work } = await opened()
    await fill(work)
    await ask(database, `UPDATE person_grant SET ended_at = '${day(-9)}' WHERE id = 'of ben'`)
    await assert.rejects(counted(work, day(2)), (error) => hasDeskCode(error, 'storage_altered'))
  })
})
