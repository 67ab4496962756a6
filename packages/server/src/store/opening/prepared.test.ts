import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CompiledQuery, DatabaseConnection } from 'kysely'
import { type Bound, bind } from '../bound.ts'
import { prepared } from './prepared.ts'

/** A database that remembers what it was asked. */
function listening(): { db: Bound; asked: CompiledQuery[] } {
  const asked: CompiledQuery[] = []
  const connection: DatabaseConnection = {
    executeQuery: async (query) => {
      asked.push(query)
      return { rows: [] }
    },
    // biome-ignore lint/correctness/useYield: part of the interface
    async *streamQuery() {
      throw new Error('not asked for')
    },
  }
  return { db: bind('sqlite', connection), asked }
}

interface Wanted {
  readonly key: string
  readonly values?: readonly string[]
}

test('a prepared query is built once for each shape, and asked with the values of each call', async () => {
  const { db, asked } = listening()
  let built = 0
  const settings = prepared((bound, { key, values }: Wanted) => {
    built++
    const rows = bound.selectFrom('setting').select('value').where('key', '=', key).limit(7)
    return values ? rows.where('value', 'in', values) : rows
  })
  await settings(db, { key: 'a' })
  await settings(db, { key: 'b', values: ['x', 'y'] })
  await settings(db, { key: 'c' })
  await settings(db, { key: 'd', values: ['z', 'y'] })
  await settings(db, { key: 'e', values: ['z'] })
  assert.equal(built, 3)
  assert.deepEqual(
    asked.map(({ parameters }) => parameters),
    [['a'], ['b', 'x', 'y'], ['c'], ['d', 'z', 'y'], ['e', 'z']],
  )
  assert.equal(asked[0]!.sql, asked[2]!.sql)
  assert.match(asked[3]!.sql, /"value" in \(\?, \?\)/)
  assert.match(asked[4]!.sql, /"value" in \(\?\)/)
})

test('a field that is undefined is not there, one that is null is', async () => {
  const { db, asked } = listening()
  const insert = prepared((bound, row: { key: string; value: string }) => bound.insertInto('setting').values(row))
  await insert(db, { key: 'a', value: null as unknown as string })
  await insert(db, { key: 'b', value: undefined as unknown as string })
  assert.deepEqual(
    asked.map(({ sql, parameters }) => [sql, parameters]),
    [
      ['insert into "setting" ("key", "value") values (?, ?)', ['a', null]],
      ['insert into "setting" ("key") values (?)', ['b']],
    ],
  )
})
