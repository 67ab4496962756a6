import { type Migration, migration } from './migration.ts'

/** Which form of its profile a request was read under: see core/registration/read-under.ts. */
export const readUnder: Migration = migration('read under', (words) => [
  `ALTER TABLE request ADD COLUMN read_under ${words.text}`,
])
