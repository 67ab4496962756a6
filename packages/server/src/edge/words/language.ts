import type { Language } from '@scel/contract/errors'

/**
 * The language to answer in: the first of the caller's `Accept-Language` that we speak, by weight (RFC 9110 §12.5.4).
 * English when there is none, or when the header is garbage.
 */
export function callerLanguage(header: string | undefined): Language {
  if (!header || header.length > 500) return 'en'
  const wishes = header.split(',').map((part, place) => {
    const [range = '', ...parameters] = part
      .toLowerCase()
      .split(';')
      .map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { language: range.split('-')[0], weight: weight ? Number(weight.slice(2)) || 0 : 1, place }
  })
  const best = wishes
    .filter(({ language, weight }) => weight > 0 && (language === 'fr' || language === 'en'))
    .sort((a, b) => b.weight - a.weight || a.place - b.place)[0]
  return best?.language === 'fr' ? 'fr' : 'en'
}

/** The language of a terminal, from `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` as gettext reads them. */
export function terminalLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG, LANGUAGE } = environment
  const locale = LC_ALL || LC_MESSAGES || LANG || ''
  // LANGUAGE is ignored in the C locale (gettext manual §2.3.3).
  const first = LANGUAGE && !/^(C|POSIX)?(\.|$)/.test(locale) ? LANGUAGE.split(':')[0]! : locale
  return /^fr(?![a-z])/i.test(first) ? 'fr' : 'en'
}
