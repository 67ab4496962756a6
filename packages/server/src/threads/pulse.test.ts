import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { beat, makePulse, StandsStill, watchPulse, whileBeating } from './pulse.ts'

const never = () => new Promise<never>(() => {})

test('what a thread does is waited for as long as it has a pulse', async () => {
  const pulse = makePulse()
  const beating = beat(pulse)
  assert.equal(await whileBeating(pulse, 60_000, async () => 'done'), 'done')
  await assert.rejects(
    whileBeating(pulse, 60_000, async () => Promise.reject(new Error('refused'))),
    /refused/,
  )
  beating.stop()
  await assert.rejects(whileBeating(pulse, 0, never), StandsStill)
})

test('a pulse that stops is noticed, one that goes on is not', async () => {
  const [alive, dead] = [makePulse(), makePulse()]
  const beating = setInterval(() => Atomics.add(alive, 0, 1n), 1)
  const noticed: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const watch = { every: 50, looks: 3 }
  const watches = [
    watchPulse(alive, watch, () => noticed.push('alive')),
    watchPulse(dead, watch, () => resolve(void noticed.push('dead'))),
  ]
  const ended = new AbortController() // the watch itself keeps no process
  await Promise.race([promise, setTimeout(10_000, undefined, { signal: ended.signal })])
  ended.abort()
  for (const one of watches) one.stop()
  clearInterval(beating)
  assert.deepEqual(noticed, ['dead'])
})
