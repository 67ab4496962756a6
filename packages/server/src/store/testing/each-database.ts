import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe } from 'node:test'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import type { Engine } from '../bound.ts'
import type { Database } from '../opening/open-database.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { type Preparation, TABLES } from './preparation.ts'
import { preparedFile } from './prepared-file.ts'
import { openSample } from './sample-work.ts'

/** How tests come to databases of one kind. */
export interface Databases {
  readonly engine: Engine
  /** Where an empty database is. */
  where(): Promise<Database>
  /** Where one is as the preparation leaves it. */
  prepared(): Promise<Database>
  /** Units of work over one as the preparation leaves it, closed when the test ends. */
  fresh(): Promise<OpenWork>
  /** The same, and where the database is: for what somebody does behind the back of the store. */
  opened(onForged?: Parameters<typeof openSample>[1]): Promise<{ readonly database: Database; readonly work: OpenWork }>
}

/**
 * Declares the same tests for the embedded database and for a real PostgreSQL; for tests only.
 * @param preparation as which they find a database; left out: nothing is in it yet but the tables
 */
export function eachDatabase(
  name: string,
  tests: (databases: Databases) => void,
  preparation: Preparation = TABLES,
): void {
  describe(`${name}, SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'scel-store-'))
    after(() => rmSync(folder, { recursive: true, force: true }))
    let count = 0
    const where = async (): Promise<Database> => ({ kind: 'sqlite', file: join(folder, `${++count}`, 'desk.db') })
    const prepared = async (): Promise<Database> => {
      const file = join(folder, `${++count}`, 'desk.db')
      return { kind: 'sqlite', file: await preparedFile(file, preparation) }
    }
    tests(databases('sqlite', where, prepared))
  })

  const skip = postgresMissing() ?? false
  describe(`${name}, PostgreSQL`, { skip }, () => {
    let cluster: Postgres | undefined
    before(async () => {
      cluster = await withPostgres({ ...preparation, make: (url) => preparation.prepare({ kind: 'postgres', url }) })
    })
    after(() => cluster?.stop())
    let count = 0
    const where = async (): Promise<Database> => ({
      kind: 'postgres',
      url: await cluster!.createDatabase(`desk${++count}`),
    })
    const prepared = async (): Promise<Database> => ({
      kind: 'postgres',
      url: await cluster!.copyDatabase(`desk${++count}`, preparation.name),
    })
    tests(databases('postgres', where, prepared))
  })
}

function databases(engine: Engine, where: Databases['where'], prepared: Databases['prepared']): Databases {
  const open: OpenWork[] = []
  afterEach(async () => {
    for (const work of open.splice(0)) await work.close()
  })
  const opened: Databases['opened'] = async (onForged) => {
    const database = await prepared()
    const work = await openSample(database, onForged)
    open.push(work)
    return { database, work }
  }
  return { engine, where, prepared, opened, fresh: async () => (await opened()).work }
}
