import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { MIGRATIONS } from './list.ts'
import { DatabaseTooNew } from './migrate.ts'

eachDatabase('migrations', ({ where }) => {
  test('are all applied to an empty database, and none again', async () => {
    const database = await where()
    for (let start = 0; start < 2; start++) await (await openSample(database)).close()
    const rows = await ask(database, 'SELECT number, name FROM scel_migration ORDER BY number')
    assert.deepEqual(
      rows.map(({ number, name }) => ({ number: Number(number), name })),
      MIGRATIONS.map(({ name }, index) => ({ number: index + 1, name })),
    )
  })

  test('refuse a database that a newer program has written, and leave it as it is', async () => {
    const database = await where()
    await (await openSample(database)).close()
    const newer = MIGRATIONS.length + 1
    await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${newer}, 'tomorrow', '')`)
    await assert.rejects(openSample(database), (error: unknown) => {
      assert.ok(error instanceof DatabaseTooNew)
      assert.deepEqual([error.found, error.known], [newer, MIGRATIONS.length])
      assert.match(error.message, /start the newer program/)
      return true
    })
    const rows = await ask(database, 'SELECT name FROM scel_migration')
    assert.equal(rows.length, newer)
  })

  test('refuse a database of another program', async () => {
    const database = await where()
    await (await openSample(database)).close()
    await ask(database, "UPDATE scel_migration SET name = 'something else' WHERE number = 2")
    await assert.rejects(openSample(database), /not this program’s/)
  })

  test('are one step: when one fails, none has happened', async () => {
    const database = await where()
    await ask(database, 'CREATE TABLE certificate (something INTEGER)') // in the way of one of the last
    await assert.rejects(openSample(database), /certificate/)
    await assert.rejects(ask(database, 'SELECT * FROM audit_event'), /audit_event/)
    await ask(database, 'DROP TABLE certificate')
    await (await openSample(database)).close()
  })
})

test('hold no column to the words of today, but to one of the two environments: for one more, SQLite would make its table anew', () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    const statements = MIGRATIONS.flatMap((one) => one.statements(engine)).join('\n')
    const held = [...statements.matchAll(/CHECK \((\w+) IN \(\s*'/g)].map(([, column]) => column)
    assert.deepEqual([...new Set(held)], ['environment'], engine)
  }
})
