import { fixedColumns, guard, keptColumns, refused, undeleted, unreplaced } from './guards.ts'
import type { Words } from './migration.ts'

/**
 * A line stays as it was written, but for what is erased of it, and what the log and its heads are given, they are given one after the other: the
 * next number, the next place, a head over all places. A place that no head stands over yet is given again.
 */
export const appendOnlyLine = (words: Words): readonly string[] => [
  ...undeleted(words, 'audit_event'),
  fixedColumns(words, 'audit_event', 'line', LINE),
  // To erase takes the salt away with the text.
  keptColumns(words, 'audit_event', 'personal', PERSONAL, 'length(NEW.salts) >= length(OLD.salts)'),
  ...undeleted(words, 'log_head'),
  fixedColumns(words, 'log_head', 'head', ['size', 'root', 'at']),
  keptColumns(words, 'log_head', 'note', ['note'], 'OLD.note IS NOT NULL'),
  ...(words.engine === 'sqlite' ? ofSqlite() : ofPostgres()),
]

const LINE = [
  ...['number', 'environment', 'organisation', 'at', 'action', 'outcome', 'actor_kind', 'actor_id', 'target_kind'],
  ...['target_id', 'leaf', 'hash'],
]
const PERSONAL = ['actor_name', 'actor_from', 'target_name', 'facts', 'search', 'salts']

/** One more than the last that was given; places below 0 are nobody's. */
const NEXT_PLACE = 'SELECT coalesce(max(place), -1) + 1 FROM audit_event WHERE place >= 0'
const UNDER_A_HEAD = 'EXISTS (SELECT 1 FROM log_head WHERE size > OLD.place)'
const NO_NEXT_HEAD = `NEW.note IS NOT NULL OR NEW.size <= 0 OR NEW.size <> (${NEXT_PLACE})`

const wrongPlace = (differs: string): string =>
  `CASE WHEN OLD.place IS NULL THEN NEW.place ${differs} (${NEXT_PLACE}) ELSE NEW.place IS NOT NULL OR ${UNDER_A_HEAD} END`

/**
 * SQLite counts numbers in a table that no trigger can stand on, and whoever writes it says which comes next. So the next number of the log is the
 * one after its last line, whatever is counted there.
 */
const ofSqlite = (): readonly string[] => [
  refused('audit_event', 'audit_event_place_stays', 'BEFORE UPDATE OF place', wrongPlace('IS NOT')),
  // Before the insertion SQLite does not know a number that it gives itself. What was replaced is there again after the refusal.
  refused(
    ...(['audit_event', 'audit_event_begins', 'AFTER INSERT'] as const),
    `NEW.place IS NOT NULL OR NEW.number <= 0 OR EXISTS (SELECT 1 FROM audit_event WHERE number > NEW.number)
      OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number - 1))`,
  ),
  unreplaced('audit_event', 'number'),
  refused(
    ...(['log_head', 'log_head_begins', 'BEFORE INSERT'] as const),
    `${NO_NEXT_HEAD} OR EXISTS (SELECT 1 FROM log_head WHERE size = NEW.size)`,
  ),
]

/** Numbers that the sequence has not come to would be met by whoever is given them. */
const ofPostgres = (): readonly string[] => {
  const counted = 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_event_count'
  const wrongNumber = `NEW.place IS NOT NULL OR NEW.number <= 0 OR NEW.number > (${counted})`
  return [
    ...guard('audit_event_place_stays', 'audit_event', 'BEFORE UPDATE OF place', wrongPlace('IS DISTINCT FROM')),
    ...guard('audit_event_begins', 'audit_event', 'BEFORE INSERT', wrongNumber),
    ...guard('log_head_begins', 'log_head', 'BEFORE INSERT', NO_NEXT_HEAD),
  ]
}
