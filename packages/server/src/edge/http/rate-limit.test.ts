import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from '../../core/network.ts'
import { peerAddress } from './peer-address.ts'

test('an IPv4 address counts alone, and is known by one name', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7')
  assert.equal(peerAddress({ ip: '::ffff:192.0.2.7' }), '192.0.2.7')
  assert.equal(peerAddress({ ip: '2001:db8::1' }), '2001:db8::1')
})
