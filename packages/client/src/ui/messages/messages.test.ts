import assert from 'node:assert/strict'
import { test } from 'node:test'
import IntlMessageFormat from 'intl-messageformat'
import { FAILURES_EN, HELP_EN, TEXTS_EN } from './en.ts'
import { FAILURES_FR, HELP_FR, TEXTS_FR } from './fr.ts'

const pairs: [string, string, string][] = [
  ...Object.entries(TEXTS_EN).map(([key, text]): [string, string, string] => [key, text, TEXTS_FR[key as never]]),
  ...Object.entries(HELP_EN).map(([key, text]): [string, string, string] => [key, text, HELP_FR[key as never]]),
  ...Object.entries(FAILURES_EN).flatMap(([key, row]): [string, string, string][] => {
    const french = FAILURES_FR[key as keyof typeof FAILURES_EN]
    return [
      [`${key} says`, row.says, french.says],
      [`${key} hint`, row.hint, french.hint],
    ]
  }),
]

test('a text names the same arguments in both languages', () => {
  for (const [key, english, french] of pairs) assert.deepEqual(argumentsOf(french), argumentsOf(english), key)
})

test('texts follow the voice: no capital that only begins, no stop that only ends', () => {
  for (const [key, ...texts] of pairs) {
    for (const text of texts) {
      const heading = key.endsWith('s') && text.endsWith(':')
      if (key === 'program' || heading || /Usage/.test(text)) continue
      assert.doesNotMatch(text, /[^.…]\.$/, key)
      assert.doesNotMatch(text, /^\p{Lu}\p{Ll}/u, key)
    }
  }
})

test('French typography: no-break space before double punctuation, typographic apostrophe', () => {
  for (const [key, , french] of pairs) {
    assert.doesNotMatch(french, /[^\u00a0 ][;?!]| [:;?!]( |$)|\w:( |$)/, key)
    assert.doesNotMatch(french, /'/, key)
  }
})

interface Element {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>
}

function argumentsOf(text: string): string[] {
  const names = new Set<string>()
  const walk = (elements: readonly Element[]): void => {
    for (const { type, value, options } of elements) {
      if (value !== undefined && type !== LITERAL) names.add(value)
      for (const arm of Object.values(options ?? {})) walk(arm.value)
    }
  }
  walk(new IntlMessageFormat(text, 'en').getAst() as readonly Element[])
  return [...names].sort()
}

const LITERAL = 0
