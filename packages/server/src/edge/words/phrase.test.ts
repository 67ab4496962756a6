import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESK_ERROR_CODES, type ErrorCode, FINDING_SENTENCES, LANGUAGES, SENTENCES } from '@scel/contract/errors'
import type { FindingCode } from '@scel/contract/values'
import { PKI_ERROR_CODES } from '@scel/pki/errors'
import { toProblem } from '../problems.ts'
import { findingInWords } from './detail-in-words.ts'
import { phrase } from './phrase.ts'

// What strangers can put into names, addresses and subjects.
const HOSTILE: readonly (string | number)[] = [
  '2026-99-99T99:99:99Z',
  '2026-03-04T05:06:07.000Z',
  '{x}',
  '{x, plural, one {#} other {#}}',
  "it's {quoted}",
  "'",
  '<b>bold</b>',
  '</b>',
  '#',
  'constructor',
  '__proto__',
  'toString',
  '',
  '-0',
  '1e999',
  'NaN',
  '\u0000\u001b[31m\u202e',
  '\ud800',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
]

const namesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name!)

test('hostile facts (M4): every finding has words in both languages, and says them as they are', () => {
  for (const language of LANGUAGES) {
    for (const [code, text] of Object.entries(FINDING_SENTENCES[language])) {
      for (const fact of HOSTILE) {
        const facts = Object.fromEntries(namesOf(text).map((name) => [name, fact]))
        const { says } = findingInWords({ code: code as FindingCode, level: 'notice', facts }, language)
        assert.ok(says.length > 3, `${language} ${code} ${fact}`)
        assert.doesNotMatch(says.replaceAll(String(fact), ''), /[{}]/, `${language} ${code} ${fact}`)
      }
    }
  }
})

test('hostile facts (M4): every refusal has words in both languages', () => {
  for (const language of LANGUAGES) {
    for (const code of [...DESK_ERROR_CODES, ...PKI_ERROR_CODES] as ErrorCode[]) {
      const { says, hint } = SENTENCES[language][code]
      for (const fact of HOSTILE) {
        const facts = Object.fromEntries(namesOf(says + hint).map((name) => [name, fact]))
        const problem = toProblem({ code, facts } as never, language)
        assert.equal(problem.code, code)
        assert.ok(problem.detail.length > 3 && problem.hint.length > 3, `${language} ${code} ${fact}`)
        assert.doesNotMatch(problem.detail.replaceAll(String(fact), ''), /[{}]/, `${language} ${code} ${fact}`)
      }
    }
  }
})

test('a text that looks like an instant is written as it stands', () => {
  const name = '2026-03-04T05:06:07.000Z'
  const says = phrase(FINDING_SENTENCES.en.name_not_granted, 'en', { name })
  assert.ok(says.includes(name), says)
})

test('an instant that is none, and one that is missing, cost a date and not the answer', () => {
  assert.match(toProblem({ code: 'kit_expired', facts: { at: '2026-99-99T99:99:99Z' } } as never, 'fr').detail, /99Z/)
  assert.match(toProblem({ code: 'kit_expired', facts: {} } as never, 'en').detail, /expired on …/)
})
