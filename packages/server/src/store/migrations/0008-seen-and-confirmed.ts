import { type Migration, migration } from './migration.ts'

export const seenAndConfirmed: Migration = migration('seen and confirmed', ({ text }) => [
  // What waits for a second administrator, or had one: who asked, and who confirmed when. A row without an asker needs
  // nobody; all that were made before are such.
  ...['invitation', 'kit'].flatMap((table) =>
    ['asked_by_id', 'asked_by_name', 'confirmed_by_id', 'confirmed_by_name', 'confirmed_at'].map(
      (column) => `ALTER TABLE ${table} ADD COLUMN ${column} ${text}`,
    ),
  ),
  // What an event is about: managers hear of workstations. Events from before are kept for a day, and tell them nothing.
  `ALTER TABLE outbox ADD COLUMN enrolment ${text}`,
])
