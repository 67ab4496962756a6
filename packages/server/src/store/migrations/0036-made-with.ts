import { type Migration, migration } from './migration.ts'

/** What was made with a certificate is asked for when somebody else may have had it: what has ended since, and grants, are asked for too. */
export const madeWithAnything: Migration = migration('made with', () => [
  'DROP INDEX credential_made_with',
  'CREATE INDEX credential_made_with ON credential (made_with) WHERE made_with IS NOT NULL',
  'CREATE INDEX person_grant_given_with ON person_grant (given_with) WHERE given_with IS NOT NULL',
])
