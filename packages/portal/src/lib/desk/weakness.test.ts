import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weakness } from './weakness.ts'

test('too little is known of who is there where a right of theirs needs more than how they signed in', () => {
  const [looking, between, acting] = [{ needs: 'low' }, { needs: 'substantial' }, { needs: 'high' }] as const
  assert.equal(weakness('low', [looking, acting]), 'low')
  assert.equal(weakness('substantial', [between, acting]), 'substantial')
  assert.equal(weakness('substantial', [looking, between]), undefined)
  assert.equal(weakness('low', [looking]), undefined)
  assert.equal(weakness('high', [looking, between, acting]), undefined)
})
