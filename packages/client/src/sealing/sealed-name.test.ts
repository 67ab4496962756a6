import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentName } from './sealed-name.ts'

test('what is opened is called as before it was sealed, whatever ending sealing programs add', () => {
  for (const ending of ['p7m', 'cms', 'p7', 'P7M']) assert.equal(contentName(`/a/offre.pdf.${ending}`), 'offre.pdf')
})

test('it is never called as the sealed file itself', () => {
  assert.deepEqual(['offre.pdf', '.p7m', 'p7m'].map(contentName), ['offre.pdf.opened', '.p7m.opened', 'p7m.opened'])
})
