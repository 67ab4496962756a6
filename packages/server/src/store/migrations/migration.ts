import type { Bound, Engine } from '../bound.ts'

/** One step forward of the database. What has been published is never changed: a correction is a new migration. */
export interface Migration {
  readonly name: string
  statements(engine: Engine): readonly string[]
  /** What follows them and is no matter of SQL, in the same transaction. */
  fill?(engine: Engine, db: Bound): Promise<void>
}

/** The words in which the two databases differ. */
export interface Words {
  readonly engine: Engine
  /** Compared byte by byte, so that both sort alike, whatever language the server was installed in. */
  readonly text: string
  readonly blob: string
  readonly integer: string
  /** A primary key that the database counts up and never gives twice. */
  readonly counted: string
  /** What follows the closing bracket of a table. */
  readonly end: string
  /**
   * Ends the columns of an index that a search walks. SQLite then finds the words in the index, and touches only rows
   * that have them; an index of PostgreSQL has no room for long texts, and its process is not ours to keep waiting.
   */
  readonly andSearch: string
}

const WORDS: Record<Engine, Words> = {
  sqlite: {
    engine: 'sqlite',
    text: 'TEXT',
    blob: 'BLOB',
    integer: 'INTEGER',
    counted: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    end: 'STRICT',
    andSearch: ', search',
  },
  postgres: {
    engine: 'postgres',
    text: 'TEXT COLLATE "C"',
    blob: 'BYTEA',
    integer: 'BIGINT',
    counted: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    end: '',
    andSearch: '',
  },
}

export const wordsOf = (engine: Engine): Words => WORDS[engine]

/** A migration whose statements are the same for both, but for a few words. */
export const migration = (name: string, statements: (words: Words) => readonly string[]): Migration => ({
  name,
  statements: (engine) => statements(WORDS[engine]),
})

/** Refuses to change or delete a row (of SQL, so that no mistake of the program can either). */
export function appendOnly({ engine }: Words, table: string): readonly string[] {
  const says = `${table} is append-only`
  if (engine === 'sqlite') {
    return ['UPDATE', 'DELETE'].map(
      (act) => `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${says}'); END`,
    )
  }
  return [
    `CREATE FUNCTION ${table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${says}'; END $$`,
    `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_append_only()`,
  ]
}

/** Refuses to delete a row. */
export function undeleted({ engine }: Words, table: string): readonly string[] {
  const says = `${table} is append-only`
  if (engine === 'sqlite')
    return [`CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${says}'); END`]
  return [
    `CREATE FUNCTION ${table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${says}'; END $$`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_append_only()`,
  ]
}

/**
 * Refuses to change columns, of a table that is `undeleted`.
 *
 * @param name of the guard
 * @param when of the row before (OLD) and after (NEW); always, when it is left out
 */
export function keptColumns(
  { engine }: Words,
  table: string,
  name: string,
  columns: readonly string[],
  when?: string,
): readonly string[] {
  const of = `CREATE TRIGGER ${table}_${name}_stays BEFORE UPDATE OF ${columns.join(', ')} ON ${table}`
  if (engine === 'sqlite') {
    const condition = when === undefined ? '' : `WHEN ${when}`
    return [`${of} FOR EACH ROW ${condition} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`]
  }
  const each = when === undefined ? 'FOR EACH STATEMENT' : `FOR EACH ROW WHEN (${when})`
  return [`${of} ${each} EXECUTE FUNCTION ${table}_append_only()`]
}

/**
 * Of PostgreSQL, after the last function of a migration: in each that a guard calls, names lead to the desk's schema. Whoever is asked by a
 * guard has names of their own first otherwise: of temporary tables, which anybody may make.
 */
export const ownNames = `DO $$ DECLARE guard regprocedure; BEGIN
  FOR guard IN SELECT oid FROM pg_catalog.pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND prorettype = 'pg_catalog.trigger'::regtype AND pg_catalog.pg_has_role(proowner, 'USAGE')
  LOOP EXECUTE pg_catalog.format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema()); END LOOP; END $$`

/** Foreign keys are checked at the commit: within a unit of work, rows may come in the order of the rule. */
export const references = (target: string): string => `REFERENCES ${target} DEFERRABLE INITIALLY DEFERRED`

export const ENVIRONMENT_CHECK = "CHECK (environment IN ('production', 'test'))"
