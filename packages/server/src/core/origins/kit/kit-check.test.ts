import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kit } from '../../kits/kit.ts'
import { instant, later } from '../../world.ts'
import { requireKnownKit, requireUsableKit } from './kit-check.ts'

const NOW = instant(new Date('2026-06-01T12:00:00Z'))
const shown = { secretHash: 'aabb', rules: 'ccdd' }
const kit = (change: Partial<Kit> = {}): Kit =>
  ({
    ...{ secretHash: 'aabb', rulesDigest: 'ccdd', usesAllowed: 2, usesMade: 1, expiresAt: later(NOW, 1) },
    ...change,
  }) as Kit

test('an unknown kit and a wrong secret look alike', () => {
  const good = kit()
  assert.equal(requireKnownKit(good, shown), good)
  for (const [found, secretHash] of [
    [undefined, 'aabb'],
    [good, 'aabc'],
    [good, 'aab'],
    [good, ''],
  ] as const) {
    assert.throws(() => requireKnownKit(found, { ...shown, secretHash }), { code: 'kit_unknown', facts: {} })
  }
})

test('a kit lets ask as it was handed out, until it is withdrawn, expired or used up', () => {
  const good = kit()
  assert.equal(requireUsableKit(good, shown, NOW), good)
  const refused = (found: Kit | undefined, code: string, rules: string = shown.rules): void =>
    assert.throws(() => requireUsableKit(found, { ...shown, rules }, NOW), { code })
  refused(undefined, 'kit_unknown')
  refused(good, 'kit_altered', 'ccde')
  refused(kit({ withdrawnAt: NOW }), 'kit_withdrawn')
  refused(kit({ expiresAt: NOW }), 'kit_expired')
  refused(kit({ usesMade: 2 }), 'kit_used_up')
  // What an act did outweighs what time did.
  refused(kit({ withdrawnAt: NOW, expiresAt: NOW, usesMade: 2 }), 'kit_withdrawn')
  refused(kit({ expiresAt: NOW, usesMade: 2 }), 'kit_expired')
})
