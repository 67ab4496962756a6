import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { isAnswered, postgresFailure } from './failures.ts'

const said = (code: string): string => {
  const failure = postgresFailure(Object.assign(new Error('x'), { code }))
  return isDeskError(failure) ? failure.code : 'a mistake'
}

test('F14: a statement that took too long, a lock not had in time, a transaction left idle: the database does not answer', () => {
  for (const code of ['57014', '55P03', '25P03', '25P04']) assert.equal(said(code), 'storage_unavailable', code)
})

test('words of a connection that was not had in time, of the pool and of one of its own: the database does not answer', () => {
  for (const words of ['timeout exceeded when trying to connect', 'timeout expired']) {
    const failure = postgresFailure(new Error(words))
    assert.equal(isDeskError(failure) && failure.code, 'storage_unavailable', words)
  }
})

test('F13: damaged data and a damaged index are called so', () => {
  for (const code of ['XX001', 'XX002']) assert.equal(said(code), 'storage_damaged', code)
})

test('rights that were taken away, and a table that is gone: the database was altered', () => {
  for (const code of ['42501', '42P01', '42703', '42883']) assert.equal(said(code), 'storage_altered', code)
})

test('mistakes of the program stay what they are', () => {
  for (const code of ['42601', '42P02', '23502', '22001']) assert.equal(said(code), 'a mistake', code)
})

test('an answer of the server is told from its end, and from that of the wire', () => {
  for (const code of ['40001', '23505', '53100', '57014', '55P03']) assert.equal(isAnswered({ code }), true, code)
  for (const code of ['57P01', '08006', 'XX000', '58030', '25P03', '25P04', 'ECONNRESET', 'EPIPE', '']) {
    assert.equal(isAnswered({ code }), false, code)
  }
})
