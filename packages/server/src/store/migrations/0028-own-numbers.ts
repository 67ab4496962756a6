import { type Migration, migration } from './migration.ts'

/**
 * The desk says the number of each row that it writes (see `next-number.ts`), which an identity of PostgreSQL lets nobody. What counts up to it
 * there goes on where it was.
 */
export const ownNumbers: Migration = migration('own numbers', ({ engine }) =>
  engine === 'sqlite'
    ? []
    : [
        // A table is not altered while references of its rows wait to be looked at.
        'SET CONSTRAINTS ALL IMMEDIATE',
        'SET CONSTRAINTS ALL DEFERRED',
        ...COUNTED.flatMap((table) => [
          `ALTER TABLE ${table} ALTER COLUMN number DROP IDENTITY`,
          `CREATE SEQUENCE ${table}_count AS bigint`,
          `SELECT pg_catalog.setval('${table}_count'::regclass, greatest(max(number), 1), max(number) IS NOT NULL) FROM ${table}`,
          `ALTER TABLE ${table} ALTER COLUMN number SET DEFAULT pg_catalog.nextval('${table}_count'::regclass)`,
        ]),
      ],
)

const COUNTED = ['request', 'request_step', 'authority', 'certificate', 'intent', 'name_in_force', 'delivery']
