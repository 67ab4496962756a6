import { type Migration, migration } from './migration.ts'

/** Links that were made with a certificate are found also once they are opened. */
export const linksMadeWith: Migration = migration('links made with', () => [
  'DROP INDEX invitation_made_with',
  'CREATE INDEX invitation_made_with ON invitation (made_with) WHERE made_with IS NOT NULL',
])
