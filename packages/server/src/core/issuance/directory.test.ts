import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Authority } from '../authorities/authority.ts'
import type { Reading } from '../work.ts'
import { MINUTE } from '../world.ts'
import { createDirectory } from './directory.ts'

const authority = (id: string): Authority =>
  ({ id, environment: 'production', purpose: 'machines', keyId: id, notAfter: '2099-01-01T00:00:00.000Z' }) as Authority

function scene() {
  const rows = [authority('first')]
  const state = { away: false, asked: 0, elapsed: 0 }
  const work: Reading = {
    read: async (run) => {
      state.asked++
      if (state.away) throw new Error('away')
      return run({ authorities: { all: async () => [...rows] } } as never)
    },
  }
  const world = { now: () => new Date(0), elapsed: () => state.elapsed }
  const directory = createDirectory({ work, world, signers: { has: async () => true } })
  return { rows, state, directory }
}

test('an authority that another process made is issued from within a minute, without a miss', async () => {
  const { rows, state, directory } = scene()
  assert.equal((await directory.signing('production', 'machines')).id, 'first')
  rows.push(authority('second'))
  assert.equal((await directory.signing('production', 'machines')).id, 'first')
  assert.equal(state.asked, 1)
  state.elapsed = MINUTE
  assert.equal((await directory.signing('production', 'machines')).id, 'second')
  assert.equal(state.asked, 2)
})

test('what was known stays known while the database is away, and nothing is made up where nothing was', async () => {
  const { rows, state, directory } = scene()
  state.away = true
  await assert.rejects(directory.all(), /away/)
  state.away = false
  assert.equal((await directory.all()).length, 1)
  rows.push(authority('second'))
  state.away = true
  state.elapsed = MINUTE
  assert.equal((await directory.all()).length, 1)
  state.away = false
  state.elapsed = 2 * MINUTE
  assert.equal((await directory.all()).length, 2)
})
