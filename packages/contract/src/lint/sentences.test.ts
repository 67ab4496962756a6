import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { LintFacts, LintRuleName } from '@scel/pki/lint'
import { CRL_RULES, lintCertificate, RULES } from '@scel/pki/lint'
import { IntlMessageFormat } from 'intl-messageformat'
import { LANGUAGES } from '../errors/index.ts'
import { LINT_SENTENCES, LINT_SUITE_NAMES, lintClause, lintSentence } from './index.ts'

type Part = { type: number; value?: string }
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>

const argumentsOf = (text: string): string[] =>
  (new IntlMessageFormat(text, 'en').getAst() as Part[])
    .flatMap(({ type, value }) => (type === 0 ? [] : [value!]))
    .sort()

const sentences = (language: (typeof LANGUAGES)[number]): [where: string, text: string][] =>
  Object.entries(LINT_SENTENCES[language] as Texts).flatMap(([rule, texts]) =>
    Object.entries(texts).map(([problem, text]): [string, string] => [`${rule} ${problem}`, text]),
  )

const allRules = (): { rule: LintRuleName; clause: string }[] =>
  Object.entries({ ...RULES, ...CRL_RULES }).map(([rule, { clause }]) => ({ rule: rule as LintRuleName, clause }))

/** The facts of each problem, read from where they are declared. */
function declaredFacts(file: string): Map<string, string[]> {
  const source = readFileSync(new URL(`../../../pki/src/lint/${file}.ts`, import.meta.url), 'utf8')
    .replace(/\/\*\*.*?\*\/|\/\/.*/g, '')
    .replace(/\s+/g, ' ')
  const factsIn = (type: string): string[] => [...type.matchAll(/readonly (\w+):/g)].map(([, name]) => name!)
  const shared = new Map(
    [...source.matchAll(/interface (Of\w+) \{(.*?)\}/g)].map(([, name, body]) => [name!, factsIn(body!)]),
  )
  const facts = new Map<string, string[]>()
  for (const [, rule, body] of source.matchAll(/'([\w-]+\/[\w-]+)': \{((?:[^{}]|\{[^{}]*\})*)\}/g)) {
    for (const [, problem, type] of body!.matchAll(
      /(?:^|[ ;])'?([\w-]+)'?: ((?:None|Of\w+|\{[^}]*\})(?: & (?:Of\w+|\{[^}]*\}))*)/g,
    )) {
      facts.set(`${rule} ${problem}`, [
        ...factsIn(type!),
        ...[...type!.matchAll(/Of\w+/g)].flatMap(([name]) => shared.get(name)!),
      ])
    }
  }
  return facts
}

const FACTS = new Map(
  ['rfc5280/problems', 'rfc5280/crl-problems', 'cabf-smime/problems', 'scel/problems'].flatMap((file) => [
    ...declaredFacts(file),
  ]),
)

test('the declared facts of every problem are found', () => {
  assert.deepEqual(
    [...FACTS.keys()].sort(),
    sentences('en')
      .map(([where]) => where)
      .sort(),
  )
})

for (const language of LANGUAGES) {
  test(`${language}: every sentence about a certificate is well-formed and uses only the facts of its problem`, () => {
    for (const [where, text] of sentences(language)) {
      // Why something cannot be read is the reader's own sentence.
      const known = [...FACTS.get(where)!, ...(where.startsWith('rfc5280/well-formed') ? ['reason'] : [])]
      for (const name of argumentsOf(text)) assert.ok(known.includes(name), `${where} has no fact ${name}`)
      assert.match(text, /\.$|\{reason\}$/, where)
    }
  })
}

test('both languages use the same facts in the same sentence', () => {
  const english = new Map(sentences('en'))
  for (const [where, text] of sentences('fr'))
    assert.deepEqual(argumentsOf(text), argumentsOf(english.get(where)!), where)
})

test('French sentences have no-break spaces before high punctuation and typographic apostrophes', () => {
  const clauses = allRules().map(({ rule, clause }): [string, string] => [rule, lintClause({ rule, clause }, 'fr')])
  for (const [where, text] of [...sentences('fr'), ...Object.entries(LINT_SUITE_NAMES.fr), ...clauses]) {
    assert.doesNotMatch(text, / [;:!?»]|« |'/, where)
  }
})

test('the place in a document is said in French too, joined by « et »', () => {
  const places = allRules().map(({ rule, clause }) => lintClause({ rule, clause }, 'fr'))
  assert.ok(places.includes('RFC 5280 §4.2.1.5, §4.2.1.11 et §4.2.1.14'), places.join('\n'))
  assert.ok(places.includes('S/MIME BR §7.1.4.2.2 d et annexe A.1'), places.join('\n'))
  for (const place of places) assert.doesNotMatch(place, /\b(?:and|of|appendix|the|clients look)\b/)
  for (const { rule, clause } of allRules()) assert.equal(lintClause({ rule, clause }, 'en'), clause)
})

test('a number of one is said in the singular', () => {
  const says = (problem: string, rule: LintRuleName, facts: LintFacts, language: (typeof LANGUAGES)[number]): string =>
    lintSentence({ rule, problem, facts, clause: '', severity: 'error' }, language, (text, given) =>
      String(new IntlMessageFormat(text, language).format(given)),
    )
  for (const rule of ['scel/serial-entropy', 'cabf-smime/serial-number'] as const) {
    assert.match(says('short', rule, { length: 1 }, 'en'), /only 1 octet,/)
    assert.match(says('short', rule, { length: 7 }, 'en'), /only 7 octets,/)
    assert.match(says('short', rule, { length: 1 }, 'fr'), /que 1 octet,/)
    assert.match(says('short', rule, { length: 7 }, 'fr'), /que 7 octets,/)
  }
  assert.match(says('unspecified', 'cabf-smime/crl', { count: 1 }, 'en'), /: 1 gives /)
  assert.match(says('unspecified', 'cabf-smime/crl', { count: 2 }, 'fr'), /2 donnent /)
})

test('a finding is said with its facts, and what cannot be read with the reason of the reader', () => {
  const phrase = (text: string, facts: Readonly<Record<string, string | number>>): string =>
    String(new IntlMessageFormat(text, 'fr').format(facts))
  const [finding] = lintCertificate(new Uint8Array(3))
  assert.equal(
    lintSentence(finding!, 'fr', phrase),
    'Lecture impossible. Les données ne sont pas du DER bien formé : TBSCertificate, à l’octet 0.',
  )
  const said = lintSentence(
    { ...finding!, rule: 'rfc5280/serial-number', problem: 'too-long', facts: { length: 21 } },
    'en',
    phrase,
  )
  assert.equal(said, 'The serial number has 21 octets; 20 is the most.')
})
