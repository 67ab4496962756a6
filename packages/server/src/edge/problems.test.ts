import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DESK_ERROR_CODES, DeskError, LANGUAGES, SENTENCES } from '@scel/contract/errors'
import { PKI_ERROR_CODES, PkiError } from '@scel/pki/errors'
import { internal, sayable, statusOf, toProblem } from './problems.ts'

test('every code has a status and words in both languages, whatever its facts', () => {
  for (const code of [...DESK_ERROR_CODES, ...PKI_ERROR_CODES]) {
    const status = statusOf(code)
    assert.ok(status >= 400 && status < 600, code)
    for (const language of LANGUAGES) {
      const names = `${SENTENCES[language][code].says}${SENTENCES[language][code].hint}`.matchAll(/\{(\w+)/g)
      const facts = Object.fromEntries([...names].map(([, name]) => [name, '<b>1</b>']))
      const problem = toProblem({ code, facts } as never, language)
      assert.ok(problem.detail.length > 3 && problem.hint.length > 3, `${code} ${language}`)
      assert.doesNotMatch(problem.detail, /[{}]/, `${code} ${language}`)
    }
  }
})

test('an error nobody foresaw shows nothing of itself but its reference', () => {
  const secret = new Error('password=hunter2 at /etc/shadow')
  assert.equal(sayable(secret), undefined)
  const text = JSON.stringify(toProblem(internal('ref-1'), 'fr'))
  assert.match(text, /ref-1/)
  assert.doesNotMatch(text, /hunter2|shadow/)
})

test('an instant among the facts is written as people write dates', () => {
  const error = new DeskError('kit_expired', { at: '2026-03-04T05:06:07.000Z' })
  assert.match(toProblem(error, 'fr').detail, /4 mars 2026/)
  assert.match(toProblem(error, 'en').detail, /4 March 2026/)
  assert.equal(toProblem(error, 'en').facts.at, '2026-03-04T05:06:07.000Z')
})

test('what the library says about bytes of a caller is his fault, not ours', () => {
  const problem = toProblem(new PkiError('der_malformed', { what: 'request', offset: 3 }), 'en')
  assert.equal(problem.status, 422)
  assert.equal(problem.code, 'der_malformed')
})

test('a faulty field is named in the language of the caller', () => {
  const error = new DeskError('input_invalid', { where: 'body/name', what: 'too_long' })
  assert.match(toProblem(error, 'fr').detail, /body\/name.*trop long/)
  assert.equal(toProblem(error, 'fr').facts.what, 'too_long')
})
