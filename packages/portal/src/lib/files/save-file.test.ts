import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileNameOf } from './save-file.ts'

test('a file name keeps letters without accents and nothing that a file system refuses', () => {
  assert.equal(fileNameOf('Hélène Dûchêne / test'), 'Helene-Duchene-test')
  assert.equal(fileNameOf('../..'), 'file')
  assert.equal(fileNameOf('poste.local'), 'poste.local')
})
