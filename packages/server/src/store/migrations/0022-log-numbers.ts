import { type Migration, migration } from './migration.ts'

/**
 * SQLite counts numbers in a table that no trigger can stand on, and whoever writes it says which comes next. So the next number of the log is
 * the one after its last line, whatever is counted there; and what is there is not written again.
 */
export const logNumbers: Migration = migration('log numbers', ({ engine }) =>
  engine === 'sqlite'
    ? [
        'DROP TRIGGER audit_event_begins',
        refused(
          ...(['audit_event_begins', 'AFTER INSERT'] as const),
          `NEW.place IS NOT NULL OR NEW.number <= 0 OR EXISTS (SELECT 1 FROM audit_event WHERE number > NEW.number)
            OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number - 1))`,
        ),
        // A number that is not given yet stands as -1.
        refused(
          ...(['audit_event_number_is_not_replaced', 'BEFORE INSERT'] as const),
          'NEW.number > 0 AND EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number)',
        ),
      ]
    : [],
)

const refused = (name: string, act: string, when: string): string =>
  `CREATE TRIGGER ${name} ${act} ON audit_event FOR EACH ROW WHEN ${when}
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END`
