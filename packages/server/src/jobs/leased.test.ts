import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Duty, leased } from './leased.ts'

const SHORT = 30
const GOES_ON = new AbortController().signal
const duty = (run: () => Promise<boolean>): Duty<boolean> => ({
  name: 'draw',
  duty: 'lists',
  run,
  left: (left) => left,
})

/** Leases without an end, of two desks. */
const leases = () => {
  let holder: string | undefined
  let taken = 0
  const of = (name: string) => ({
    take: async () => {
      taken++
      holder ??= name
      return holder === name ? ('leased' as const) : ('other' as const)
    },
    keep: async () => {
      taken++
      return holder === name
    },
    letGo: async () => {
      if (holder === name) holder = undefined
    },
  })
  const takeAway = (name: string): void => {
    holder = name
  }
  return { of, holder: () => holder, taken: () => taken, takeAway }
}

const silent = { warn: () => undefined }

test('what is done keeps the lease for the next round; what remains or fails lets it go', async () => {
  const { of, holder } = leases()
  let ran = 0
  const job = (left: boolean) =>
    duty(async () => {
      ran++
      return left
    })
  await leased(of('one'), silent)(job(false)).run(GOES_ON)
  await leased(of('other'), silent)(job(false)).run(GOES_ON)
  assert.deepEqual([ran, holder()], [1, 'one'])
  await leased(of('one'), silent)(job(true)).run(GOES_ON)
  assert.deepEqual([ran, holder()], [2, undefined])
  const fails = leased(of('other'), silent)(duty(async () => Promise.reject(new Error('no key'))))
  await assert.rejects(async () => fails.run(GOES_ON), /no key/)
  assert.equal(holder(), undefined)
})

test('while the work runs the lease is renewed, and not after it', async () => {
  const { of, taken } = leases()
  const job = duty(async () => {
    while (taken() < 4) await setTimeout(1)
    return false
  })
  await leased(of('one'), silent, SHORT)(job).run(GOES_ON)
  const after = taken()
  await setTimeout(2 * SHORT)
  assert.equal(taken(), after)
})

test('whoever lost it on the way is told, and takes nothing from who has it now', async () => {
  const { of, holder, takeAway } = leases()
  const told: string[] = []
  const log = { warn: (_: unknown, what?: string) => void told.push(what!) }
  const job = duty(async () => {
    takeAway('other')
    while (told.length === 0) await setTimeout(1)
    return true
  })
  await leased(of('one'), log, SHORT)(job).run(GOES_ON)
  assert.match(told[0]!, /another desk/)
  assert.equal(holder(), 'other')
})

test('work that does not end keeps the lease for some time, and then renews it no more', {
  timeout: 60_000,
}, async () => {
  const { of, taken } = leases()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const under = leased(of('one'), silent, 3)(duty(() => promise)).run(GOES_ON)
  for (let before = -1; taken() !== before; await setTimeout(200)) before = taken()
  assert.equal(taken(), 21, 'once taken, and renewed for ten minutes of a lease of ninety seconds')
  resolve(false)
  await under
})
