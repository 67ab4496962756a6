import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLOCK_SLACK, type Instant, instant, MINUTE } from '../world.ts'
import { agree, type Compared, compareWith, isOutvoted } from './comparison.ts'

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

test('a desk is outvoted by desks that agree with the server, if these are more than those that differ as it does', () => {
  const off = 10 * MINUTE
  const own = { server: at(0), ahead: off }
  const right: Compared = { server: at(0), ahead: 0 }
  const wrong: Compared = { server: at(0), ahead: off + CLOCK_SLACK }
  const elsewhere: Compared = { server: at(0), ahead: -off }
  for (const [others, outvoted] of [
    [[], false],
    [[right], true],
    [[wrong], false],
    [[elsewhere], false],
    [[right, wrong], false],
    [[right, elsewhere], true],
    [[right, right, wrong], true],
    [[right, wrong, wrong], false],
  ] as const) {
    assert.equal(isOutvoted(own, others), outvoted, JSON.stringify(others.map(({ ahead }) => ahead)))
  }
})

test('who agrees with the server is not outvoted, however many say the same', () => {
  const own = { server: at(0), ahead: CLOCK_SLACK }
  // With the server and with this desk alike, and with the server alone.
  for (const ahead of [0, -1]) assert.equal(isOutvoted(own, [{ server: at(0), ahead }]), false)
})

test('what another desk found counts for five minutes, and not when it is of a time to come', () => {
  const own = { server: at(0), ahead: 10 * MINUTE }
  const outvotedBy = (server: number) => isOutvoted(own, [{ server: at(server), ahead: 0 }])
  for (const counts of [-5 * MINUTE, -1, 0, MINUTE]) assert.equal(outvotedBy(counts), true, String(counts))
  for (const none of [-5 * MINUTE - 1, MINUTE + 1]) assert.equal(outvotedBy(none), false, String(none))
})
