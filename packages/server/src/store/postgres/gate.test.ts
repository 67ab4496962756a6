import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { ahead } from '../opening/ahead.ts'
import { Gate } from './gate.ts'

/** Sends runs through a gate and writes down who was inside with whom. */
async function crowd(gate: Gate, runs: readonly { name: string; alone: boolean }[]): Promise<string[]> {
  const inside = new Set<string>()
  const seen: string[] = []
  const go = ({ name, alone }: { name: string; alone: boolean }) =>
    gate.pass(alone, async () => {
      inside.add(name)
      seen.push([...inside].sort().join('+'))
      await turn()
      inside.delete(name)
    })
  await Promise.all(runs.map(go))
  return seen
}

test('a gate lets no more in together than it has room for, in the order of arrival', async () => {
  const runs = ['a', 'b', 'c', 'd'].map((name) => ({ name, alone: false }))
  const seen = await crowd(new Gate(2), runs)
  assert.deepEqual(seen.slice(0, 2), ['a', 'a+b'])
  assert.ok(
    seen.every((together) => together.split('+').length <= 2),
    seen.join(' '),
  )
  assert.equal(seen.length, 4)
})

test('who goes in alone is alone, and neither waits for ever nor lets others do so', async () => {
  const runs = ['a', 'B', 'c', 'D', 'e', 'f'].map((name) => ({ name, alone: name === name.toUpperCase() }))
  const seen = await crowd(new Gate(4), runs)
  assert.deepEqual(seen, ['a', 'B', 'c', 'D', 'e', 'e+f'])
})

test('who goes ahead comes before all who wait, and those after it in their order', async () => {
  const gate = new Gate(1)
  const seen: string[] = []
  const go = (name: string) =>
    gate.pass(false, async () => {
      seen.push(name)
      await turn()
    })
  await Promise.all([go('a'), go('b'), go('c'), ahead(() => go('first')), go('d')])
  assert.deepEqual(seen, ['a', 'first', 'b', 'c', 'd'])
})

test('who fails leaves the gate all the same', async () => {
  const gate = new Gate(1)
  for (const alone of [true, false, true]) {
    const failing = gate.pass(alone, async () => {
      throw new Error('no')
    })
    await assert.rejects(failing, /no/)
  }
  assert.equal(await gate.pass(false, async () => 'in'), 'in')
})
