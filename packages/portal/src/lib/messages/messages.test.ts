import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createIntl, createIntlCache } from 'react-intl'
import { EN } from './en/index.ts'
import { FR } from './fr/index.ts'

const SOURCE = new URL('../../', import.meta.url)
const english = Object.entries(EN)
const french = Object.entries<string>(FR)

/** Names of the arguments in an ICU text, as both languages must share them. */
const argumentsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\s*([A-Za-z]\w*)\s*(?:\}|,)/g)].map(([, name]) => name!))].sort()

test('every message formats in both languages', () => {
  for (const [locale, messages] of [
    ['en', EN],
    ['fr', FR],
  ] as const) {
    const intl = createIntl({ locale, messages, onError: (error) => assert.fail(String(error)) }, createIntlCache())
    for (const [id, text] of Object.entries<string>(messages)) {
      const values = Object.fromEntries(argumentsOf(text).map((name) => [name, 2]))
      assert.ok(intl.formatMessage({ id }, values), id)
    }
  }
})

test('both languages use the same arguments', () => {
  for (const [id, text] of english) assert.deepEqual(argumentsOf(FR[id as keyof typeof EN]), argumentsOf(text), id)
})

test('French follows its typography: no-break spaces, « », ’', () => {
  for (const [id, text] of french) {
    const prose = text.replace(/\{\w+, plural,.*\}/s, '')
    assert.doesNotMatch(prose, / [:;?!»]|« /, `${id} needs a no-break space`)
    assert.doesNotMatch(
      prose.replace(/https?:|chrome:/g, ''),
      /[\p{L}\d»][;?!]|\p{L}:(?!\/\/)/u,
      `${id} needs a space before the sign`,
    )
    assert.doesNotMatch(text, /['"“”]/, `${id} needs typographic quotes`)
  }
})

test('no message is left unused', () => {
  const source = globSync('{app,features,lib/parts,lib/languages,lib/workbench}/**/*.{ts,tsx}', { cwd: SOURCE })
    .map((file) => readFileSync(new URL(file, SOURCE), 'utf8'))
    .join('\n')
  const families = [...source.matchAll(/`([\w.-]+)\$\{/g)].map(([, start]) => start!)
  const unused = english
    .map(([id]) => id)
    .filter((id) => !source.includes(`'${id}'`) && !families.some((start) => id.startsWith(start)))
  assert.deepEqual(unused, [])
})

test('in French the desk is « le service »: a « guichet » would be a counter of an organisation', () => {
  for (const [id, text] of french) assert.doesNotMatch(text, /guichet/i, id)
})
