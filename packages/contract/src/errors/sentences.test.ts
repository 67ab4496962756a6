import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PKI_ERROR_CODES } from '@scel/pki/errors'
import { IntlMessageFormat } from 'intl-messageformat'
import { REQUEST_FILE_SENTENCES } from '../requests/file-words.ts'
import { FINDING_SENTENCES } from '../requests/finding-words.ts'
import { LANGUAGES } from '../words/sentence.ts'
import { DESK_ERROR_CODES, SENTENCES } from './sentences.ts'

type Node = { type: number; value?: string; options?: Record<string, { value: Node[] }> }

/** Names of the arguments a message uses, whatever branch it takes. */
function argumentsOf(text: string): Set<string> {
  const found = new Set<string>()
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.type >= 1 && node.type <= 6 && node.value) found.add(node.value)
      for (const option of Object.values(node.options ?? {})) walk(option.value)
    }
  }
  walk(new IntlMessageFormat(text, 'en').getAst() as Node[])
  return found
}

/** The facts each code declares, read from the source, so that a sentence cannot ask for a fact that never comes. */
function declaredFacts(file: URL): Map<string, Set<string>> {
  const table = /export interface \w+(?:Facts|Errors) \{\n([\s\S]*?)\n\}/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const facts = new Map<string, Set<string>>()
  for (const [, code, shape] of table.matchAll(/^ {2}(\w+): (\{\n[\s\S]*?\n {2}\}|.+)$/gm)) {
    facts.set(code!, new Set([...shape!.matchAll(/(\w+):/g)].map(([, name]) => name!)))
  }
  return facts
}

const FEATURES = new URL('../', import.meta.url)

const FACTS = new Map([
  ...readdirSync(FEATURES)
    .map((feature) => new URL(`${feature}/errors.ts`, FEATURES))
    .filter((file) => existsSync(file))
    .flatMap((file) => [...declaredFacts(file)]),
  ...declaredFacts(new URL('../../../pki/src/errors/pki-error.ts', import.meta.url)),
])

test('every code of the library and of the desk is declared with its facts', () => {
  assert.deepEqual([...FACTS.keys()].sort(), [...PKI_ERROR_CODES, ...DESK_ERROR_CODES].sort())
})

for (const language of LANGUAGES) {
  test(`${language}: every sentence is well-formed and uses only facts its code has`, () => {
    for (const [code, { says, hint }] of Object.entries(SENTENCES[language])) {
      for (const text of [says, hint]) {
        for (const name of argumentsOf(text)) assert.ok(FACTS.get(code)?.has(name), `${code} has no fact ${name}`)
        assert.match(text, /[.»}]$|\.$/, `${code} does not end: ${text}`)
      }
    }
  })
}

test('both languages use the same facts in the same sentence', () => {
  for (const code of Object.keys(SENTENCES.en) as (keyof typeof SENTENCES.en)[]) {
    assert.deepEqual(argumentsOf(SENTENCES.fr[code].says), argumentsOf(SENTENCES.en[code].says), code)
  }
  for (const code of Object.keys(FINDING_SENTENCES.en) as (keyof typeof FINDING_SENTENCES.en)[]) {
    assert.deepEqual(argumentsOf(FINDING_SENTENCES.fr[code]), argumentsOf(FINDING_SENTENCES.en[code]), code)
  }
})

test('French sentences have no-break spaces before high punctuation and typographic apostrophes', () => {
  const texts = [
    ...Object.values(SENTENCES.fr).flatMap(({ says, hint }) => [says, hint]),
    ...Object.values(FINDING_SENTENCES.fr),
    ...Object.values(REQUEST_FILE_SENTENCES.fr).flatMap(({ says, hint }) => [says, hint]),
  ]
  for (const text of texts) assert.doesNotMatch(text, / [;:!?»]|« |'/, text)
})
