import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { eventOf } from '../../core/audit/record.ts'
import type { Intent } from '../../core/issuance/intent.ts'
import { instant } from '../../core/world.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { formerDatabase } from '../testing/former-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { migrateDatabase } from './open-work.ts'
import { stateOfDatabase } from './state-of-database.ts'

eachDatabase('what lies where a database is to be opened', ({ engine, where }) => {
  test('none, where nothing is, and nothing is made there', async () => {
    const database = await where()
    assert.equal(await stateOfDatabase(database), 'none')
    if (database.kind === 'sqlite') assert.equal(existsSync(database.file), false)
    else assert.deepEqual(await ask(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"), [])
  })

  test('bare, once it is migrated, and with whatever a start that was killed (F12) leaves before its first key', async () => {
    const database = await where()
    await migrateDatabase(database)
    assert.equal(await stateOfDatabase(database), 'bare')
    const work = await openSample(database)
    await work.transaction(({ settings }) => settings.set('nonce-key', 'some desk'))
    assert.equal(await stateOfDatabase(database), 'bare')
    const told = {
      environment: 'production',
      at: instant(new Date()),
      target: { kind: 'setting', id: 'nonce-key' },
    } as const
    const desk = { kind: 'desk', name: 'codes' } as const
    // Told by another desk that came upon it, by its own look at the clock, by an `invite-admin` of an earlier version.
    for (const action of [
      'desk.row_refused',
      'clock.differs',
      'clock.leapt',
      'clock.behind',
      'person.invited',
    ] as const) {
      await work.transaction(({ audit }) => audit.append(eventOf(desk, { ...told, action }, 'done')))
      assert.equal(await stateOfDatabase(database), 'bare', action)
    }
    await work.transaction(({ audit }) =>
      audit.append(eventOf(desk, { ...told, action: 'desk.restore_accepted' }, 'done')),
    )
    assert.equal(await stateOfDatabase(database), 'accepted')
    await work.transaction(({ intents }) => intents.insert(FIRST))
    assert.equal(await stateOfDatabase(database), 'begun')
    await work.close()
  })

  test('former, of a version before the first release, whatever is in it, and it stays as it is', async () => {
    const database = await where()
    await formerDatabase(database)
    const before = await ask(database, 'SELECT * FROM scel_migration')
    assert.equal(await stateOfDatabase(database), 'former')
    await ask(database, 'CREATE TABLE authority (id TEXT)')
    await ask(database, "INSERT INTO authority (id) VALUES ('a root')")
    assert.equal(await stateOfDatabase(database), 'former')
    await assert.rejects(migrateDatabase(database), /not this program’s/)
    assert.deepEqual(await ask(database, 'SELECT * FROM scel_migration'), before)
  })

  test('foreign, where tables are another program’s, also under the name that counts the desk’s', async () => {
    for (const made of [
      'CREATE TABLE customer (id INTEGER)',
      'CREATE VIEW customer AS SELECT 1 AS id',
      'CREATE TABLE scel_migration (version TEXT, name TEXT)',
      'CREATE TABLE scel_migration (number TEXT, name INTEGER, applied_at TEXT)',
      // Names that tables of the desk would take (flt17 L2).
      ...(engine === 'postgres' ? ['CREATE SEQUENCE person', "CREATE TYPE inventory AS ENUM ('a')"] : []),
    ]) {
      const database = await where()
      await ask(database, made)
      if (made.includes('number')) await ask(database, "INSERT INTO scel_migration VALUES ('1', 7, '')")
      assert.equal(await stateOfDatabase(database), 'foreign', made)
    }
  })
})

/** Of the first root. */
const FIRST: Intent = {
  ...{ id: 'i1', environment: 'production', authority: 'a1', signerKey: 'production-root', certificate: 'a1' },
  ...{ tbs: new Uint8Array([1]), purpose: { kind: 'authority', purpose: 'root' }, subjectKeyId: 'production-root' },
  createdAt: instant(new Date()),
}
