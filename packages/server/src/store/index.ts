export { exportedLines, isDatabaseFile, openExport } from './log/log-export.ts'
export { DatabaseTooNew } from './migrations/migrate.ts'
export { ahead } from './opening/ahead.ts'
export type { Database } from './opening/open-database.ts'
export { openPeers } from './opening/open-peers.ts'
export {
  migrateDatabase,
  type OpenReading,
  type OpenWork,
  openReading,
  openWork,
  tryWork,
} from './opening/open-work.ts'
export { type DatabaseState, stateOfDatabase } from './opening/state-of-database.ts'
export { sqliteFailure } from './sqlite/failures.ts'
