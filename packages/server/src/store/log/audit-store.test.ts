import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AuditEvent } from '../../core/audit/audit-event.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { nextNumber } from '../testing/log-behind-the-back.ts'
import { openSample } from '../testing/sample-work.ts'
import { day, NOW, OURS, PRODUCTION, TEST } from '../testing/samples.ts'

const event = (action: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  environment: 'production',
  at: NOW,
  action: action as AuditEvent['action'],
  outcome: 'done',
  actor: { kind: 'desk', name: 'desk' },
  target: { kind: 'request', id: '7' },
  facts: {},
  ...more,
})

eachDatabase('the audit log', ({ engine, fresh, opened, prepared }) => {
  test('is read back as written, newest first, in its scope, by action and by what is typed', async () => {
    const work = await fresh()
    const full = event('request.approved', {
      organisation: 'ours',
      outcome: 'refused',
      actor: { kind: 'person', id: 'ada', name: 'Ada Élan', from: '192.0.2.1' },
      target: { kind: 'request', id: '42', name: 'ws-abc' },
      facts: { reason: 'own', entries: 3, standing: true },
    })
    await work.transaction(async ({ audit }) => {
      await audit.append(event('session.began'))
      await audit.append(full)
      await audit.append(event('request.rejected'))
      await audit.append(event('request_rejected'))
      await audit.append(event('session.began', { environment: 'test' }))
      const page = async (query: object, scope: Parameters<typeof audit.page>[0] = PRODUCTION) =>
        (await audit.page(scope, query)).items.map(({ action }) => action)
      const newest = ['request_rejected', 'request.rejected', 'request.approved', 'session.began']
      assert.deepEqual(await page({}), newest)
      assert.deepEqual(await page({}, TEST), ['session.began'])
      assert.deepEqual(await page({ action: 'request.' }), ['request.rejected', 'request.approved'])
      assert.deepEqual(await page({ action: 'request_' }), ['request_rejected'])
      assert.deepEqual(await page({ search: 'elan' }), ['request.approved'])
      assert.deepEqual(await page({ search: 'WS-A' }), ['request.approved'])
      assert.deepEqual(await page({ search: '42' }), ['request.approved'])
      const [only] = (await audit.page(OURS, {})).items
      assert.deepEqual(only, { number: only!.number, ...full })
      const first = await audit.page(PRODUCTION, { size: 3 })
      const second = await audit.page(PRODUCTION, { size: 3, after: first.next! })
      assert.deepEqual(
        [...first.items, ...second.items].map(({ action }) => action),
        newest,
      )
      assert.equal(second.next, undefined)
    })
  })

  test('tells the lines that somebody else wrote, or changed, from those of the desk', async () => {
    const { database, work } = await opened()
    await work.transaction(async ({ audit }) => {
      for (const action of ['request.approved', 'request.rejected'] as const) await audit.append(event(action))
    })
    const columns = 'environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts'
    const proof = 'leaf, hash, salts, row_code'
    const next = nextNumber(database)
    await ask(
      database,
      `INSERT INTO audit_event (number, ${columns}) SELECT ${next}, ${columns} FROM audit_event WHERE number = 1`,
    )
    await ask(
      database,
      `INSERT INTO audit_event (number, ${columns}, ${proof}) SELECT ${next}, ${columns}, ${proof} FROM audit_event WHERE number = 2`,
    )
    const { items } = await work.read(({ audit }) => audit.page(PRODUCTION, {}))
    assert.deepEqual(
      items.map(({ number, altered }) => [number, altered]),
      [
        [4, true],
        [3, true],
        [2, undefined],
        [1, undefined],
      ],
    )
  })

  if (engine === 'postgres')
    test('goes on after its last line, wherever somebody puts the number to come, into a gap too (flt17 L1)', async () => {
      const { database, work } = await opened()
      const last = async (): Promise<number> => {
        await work.transaction(({ audit }) => audit.append(event('session.began')))
        return Number(
          (await ask(database, 'SELECT number FROM audit_event WHERE number < 1000 ORDER BY number DESC LIMIT 1'))[0]
            ?.number,
        )
      }
      let before = await last()
      for (const to of ['20', '5', '1', '9007199254740995', '4503599627370495']) {
        await ask(database, `SELECT setval('audit_event_count', ${to})`)
        // A line where nobody comes to, which nobody can take away (att23 M1).
        const far = to.startsWith('45') && (await ask(database, 'SELECT * FROM audit_event LIMIT 1'))[0]!
        if (far) {
          const values = Object.keys(far).map((of) => (of === 'number' ? to : of === 'place' ? 'NULL' : of))
          await ask(
            database,
            `INSERT INTO audit_event (${Object.keys(far)}) SELECT ${values} FROM audit_event WHERE number = ${far.number}`,
          )
        }
        const number = await last()
        assert.ok(number > before, `${to}: ${number} after ${before}`)
        before = number
      }
      assert.equal(before, 25)
    })

  test('refuses to be changed or shortened, whoever speaks to the database', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) => audit.append(event('request.approved')))
    await work.close()
    await assert.rejects(ask(database, "UPDATE audit_event SET outcome = 'refused'"), /append-only/)
    await assert.rejects(ask(database, 'DELETE FROM audit_event'), /append-only/)
    await assert.rejects(ask(database, 'DELETE FROM audit_event WHERE number = 1'), /append-only/)
    if (database.kind === 'postgres') await assert.rejects(ask(database, 'TRUNCATE audit_event'), /append-only/)
    assert.equal((await ask(database, 'SELECT outcome FROM audit_event'))[0]?.outcome, 'done')
  })
})

eachDatabase('nonces', ({ fresh }) => {
  test('are spent once, and forgotten after their time', async () => {
    const work = await fresh()
    await work.transaction(async ({ nonces }) => {
      assert.equal(await nonces.spend('a', day(1)), true)
      assert.equal(await nonces.spend('a', day(2)), false)
      assert.equal(await nonces.spend('b', day(3)), true)
      assert.equal(await nonces.purge(day(2)), 1)
      assert.equal(await nonces.spend('b', day(3)), false)
      assert.equal(await nonces.spend('a', day(1)), true)
    })
  })

  test('stay unspent when the act they were for is refused', async () => {
    const work = await fresh()
    const refused = work.transaction(async ({ nonces }) => {
      await nonces.spend('a', day(1))
      throw new Error('no')
    })
    await assert.rejects(refused)
    assert.equal(await work.transaction(({ nonces }) => nonces.spend('a', day(1))), true)
  })
})
