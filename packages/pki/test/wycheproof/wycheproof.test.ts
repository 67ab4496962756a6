import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settle, vectors } from '@scel/testkit/vectors'
import { WYCHEPROOF } from './index.ts'

for (const { name, verdicts } of WYCHEPROOF) {
  test(`Wycheproof ${name}: every case as it should be`, async (t) => {
    const found = await verdicts(t)
    if (found) settle(t, `Wycheproof ${name}`, found)
  })
}

test('every file of Wycheproof has its suite', (t) => {
  const files = vectors(t, 'wycheproof')?.list('.')
  if (!files) return
  assert.deepEqual(WYCHEPROOF.map(({ name }) => `${name}_test.json`).toSorted(), files)
})
