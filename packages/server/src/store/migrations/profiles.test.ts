import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../ask.ts'
import { eachDatabase } from '../each-database.ts'
import type { Database } from '../open-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { kit, OURS, PRODUCTION, request, stage } from '../samples.ts'
import { profiles } from './0015-profiles.ts'
import { MIGRATIONS } from './list.ts'

const BEFORE = MIGRATIONS.indexOf(profiles)
const TABLES = ['organisation', 'kit', 'request', 'request_step', 'outbox'] as const

eachDatabase('profiles instead of enrolment types', ({ engine, where }) => {
  test('kits and requests of before are there, under the codes that they have, and refer to one another', async () => {
    // Rows as this version writes them, put back into a database as it was before.
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    const number = await work.transaction(async (stores) => {
      await stage(stores)
      await stores.kits.insert(kit('servers', { profile: 'server', usesMade: 1 }))
      const number = await stores.requests.insert(request('ws-1', { kit: { id: 'servers', name: 'Kit' } }))
      const actor = { kind: 'person', name: 'Ada' } as const
      await stores.requests.addStep(OURS, number, { kind: 'submitted', at: request('').submittedAt, actor })
      await stores.outbox.append({ ...OURS, kind: 'kit', target: 'servers', profile: 'server', at: kit('').createdAt })
      return number
    })
    await work.close()
    const old = await where()
    await toVersion(old, BEFORE)
    for (const table of TABLES) {
      for (const row of await ask(now, `SELECT * FROM ${table}`)) {
        const { profile, ...rest } = row
        await insert(old, table, { ...rest, ...(profile === undefined ? {} : { enrolment: profile }) })
      }
    }

    const forged: unknown[] = []
    const migrated = await openWork(old, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await migrated.transaction(async (stores) => {
        const found = await stores.kits.find(PRODUCTION, 'servers')
        assert.deepEqual(found, kit('servers', { profile: 'server', usesMade: 1 }))
        assert.equal((await stores.requests.find(PRODUCTION, number))?.profile, 'workstation')
        assert.equal((await stores.requests.steps(PRODUCTION, number)).length, 1)
        assert.equal((await stores.outbox.after(OURS, 0, { limit: 9 })).at(-1)?.profile, 'server')
        await stores.kits.insert(kit('robots', { profile: 'robot', standingApproval: true }))
        const asked = { profile: 'robot', kit: { id: 'robots', name: 'Kit' } }
        assert.ok((await stores.requests.insert(request('ws-2', asked))) > number, 'a number is never given twice')
      })
      await assert.rejects(
        migrated.transaction((stores) => stores.requests.insert(request('ws-3', { kit: { id: 'none', name: '' } }))),
      )
      assert.deepEqual(forged, [])
    } finally {
      await migrated.close()
    }
  })

  async function toVersion(database: Database, version: number): Promise<void> {
    await ask(database, 'CREATE TABLE scel_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT)')
    for (const [index, { name, statements }] of MIGRATIONS.slice(0, version).entries()) {
      for (const statement of statements(engine)) await ask(database, statement)
      await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${index + 1}, '${name}', '')`)
    }
  }

  async function insert(database: Database, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const [columns, values] = [Object.keys(row).join(', '), Object.values(row).map(literal).join(', ')]
    const counted = engine === 'postgres' && 'number' in row ? ' OVERRIDING SYSTEM VALUE' : ''
    await ask(database, `INSERT INTO ${table} (${columns})${counted} VALUES (${values})`)
    if (counted) await ask(database, `SELECT setval(pg_get_serial_sequence('${table}', 'number'), ${row.number})`)
  }

  function literal(value: unknown): string {
    if (value === null) return 'NULL'
    if (!(value instanceof Uint8Array))
      return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : `${value}`
    const hex = Buffer.from(value).toString('hex')
    return engine === 'sqlite' ? `X'${hex}'` : `'\\x${hex}'`
  }
})
