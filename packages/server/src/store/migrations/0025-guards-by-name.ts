import { type Migration, migration, ownNames } from './migration.ts'

/**
 * A guard reads the desk's tables, whoever made others of their names for a session; and a number that a table counts by is guarded under
 * each of its names, of which SQLite has three more: a guard of a column is not asked where the row's own number is written.
 */
export const guardsByName: Migration = migration('guards by name', ({ engine }) =>
  engine === 'sqlite' ? OF_SQLITE : [ownNames],
)

const LINE = [
  ...['number', 'environment', 'organisation', 'at', 'action', 'outcome', 'actor_kind', 'actor_id', 'target_kind'],
  ...['target_id', 'leaf', 'hash'],
]

const kept = (table: string, name: string, columns: readonly string[], says: string): readonly string[] => [
  `DROP TRIGGER ${name}`,
  `CREATE TRIGGER ${name} BEFORE UPDATE ON ${table} FOR EACH ROW
    WHEN ${columns.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')}
    BEGIN SELECT RAISE(ABORT, '${says}'); END`,
]

/** Where the row's own number is none of its columns, a row can be written over by it alone. One that is not given yet stands as -1. */
const unreplaced = (table: string): string =>
  `CREATE TRIGGER ${table}_rowid_is_not_replaced BEFORE INSERT ON ${table} FOR EACH ROW
    WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM ${table} WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`

const OF_SQLITE: readonly string[] = [
  ...kept('audit_event', 'audit_event_line_stays', LINE, 'audit_event is append-only'),
  ...kept('log_head', 'log_head_head_stays', ['size', 'root', 'at'], 'log_head is append-only'),
  ...kept(
    ...(['certificate', 'certificate_stays_named', ['number', 'id', 'request']] as const),
    'a certificate stays as issued, and revoked',
  ),
  ...['key_holder', 'compromise'].map(unreplaced),
]
