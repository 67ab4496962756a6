import { type Facts, type Language, withInstants } from '@scel/contract/errors'
import { IntlMessageFormat } from 'intl-messageformat'

export type { Facts } from '@scel/contract/errors'

const formats: Record<Language, Map<string, IntlMessageFormat>> = { en: new Map(), fr: new Map() }

/**
 * An ICU message text with its facts, in words. Instants, which the text names as such, are written as people write
 * dates, in UTC. It never throws: what was done stays done, and whoever did it gets an answer. A fact that is missing is
 * left out by three dots.
 */
export function phrase(text: string, language: Language, facts: Facts): string {
  try {
    const ready = withInstants(text, { ...absent(text), ...facts }, (instant) =>
      days[language].format(new Date(instant)),
    )
    return String(formatOf(ready.text, language).format(ready.facts))
  } catch {
    return text
  }
}

const absent = (text: string): Facts =>
  Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, '…']))

function formatOf(text: string, language: Language): IntlMessageFormat {
  const known = formats[language].get(text)
  if (known) return known
  // Tags are switched off: a fact that holds `<b>` stays text, and so does a sentence.
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true })
  withoutInherited(format.getAst() as readonly Part[])
  formats[language].set(text, format)
  return format
}

interface Part {
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>
}

/** The formatter looks a choice up by the fact itself: a fact `constructor` is none of the choices. */
function withoutInherited(parts: readonly Part[]): void {
  for (const { options } of parts) {
    if (!options) continue
    Object.setPrototypeOf(options, null)
    for (const { value } of Object.values(options)) withoutInherited(value)
  }
}

const days: Record<Language, Intl.DateTimeFormat> = { en: dayFormat('en-GB'), fr: dayFormat('fr-FR') }

function dayFormat(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone: 'UTC', timeZoneName: 'short' },
  })
}
