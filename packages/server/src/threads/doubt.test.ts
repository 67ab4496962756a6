import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Readers } from '../core/work.ts'
import { lower, makeMarkSignal, raise } from '../jobs/index.ts'
import { doubtOf } from './doubt.ts'

const told = (): { readonly lines: string[]; readonly log: { error(): void; warn(): void } } => {
  const lines: string[] = []
  return { lines, log: { error: () => void lines.push('older'), warn: () => void lines.push('newest') } }
}

/** A pool of one connection, which leads where the name led when it was made. */
function wire() {
  let look = async (_: Readers): Promise<void> => {}
  let connection: { readonly isCopy: boolean } | undefined
  const stores = (isCopy: boolean) =>
    ({
      audit: { leafOf: async () => (isCopy ? undefined : 'leaf') },
      settings: { get: async () => undefined },
    }) as never
  const pool = {
    isCopy: false,
    fails: false,
    made: 0,
    onConnected: (met: typeof look): void => {
      look = met
    },
    reconnect: (): void => {
      connection = undefined
    },
    read: async <T>(run: (stores: Readers) => Promise<T>): Promise<T> => {
      if (pool.fails) throw new Error('away')
      if (!connection) {
        connection = { isCopy: pool.isCopy }
        pool.made++
        await look(stores(connection.isCopy))
      }
      return run(stores(connection.isCopy))
    },
  }
  return pool
}

const scene = () => {
  const [older, pool, { lines, log }] = [makeMarkSignal(), wire(), told()]
  const lastNumber = new BigInt64Array(new SharedArrayBuffer(8))
  lastNumber[0] = 7n
  const doubt = doubtOf({ work: pool, older, lastNumber, log })
  const use = () => pool.read(async () => undefined)
  return { older, pool, lines, doubt, use }
}

test('what the public door has found on its own connection lasts until the desk has looked, and a new one was met', async () => {
  const { older, pool, lines, doubt, use } = scene()
  await use()
  assert.equal(doubt.isOlder(), false)
  pool.reconnect()
  pool.isCopy = true
  await use()
  assert.equal(doubt.isOlder(), true)
  assert.equal(doubt.doubts(), 1)
  pool.isCopy = false
  for (let asked = 0; asked < 3; asked++, await turn()) assert.equal(doubt.isOlder(), true)
  assert.equal(pool.made, 2, 'nobody has looked')
  lower(older)
  assert.equal(doubt.isOlder(), true, 'the look was at a connection of the desk’s own')
  await turn()
  assert.equal(pool.made, 3)
  assert.equal(doubt.isOlder(), false)
  assert.deepEqual(lines, ['older', 'newest'])
})

test('a new connection that leads to the copy, or to nowhere, lets the doubt stay', async () => {
  const { older, pool, doubt, use } = scene()
  pool.isCopy = true
  await use()
  lower(older)
  doubt.isOlder()
  await turn()
  assert.equal(doubt.isOlder(), true)
  pool.fails = true
  lower(older)
  doubt.isOlder()
  await turn()
  assert.equal(doubt.isOlder(), true)
  await turn()
  pool.fails = pool.isCopy = false
  doubt.isOlder()
  await turn()
  assert.equal(doubt.isOlder(), false)
})

test('what the desk has found concerns the public door until that has met a connection made after it, also where it was over in between', async () => {
  const { older, pool, doubt, use } = scene()
  await use()
  const before = doubt.doubts()
  raise(older)
  assert.equal(doubt.isOlder(), true)
  lower(older)
  assert.notEqual(doubt.doubts(), before)
  assert.equal(doubt.isOlder(), true)
  await turn()
  assert.equal(doubt.isOlder(), false)
  assert.notEqual(doubt.doubts(), before)
  assert.equal(pool.made, 2)
})
