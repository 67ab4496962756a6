import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnPath } from './place.ts'

test('only paths of the portal are followed after sign-in', () => {
  assert.ok(isOwnPath('/requests/42?state=pending'))
  for (const href of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', 'javascript:1']) {
    assert.equal(isOwnPath(href), false, href)
  }
})
