import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import type { ClockSeen, Verdict } from '../core/clock/clock.ts'
import { DAY, HOUR, instant, MINUTE } from '../core/world.ts'
import { watchClock } from './watch-clock.ts'

const now = instant(new Date('2026-11-21T12:00:00.000Z'))
const differs = (ahead: number, verdict: Verdict) => ({ differs: { server: now, ahead, verdict } })

function watched() {
  let found: Partial<ClockSeen> | Error = {}
  const look = async (): Promise<ClockSeen> => {
    if (found instanceof Error) throw found
    return { now, ...found }
  }
  const isWrong = () => !(found instanceof Error) && found.differs?.verdict === 'outvoted'
  const watch = watchClock({ clock: { look, isWrong, surely: () => undefined } }, pino({ level: 'silent' }))
  return {
    watch,
    finds: async (next: Partial<ClockSeen> | Error) => {
      found = next
      await watch.look().catch(() => {})
    },
  }
}

test('a desk is not ready before anybody looked at its clock', async () => {
  const { watch, finds } = watched()
  assert.throws(() => watch.requireRight())
  assert.equal(watch.mayEnd(), false)
  await finds({})
  watch.requireRight()
  assert.equal(watch.mayEnd(), true)
})

test('a look that fails leaves a clock that was wrong wrong, and ends nothing', async () => {
  const { watch, finds } = watched()
  await finds(differs(2 * HOUR, 'outvoted'))
  assert.throws(() => watch.requireRight(), /2 h ahead/)
  await finds(new Error('no connection'))
  assert.throws(() => watch.requireRight(), /2 h ahead/)
  await finds({})
  await finds(new Error('no connection'))
  watch.requireRight()
  assert.equal(watch.mayEnd(), false)
})

test('by a clock that differs by hours from the database server’s nothing ends for good, whoever of the two is wrong', async () => {
  const { watch, finds } = watched()
  for (const [ahead, verdict, may] of [
    [6 * MINUTE, 'open', true],
    [-6 * MINUTE, 'open', true],
    [6 * MINUTE, 'outvoted', false],
    [6 * MINUTE, 'awaited', false],
    [2 * HOUR, 'open', false],
    [-100 * DAY, 'open', false],
  ] as const) {
    await finds(differs(ahead, verdict))
    assert.equal(watch.mayEnd(), may, `${ahead} ${verdict}`)
  }
})
