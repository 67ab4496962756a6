import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import type { Reading, Stores } from '../work.ts'
import { instant } from '../world.ts'
import type { Crl } from './crl.ts'
import { keptLists } from './kept-lists.ts'

const at = (number: number, day: number): Crl => ({
  ...{ authority: 'a', number, der: new Uint8Array(4), entries: 0, covers: 0 },
  thisUpdate: instant(new Date(Date.UTC(2026, 0, day))),
  nextUpdate: instant(new Date(Date.UTC(2026, 0, day + 7))),
})

function databaseOf(first: Crl | undefined) {
  const state = { crl: first, reads: 0, broken: false, isAltered: false }
  const crls = {
    newest: async () => state.crl,
    numbered: async () => {
      state.reads++
      if (state.broken) throw new Error('gone')
      return state.isAltered || !state.crl ? undefined : { ...state.crl, der: state.crl.der.slice() }
    },
  }
  const work = { read: async (run: (stores: Stores) => unknown) => run({ crls } as unknown as Stores) }
  return { state, lists: keptLists(work as unknown as Reading) }
}

test('H1: however many ask for a list at once, its bytes are read once and are the same for all', async () => {
  const { state, lists } = databaseOf(at(1, 1))
  const found = await Promise.all(Array.from({ length: 1_000 }, () => lists('a')))
  assert.equal(new Set(found.map((crl) => crl?.der)).size, 1)
  assert.equal(state.reads, 1)
})

test('a list that was published is what the next call gets, and so is one of an older copy under the same number; none goes back', async () => {
  const { state, lists } = databaseOf(at(1, 1))
  assert.equal((await lists('a'))?.number, 1)
  state.crl = at(2, 2)
  assert.equal((await lists('a'))?.number, 2)
  state.crl = at(2, 3)
  assert.equal((await lists('a'))?.thisUpdate, state.crl.thisUpdate)
  const newest = state.crl
  for (const gone of [undefined, at(1, 1)]) {
    state.crl = gone
    assert.deepEqual(await lists('a'), newest, 'the one before lacks what was revoked since')
  }
  assert.equal(await databaseOf(undefined).lists('a'), undefined)
})

test('a list whose octets are not there as they were published is not answered, and nothing is in its place', async () => {
  const { state, lists } = databaseOf(at(1, 1))
  state.isAltered = true
  await assert.rejects(lists('a'), (error: unknown) => hasDeskCode(error, 'not_ready'))
  state.isAltered = false
  assert.equal((await lists('a'))?.number, 1)
})

test('a read that failed is not kept', async () => {
  const { state, lists } = databaseOf(at(1, 1))
  state.broken = true
  await assert.rejects(lists('a'), /gone/)
  state.broken = false
  assert.equal((await lists('a'))?.number, 1)
})
