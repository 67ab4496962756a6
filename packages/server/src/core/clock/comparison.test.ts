import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLOCK_SLACK, type Instant, instant } from '../world.ts'
import { agree, type Compared, comparedIn, compareWith, weigh } from './comparison.ts'

const START = Date.parse('2026-11-21T12:00:00.000Z')
const at = (milliseconds: number): Instant => instant(new Date(START + milliseconds))

/** What was found by a desk whose own clock said the one when it asked and the other when it was answered. */
const found = async (server: number, asked: number, answered: number): Promise<number | undefined> => {
  const looks = [asked, answered]
  const now = () => new Date(START + (looks.shift() ?? assert.fail('it looks twice')))
  return (await compareWith({ now: async () => at(server) }, { now }))?.ahead
}

test('only what lies before the question or after the answer is a difference, and no more of it than is certain', async () => {
  assert.equal(await found(0, 70, 900), 70)
  assert.equal(await found(0, -900, -70), -70)
  for (const asked of [-500, -1, 0]) assert.equal(await found(0, asked, asked + 500), 0)
})

test('a database without a clock of its own is compared with nothing', async () => {
  const silent = { now: async () => undefined }
  assert.equal(await compareWith(silent, { now: () => new Date(START) }), undefined)
})

test('clocks agree as long as they differ by no more than the clocks of desks on one database may', () => {
  for (const off of [0, 1, CLOCK_SLACK]) assert.deepEqual([agree(off, 0), agree(0, off)], [true, true])
  assert.deepEqual([agree(CLOCK_SLACK + 1, 0), agree(0, CLOCK_SLACK + 1)], [false, false])
})

test('of several desks, those that agree with the server count for it, and those that differ as this one does for this one', () => {
  const off = 4 * CLOCK_SLACK
  const own = { server: at(0), ahead: off }
  const right: Compared = { server: at(0), ahead: CLOCK_SLACK }
  const wrong: Compared = { server: at(0), ahead: off + CLOCK_SLACK }
  const elsewhere: Compared = { server: at(0), ahead: -off }
  for (const [others, more] of [
    [[], 0],
    [[right], 1],
    [[wrong], -1],
    [[elsewhere], 0],
    [[right, wrong], 0],
    [[right, elsewhere], 1],
    [[right, right, wrong], 1],
  ] as const) {
    assert.equal(weigh(own, others), more, JSON.stringify(others.map(({ ahead }) => ahead)))
  }
})

test('a memory that somebody wrote over says nothing', () => {
  const found = { server: at(0), ahead: -7 }
  assert.deepEqual(comparedIn({ ...found, more: 'x' }), found)
  for (const value of [undefined, null, 7, 'text', [], {}, { server: at(0) }, { ahead: 7 }]) {
    assert.equal(comparedIn(value), undefined, JSON.stringify(value))
  }
  for (const part of [{ server: 'yesterday' }, { server: 7 }, { ahead: '7' }, { ahead: null }]) {
    assert.equal(comparedIn({ ...found, ...part }), undefined, JSON.stringify(part))
  }
})
