import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUDIT_ACTIONS } from '@scel/contract/values'
import { ACTION_GROUPS, knownAction, knownFact } from './model.ts'

test('every action stands in exactly one group, the one it begins with', () => {
  assert.deepEqual(ACTION_GROUPS.flatMap(([, actions]) => actions).toSorted(), AUDIT_ACTIONS.toSorted())
  for (const [group, actions] of ACTION_GROUPS) assert.ok(actions.every((action) => action.startsWith(`${group}.`)))
})

test('what an earlier version wrote is not mistaken for what this one knows', () => {
  assert.equal(knownAction('request.approved'), 'request.approved')
  assert.equal(knownAction('request.'), undefined)
  assert.equal(knownFact('serial'), 'serial')
  assert.equal(knownFact('toString'), undefined)
})
