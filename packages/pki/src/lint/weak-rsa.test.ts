import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasClosePrimes } from './weak-rsa.ts'

test('close primes are sought for a hundred steps of Fermat’s method, and no further', () => {
  const n = 10n ** 154n
  const middle = 2n * n * n
  // The method begins below the middle of the two factors, by the square of half their difference over twice the middle.
  const product = (half: bigint): bigint => (middle - half) * (middle + half)
  assert.equal(hasClosePrimes(product((199n * n) / 10n)), true) // 99 below, so found in the hundredth step
  assert.equal(hasClosePrimes(product(20n * n + 1n)), false) // 100 below
})
