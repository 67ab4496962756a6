import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preferredLanguage } from './language.ts'

test('takes the first language of the browser that the portal speaks', () => {
  assert.equal(preferredLanguage(['de-CH', 'fr-CH', 'en']), 'fr')
  assert.equal(preferredLanguage(['EN-gb', 'fr']), 'en')
})

test('falls back to English', () => {
  assert.equal(preferredLanguage(['pt-BR']), 'en')
  assert.equal(preferredLanguage([]), 'en')
})
