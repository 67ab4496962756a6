import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from '../../store/each-database.ts'
import { DAY, HOUR, type Instant, instant, MINUTE } from '../world.ts'
import { createClock } from './clock.ts'

const START = Date.parse('2026-11-21T12:00:00.000Z')
const at = (milliseconds: number): Instant => instant(new Date(START + milliseconds))

eachDatabase('the clock', ({ fresh }) => {
  const watch = async () => {
    const work = await fresh()
    let now = START
    const clock = createClock({
      work,
      world: { now: () => new Date(now), elapsed: () => 0, random: () => new Uint8Array() },
    })
    const look = async (milliseconds: number) => {
      now = START + milliseconds
      const { behind, leapt } = await clock.look()
      return { behind, leapt }
    }
    const lines = () =>
      work.read(async ({ audit }) =>
        (await audit.page({ environment: 'test' }, {})).items.map(
          (line) => `${line.at} ${line.action} ${line.facts.seen}`,
        ),
      )
    return { look, lines }
  }
  const nothing = { behind: undefined, leapt: undefined }

  test('that goes on minute by minute, or a desk that was off overnight, is no news', async () => {
    const { look, lines } = await watch()
    for (const moment of [0, MINUTE, 2 * MINUTE, 20 * HOUR, 40 * HOUR]) assert.deepEqual(await look(moment), nothing)
    assert.deepEqual(await lines(), [])
  })

  test('F2: that was ahead and is right again is behind its log for ten minutes, is written down once, and is forgotten', async () => {
    const { look, lines } = await watch()
    await look(0)
    const ahead = await look(95 * DAY)
    assert.deepEqual(ahead, { behind: undefined, leapt: { seen: at(0), until: at(96 * DAY) } })
    const doubt = { seen: at(95 * DAY), until: at(12 * MINUTE) }
    assert.deepEqual(await look(2 * MINUTE), { behind: doubt, leapt: undefined })
    assert.deepEqual(await look(3 * MINUTE), { behind: doubt, leapt: undefined })
    assert.deepEqual(await look(12 * MINUTE), nothing)
    assert.deepEqual(await lines(), [
      `${at(2 * MINUTE)} clock.behind ${at(95 * DAY)}`,
      `${at(95 * DAY)} clock.leapt ${at(0)}`,
    ])
  })

  test('F2: that leapt keeps what ends by the clock from ending for a day, also over a restart, and not for ever', async () => {
    const { look } = await watch()
    await look(0)
    const leapt = { seen: at(0), until: at(8 * DAY) }
    assert.deepEqual((await look(7 * DAY)).leapt, leapt)
    assert.deepEqual((await look(7 * DAY + 23 * HOUR)).leapt, leapt)
    assert.deepEqual(await look(8 * DAY), nothing)
  })

  test('that stopped years ago and comes back leaps, which holds everything back as well', async () => {
    const { look } = await watch()
    await look(0)
    const { behind } = await look(-2000 * DAY)
    assert.equal(behind?.seen, at(0), 'no line of the log says so, but the last look does')
    assert.deepEqual((await look(2 * MINUTE)).leapt, { seen: at(-2000 * DAY), until: at(DAY + 2 * MINUTE) })
  })
})
