import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refused } from '../../../../test/rules-desk.ts'
import { MINUTE } from '../../world.ts'
import { createRefusalRate } from './refusal-rate.ts'

const no = refused('too_many_requests')

/** Limits of two refusals of a key and three of a kit from a network, at times that the test says. */
function rateAt() {
  let elapsed = 0
  const rate = createRefusalRate({ elapsed: () => elapsed }, { perApplicant: 2, perNetwork: 3 })
  const later = (milliseconds: number): void => {
    elapsed += milliseconds
  }
  return { rate, later }
}

test('a key is refused so often and no more in ten minutes, whatever kit it comes with and from wherever', () => {
  const { rate, later } = rateAt()
  const by = { key: 'a', network: 'here' }
  rate.require('kit', by)
  rate.count('kit', by)
  rate.require('kit', by)
  rate.repeated(by)
  assert.throws(() => rate.require('kit', by), no)
  assert.throws(
    () => rate.require('another', { key: 'a', network: 'there' }),
    refused('too_many_requests', { seconds: 600 }),
  )
  rate.require('kit', { key: 'b', network: 'here' })
  later(10 * MINUTE - 1)
  assert.throws(() => rate.require('kit', by), refused('too_many_requests', { seconds: 1 }))
  later(1)
  rate.require('kit', by)
})

test('a kit is refused so often from one network, whatever the keys; other kits and networks go on', () => {
  const { rate } = rateAt()
  for (const key of ['a', 'b', 'c']) {
    rate.require('kit', { key, network: 'here' })
    rate.count('kit', { key, network: 'here' })
  }
  assert.throws(() => rate.require('kit', { key: 'd', network: 'here' }), no)
  rate.require('kit', { key: 'd', network: 'there' })
  rate.require('another', { key: 'd', network: 'here' })
})
