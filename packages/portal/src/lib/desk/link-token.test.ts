import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isToken } from './link-token.ts'

test('a token is 32 bytes in base64url; a cut link is told apart before the desk is asked', () => {
  assert.ok(isToken('A'.repeat(43)))
  assert.equal(isToken('A'.repeat(42)), false)
  assert.equal(isToken(`${'A'.repeat(42)}%`), false)
})
