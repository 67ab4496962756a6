export { DatabaseTooNew } from './migrations/migrate.ts'
export type { Database } from './open-database.ts'
export { type OpenWork, openWork } from './open-work.ts'
