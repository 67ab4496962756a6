import { LANGUAGES, type Language } from '@scel/contract/errors'

/** The language asked for with `--lang`, or undefined when the option is not there. An unknown one is returned as it is. */
export function languageOption(argv: readonly string[]): string | undefined {
  for (const [index, argument] of argv.entries()) {
    if (argument === '--') return undefined
    if (argument === '--lang') return argv[index + 1]
    if (argument.startsWith('--lang=')) return argument.slice('--lang='.length)
  }
  return undefined
}

/**
 * The language to speak: the option, else the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set (POSIX order), else
 * the operating system's. English for every language that Scel does not speak.
 */
export function chooseLanguage(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  locale: string,
): Language {
  const wanted = asked ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG || locale)
  return LANGUAGES.find((language) => language === wanted.slice(0, 2).toLowerCase()) ?? 'en'
}

/** Formats an instant for people, in their language and time zone. */
export function formatInstant(instant: Date | string, language: Language): string {
  // Made once: each holds tens of kilobytes outside of V8's heap, which no collection is in a hurry to give back.
  instants[language] ??= new Intl.DateTimeFormat(REGION[language], { dateStyle: 'medium', timeStyle: 'short' })
  return instants[language].format(new Date(instant))
}

/** Formats a length of time in its largest unit: “3 h”, “12 min”. */
export function formatSpan(milliseconds: number, language: Language): string {
  const size = Math.abs(milliseconds)
  const [length, units] = UNITS.find(([length]) => size >= length) ?? UNITS[UNITS.length - 1]!
  return `${Math.round(size / length)}\u00a0${units[language]}`
}

const REGION: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' } // day before month in both
const instants: Partial<Record<Language, Intl.DateTimeFormat>> = {}
// Of Intl’s unit formats, short is “3 hrs” in English.
const UNITS: readonly (readonly [number, Record<Language, string>])[] = [
  [86_400_000, { en: 'd', fr: 'j' }],
  [3_600_000, { en: 'h', fr: 'h' }],
  [60_000, { en: 'min', fr: 'min' }],
  [1_000, { en: 's', fr: 's' }],
]
