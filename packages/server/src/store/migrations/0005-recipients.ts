import { type Migration, migration } from './migration.ts'

/** Which certificates files can be sealed to. Those issued before could be sealed to by nobody: 0 is right for them. */
export const recipients: Migration = migration('recipients', (words) => [
  `ALTER TABLE certificate ADD COLUMN receives ${words.integer} NOT NULL DEFAULT 0`,
])
