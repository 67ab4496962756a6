import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profiles } from '../../../test/rules-desk.ts'
import { reachesProfile } from './seen.ts'

test('who has a right over their own alone reaches nothing by its profile, and a manager what managers have to do with', () => {
  const known = profiles()
  const manager = { grants: [{ id: 'a', role: 'manager', organisation: 'post' }] } as const
  const reached = (who: Parameters<typeof reachesProfile>[0], name: string) =>
    reachesProfile(who, 'read_requests', known, name)
  assert.ok(reached(manager, 'workstation'))
  assert.ok(!reached(manager, 'person'))
  assert.ok(!reached({ grants: [] }, 'workstation'))
})
