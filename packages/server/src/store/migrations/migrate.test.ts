import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { ask } from '../ask.ts'
import { eachDatabase } from '../each-database.ts'
import { migrateDatabase, openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { CODES_SINCE, MIGRATIONS } from './list.ts'
import { DatabaseTooNew } from './migrate.ts'

eachDatabase('migrations', ({ where }) => {
  test('are all applied to an empty database, and none again', async () => {
    const database = await where()
    for (let start = 0; start < 2; start++) await (await openWork(database, SAMPLE_CODES)).close()
    const rows = await ask(database, 'SELECT number, name FROM scel_migration ORDER BY number')
    assert.deepEqual(
      rows.map(({ number, name }) => ({ number: Number(number), name })),
      MIGRATIONS.map(({ name }, index) => ({ number: index + 1, name })),
    )
  })

  test('refuse a database that a newer program has written, and leave it as it is', async () => {
    const database = await where()
    await (await openWork(database, SAMPLE_CODES)).close()
    const newer = MIGRATIONS.length + 1
    await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${newer}, 'tomorrow', '')`)
    await assert.rejects(openWork(database, SAMPLE_CODES), (error: unknown) => {
      assert.ok(error instanceof DatabaseTooNew)
      assert.deepEqual([error.found, error.known], [newer, MIGRATIONS.length])
      assert.match(error.message, /start the newer program/)
      return true
    })
    const rows = await ask(database, 'SELECT name FROM scel_migration')
    assert.equal(rows.length, newer)
  })

  test('M11: refuse a database from before there were codes where they are in force, and leave it as it is', async () => {
    const database = await where()
    await ask(database, 'CREATE TABLE scel_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT)')
    const last = CODES_SINCE - 1
    for (const [index, { name }] of MIGRATIONS.slice(0, last).entries())
      await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${index + 1}, '${name}', '')`)
    const tooOld = (error: unknown): boolean =>
      hasDeskCode(error, 'database_before_codes') && error.facts.found === last
    const coded = { coded: true }
    await assert.rejects(
      openWork(database, SAMPLE_CODES, () => {}, coded),
      tooOld,
    )
    await assert.rejects(migrateDatabase(database, coded), tooOld)
    assert.equal((await ask(database, 'SELECT name FROM scel_migration')).length, last)
  })

  test('refuse a database of another program', async () => {
    const database = await where()
    await (await openWork(database, SAMPLE_CODES)).close()
    await ask(database, "UPDATE scel_migration SET name = 'something else' WHERE number = 2")
    await assert.rejects(openWork(database, SAMPLE_CODES), /not this program’s/)
  })

  test('are one step: when one fails, none has happened', async () => {
    const database = await where()
    await ask(database, 'CREATE TABLE certificate (something INTEGER)') // in the way of the last one
    await assert.rejects(openWork(database, SAMPLE_CODES), /certificate/)
    await assert.rejects(ask(database, 'SELECT * FROM audit_event'), /audit_event/)
    await ask(database, 'DROP TABLE certificate')
    await (await openWork(database, SAMPLE_CODES)).close()
  })
})
