import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peerAddress } from './peer-address.ts'
import { networkOf } from './rate-limit.ts'

test('an IPv4 address counts alone, and is known by one name', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
  assert.equal(peerAddress({ ip: '::ffff:192.0.2.7' }), '192.0.2.7')
  assert.equal(peerAddress({ ip: '2001:db8::1' }), '2001:db8::1')
})

test('an IPv6 address counts with its /64', () => {
  const one = networkOf('2001:db8:1:2:3:4:5:6')
  assert.equal(networkOf('2001:db8:1:2::1'), one)
  assert.equal(networkOf('2001:db8:1:2:ffff::'), one)
  assert.notEqual(networkOf('2001:db8:1:3::1'), one)
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0')
})
