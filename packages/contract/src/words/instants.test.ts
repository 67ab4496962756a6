import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SENTENCES } from '../errors/sentences.ts'
import { FINDING_SENTENCES } from '../requests/finding-words.ts'
import { withInstants } from './instants.ts'
import { LANGUAGES } from './sentence.ts'

const moment = (instant: string): string => `<${instant.slice(0, 10)}>`

test('an argument is an instant where the sentence says so, and nowhere else', () => {
  const at = '2026-03-04T05:06:07.000Z'
  assert.deepEqual(withInstants('{name} until {at, date, long}', { name: at, at }, moment), {
    text: '{name} until {at}',
    facts: { name: at, at: '<2026-03-04>' },
  })
})

test('a fact that should be an instant and is none stays the text it is', () => {
  for (const at of [
    '2026-99-99T99:99:99Z',
    '2026-02-30T00:00:00Z',
    '',
    '–',
    'never',
    `2026-01-01T00:00:00.${'0'.repeat(99)}Z`,
  ]) {
    assert.equal(withInstants('{at, date, long}', { at }, moment).facts.at, at)
  }
  assert.deepEqual(withInstants('{at, date, long}', {}, moment).facts, {})
})

test('every sentence names its instants, in the one form that programs know', () => {
  const instants = /^(at|since|notAfter|notBefore|thisUpdate|nextUpdate)$/
  for (const language of LANGUAGES) {
    const sentences = Object.values(SENTENCES[language]).flatMap(({ says, hint }) => [says, hint])
    for (const text of [...sentences, ...Object.values(FINDING_SENTENCES[language])]) {
      for (const [, name = '', form] of text.matchAll(/\{(\w+)(?:, (\w+, \w+))?\}/g)) {
        assert.equal(form === 'date, long', instants.test(name), text)
      }
      assert.doesNotMatch(withInstants(text, {}, moment).text, /, (?:date|time)\b/, text)
    }
  }
})
