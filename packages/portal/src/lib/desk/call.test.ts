import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getRequest, listRequests } from '@scel/contract/routes'
import { addressOf } from './call.ts'
import { needsSignIn, refusalOf } from './refusal.ts'

test('an address carries parameters and only the query values that are there', () => {
  assert.equal(addressOf(getRequest, { number: 42 }), '/api/requests/42')
  assert.equal(
    addressOf(listRequests, {}, { search: 'a&b', state: undefined, after: '', size: 25 }),
    '/api/requests?search=a%26b&size=25',
  )
})

test('a problem document keeps its code, and anything else is never taken for one', () => {
  const problem = { type: 'x', code: 'session_ended', status: 401, title: '', detail: 'd', hint: 'h', facts: {} }
  assert.equal(refusalOf(401, problem, true).code, 'session_ended')
  assert.ok(needsSignIn(refusalOf(401, problem, false)))
  assert.equal(refusalOf(502, '<html>', false).code, 'desk_unreachable')
  assert.equal(refusalOf(400, { code: 'session_ended' }, false).code, 'answer_unreadable')
  assert.equal(refusalOf(502, '<html>', true).code, 'answer_lost')
})
