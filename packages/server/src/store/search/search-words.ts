import type { Environment } from '@scel/contract/values'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Bound, engineOf } from '../bound.ts'
import { prepared } from '../opening/prepared.ts'
import { SLICE } from '../queries/paging.ts'

// The index of the long lists: in which rows a word stands. It only proposes rows; which of them are shown, and to whom,
// the list decides by its own conditions, among them the words once more, in full.

/** The lists that are indexed: of requests, of certificates, and the log. */
export type Indexed = 'request' | 'certificate' | 'audit_event'

/** By a small number, because it stands beside every word. */
const LISTS: Readonly<Record<Indexed, Readonly<Record<Environment, number>>>> = {
  request: { production: 1, test: 2 },
  certificate: { production: 3, test: 4 },
  audit_event: { production: 5, test: 6 },
}

/**
 * Enters a row under its words.
 *
 * @param number of the row
 * @param search what its searchable column holds
 */
export async function enterWords(
  db: Bound,
  kind: Indexed,
  environment: Environment,
  number: number,
  search: string,
): Promise<void> {
  const words = new Set(search.split(' ').map(cut))
  words.delete('') // before the first
  if (words.size === 0) return
  const entries = { list: LISTS[kind][environment], row: number, words: [...words] }
  await (engineOf(db) === 'sqlite' ? enterInProcess(db, entries) : enterListed(db, entries))
}

/** Takes a row out from under its words. @param search what its searchable column held */
export async function forgetWords(
  db: Bound,
  kind: Indexed,
  environment: Environment,
  number: number,
  search: string,
): Promise<void> {
  const entries = db.deleteFrom('search_word').where('list', '=', LISTS[kind][environment]).where('row', '=', number)
  for (const word of new Set(search.split(' ').map(cut))) await entries.where('word', '=', word).execute()
}

interface Entries {
  readonly list: number
  readonly row: number
  readonly words: readonly string[]
}

/** One statement for any number of words: each is a way to the server and back. */
const enterListed = (db: Bound, { words, ...row }: Entries): Promise<unknown> =>
  insertListed(db, { ...row, words: JSON.stringify(words) })
const insertListed = prepared((db, { list, row, words }: { list: number; row: number; words: string }) =>
  db
    .insertInto('search_word')
    .columns(['list', 'word', 'row'])
    .expression(
      sql`select cast(${list} as bigint), listed.value, cast(${row} as bigint)
        from pg_catalog.json_array_elements_text(cast(${words} as json)) as listed (value)`,
    )
    .onConflict((conflict) => conflict.doNothing()),
)

/** A few words in each statement, so that there are few statements to keep. */
async function enterInProcess(db: Bound, { words, ...row }: Entries): Promise<void> {
  for (let at = 0; at < words.length; at += TOGETHER)
    await insertTogether(db, { ...row, words: words.slice(at, at + TOGETHER) })
}
const insertTogether = prepared((db, { list, row, words }: Entries) =>
  // What somebody entered before is no reason to refuse the row. Said here, it spares the database a journal to take back this one statement.
  db
    .insertInto('search_word')
    .orIgnore()
    .values(words.map((word) => ({ list, word, row }))),
)
const TOGETHER = 24

/**
 * The numbers of the rows of a list which may have what was typed: those of its rarest word, as a query with the one
 * column `row`. Undefined when each of the words begins too many: whoever looks through the list, newest first, then
 * finds some soon.
 *
 * @param ways words of which all must be there, in one way or in another
 */
export async function proposed(
  db: Bound,
  kind: Indexed,
  environment: Environment,
  ways: readonly (readonly string[])[],
): Promise<RawBuilder<{ row: number }> | undefined> {
  const list = LISTS[kind][environment]
  const rows: RawBuilder<unknown>[] = []
  for (const words of ways) {
    const word = await rarestOf(db, list, words)
    if (word === undefined) return undefined
    // The limit cuts nothing off: it tells the database how few there are.
    const entries = sql`select row from search_word where ${begins({ list, word })} limit ${sql.lit(SLICE)}`
    rows.push(sql`select distinct row from (${entries}) as entry`)
  }
  return sql`(${sql.join(rows, sql` union `)})`
}

async function rarestOf(db: Bound, list: number, words: readonly string[]): Promise<string | undefined> {
  let rarest: string | undefined
  let fewest = SLICE
  for (const word of words.slice(0, MOST_ASKED).map(cut)) {
    const { count } = (await countEntries(db, { list, word, end: endOf(word) })).rows[0]!
    if (count <= fewest) [rarest, fewest] = [word, count]
    if (fewest <= FEW) break
  }
  return rarest
}

interface Range {
  readonly list: number
  readonly word: string
  readonly end?: string
}

/** Counts no further than the first that are too many. */
const countEntries = prepared((db, range: Required<Range>) => {
  const entries = db.selectFrom('search_word').select('row').where(begins(range)).orderBy('word')
  return db.selectFrom(entries.limit(SLICE + 1).as('entry')).select((eb) => eb.fn.countAll<number>().as('count'))
})

const begins = ({ list, word, end = endOf(word) }: Range): RawBuilder<SqlBool> =>
  sql<SqlBool>`list = ${list} and word >= ${word} and word < ${end}`

/** Before it are all words that begin so: texts are compared byte by byte, and the last of all characters is in no word. */
const endOf = (word: string): string => `${word}\u{10FFFF}`
/** A word is entered up to so many characters: those who type more of it are proposed what begins as it does. */
const cut = (word: string): string => (word.length <= 24 ? word : word.slice(0, 24).toWellFormed())
/** Words that are asked for how rare they are, the longest first. */
const MOST_ASKED = 8
/** So few rows that no other word need be asked. */
const FEW = 50
