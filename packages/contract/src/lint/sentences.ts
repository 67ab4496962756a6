import type { LintFacts, LintFinding, LintProblem, LintProblems, LintRuleName, LintSuite } from '@scel/pki/lint'
import { type Language, SENTENCES } from '../errors/index.ts'
import { CABF_SMIME_EN } from './sentences.cabf-smime.en.ts'
import { CABF_SMIME_FR } from './sentences.cabf-smime.fr.ts'
import { RFC5280_EN } from './sentences.rfc5280.en.ts'
import { RFC5280_FR } from './sentences.rfc5280.fr.ts'
import { SCEL_EN } from './sentences.scel.en.ts'
import { SCEL_FR } from './sentences.scel.fr.ts'

/** The sentences of one document: one for each problem of each of its rules. The types ask for all of them. */
export type SuiteSentences<S extends LintSuite> = {
  readonly [N in Extract<keyof LintProblems, `${S}/${string}`>]: { readonly [P in LintProblem<N>]: string }
}

/** What lint found, in words: ICU message texts, their arguments are the finding's facts. */
export const LINT_SENTENCES: Readonly<
  Record<Language, { readonly [N in LintRuleName]: { readonly [P in LintProblem<N>]: string } }>
> = {
  en: { ...RFC5280_EN, ...CABF_SMIME_EN, ...SCEL_EN },
  fr: { ...RFC5280_FR, ...CABF_SMIME_FR, ...SCEL_FR },
}

/** What the documents are called. */
export const LINT_SUITE_NAMES: Readonly<Record<Language, Readonly<Record<LintSuite, string>>>> = {
  en: {
    rfc5280: 'RFC 5280 and its amendments',
    'cabf-smime': 'CA/Browser Forum, S/MIME Baseline Requirements 1.0.16',
    scel: 'Scel’s own rules',
  },
  fr: {
    rfc5280: 'RFC 5280 et ses amendements',
    'cabf-smime': 'CA/Browser Forum, S/MIME Baseline Requirements 1.0.16',
    scel: 'les règles propres à Scel',
  },
}

/**
 * A finding in words.
 * @param phrase fills an ICU message text with facts, in this language; each program has its own formatter
 */
export function lintSentence(
  { rule, problem, facts }: LintFinding,
  language: Language,
  phrase: (text: string, facts: LintFacts) => string,
): string {
  const texts: Readonly<Record<string, string>> = LINT_SENTENCES[language][rule]
  // What cannot be read was refused by the reader, whose errors have sentences of their own.
  const code = rule === 'rfc5280/well-formed' ? (facts.code as keyof (typeof SENTENCES)[Language]) : undefined
  const reason = code === undefined ? undefined : phrase(SENTENCES[language][code].says, facts)
  return phrase(texts[problem] ?? '', reason === undefined ? facts : { ...facts, reason })
}
