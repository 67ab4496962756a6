import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskFor } from './task.ts'

test('what is sealed is opened, what is signed is verified, whatever was done before', () => {
  assert.equal(taskFor(['sealed'], 'seal'), 'open')
  assert.equal(taskFor(['plain', 'signature'], 'seal'), 'verify')
  assert.equal(taskFor(['signed'], 'open'), 'verify')
  assert.equal(taskFor(['mail'], 'seal'), 'verify')
})

test('other files leave the task as it is, but are never opened', () => {
  assert.equal(taskFor(['plain'], 'sign'), 'sign')
  assert.equal(taskFor(['plain'], 'verify'), 'verify')
  assert.equal(taskFor(['plain'], 'open'), 'seal')
  assert.equal(taskFor([], 'open'), 'open')
})
