import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerLanguage, terminalLanguage } from './language.ts'

test('the heaviest language that we speak is answered in', () => {
  assert.equal(callerLanguage('fr'), 'fr')
  assert.equal(callerLanguage('fr-CH, fr;q=0.9, en;q=0.8'), 'fr')
  assert.equal(callerLanguage('de, en;q=0.4, fr;q=0.5'), 'fr')
  assert.equal(callerLanguage('en;q=0.5, fr;q=0.5'), 'en')
  assert.equal(callerLanguage('fr;q=0, en'), 'en')
})

test('no header, another language, and garbage are answered in English', () => {
  for (const header of [undefined, '', '*', 'de', ';;;', 'fr;q=x', ',,', '\u0000', 'fr,'.repeat(1_000)]) {
    assert.equal(callerLanguage(header), 'en', String(header))
  }
})

test('a terminal speaks as gettext would', () => {
  assert.equal(terminalLanguage({ LANG: 'fr_FR.UTF-8' }), 'fr')
  assert.equal(terminalLanguage({ LANG: 'fr_FR.UTF-8', LC_ALL: 'en_US.UTF-8' }), 'en')
  assert.equal(terminalLanguage({ LANG: 'en_GB.UTF-8', LANGUAGE: 'fr:en' }), 'fr')
  assert.equal(terminalLanguage({ LANG: 'C', LANGUAGE: 'fr' }), 'en')
  assert.equal(terminalLanguage({ LANG: 'frp_FR' }), 'en')
  assert.equal(terminalLanguage({}), 'en')
})
