import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'

const LONG = 3_600_000

const take = (work: OpenWork, holder: string, lasts = LONG): Promise<boolean> =>
  work.transaction(({ duties }) => duties.take('lists', holder, lasts))

eachDatabase('leases of duties', ({ fresh, prepared }) => {
  test('a duty is of whoever took it, who may take it again, until they let it go', async () => {
    const work = await fresh()
    assert.equal(await take(work, 'one'), true)
    assert.equal(await take(work, 'other'), false)
    assert.equal(await take(work, 'one'), true)
    await work.transaction(({ duties }) => duties.letGo('lists', 'other'))
    assert.equal(await take(work, 'other'), false, 'nobody lets go what is not theirs')
    assert.equal(await work.transaction(({ duties }) => duties.take('purge', 'other', LONG)), true)
    await work.transaction(({ duties }) => duties.letGo('lists', 'one'))
    assert.equal(await take(work, 'other'), true)
    await work.transaction(({ duties }) => duties.letGoAll('other'))
    assert.equal(await take(work, 'one'), true)
    assert.equal(await work.transaction(({ duties }) => duties.take('purge', 'one', LONG)), true)
  })

  test('one that is not renewed ends, and one that is does not', async () => {
    const work = await fresh()
    await take(work, 'one')
    while (!(await take(work, 'other', 20))) await setTimeout(5)
    assert.equal(await take(work, 'one'), false)
    assert.equal(await take(work, 'other'), true)
  })

  test('one of a time to come, from before the clock of the database was set back, is none', async () => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      await take(work, 'one')
      await ask(database, "UPDATE duty SET taken_at = '9999-01-01T00:00:00.000Z'")
      assert.equal(await take(work, 'other'), true)
      assert.equal(await take(work, 'one'), false)
    } finally {
      await work.close()
    }
  })

  test('of several that want it at once one gets it', async () => {
    const database = await prepared()
    const works = [await openSample(database), await openSample(database)]
    try {
      for (let round = 0; round < 10; round++) {
        const wanted = Array.from({ length: 6 }, (_, desk) => take(works[desk % 2]!, `desk ${desk}`))
        assert.equal((await Promise.all(wanted)).filter((got) => got).length, 1)
        for (let desk = 0; desk < 6; desk++)
          await works[0]!.transaction(({ duties }) => duties.letGoAll(`desk ${desk}`))
      }
    } finally {
      for (const work of works) await work.close()
    }
  })
})
