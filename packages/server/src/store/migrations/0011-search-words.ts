import { type Migration, migration } from './migration.ts'

/** In which rows of the long lists a word stands: see search-words.ts. */
export const searchWords: Migration = migration('search words', ({ text, integer, engine }) => [
  `CREATE TABLE search_word (
    list ${integer} NOT NULL,
    word ${text} NOT NULL,
    row ${integer} NOT NULL,
    PRIMARY KEY (list, word, row)
  ) ${engine === 'sqlite' ? 'STRICT, WITHOUT ROWID' : ''}`,
])
