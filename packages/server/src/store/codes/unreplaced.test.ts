import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import { certificate, NOW, PRODUCTION, request, stage } from '../testing/samples.ts'

eachDatabase('rows that stay', ({ engine, prepared }) => {
  // `OR REPLACE` is of SQLite alone, and asks no guard of deletion.
  if (engine === 'postgres') return
  test('are not written over by others of the same key', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async (stores) => {
      await stage(stores)
      const number = await stores.requests.insert(request('ws-1', { key: 'key' }))
      await stores.certificates.insert(certificate('bad', { request: number, key: 'key' }))
      await stores.certificates.insert(certificate('other'))
      await stores.keys.hold(
        { environment: 'production', key: 'key', holder: { owner: { kind: 'desk', id: 'desk' } } },
        NOW,
      )
      await stores.revocations.revoke(PRODUCTION, 'bad', NOW, 'keyCompromise')
      const mark = { kind: 'key', value: 'key' } as const
      for (const certificate of ['bad', 'other']) await stores.compromises.add([mark], { certificate, at: NOW })
    })
    await work.close()
    await ask(
      database,
      `INSERT INTO request_step (request, kind, at, actor_kind, actor_name, beforehand) VALUES (1, 'approved', '${NOW}', 'desk', 'desk', 0)`,
    )
    const tables = ['certificate', 'key_holder', 'compromise', 'request_step']
    const rows = async (): Promise<unknown> =>
      Promise.all(tables.map((table) => ask(database, `SELECT * FROM ${table} ORDER BY 1`)))
    const before = await rows()
    for (const table of tables) {
      const [row] = await ask(database, `SELECT * FROM ${table} LIMIT 1`)
      assert.ok(row, table)
      await ask(database, `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`).catch((error: unknown) =>
        assert.match(String(error), /append-only/, table),
      )
    }
    const columns = Object.keys((await ask(database, 'SELECT * FROM certificate'))[0]!)
    const planted = (kept: readonly string[]): string => {
      const fresh: Readonly<Record<string, string>> = {
        ...{ number: '900', id: "'new'", serial: "'new'", fingerprint: "'new'", request: 'NULL' },
        ...{ revoked_at: 'NULL', revocation_reason: 'NULL', compromised_at: 'NULL' },
      }
      const values = columns.map((column) => (kept.includes(column) ? column : (fresh[column] ?? column)))
      return `INSERT OR REPLACE INTO certificate SELECT ${values.join(', ')} FROM certificate WHERE id = 'bad'`
    }
    for (const kept of [['number'], ['id'], ['fingerprint'], ['request'], ['authority', 'serial']])
      await assert.rejects(ask(database, planted(kept)), /append-only/, kept.join())
    for (const change of ["id = 'bad'", 'number = 1', 'request = 1'])
      await assert.rejects(
        ask(database, `UPDATE OR REPLACE certificate SET ${change} WHERE id = 'other'`),
        /stays as issued/,
        change,
      )
    assert.deepEqual(await rows(), before)
    await ask(database, planted([]))
  })

  test('keep the number that they are counted by, under each of its names', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async (stores) => {
      await stage(stores)
      const number = await stores.requests.insert(request('ws-1', { key: 'key' }))
      await stores.requests.insert(request('ws-2', { key: 'other' }))
      for (const id of ['one', 'other']) await stores.certificates.insert(certificate(id))
      for (const key of ['key', 'other'])
        await stores.keys.hold({ environment: 'production', key, holder: { owner: { kind: 'desk', id: 'desk' } } }, NOW)
      for (const value of ['key', 'other'])
        await stores.compromises.add([{ kind: 'key', value }], { certificate: 'one', at: NOW })
      for (const number of [1, 2]) {
        const list = { authority: 'machines', number, thisUpdate: NOW, nextUpdate: NOW, entries: 0, covers: 0 }
        await stores.crls.insert({ ...list, der: new Uint8Array([number]) })
      }
      const step = { kind: 'approved', at: NOW, actor: { kind: 'desk', name: 'desk' } } as const
      for (let count = 0; count < 2; count++) await stores.requests.addStep(PRODUCTION, number, step)
      const about = { actor: { kind: 'desk', name: 'desk' }, target: { kind: 'clock', id: 'host' } } as const
      for (const place of [0, 1]) {
        const event = { environment: 'production', at: NOW, action: 'clock.leapt', outcome: 'done' } as const
        await stores.audit.append({ ...event, ...about, facts: {} })
        await stores.log.place([place + 1], place)
        await stores.log.keepHead({ size: place + 1, root: new Uint8Array(32), at: NOW })
      }
    })
    await work.close()
    // Every table of which a row that is there stays: none is left out that has a guard.
    const guards = await ask(
      database,
      "SELECT DISTINCT tbl_name AS name FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1",
    )
    const tables = guards.map(({ name }) => String(name))
    assert.deepEqual(tables, [
      'audit_event',
      'certificate',
      'compromise',
      'crl',
      'key_holder',
      'log_head',
      'request',
      'request_step',
    ])
    const rows = async (): Promise<unknown> =>
      Promise.all(tables.map((table) => ask(database, `SELECT rowid AS its_rowid, * FROM ${table} ORDER BY 1`)))
    const before = await rows()
    for (const table of tables) {
      const [own, other] = await ask(database, `SELECT rowid AS number FROM ${table} ORDER BY 1`)
      assert.ok(own && other, table)
      const columns = Object.keys((await ask(database, `SELECT * FROM ${table} LIMIT 1`))[0]!)
      for (const name of ['rowid', '_rowid_', 'oid']) {
        for (const [or, to] of [
          ['', '4503599627370400'],
          ['', '-7'],
          ['OR REPLACE', String(other.number)],
          ['OR REPLACE', '9223372036854775807'],
        ])
          await assert.rejects(
            ask(database, `UPDATE ${or} ${table} SET ${name} = ${to} WHERE rowid = ${own.number}`),
            /append-only|stays as issued/,
            `${table} ${name} ${or} ${to}`,
          )
        const copied = columns.filter((column) => !['number', 'size', 'kit'].includes(column)).join(', ')
        await assert.rejects(
          ask(
            database,
            `INSERT OR REPLACE INTO ${table} (${name}, ${copied}) SELECT ${other.number}, ${copied} FROM ${table} WHERE rowid = ${own.number}`,
          ),
          /append-only|stays as issued/,
          `${table} ${name} written over`,
        )
      }
    }
    assert.deepEqual(await rows(), before)
  })
})
