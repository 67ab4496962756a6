export { codeRows } from './code-rows.ts'
export { DatabaseTooNew } from './migrations/migrate.ts'
export type { Database } from './open-database.ts'
export { migrateDatabase, type OpenReading, type OpenWork, openReading, openWork } from './open-work.ts'
