import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWeak } from './is-weak.ts'

test('too little is known of who is there where a right of theirs needs more than how they signed in', () => {
  const [looking, between, acting] = [{ needs: 'low' }, { needs: 'substantial' }, { needs: 'high' }] as const
  assert.ok(isWeak('low', [looking, acting]))
  assert.ok(isWeak('substantial', [between, acting]))
  assert.ok(!isWeak('substantial', [looking, between]))
  assert.ok(!isWeak('low', [looking]))
  assert.ok(!isWeak('high', [looking, between, acting]))
})
