import type { Language } from '../words/sentence.ts'
import type { ChoiceName } from './choices.ts'

interface ChoiceWords {
  /** What is chosen. */
  readonly label: string
  /** One of its values: an ICU message text with `value`. */
  readonly value: string
}

/** What requests choose, in words. */
export const CHOICE_WORDS: Readonly<Record<Language, Readonly<Record<ChoiceName, ChoiceWords>>>> = {
  en: { validityDays: { label: 'Duration asked for', value: '{value, plural, one {# day} other {# days}}' } },
  fr: { validityDays: { label: 'Durée demandée', value: '{value, plural, one {# jour} other {# jours}}' } },
}
