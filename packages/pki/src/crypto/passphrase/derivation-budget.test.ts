import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digestByName } from '../../algorithms/index.ts'
import { DerReader, integer } from '../../asn1/index.ts'
import { hasCode } from '../../errors/index.ts'
import { DerivationBudget, MAX_ROUNDS, pbkdf2Work, readIterations } from './derivation-budget.ts'

test('a budget is spent to its last round and not beyond', () => {
  const budget = new DerivationBudget(10)
  budget.spend(4)
  budget.spend(6)
  assert.throws(
    () => budget.spend(1),
    (error) => hasCode(error, 'input_too_large') && error.facts.limit === 10,
  )
})

test('a round costs what its digest costs, and a long key as many rounds as it has blocks', () => {
  const work = (name: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA3-256', keyLength = 20): number =>
    pbkdf2Work(digestByName(name), 1_000, keyLength)
  assert.deepEqual(
    [work('SHA-1'), work('SHA-256'), work('SHA-384'), work('SHA-512'), work('SHA3-256')],
    [1_000, 1_000, 3_000, 3_000, 5_000],
  )
  assert.deepEqual([work('SHA-256', 32), work('SHA-256', 33), work('SHA-1', 48)], [1_000, 2_000, 3_000])
})

test('an iteration count is one at least, and as many as a budget could pay', () => {
  const read = (count: number): number => DerReader.whole(integer(count), 'iterations', readIterations)
  for (const count of [1, 2_048, MAX_ROUNDS]) assert.equal(read(count), count)
  for (const count of [0, -1])
    assert.throws(
      () => read(count),
      (error) => hasCode(error, 'der_malformed'),
    )
  assert.throws(
    () => read(MAX_ROUNDS + 1),
    (error) => hasCode(error, 'input_too_large'),
  )
})
