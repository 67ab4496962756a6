import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { networkOf } from '../../../core/network.ts'
import { peerAddress } from '../connections/peer-address.ts'
import { makeDoor } from '../door/door.ts'
import { makeFailures } from './failures.ts'
import { limitCalls } from './rate-limit.ts'

const DAY = 86_400_000

/** A host whose clock can be set wrong while time passes. */
function host(t: TestContext) {
  const right = Date.parse('2026-11-21T12:00:00.000Z')
  let elapsed = 1_000
  let off = 0
  t.mock.timers.enable({ apis: ['Date'], now: right })
  const set = (): void => t.mock.timers.setTime(right + elapsed + off)
  return {
    world: { elapsed: () => elapsed },
    pass: (milliseconds: number): void => {
      elapsed += milliseconds
      set()
    },
    setOff: (milliseconds: number): void => {
      off = milliseconds
      set()
    },
  }
}

test('an IPv4 address counts alone, and is known by one name', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
  assert.equal(peerAddress({ ip: '::ffff:192.0.2.7' }), '192.0.2.7')
  assert.equal(peerAddress({ ip: '2001:db8::1' }), '2001:db8::1')
})

test('F2: a minute of calls that began while the clock was ahead ends after a minute', async (t) => {
  const { world, pass, setOff } = host(t)
  const door = makeDoor('test', pino({ level: 'silent' }))
  await limitCalls(door, 4, world)
  door.get('/list', async () => 'list')
  const ask = async () => {
    const { statusCode, headers } = await door.inject('/list')
    return [statusCode, headers['retry-after']]
  }
  const good = [200, undefined]
  setOff(20 * DAY)
  for (let call = 0; call < 2; call++) assert.deepEqual(await ask(), good)
  setOff(0)
  for (let minute = 0; minute < 5; minute++) {
    pass(60_000)
    for (let call = 0; call < 4; call++) assert.deepEqual(await ask(), good, `minute ${minute}, call ${call}`)
  }
  pass(10_000)
  assert.deepEqual(await ask(), [429, '50'])
  setOff(20 * DAY)
  assert.deepEqual(await ask(), [429, '50'], 'nor does a clock that leaps let anybody off')
})

test('F2: failures that were counted while the clock was ahead count for a minute', async (t) => {
  const { world, pass, setOff } = host(t)
  const failures = makeFailures(1, world)
  const wrong = () => failures.attempt('token', '192.0.2.7', () => Promise.reject(new Error('wrong')))
  setOff(20 * DAY)
  for (let time = 0; time < 30; time++) await assert.rejects(wrong, /wrong/)
  setOff(0)
  await assert.rejects(wrong, { code: 'too_many_requests', facts: { seconds: 60 } })
  pass(60_000)
  assert.equal(await failures.attempt('token', '192.0.2.7', async () => 'right'), 'right')
})

test('of what may be done over and over, those under way count: a burst opens no more than the bound (att22 L1)', async (t) => {
  const { world, pass } = host(t)
  const failures = makeFailures(6_000, world)
  const burst = (to: string) =>
    Promise.allSettled(Array.from({ length: 60 }, () => failures.each(to, '192.0.2.7', async () => 'in')))
  const came = async (to: string): Promise<number> =>
    (await burst(to)).filter(({ status }) => status === 'fulfilled').length
  assert.equal(await came('one'), 30)
  assert.equal(await came('one'), 0)
  assert.equal(await came('other'), 30)
  pass(60_000)
  assert.equal(await came('one'), 30)
})
