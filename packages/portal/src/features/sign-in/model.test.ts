import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SENTENCES } from '@scel/contract/errors'
import { explainRefusal } from './model.ts'
import { parseSignInSearch } from './search.ts'

test('a refusal that needs no facts is told in the sentence of the desk', () => {
  const { says, hint } = explainRefusal('certificate_missing', 'fr')
  assert.deepEqual(says, { sentence: SENTENCES.fr.certificate_missing.says })
  assert.equal(hint, SENTENCES.fr.certificate_missing.hint)
})

test('a refusal that needs facts is told without them, never with a brace', () => {
  assert.deepEqual(explainRefusal('certificate_expired_at', 'en').says, {
    message: 'signIn.refused.certificate_expired_at',
  })
  for (const language of ['en', 'fr'] as const) {
    for (const code of Object.keys(SENTENCES[language])) {
      assert.doesNotMatch(JSON.stringify(explainRefusal(code, language).hint ?? ''), /\{/, code)
    }
  }
})

test('an unknown code is still a refusal', () => {
  assert.deepEqual(explainRefusal('toString', 'en'), { says: { message: 'signIn.refused.other' }, hint: undefined })
})

test('the address gives a code or nothing', () => {
  assert.deepEqual(parseSignInSearch({ refused: '<script>' }), {})
  assert.deepEqual(parseSignInSearch({ refused: 'certificate_missing', signedOut: true }), {
    refused: 'certificate_missing',
    signedOut: true,
  })
})
