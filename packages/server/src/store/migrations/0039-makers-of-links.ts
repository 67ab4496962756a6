import { type Migration, migration } from './migration.ts'

/** A link says itself who made it: the certificate that it was made with is a row without a code. */
export const makersOfLinks: Migration = migration('makers of links', ({ text }) => [
  `ALTER TABLE invitation ADD COLUMN made_by_id ${text}`,
  `ALTER TABLE invitation ADD COLUMN made_by_name ${text}`,
])
