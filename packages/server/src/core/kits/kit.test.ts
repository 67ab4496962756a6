import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Kit, kitState } from './kit.ts'

const END = '2026-12-01T12:00:00.000Z'
const kit = (change: Partial<Kit>): Kit => ({ expiresAt: END, usesAllowed: 2, usesMade: 0, ...change }) as Kit

test('a kit is good until the moment it ends and as often as it may be used, and not once more', () => {
  const before = '2026-12-01T11:59:59.999Z'
  assert.equal(kitState(kit({}), before), 'active')
  assert.equal(kitState(kit({}), END), 'expired')
  assert.equal(kitState(kit({ usesMade: 1 }), before), 'active')
  assert.equal(kitState(kit({ usesMade: 2 }), before), 'used-up')
})

test('what somebody did to a kit is told before what time did, and that before what its holders did', () => {
  assert.equal(kitState(kit({ withdrawnAt: END, usesMade: 2 }), END), 'withdrawn')
  assert.equal(kitState(kit({ usesMade: 2 }), END), 'expired')
})
