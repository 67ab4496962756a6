import { type Migration, migration } from './migration.ts'

/**
 * How much a kit took back, by where it came from: see core/origins/kit/submission-rate.ts. And which keys are blocked is read
 * from the log, which always had a line of each block.
 */
export const submissions: Migration = migration('submissions', (words) => [
  `ALTER TABLE request ADD COLUMN from_network ${words.text}`,
  "CREATE INDEX request_taken_back ON request (kit_id, from_network, number) WHERE state = 'cancelled'",
  `CREATE INDEX audit_event_of_block ON audit_event (environment, target_id, number)
    WHERE action IN ('applicant.blocked', 'applicant.lifted') AND outcome = 'done'`,
  'DROP TABLE blocked_applicant',
])
