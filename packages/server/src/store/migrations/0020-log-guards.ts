import { type Migration, migration } from './migration.ts'

/**
 * What the log and its heads are given, they are given one after the other: the next number, the next place, a head over all places.
 * A place that no head stands over yet is given again. In SQLite `OR REPLACE` takes rows away without asking the guards of deletion:
 * a row that is there is not written again.
 */
export const logGuards: Migration = migration('log guards', (words) => [
  ...(words.engine === 'sqlite'
    ? ['DROP TRIGGER audit_event_place_stays', 'DROP TRIGGER audit_event_begins', ...ofSqlite()]
    : [
        'DROP TRIGGER audit_event_place_stays ON audit_event',
        'DROP TRIGGER audit_event_begins ON audit_event',
        ...ofPostgres(),
      ]),
])

/** One more than the last that was given; places below 0 are nobody's. */
const NEXT_PLACE = 'SELECT coalesce(max(place), -1) + 1 FROM audit_event WHERE place >= 0'
const UNDER_A_HEAD = 'EXISTS (SELECT 1 FROM log_head WHERE size > OLD.place)'

function ofSqlite(): readonly string[] {
  // Written when the statement ends: within it, what was counted up to before.
  const last = "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'), 0)"
  return [
    refused(
      ...(['audit_event', 'audit_event_place_stays', 'BEFORE UPDATE OF place'] as const),
      `CASE WHEN OLD.place IS NULL THEN NEW.place IS NOT (${NEXT_PLACE}) ELSE NEW.place IS NOT NULL OR ${UNDER_A_HEAD} END`,
    ),
    // Before the insertion SQLite does not know a number that it gives itself. What was replaced is there again after the refusal.
    refused(
      ...(['audit_event', 'audit_event_begins', 'AFTER INSERT'] as const),
      `NEW.place IS NOT NULL OR NEW.number <= ${last} OR (NEW.number > ${last} + 1
        AND NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number - 1))`,
    ),
    refused(
      ...(['log_head', 'log_head_begins', 'BEFORE INSERT'] as const),
      `NEW.note IS NOT NULL OR NEW.size <= 0 OR NEW.size <> (${NEXT_PLACE}) OR EXISTS (SELECT 1 FROM log_head WHERE size = NEW.size)`,
    ),
    ...['request_step', 'certificate'].map((table) => unreplaced(table, ['number'])),
    ...[['id'], ['fingerprint'], ['request'], ['authority', 'serial']].map((key) => unreplaced('certificate', key)),
    unreplaced('key_holder', ['key_hash', 'environment']),
    // Marked twice is marked once.
    `CREATE TRIGGER compromise_is_not_replaced BEFORE INSERT ON compromise
      WHEN EXISTS (SELECT 1 FROM compromise WHERE kind = NEW.kind AND value = NEW.value) BEGIN SELECT RAISE(IGNORE); END`,
    `CREATE TRIGGER certificate_stays_named BEFORE UPDATE OF number, id, request ON certificate
      WHEN NEW.number <> OLD.number OR NEW.id <> OLD.id OR NEW.request IS NOT OLD.request
      BEGIN SELECT RAISE(ABORT, 'a certificate stays as issued, and revoked'); END`,
  ]
}

const refused = (table: string, name: string, act: string, when: string): string =>
  `CREATE TRIGGER ${name} ${act} ON ${table} FOR EACH ROW WHEN ${when}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`

function unreplaced(table: string, key: readonly string[]): string {
  const there = key.map((column) => `${column} = NEW.${column}`).join(' AND ')
  // A number that is not given yet stands as -1.
  const given = key[0] === 'number' ? 'NEW.number > 0 AND ' : ''
  return refused(
    ...([table, `${table}_${key.join('_')}_is_not_replaced`, 'BEFORE INSERT'] as const),
    `${given}EXISTS (SELECT 1 FROM ${table} WHERE ${there})`,
  )
}

function ofPostgres(): readonly string[] {
  const refuse = (table: string): string => `RAISE EXCEPTION '${table} is append-only';`
  const guard = (name: string, table: string, act: string, wrong: string): readonly string[] => [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF (${wrong}) THEN ${refuse(table)} END IF; RETURN NEW; END $$`,
    `CREATE TRIGGER ${name} ${act} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  ]
  const counted = 'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_event_count'
  return [
    ...guard(
      ...(['audit_event_place_stays', 'audit_event', 'BEFORE UPDATE OF place'] as const),
      `CASE WHEN OLD.place IS NULL THEN NEW.place IS DISTINCT FROM (${NEXT_PLACE}) ELSE NEW.place IS NOT NULL OR ${UNDER_A_HEAD} END`,
    ),
    // Numbers that the sequence has not come to would be met by whoever is given them.
    ...guard(
      ...(['audit_event_begins', 'audit_event', 'BEFORE INSERT'] as const),
      `NEW.place IS NOT NULL OR NEW.number <= 0 OR NEW.number > (${counted})`,
    ),
    ...guard(
      ...(['log_head_begins', 'log_head', 'BEFORE INSERT'] as const),
      `NEW.note IS NOT NULL OR NEW.size <= 0 OR NEW.size <> (${NEXT_PLACE})`,
    ),
  ]
}
