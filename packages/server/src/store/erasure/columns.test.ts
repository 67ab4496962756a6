import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { NAMING, SAID, type Said } from './columns.ts'

const said = SAID as Readonly<Record<string, Said<string>>>

eachDatabase('what columns say of people', ({ prepared, engine }) => {
  test('every column that holds texts or bytes is placed on purpose, once', async () => {
    const database = await prepared()
    await (await openSample(database)).close()
    const tables =
      engine === 'sqlite'
        ? `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
        : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'scel' OR table_schema = current_schema()`
    const names = (await ask(database, tables)).map(({ name }) => String(name))
    assert.deepEqual(names.sort(), Object.keys(said).sort())
    for (const table of names) {
      const columns = await ask(
        database,
        engine === 'sqlite'
          ? `SELECT name, type FROM pragma_table_xinfo('${table}')`
          : `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = '${table}'`,
      )
      const texts = columns.filter(({ type }) => /^(text|blob|bytea)$/i.test(String(type))).map(({ name }) => name)
      const { nothing, own = [], of = {}, typed = {}, evidence = [], log = [], found = [] } = said[table]!
      const erased = [...Object.values(of).flat(), ...Object.values(typed).flatMap((one) => one?.columns ?? [])]
      const placed = [...nothing, ...own, ...erased, ...evidence, ...log, ...found]
      assert.deepEqual(placed.sort(), texts.sort(), table)
      for (const id of [...Object.keys(of), ...Object.keys(typed)]) assert.ok(nothing.includes(id), `${table}.${id}`)
    }
  })
})

test('of every table in which somebody is named beside their id, rows are known by one column', () => {
  const naming = Object.entries(said).flatMap(([table, { of, typed }]) => (of || typed ? table : []))
  assert.deepEqual(Object.keys(NAMING).sort(), naming.sort())
})
