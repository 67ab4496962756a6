import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import type { Database } from '../opening/open-database.ts'
import { ask } from '../testing/ask.ts'
import { openSample } from '../testing/sample-work.ts'
import { NOW, PRODUCTION } from '../testing/samples.ts'

describe('what a server or a database has set', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  before(async () => {
    cluster = await withPostgres()
  })
  after(() => cluster?.stop())

  test('a database that keeps no UTF-8 is refused before anything is made in it', async () => {
    const server: Database = { kind: 'postgres', url: cluster.url }
    await ask(server, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    const url = new URL(cluster.url)
    url.pathname = '/latin'
    const database: Database = { kind: 'postgres', url: url.href }
    await assert.rejects(openSample(database), (error) => {
      assert.ok(hasDeskCode(error, 'database_encoding'))
      assert.deepEqual(error.facts, { found: 'LATIN1' })
      return true
    })
    assert.deepEqual(await ask(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"), [])
  })

  test('other forms of octets, dates and texts change nothing of what is read', async () => {
    const url = await cluster.createDatabase('forms')
    const database: Database = { kind: 'postgres', url }
    for (const setting of [
      "bytea_output = 'escape'",
      "DateStyle = 'SQL, DMY'",
      "IntervalStyle = 'iso_8601'",
      'extra_float_digits = -15',
      'standard_conforming_strings = off',
    ])
      await ask(database, `ALTER DATABASE forms SET ${setting}`)
    const work = await openSample(database)
    await work.transaction(({ audit }) =>
      audit.append({
        environment: 'production',
        at: NOW,
        action: 'desk.row_refused',
        outcome: 'done',
        actor: { kind: 'person', name: 'Łódź \\ d’Ève' },
        target: { kind: 'desk', id: 'desk' },
        facts: {},
      }),
    )
    const { items } = await work.read(({ audit }) => audit.page(PRODUCTION, {}))
    assert.deepEqual(
      items.map(({ actor, altered }) => [actor.name, altered]),
      [['Łódź \\ d’Ève', undefined]],
    )
    await work.close()
  })
})
