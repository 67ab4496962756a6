import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '@scel/pki/bytes'
import type { Stores, Work } from '../work.ts'
import { realWorld } from '../world.ts'
import { createStampSerials } from './serials.ts'

/** A store that knows settings alone. */
function settingsFrom(start: ReadonlyMap<string, string>): Work {
  const kept = new Map(start)
  const set = async (key: string, value: string): Promise<void> => void kept.set(key, value)
  const settings: Stores['settings'] = { get: async (key) => kept.get(key), set, overwrite: set }
  const run: Work['transaction'] = (act) => act({ settings } as Stores)
  return { read: run, transaction: run }
}

test('a store restored from a backup counts again, and its serials are others all the same', async () => {
  const next = async () => toHex(await createStampSerials({ work: settingsFrom(new Map()), world: realWorld }).next())
  const [first, second] = [await next(), await next()]
  assert.equal(first.slice(0, -16), second.slice(0, -16))
  assert.notEqual(first, second)
})

test('a serial is a positive INTEGER as DER writes it, however far the desk has counted', async () => {
  for (const [counted, octets] of [
    ['1', '01'],
    ['127', '7f'],
    ['128', '0080'],
    ['255', '00ff'],
    ['256', '0100'],
    ['32768', '008000'],
  ] as const) {
    const work = settingsFrom(new Map([['time-stamp-serial', counted]]))
    const serial = await createStampSerials({ work, world: realWorld }).next()
    assert.equal(toHex(serial).slice(0, -16), octets)
  }
})

test('more than a block asked for at once gives no serial twice', async () => {
  const serials = createStampSerials({ work: settingsFrom(new Map()), world: realWorld })
  const counted = await Promise.all(
    Array.from({ length: 2_500 }, async () => toHex(await serials.next()).slice(0, -16)),
  )
  assert.equal(new Set(counted).size, 2_500)
})
