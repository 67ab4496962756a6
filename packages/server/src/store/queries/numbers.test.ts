import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OpenWork } from '../opening/open-work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { authority, certificate, day, NOW, PRODUCTION, request, stage } from '../testing/samples.ts'
import { FAR, NUMBERED, type NumberedTable } from './next-number.ts'

/** What of each numbered table a desk writes. */
const acts = (work: OpenWork): Readonly<Record<NumberedTable, (name: string) => Promise<unknown>>> => ({
  request: (name) => work.transaction(({ requests }) => requests.insert(request(name))),
  request_step: () =>
    work.transaction(({ requests }) =>
      requests.addStep(PRODUCTION, 1, { kind: 'approved', at: NOW, actor: { kind: 'desk', name: 'desk' } }),
    ),
  authority: (name) =>
    work.transaction(({ authorities }) =>
      authorities.insert(authority(name, { purpose: 'people', parent: 'root', serial: name })),
    ),
  certificate: (name) => work.transaction(({ certificates }) => certificates.insert(certificate(name))),
  intent: (name) =>
    work.transaction(({ intents }) =>
      intents.insert({
        ...{ id: name, environment: 'production', authority: 'root', signerKey: 'key', certificate: name },
        ...{ tbs: new Uint8Array([1]), purpose: { kind: 'authority', purpose: 'people' }, createdAt: NOW },
      }),
    ),
  name_in_force: (name) =>
    work.transaction(({ names }) =>
      names.claim(
        { number: 1, environment: 'production', organisation: 'ours', owner: { kind: 'applicant', id: 'applicant' } },
        [{ kind: 'dns', name }],
      ),
    ),
  delivery: (name) =>
    work.transaction(({ deliveries }) =>
      deliveries.append({ channel: 'webhook', id: name, environment: 'production', what: '{}', at: NOW }),
    ),
  outbox: (name) =>
    work.transaction(({ outbox }) =>
      outbox.append({ environment: 'production', kind: 'request', target: name, at: NOW }),
    ),
})

eachDatabase('numbers of rows', ({ engine, opened }) => {
  const table = (name: string): NumberedTable => name as NumberedTable
  const counted = Object.keys(NUMBERED)
    .map(table)
    .filter((name) => engine === 'sqlite' || name !== 'outbox') // whose ids are those of transactions there

  for (const name of counted)
    test(`of ${name} go on after the last, wherever their counter was moved and whatever stands in their way`, async () => {
      const { database, work } = await opened()
      const column = NUMBERED[name]
      const act = acts(work)[name]
      const number = async (): Promise<number> => {
        const [row] = await ask(
          database,
          `SELECT max(${column})::text AS last FROM ${name} WHERE ${column} < ${FAR}`.replace('::text', ''),
        )
        return Number(row!.last)
      }
      await work.transaction(stage)
      await acts(work).request('first')
      for (let count = 0; count < 3; count++) await act(`before-${count}`)
      let last = await number()
      const move = (to: string): Promise<unknown> =>
        ask(
          database,
          engine === 'sqlite'
            ? `UPDATE sqlite_sequence SET seq = ${to} WHERE name = '${name}'`
            : `SELECT setval('${name}_count', ${to})`,
        )
      for (const to of ['1', '9007199254740995', '9223372036854775807']) {
        await move(to)
        await act(`moved-${to}`)
        await act(`again-${to}`)
        assert.ok((await number()) > last, to)
        last = await number()
        assert.ok(last < 100, `${to} ${last}`)
      }
      // Ahead for one row, and back to where nothing is yet: what comes later has the higher number (att21 N21-2).
      await move(String(last + 20))
      await act('ahead')
      const ahead = await number()
      await move(String(last + 5))
      await act('back')
      assert.ok((await number()) > ahead, 'back')
      last = await number()
      // The rows themselves, put where the next ones would come to stand.
      const put = (from: number, to: string): Promise<unknown> =>
        ask(database, `UPDATE ${name} SET ${column} = ${to} WHERE ${column} = ${from}`).catch(() => undefined)
      await put(last, '9007199254740995')
      await put(last - 1, String(FAR - 1))
      await act('between')
      await act('between again')
    })

  test('of requests come to no end and never begin again, wherever somebody puts one that they take away after the next (att22 H2)', async () => {
    const { database, work } = await opened()
    await work.transaction(stage)
    await ask(database, `DROP TRIGGER request_no_delete${database.kind === 'postgres' ? ' ON request' : ''}`)
    const ask1 = (name: string) => work.transaction(({ requests }) => requests.insert(request(name)))
    let last = await ask1('first')
    const [row] = await ask(database, 'SELECT * FROM request')
    const columns = Object.keys(row!).filter((column) => column !== 'kit') // a generated one
    const plant = async (number: number, name: string): Promise<number> => {
      const values = columns.map((column) => (column === 'number' ? number : column))
      await ask(
        database,
        `INSERT INTO request (${columns}) SELECT ${values} FROM request WHERE number = ${await ask1(`before-${name}`)}`,
      )
      const next = await ask1(name)
      await ask(database, `DELETE FROM request WHERE number = ${number}`)
      return next
    }
    for (const number of [1_000_000, Date.now() - 10_000, Date.now() + 10_000, FAR - 2, FAR - 1]) {
      const next = await plant(number, `next-${number}`)
      assert.ok(next > last, `${number}: ${next} after ${last}`)
      last = next
      for (const name of ['one', 'two', 'three']) {
        const later = await ask1(`${name}-${number}`)
        assert.ok(later > last, `${number}: ${later} after ${last}`)
        last = later
      }
    }
    assert.ok(last < Date.now())
  })

  test('are never given again, though what had the last one is gone', async () => {
    const { work } = await opened()
    const write = (target: string, at: string): Promise<void> =>
      work.transaction(({ outbox }) => outbox.append({ environment: 'production', kind: 'request', target, at }))
    await write('old', NOW)
    await write('newest', NOW)
    const latest = (): Promise<number> => work.read(({ outbox }) => outbox.latest())
    const before = await latest()
    assert.equal(await work.transaction(({ outbox }) => outbox.purge(day(1))), 1)
    await write('later', day(2))
    assert.ok((await latest()) > before)
    assert.equal(await work.transaction(({ outbox }) => outbox.purge(day(1))), 1)
  })
})
