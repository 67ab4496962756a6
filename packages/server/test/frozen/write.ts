// `node packages/server/test/frozen/write.ts`: keeps a database as the desk of today makes it, under the number of its last migration, for
// `frozen.test.ts` to open for ever. Before the first release one that is there is written anew: `-- --again`.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CODED } from '../../src/store/codes/coded-columns.ts'
import { ask } from '../../src/store/testing/ask.ts'
import { openSample } from '../../src/store/testing/sample-work.ts'
import { type Frozen, migrationsNow } from './frozen-database.ts'
import { fill } from './rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'scel-frozen-'))
const database = { kind: 'sqlite', file: join(folder, 'desk.db') } as const
try {
  const migrations = migrationsNow()
  const name = `${String(migrations.length).padStart(4, '0')}.json`
  const path = join(import.meta.dirname, name)
  if (existsSync(path) && !process.argv.includes('--again'))
    throw new Error(`${name} is there. What a release has made stays; before the first one: --again`)
  const work = await openSample(database)
  await work.transaction(fill)
  await work.close()
  const rows = await rowsOf()
  const empty = Object.entries(CODED).flatMap(([table, { covered }]) =>
    covered.flatMap((column) => (rows[table]?.some((row) => row[column] !== null) ? [] : `${table}.${column}`)),
  )
  if (empty.length > 0) throw new Error(`rows.ts has no row in which these hold anything: ${empty.join(', ')}`)
  writeFileSync(path, textOf({ migrations, rows }))
  console.log(`${name}: ${Object.keys(CODED).length} tables with codes, ${Object.values(rows).flat().length} rows`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function rowsOf(): Promise<Frozen['rows']> {
  const tables = await ask(
    database,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'scel_migration' ORDER BY name",
  )
  const found: [string, Row[]][] = []
  for (const { name } of tables) {
    // Those that the database reckons itself are not written.
    const columns = await ask(database, `SELECT name FROM pragma_table_xinfo('${name}') WHERE hidden = 0`)
    const rows = await ask(database, `SELECT ${columns.map((column) => column.name).join(', ')} FROM ${name}`)
    if (rows.length > 0) found.push([String(name), rows.map(plain)])
  }
  return Object.fromEntries(found)
}

type Row = Frozen['rows'][string][number]

function plain(row: Record<string, unknown>): Row {
  const values = Object.entries(row).map(([column, value]) => [
    column,
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  ])
  return Object.fromEntries(values) as Row
}

/** A line for each migration and row. */
function textOf({ migrations, rows }: Frozen): string {
  const lines = (all: readonly unknown[], indent: string): string =>
    all.map((one) => `${indent}${JSON.stringify(one)}`).join(',\n')
  const tables = Object.entries(rows).map(([table, all]) => `    "${table}": [\n${lines(all, '      ')}\n    ]`)
  return `{\n  "migrations": [\n${lines(migrations, '    ')}\n  ],\n  "rows": {\n${tables.join(',\n')}\n  }\n}\n`
}
