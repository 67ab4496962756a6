import { appendOnlyLine } from './log-guards.ts'
import { ENVIRONMENT_CHECK, type Migration, migration } from './migration.ts'

/**
 * What was done: lines, which are leaves of a tree (core/log), and its signed heads. Its name tells the databases of the desk from those of
 * versions before the first release (see `state-of-database.ts`).
 */
export const log: Migration = migration('the log', (words) => [
  // A leaf says its number, which therefore is known before the line is written.
  ...(words.engine === 'sqlite' ? [] : ['CREATE SEQUENCE audit_event_count AS bigint']),
  `CREATE TABLE audit_event (
    number ${words.engine === 'sqlite' ? words.counted('audit_event') : 'BIGINT PRIMARY KEY'},
    environment ${words.text} NOT NULL ${ENVIRONMENT_CHECK},
    organisation ${words.text},
    at ${words.text} NOT NULL,
    action ${words.text} NOT NULL,
    outcome ${words.text} NOT NULL,
    actor_kind ${words.text} NOT NULL,
    actor_id ${words.text},
    actor_name ${words.text} NOT NULL,
    actor_from ${words.text},
    target_kind ${words.text} NOT NULL,
    target_id ${words.text} NOT NULL,
    target_name ${words.text},
    search ${words.text} NOT NULL,
    facts ${words.text} NOT NULL,
    leaf ${words.text},
    hash ${words.blob},
    salts ${words.text},
    place ${words.integer},
    row_code ${words.text}
  ) ${words.end}`,
  `CREATE INDEX audit_event_newest ON audit_event (environment, number, action${words.andSearch})`,
  'CREATE UNIQUE INDEX audit_event_place ON audit_event (place) WHERE place IS NOT NULL',
  'CREATE INDEX audit_event_unplaced ON audit_event (number) WHERE place IS NULL',
  // Which keys are blocked is read from the log.
  `CREATE INDEX audit_event_of_block ON audit_event (environment, target_id, number)
    WHERE action IN ('applicant.blocked', 'applicant.lifted') AND outcome = 'done'`,

  // A head is here as soon as its leaves have their places, and is signed after that.
  `CREATE TABLE log_head (
    size ${words.integer} PRIMARY KEY,
    root ${words.blob} NOT NULL,
    at ${words.text} NOT NULL,
    note ${words.text}
  ) ${words.end}`,
  ...appendOnlyLine(words),
])
