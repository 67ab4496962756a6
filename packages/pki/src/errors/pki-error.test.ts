import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail, hasCode, isPkiError, PKI_ERROR_CODES, PkiError } from './index.ts'

test('the list of codes is sorted and has no code twice', () => {
  assert.deepEqual([...PKI_ERROR_CODES], [...new Set(PKI_ERROR_CODES)].toSorted())
})

test('facts that come from outside are cut, so that a name of a megabyte does not reach a log', () => {
  const error = new PkiError('issuer_unknown', { subject: 'x'.repeat(1_000_000), issuer: 'CN=a' })
  assert.ok(error.facts.subject.length <= 257)
  assert.equal(error.facts.issuer, 'CN=a')
  assert.ok(error.message.length < 100)
})

test('facts cannot be changed by whoever catches the error', () => {
  const error = new PkiError('der_malformed', { what: 'Certificate', offset: 3 })
  assert.throws(() => Object.assign(error.facts, { offset: 4 }), TypeError)
})

test('the guards tell codes apart and refuse other errors', () => {
  try {
    fail('algorithm_unsupported', { oid: '1.2.3' })
  } catch (error) {
    assert.ok(isPkiError(error))
    assert.ok(hasCode(error, 'algorithm_unsupported') && error.facts.oid === '1.2.3')
    assert.equal(hasCode(error, 'passphrase_wrong'), false)
  }
  assert.equal(isPkiError(new Error('algorithm unsupported')), false)
})
