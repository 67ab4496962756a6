import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from './network.ts'

test('an IPv6 address counts with its /64', () => {
  const one = networkOf('2001:db8:1:2:3:4:5:6')
  assert.equal(networkOf('2001:db8:1:2::1'), one)
  assert.equal(networkOf('2001:db8:1:2:ffff::'), one)
  assert.notEqual(networkOf('2001:db8:1:3::1'), one)
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0')
})
