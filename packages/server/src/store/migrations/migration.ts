import type { Engine } from '../bound.ts'
import { ownNames } from './guards.ts'

/**
 * One step forward of the database. What has been published is never changed: a correction is a new migration.
 *
 * But for the two environments, no column is held to the words of today: for one more, SQLite would make its table anew. Who reads a row judges its
 * words: under a code they are as the desk wrote them, and elsewhere (`requests/request-rows.ts`, `log/audit-store.ts`) one that there is not leads nowhere.
 */
export interface Migration {
  readonly name: string
  statements(engine: Engine): readonly string[]
}

/** The words in which the two databases differ. */
export interface Words {
  readonly engine: Engine
  /** Compared byte by byte, so that both sort alike, whatever language the server was installed in. */
  readonly text: string
  readonly blob: string
  readonly integer: string
  /** A primary key that the desk gives itself (see `next-number.ts`); of PostgreSQL, what counts up to it is made before (`counter`). */
  counted(table: string): string
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
    counted: () => 'INTEGER PRIMARY KEY AUTOINCREMENT',
    end: 'STRICT',
    andSearch: ', search',
  },
  postgres: {
    engine: 'postgres',
    text: 'TEXT COLLATE "C"',
    blob: 'BYTEA',
    integer: 'BIGINT',
    counted: (table) => `BIGINT PRIMARY KEY DEFAULT pg_catalog.nextval('${table}_count'::regclass)`,
    end: '',
    andSearch: '',
  },
}

/** A migration whose statements are the same for both, but for a few words. */
export const migration = (name: string, statements: (words: Words) => readonly string[]): Migration => ({
  name,
  statements: (engine) => {
    const all = statements(WORDS[engine])
    return all.some((statement) => statement.startsWith('CREATE FUNCTION')) ? [...all, ownNames] : all
  },
})

/** Of PostgreSQL, what a table counts by. */
export const counter = ({ engine }: Words, table: string): readonly string[] =>
  engine === 'sqlite' ? [] : [`CREATE SEQUENCE ${table}_count AS bigint`]

/** Foreign keys are checked at the commit: within a unit of work, rows may come in the order of the rule. */
export const references = (target: string): string => `REFERENCES ${target} DEFERRABLE INITIALLY DEFERRED`

export const ENVIRONMENT_CHECK = "CHECK (environment IN ('production', 'test'))"
