import { sql } from 'kysely'
import { eventOfRow, proofOf } from '../audit-rows.ts'
import type { Engine } from '../bound.ts'
import { keptColumns, type Migration, migration, undeleted, wordsOf } from './migration.ts'

/**
 * Lines of the log are leaves of a tree (core/log), which has signed heads. Lines from before become its first leaves, in the order of
 * their numbers: what they say is proven from now on.
 */
export const logLeaves: Migration = {
  ...migration('log leaves', (words) => [
    `ALTER TABLE audit_event ADD COLUMN leaf ${words.text}`,
    `ALTER TABLE audit_event ADD COLUMN hash ${words.blob}`,
    `ALTER TABLE audit_event ADD COLUMN salts ${words.text}`,
    `ALTER TABLE audit_event ADD COLUMN place ${words.integer}`,
    `ALTER TABLE audit_event ADD COLUMN row_code ${words.text}`,
    'CREATE UNIQUE INDEX audit_event_place ON audit_event (place) WHERE place IS NOT NULL',
    'CREATE INDEX audit_event_unplaced ON audit_event (number) WHERE place IS NULL',
    ...(words.engine === 'postgres'
      ? [
          // A leaf says its number, which therefore has to be known before the line is written.
          'ALTER TABLE audit_event ALTER COLUMN number DROP IDENTITY',
          'CREATE SEQUENCE audit_event_count AS bigint',
          "SELECT setval('audit_event_count', greatest(max(number), 1), max(number) IS NOT NULL) FROM audit_event",
          'DROP TRIGGER audit_event_append_only ON audit_event',
          'DROP FUNCTION audit_event_append_only',
        ]
      : ['DROP TRIGGER audit_event_no_update', 'DROP TRIGGER audit_event_no_delete']),
    // A head is here as soon as its leaves have their places, and is signed after that.
    `CREATE TABLE log_head (
      size ${words.integer} PRIMARY KEY,
      root ${words.blob} NOT NULL,
      at ${words.text} NOT NULL,
      note ${words.text}
    ) ${words.end}`,
    ...undeleted(words, 'log_head'),
    ...keptColumns(words, 'log_head', 'head', ['size', 'root', 'at']),
    ...keptColumns(words, 'log_head', 'note', ['note'], 'OLD.note IS NOT NULL'),
  ]),
  async fill(engine, db) {
    for (let place = 0, after = 0; ; ) {
      const rows = await db
        .selectFrom('audit_event')
        .selectAll()
        .where('number', '>', after)
        .orderBy('number')
        .limit(CHUNK)
        .execute()
      for (const row of rows) {
        const proven = { ...(await proofOf(eventOfRow(row))), place: place++ }
        await db.updateTable('audit_event').set(proven).where('number', '=', row.number).execute()
      }
      if (rows.length < CHUNK) break
      after = rows.at(-1)!.number
    }
    for (const statement of guards(engine)) await sql.raw(statement).execute(db)
  },
}

/** What the database itself refuses from then on, so that no mistake of the program can either. */
function guards(engine: Engine): readonly string[] {
  const words = wordsOf(engine)
  const kept = ['number', 'environment', 'organisation', 'at', 'action', 'outcome', 'actor_kind', 'actor_id']
  return [
    ...undeleted(words, 'audit_event'),
    ...keptColumns(words, 'audit_event', 'line', [...kept, 'target_kind', 'target_id', 'leaf', 'hash']),
    // Below 0 no check would meet a line.
    ...keptColumns(words, 'audit_event', 'place', ['place'], 'OLD.place IS NOT NULL OR NEW.place < 0'),
    ...begun(engine),
    // To erase takes the salt away with the text.
    ...keptColumns(
      words,
      'audit_event',
      'personal',
      ['actor_name', 'actor_from', 'target_name', 'facts', 'search', 'salts'],
      'length(NEW.salts) >= length(OLD.salts)',
    ),
  ]
}

/** A line begins without a place, under a number that is counted up. */
function begun(engine: Engine): readonly string[] {
  const wrong = 'NEW.number <= 0 OR NEW.place IS NOT NULL'
  // Before the insertion SQLite does not know a number that it gives itself.
  return engine === 'sqlite'
    ? [
        `CREATE TRIGGER audit_event_begins AFTER INSERT ON audit_event FOR EACH ROW WHEN ${wrong}
          BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END`,
      ]
    : [
        `CREATE TRIGGER audit_event_begins BEFORE INSERT ON audit_event FOR EACH ROW WHEN (${wrong})
          EXECUTE FUNCTION audit_event_append_only()`,
      ]
}

const CHUNK = 1_000
