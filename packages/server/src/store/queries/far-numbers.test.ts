import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../opening/open-database.ts'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { authority, certificate, day, kit, NOW, OURS, PRODUCTION, request, stage } from '../testing/samples.ts'

/** Beyond what a number of JavaScript tells apart, and as far as the databases go. */
const FAR = ['9007199254740993', '9223372036854775807', '-9007199254740993', '-9223372036854775808']

/** Two rows of each table that has a column of whole numbers. */
async function fill(work: OpenWork): Promise<void> {
  for (const at of [1, 2]) {
    await work.transaction(async (stores) => {
      if (at === 1) await stage(stores)
      const number = await stores.requests.insert(request(`ws-${at}`))
      const step = { kind: 'approved', at: NOW, actor: { kind: 'desk', name: 'desk' } } as const
      await stores.requests.addStep(PRODUCTION, number, step)
      await stores.certificates.insert(certificate(`c${at}`, { request: number, receives: true }))
      const owner = { kind: 'applicant', id: 'applicant' } as const
      const of = { number, environment: 'production', organisation: 'ours', owner } as const
      await stores.names.claim(of, [{ kind: 'dns', name: `n${at}.example` }])
      const of2 = {
        id: `a${at}`,
        environment: 'production',
        authority: 'root',
        signerKey: 'key',
        certificate: `x${at}`,
      } as const
      const purpose = { kind: 'authority', purpose: 'people' } as const
      await stores.intents.insert({ ...of2, tbs: new Uint8Array([1]), purpose, createdAt: NOW })
      const list = { thisUpdate: NOW, nextUpdate: day(1), entries: 0, covers: 0, der: new Uint8Array([1]) }
      await stores.crls.insert({ authority: 'root', number: at, ...list })
      await stores.authorities.insert(authority(`p${at}`, { purpose: 'people', parent: 'root', serial: `a${at}` }))
      await stores.kits.insert(kit(`k${at}`))
      await stores.outbox.append({ environment: 'production', kind: 'request', target: `${at}`, at: NOW })
      await stores.deliveries.append({
        channel: 'webhook',
        id: `d${at}`,
        environment: 'production',
        what: '{}',
        at: NOW,
      })
      const about = { actor: { kind: 'desk', name: 'desk' }, target: { kind: 'clock', id: 'host' } } as const
      const event = { environment: 'production', at: NOW, action: 'clock.leapt', outcome: 'done', ...about } as const
      await stores.audit.append({ ...event, facts: {} })
      await stores.log.place([at], at - 1)
      await stores.log.keepHead({ size: at, root: new Uint8Array(32), at: NOW })
    })
  }
}

/** Each way in which rows are read together. */
const READS: Readonly<Record<string, (work: OpenWork) => Promise<unknown>>> = {
  requests: (work) => work.read(({ requests }) => requests.page(PRODUCTION, {})),
  found: (work) => work.read(({ requests }) => requests.page(PRODUCTION, { search: 'ws' })),
  steps: (work) => work.read(({ requests }) => requests.steps(PRODUCTION, 1)),
  due: (work) => work.read(({ requests }) => requests.due({ pendingBefore: day(9), now: day(999), limit: 10 })),
  ofKit: (work) => work.read(({ requests }) => requests.pendingOfOrigin(PRODUCTION, { kind: 'kit', id: 'kit' }, 0, 10)),
  certificates: (work) => work.read(({ certificates }) => certificates.page(PRODUCTION, { now: NOW })),
  ofSubject: (work) => work.read(({ certificates }) => certificates.ofSubject(PRODUCTION, 'workstation', 'ws-c1')),
  kits: (work) => work.read(({ kits }) => kits.page(PRODUCTION, { now: NOW })),
  authorities: (work) => work.read(({ authorities }) => authorities.all()),
  intents: (work) => work.read(({ intents }) => intents.open()),
  list: (work) => work.read(({ crls }) => crls.numbered('root', 1)),
  newest: (work) => work.read(({ crls }) => crls.newest('root')),
  live: (work) => work.read(({ outbox }) => outbox.after(PRODUCTION, 0, { limit: 10 })),
  last: (work) => work.read(({ outbox }) => outbox.latest()),
  delivery: (work) =>
    work.transaction(({ deliveries }) => deliveries.claim({ channel: 'webhook', environment: 'production' }, 1, 1)),
  log: (work) => work.read(({ audit }) => audit.page(PRODUCTION, {})),
  lines: (work) => work.read(({ log }) => log.lines(0, 10)),
  numbered: (work) => work.read(({ log }) => log.numbered(0, 10)),
  astray: (work) => work.read(({ log }) => log.astray(10)),
  heads: (work) => work.read(({ log }) => log.heads(0, 10)),
  signed: (work) => work.read(({ log }) => log.newestHead()),
  version: (work) => work.newer(),
}

const columnsOf = ({ kind }: Database): string =>
  kind === 'sqlite'
    ? `SELECT m.name AS of, c.name AS column FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'INTEGER'`
    : `SELECT table_name AS of, column_name AS column FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'bigint' AND table_name IN
          (SELECT tablename FROM pg_tables WHERE schemaname = 'public')`

eachDatabase('a whole number beyond what is told apart', ({ engine, opened }) => {
  test('spoils its own row, in whatever column it stands, and none that is read with it', async () => {
    const { database, work } = await opened()
    await fill(work)
    const columns = (await ask(database, columnsOf(database))).map(
      ({ of, column }) => [String(of), String(column)] as const,
    )
    const tables = new Set(columns.map(([of]) => of))
    for (const one of ['request', 'authority', 'crl', 'outbox', 'name_in_force', 'kit', 'certificate'])
      assert.ok(tables.has(one), one)
    const row = engine === 'sqlite' ? 'rowid' : 'ctid'
    let written = 0
    for (const [of, column] of columns) {
      for (const to of FAR) {
        const [{ was } = { was: undefined }] = await ask(database, `SELECT max(${column}) AS was FROM ${of}`)
        if (was === undefined || was === null) continue
        // Most are refused by a guard or a check of the table; what is not has to be borne.
        const [changed] = await ask(
          database,
          `UPDATE ${of} SET ${column} = ${to} WHERE ${row} = (SELECT ${row} FROM ${of} WHERE ${column} = ${was} LIMIT 1) RETURNING 1 AS done`,
        ).catch(() => [])
        if (!changed) continue
        written++
        for (const [name, read] of Object.entries(READS))
          await assert.doesNotReject(read(work), `${of}.${column} = ${to}: ${name}`)
        await ask(database, `UPDATE ${of} SET ${column} = ${was} WHERE ${column} = ${to}`)
      }
    }
    assert.ok(written > 20, `${written}`)
    const { items } = await work.read(({ requests }) => requests.page(OURS, {}))
    assert.equal(items.length, 2)
  })
})
