import { LANGUAGES, type Language } from '@scel/contract/errors'

// The language of the portal: chosen once and remembered, otherwise what the browser asks for. It is kept outside React
// because every call to the desk carries it too (Accept-Language).

const KEY = 'scel-language'
const watchers = new Set<() => void>()
let current: Language | undefined

const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.includes(text as Language)

/** The first of the browser's languages that the portal speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en'
}

export function languageNow(): Language {
  current ??= remembered() ?? preferredLanguage(navigator.languages)
  return current
}

export function chooseLanguage(language: Language): void {
  current = language
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // storage is switched off: the choice lasts as long as the page
  }
  for (const tell of watchers) tell()
}

export function watchLanguage(tell: () => void): () => void {
  watchers.add(tell)
  return () => watchers.delete(tell)
}

function remembered(): Language | undefined {
  try {
    const text = localStorage.getItem(KEY)
    return isLanguage(text) ? text : undefined
  } catch {
    return undefined
  }
}
