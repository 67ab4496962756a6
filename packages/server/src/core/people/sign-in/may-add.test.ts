import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonActor } from '../../actor.ts'
import type { CredentialKinds } from '../../credentials/credential.ts'
import type { Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import { createMayAdd } from './may-add.ts'

/** Of whoever has so many, some of which open nothing. @returns whether they may, and how many were asked whether they open anything */
async function mayAdd(has: number, dead = 0): Promise<{ may: boolean; asked: number }> {
  let asked = 0
  const rules = { check: async () => (asked++ < dead ? ('certificate' as const) : undefined) }
  const kinds: CredentialKinds = { certificate: { ...rules, lasts: true }, link: { ...rules, lasts: false } }
  const second = { counts: async () => false, confirmationFor: async () => ({}) }
  const held = Array.from({ length: has }, () => ({ kind: 'certificate' }))
  const stores = { credentials: { openOf: async () => held } } as unknown as Stores
  const actor = { environment: 'production', id: 'ada', grants: [] } as unknown as PersonActor
  const may = createMayAdd({ kinds, second } as unknown as Parameters<typeof createMayAdd>[0])
  const answer = await may(stores, actor, '2026-01-01T00:00:00.000Z' as Instant).then(
    () => true,
    () => false,
  )
  return { may: answer, asked }
}

test('of what somebody signs in with, each is asked only where they have as many as anybody may, and no more than settles it', async () => {
  assert.deepEqual(await mayAdd(49), { may: true, asked: 0 })
  assert.deepEqual(await mayAdd(50), { may: false, asked: 50 })
  assert.deepEqual(await mayAdd(50, 1), { may: true, asked: 1 })
  assert.deepEqual(await mayAdd(120, 71), { may: true, asked: 71 })
  assert.deepEqual(await mayAdd(120, 70), { may: false, asked: 120 })
})
