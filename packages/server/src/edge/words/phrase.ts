import type { Language } from '@scel/contract/errors'
import { IntlMessageFormat } from 'intl-messageformat'

export type Facts = Readonly<Record<string, string | number>>

const formats: Record<Language, Map<string, IntlMessageFormat>> = { en: new Map(), fr: new Map() }

/** An ICU message text with its facts, in words. Facts that are instants are written as people write dates, in UTC. */
export function phrase(text: string, language: Language, facts: Facts): string {
  const format = formatOf(text, language)
  const readable = Object.entries(facts).map(([name, fact]) => [
    name,
    INSTANT.test(`${fact}`) ? day(`${fact}`, language) : fact,
  ])
  return String(format.format(Object.fromEntries(readable)))
}

function formatOf(text: string, language: Language): IntlMessageFormat {
  const known = formats[language].get(text)
  if (known) return known
  // Tags are switched off: a fact that holds `<b>` stays text, and so does a sentence.
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true })
  formats[language].set(text, format)
  return format
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const days: Record<Language, Intl.DateTimeFormat> = { en: dayFormat('en-GB'), fr: dayFormat('fr-FR') }

const day = (instant: string, language: Language): string => days[language].format(new Date(instant))

function dayFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone: 'UTC', timeZoneName: 'short' },
  })
}
