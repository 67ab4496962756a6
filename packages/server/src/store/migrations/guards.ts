import type { Words } from './migration.ts'

// What the database itself refuses, so that no mistake of the program can do it either. A guard of PostgreSQL calls a function, `<table>_append_only`
// unless it has one of its own; one of SQLite says itself what it refuses.

type OfEngine = Pick<Words, 'engine'>

/** Refuses to change or delete a row. */
export function appendOnly(words: OfEngine, table: string): readonly string[] {
  if (words.engine === 'sqlite') return ['UPDATE', 'DELETE'].map((act) => never(table, act))
  return [
    refusal(table),
    `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_append_only()`,
  ]
}

/** Refuses to delete a row. */
export function undeleted(words: OfEngine, table: string): readonly string[] {
  if (words.engine === 'sqlite') return [never(table, 'DELETE')]
  return [
    refusal(table),
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_append_only()`,
  ]
}

/**
 * Refuses to change columns, of a table that is `undeleted`.
 *
 * @param name of the guard
 * @param when of the row before (OLD) and after (NEW)
 */
export function keptColumns(
  { engine }: OfEngine,
  table: string,
  name: string,
  columns: readonly string[],
  when: string,
): string {
  const act = `BEFORE UPDATE OF ${columns.join(', ')}`
  return engine === 'sqlite'
    ? refused(table, `${table}_${name}_stays`, act, when)
    : `CREATE TRIGGER ${table}_${name}_stays ${act} ON ${table}
        FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION ${table}_append_only()`
}

/**
 * Refuses to change columns in any row, of a table that is `undeleted`. One by which a table of SQLite counts has three names more, by which a
 * guard of the column is not asked: the guard is one of the row there.
 */
export function fixedColumns({ engine }: OfEngine, table: string, name: string, columns: readonly string[]): string {
  return engine === 'sqlite'
    ? refused(table, `${table}_${name}_stays`, 'BEFORE UPDATE', anyChanged(columns))
    : `CREATE TRIGGER ${table}_${name}_stays BEFORE UPDATE OF ${columns.join(', ')} ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION ${table}_append_only()`
}

/** For `keptColumns`: whether one of these columns becomes anything but empty, or even that in another row. What held nothing (NULL) still does. */
export const onlyEmptied = ({ engine }: OfEngine, columns: readonly string[], where: string): string => {
  const differs = engine === 'sqlite' ? 'IS NOT' : 'IS DISTINCT FROM'
  const [of, to] = ['OLD', 'NEW'].map((row) => (column: string) => `${row}.${column}`) as [Of, Of]
  return columns
    .map(
      (column) =>
        `(${to(column)} ${differs} ${of(column)} AND (NOT (${where}) OR ${of(column)} IS NULL OR ${to(column)} ${differs} ''))`,
    )
    .join(' OR ')
}
type Of = (column: string) => string

/** Of SQLite: whether one of these columns is written over by something else. */
const anyChanged = (columns: readonly string[]): string =>
  columns.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')

/** Of SQLite: refuses an act where a condition holds. */
export const refused = (
  table: string,
  name: string,
  act: string,
  when: string,
  says = `${table} is append-only`,
): string =>
  `CREATE TRIGGER ${name} ${act} ON ${table} FOR EACH ROW WHEN ${when} BEGIN SELECT RAISE(ABORT, '${says}'); END`

/**
 * Of SQLite, where `OR REPLACE` takes rows away without asking the guards of deletion: refuses a row whose key is there. A number that is not
 * given yet stands as -1.
 */
export function unreplaced(table: string, ...key: readonly string[]): string {
  const there = key.map((column) => `${column} = NEW.${column}`).join(' AND ')
  const given = key[0] === 'number' || key[0] === 'rowid' ? `NEW.${key[0]} > 0 AND ` : ''
  const name = `${table}_${key.join('_')}_is_not_replaced`
  return refused(table, name, 'BEFORE INSERT', `${given}EXISTS (SELECT 1 FROM ${table} WHERE ${there})`)
}

/** Of PostgreSQL: refuses an act where a condition holds, which may ask tables. */
export const guard = (name: string, table: string, act: string, wrong: string): readonly string[] => [
  `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF (${wrong}) THEN RAISE EXCEPTION '${table} is append-only'; END IF; RETURN NEW; END $$`,
  `CREATE TRIGGER ${name} ${act} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
]

/** Of PostgreSQL: what a guard calls to refuse. */
export const refusal = (table: string, name = `${table}_append_only`, says = `${table} is append-only`): string =>
  `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${says}'; END $$`

const never = (table: string, act: string): string =>
  `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`

/**
 * Of PostgreSQL, at the end of each migration that makes a function: in each that a guard calls, names lead to the desk's schema. Whoever is asked
 * by a guard has names of their own first otherwise: of temporary tables, which anybody may make.
 */
export const ownNames = `DO $$ DECLARE guard regprocedure; BEGIN
  FOR guard IN SELECT oid FROM pg_catalog.pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND prorettype = 'pg_catalog.trigger'::regtype AND pg_catalog.pg_has_role(proowner, 'USAGE')
  LOOP EXECUTE pg_catalog.format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema()); END LOOP; END $$`
