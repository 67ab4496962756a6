import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, isAhead } from '../../core/world.ts'
import { eachDatabase } from '../testing/each-database.ts'

eachDatabase('the clock of the database server', ({ fresh, engine }) => {
  test('is asked where there is another than the desk’s own, and goes on within a unit', async () => {
    const work = await fresh()
    const [one, other] = await work.transaction(async ({ serverClock }) => {
      const first = await serverClock.now()
      let next = first
      for (let asks = 0; first !== undefined && next === first && asks < 10_000; asks++) next = await serverClock.now()
      return [first, next]
    })
    if (engine === 'sqlite') return assert.deepEqual([one, other], [undefined, undefined])
    assert.match(one!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.ok(one! < other!, `${one} and ${other}`)
    const here = instant(new Date())
    assert.ok(!isAhead(one!, here) && !isAhead(here, one!), 'it is this machine’s, in UTC')
  })
})
