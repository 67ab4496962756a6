import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectors } from '../vectors.ts'
import { secretSuites } from './secrets.ts'
import { signatureSuites } from './signatures.ts'
import { symmetricSuites } from './symmetric.ts'

const SUITES = [...signatureSuites, ...secretSuites, ...symmetricSuites]

for (const { name, run } of SUITES) test(`Wycheproof ${name}: every case as it should be`, run)

test('every file of Wycheproof has its suite', (t) => {
  const files = vectors(t, 'wycheproof')?.list('.')
  if (!files) return
  assert.deepEqual(SUITES.map(({ name }) => `${name}_test.json`).toSorted(), files)
})
