import { type Language, withInstants } from '@scel/contract/errors'
import IntlMessageFormat from 'intl-messageformat'
import { formatInstant } from '../language.ts'
import { plain } from '../plain.ts'

/**
 * Names of the arguments in an ICU text, read by the compiler: `{name}` and `{count, plural, …}`. Text inside the arms
 * of a plural is told apart by its space or `#`, so every arm has one.
 */
export type ArgumentNames<Text extends string> = Text extends `${string}{${infer Rest}`
  ? NameAt<Rest> | ArgumentNames<Rest>
  : never
type NameAt<Rest extends string> = Rest extends `${infer Head}}${string}`
  ? Head extends `${infer Name},${string}`
    ? Clean<Name>
    : Clean<Head>
  : never
type Clean<Name extends string> = Name extends `${string} ${string}` | `${string}#${string}` | '' ? never : Name

export type Facts<Names extends string> = Readonly<Record<Names, string | number>>
/** The argument list after a key: nothing for a text without arguments. */
export type FactsOf<Text extends string> = [ArgumentNames<Text>] extends [never]
  ? []
  : [facts: Facts<ArgumentNames<Text>>]

/**
 * Fills an ICU text; instants, which the text names as such, in the language and time zone of the person. Facts that the
 * text does not name are ignored; one that it lacks leaves its name in braces. Letters that act, line breaks too, are made visible in facts.
 */
export function fill(text: string, language: Language, facts: Readonly<Record<string, unknown>> = {}): string {
  try {
    const ready = withInstants(text, onOneLine(facts), (instant) => formatInstant(instant, language))
    return String(formatter(ready.text, language).format(ready.facts))
  } catch {
    return text // a sentence of another version of the desk: its raw text says more than a crash
  }
}

/** What others wrote adds no line to a text of ours. */
const onOneLine = (facts: Readonly<Record<string, unknown>>): Facts<string> =>
  Object.fromEntries(
    Object.entries(facts as Facts<string>).map(([name, fact]) => [name, typeof fact === 'string' ? plain(fact) : fact]),
  )

function formatter(text: string, language: string): IntlMessageFormat {
  const key = `${language}\n${text}`
  let made = formatters.get(key)
  if (!made) {
    made = new IntlMessageFormat(text, language)
    formatters.set(key, made)
  }
  return made
}

const formatters = new Map<string, IntlMessageFormat>()
