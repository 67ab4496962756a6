import { type Migration, migration } from './migration.ts'

/** How much a kit took back, by where it came from: see core/enrolment/submission-rate.ts. */
export const submissions: Migration = migration('submissions', (words) => [
  `ALTER TABLE request ADD COLUMN from_network ${words.text}`,
  "CREATE INDEX request_taken_back ON request (kit_id, from_network, number) WHERE state = 'cancelled'",
])
