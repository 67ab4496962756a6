import type { Language, Sentence } from '@scel/contract/errors'
import { FAILURES_EN, HELP_EN, TEXTS_EN } from './en.ts'
import { FAILURES_FR, HELP_FR, TEXTS_FR } from './fr.ts'
import { type FactsOf, fill } from './icu.ts'
import { SEALING_HINTS_EN } from './sealing.en.ts'
import { SEALING_HINTS_FR } from './sealing.fr.ts'

export { fill } from './icu.ts'

export type TextKey = keyof typeof TEXTS_EN
export type HelpKey = keyof typeof HELP_EN
export type FailureCode = keyof typeof FAILURES_EN
/** Arguments that a text needs, after its key. */
export type TextFacts<K extends TextKey> = FactsOf<(typeof TEXTS_EN)[K]>
/** Arguments that a failure's sentences need, after its code. */
export type FailureFacts<C extends FailureCode> =
  FactsOf<`${(typeof FAILURES_EN)[C]['says']} ${(typeof FAILURES_EN)[C]['hint']}`>

const TEXTS: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: TEXTS_EN, fr: TEXTS_FR }
const HELPS: Readonly<Record<Language, Readonly<Record<HelpKey, string>>>> = { en: HELP_EN, fr: HELP_FR }
const FAILURES: Readonly<Record<Language, Readonly<Record<FailureCode, Sentence>>>> = {
  en: FAILURES_EN,
  fr: FAILURES_FR,
}

const HINTS: Readonly<Record<Language, typeof SEALING_HINTS_EN>> = { en: SEALING_HINTS_EN, fr: SEALING_HINTS_FR }

/** One text in a language, its arguments filled in. */
export function textIn<K extends TextKey>(language: Language, key: K, ...[facts]: TextFacts<K>): string {
  return fill(TEXTS[language][key], language, facts)
}

export const helpIn = (language: Language, key: HelpKey, facts: Readonly<Record<string, string>> = {}): string =>
  fill(HELPS[language][key], language, facts)

/** What to do about an error of the library, where a command can say it better than the library's own sentence. */
export const hintIn = (language: Language, code: string): string | undefined =>
  Object.entries(HINTS[language]).find(([one]) => one === code)?.[1]

/** A failure in words: what is wrong, and what to do about it. */
export function failureIn(
  language: Language,
  code: FailureCode,
  facts: Readonly<Record<string, string | number>>,
): Sentence {
  const { says, hint } = FAILURES[language][code]
  return { says: fill(says, language, facts), hint: fill(hint, language, facts) }
}
