import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUDIT_ACTIONS } from './values.ts'

test('no action is the beginning of another, so that asking for one finds that one only', () => {
  for (const action of AUDIT_ACTIONS) {
    assert.deepEqual(
      AUDIT_ACTIONS.filter((other) => other.startsWith(action)),
      [action],
    )
  }
})
