import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PkiError } from '@scel/pki/errors'
import { FilesFailure, failedOf } from './failure.ts'

test('a refusal of the library keeps its code and facts on its way to the page', () => {
  const failed = failedOf(new PkiError('content_too_long', { limit: 5 }))
  assert.deepEqual(structuredClone(failed), { code: 'content_too_long', facts: { limit: 5 }, of: 'library' })
})

test('what the browser refuses is told apart by what can be done about it', () => {
  for (const [name, code] of [
    ['AbortError', 'aborted'],
    ['QuotaExceededError', 'no-room'],
    ['NotReadableError', 'unreadable'],
    ['NoModificationAllowedError', 'unwritable'],
  ] as const)
    assert.equal(failedOf(new DOMException('', name)).code, code, name)
  assert.equal(failedOf(new FilesFailure('no-key')).code, 'no-key')
  assert.deepEqual(failedOf(new TypeError('x is not a function')).facts, { what: 'x is not a function' })
})
