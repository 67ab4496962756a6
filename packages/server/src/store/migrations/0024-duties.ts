import { type Migration, migration } from './migration.ts'

/** Who does what happens by the clock: see core/duties. */
export const duties: Migration = migration('duties', (words) => [
  `CREATE TABLE duty (
    name ${words.text} PRIMARY KEY,
    holder ${words.text} NOT NULL,
    taken_at ${words.text} NOT NULL
  ) ${words.end}`,
])
