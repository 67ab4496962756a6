import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameParts } from './name-parts.ts'

test('a name is cut at its commas, but not at escaped ones', () => {
  assert.deepEqual(nameParts('CN=ana,O=Roux\\, Dubois \\2B fils,C=FR'), [
    'CN=ana,',
    'O=Roux\\, Dubois \\2B fils,',
    'C=FR',
  ])
  assert.deepEqual(nameParts(''), [])
})

test('nothing is lost or added', () => {
  for (const name of ['CN=a\\', 'a,,b', ',', 'CN=é=+,'])
    assert.equal(nameParts(name).join('').replace(/\\$/, ''), name.replace(/\\$/, ''))
})
