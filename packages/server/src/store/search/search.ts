import { type RawBuilder, type SqlBool, sql } from 'kysely'

// Both databases compare text byte by byte, and neither knows that É is é. What is looked for without regard to case
// is therefore folded by us, when it is written and when it is asked for. A search looks for words, by how they begin.

/** Lower case without accents: for searching and sorting, never for telling two things apart. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** The words of a text, folded, each once: what stands between anything that is no letter and no digit. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  ),
]

/** What a searchable column holds: its words, each after a space, so that ` exa` is where one begins. */
export const searchable = (...parts: readonly (string | undefined)[]): string =>
  wordsOf(parts.join('\n'))
    .map((word) => ` ${word}`)
    .join('')

/** The words that were typed, the longest first; one that begins another asks for nothing more. */
export function typedWords(typed: string): readonly string[] {
  const words = wordsOf(typed).sort((one, other) => other.length - one.length)
  return words.filter((word, at) => !words.slice(0, at).some((longer) => longer.startsWith(word)))
}

/** Whether a searchable column has a word that begins so. */
const hasWord = (column: string, word: string): RawBuilder<SqlBool> =>
  // A word has neither `%` nor `_`, which would stand for others.
  sql<SqlBool>`${sql.ref(column)} like ${`% ${word}%`}`

/**
 * Whether each of the words stands in one of the columns; where there is no word, no row has it.
 *
 * @param words as `typedWords` gives them
 */
export const holds = (
  columns: readonly string[],
  words: readonly string[],
  orElse: (word: string) => readonly RawBuilder<SqlBool>[] = () => [],
): RawBuilder<SqlBool> => {
  if (words.length === 0) return sql`1 = 0`
  const each = words.map((word) => [...columns.map((column) => hasWord(column, word)), ...orElse(word)])
  return sql<SqlBool>`(${sql.join(
    each.map((ways) => sql`(${sql.join(ways, sql` or `)})`),
    sql` and `,
  )})`
}

/** Whether a column begins with a text. */
export const beginsWith = (column: string, text: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`${sql.ref(column)} like ${`${escaped(text)}%`} escape '\\'`

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
