import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liftOf } from '../../core/applicants/block.ts'
import type { AuditEvent } from '../../core/audit/audit-event.ts'
import { type OwnedPlace, type Place, scopeAt } from '../../core/scope.ts'
import type { Stores } from '../../core/work.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { nextNumber, unguard } from '../testing/log-behind-the-back.ts'
import { AT_OURS, AT_THEIRS, day, NOW, OURS, PRODUCTION, TEST } from '../testing/samples.ts'

const line = (
  action: 'applicant.blocked' | 'applicant.lifted',
  at: AuditEvent['at'],
  { reason = 'stolen', ...more }: Partial<AuditEvent> & { reason?: string } = {},
): AuditEvent => ({
  environment: 'production',
  at,
  action,
  outcome: 'done',
  actor: { kind: 'person', id: 'ada', name: 'Ada' },
  target: { kind: 'applicant', id: 'key' },
  facts: { reason },
  ...more,
})

/** Lifts what this scope may, as the rule does. */
async function lift({ audit, blocks }: Pick<Stores, 'audit' | 'blocks'>, place: Place, at: AuditEvent['at']) {
  const { organisation } = place
  const facts = { reason: 'stolen', blocks: liftOf(await blocks.of(scopeAt(place), 'key')) }
  await audit.append(line('applicant.lifted', at, { ...(organisation && { organisation }), facts }))
}

eachDatabase('blocks of applicant keys', ({ engine, fresh, opened }) => {
  test('are what the log leaves standing: refused ones, other keys and the other environment lay none', async () => {
    const work = await fresh()
    await work.transaction(async ({ audit, blocks }) => {
      const against = async (place: OwnedPlace, key = 'key') => (await blocks.against(place, key))?.reason
      await audit.append(line('applicant.blocked', NOW, { outcome: 'refused' }))
      await audit.append(line('applicant.blocked', NOW, { environment: 'test' }))
      await audit.append(line('applicant.blocked', NOW, { target: { kind: 'applicant', id: 'another' } }))
      assert.equal(await against(AT_OURS), undefined)
      assert.equal(await against({ ...AT_OURS, environment: 'test' }), 'stolen')
      await audit.append(line('applicant.blocked', day(1), { organisation: 'ours', reason: 'ours' }))
      assert.deepEqual([await against(AT_OURS), await against(AT_THEIRS)], ['ours', undefined])
      await audit.append(line('applicant.blocked', day(2), { reason: 'all' }))
      assert.equal(await against(AT_THEIRS), 'all', 'one without an organisation stands for every one')
    })
  })

  test('are not undone by whoever moves the counter of numbers', async () => {
    const { database, work } = await opened()
    const against = () => work.read(async ({ blocks }) => (await blocks.against(AT_OURS, 'key'))?.reason)
    const count = (to: string): Promise<unknown> =>
      ask(
        database,
        engine === 'sqlite'
          ? `UPDATE sqlite_sequence SET seq = ${to} WHERE name = 'audit_event'`
          : `SELECT setval('audit_event_count', ${to})`,
      )
    const placed = () =>
      work.transaction(async ({ log }) => {
        const waiting = await log.waiting(0, 10)
        await log.place(
          waiting.map(({ event }) => event.number),
          (await log.lines(0, 10)).length,
        )
      })
    await work.transaction(({ audit }) => audit.append(line('applicant.blocked', NOW)))
    await placed()
    await count('1000000')
    await work.transaction((stores) => lift(stores, PRODUCTION, day(1)))
    assert.equal(await against(), undefined)
    await count('90')
    // Before the end got its place, and after.
    await work.transaction(({ audit }) => audit.append(line('applicant.blocked', day(2), { reason: 'again' })))
    assert.equal(await against(), 'again')
    await placed()
    assert.equal(await against(), 'again')
    assert.equal((await work.read(({ blocks }) => blocks.list(PRODUCTION))).length, 1)
    // What counts is not only the desk's to write: whatever is counted there, the log goes on, and SQLite's with the next number.
    const far = ['9223372036854775807', '9223372036854775806', '9007199254740995', '2']
    for (const to of engine === 'postgres' ? ['90', ...far, '2'] : [...far, "'x'", 'NULL']) {
      await count(to)
      await work.transaction(({ audit }) => audit.append(line('applicant.blocked', day(2))))
    }
    if (engine === 'postgres') return
    const numbers = await ask(database, 'SELECT number FROM audit_event ORDER BY number')
    assert.deepEqual(
      numbers.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
  })

  test('are lifted only by lines that this desk wrote as they are; what somebody planted blocks and lifts nothing', async () => {
    const { database, work } = await opened()
    const against = () => work.read(async ({ blocks }) => (await blocks.against(AT_OURS, 'key'))?.reason)
    const plant = (action: string, target: string): string =>
      `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts)
        VALUES (${nextNumber(database)}, 'production', '${NOW}', '${action}', 'done', 'person', 'Eve', 'applicant', '${target}', '', '{}')`
    await work.transaction(({ audit }) => audit.append(line('applicant.blocked', NOW)))
    await ask(database, plant('applicant.lifted', 'key'))
    await ask(
      database,
      `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_id, actor_name, target_kind, target_id, search,
        facts, leaf, hash, salts, row_code) SELECT ${nextNumber(database)}, environment, at, 'applicant.lifted', outcome, actor_kind, actor_id, actor_name,
        target_kind, target_id, search, facts, leaf, hash, salts, row_code FROM audit_event WHERE number = 1`,
    )
    assert.equal(await against(), 'stolen')
    assert.equal((await work.read(({ blocks }) => blocks.list(PRODUCTION))).length, 1)
    await work.transaction((stores) => lift(stores, PRODUCTION, day(1)))
    const numbers = await ask(
      database,
      "SELECT number FROM audit_event WHERE action = 'applicant.lifted' ORDER BY number",
    )
    assert.equal(numbers.length, 3)
    assert.equal(await against(), undefined)
    await ask(database, plant('applicant.blocked', 'another'))
    assert.ok(await work.read(({ blocks }) => blocks.against(AT_OURS, 'another')))
  })

  test('are lifted as they were seen: a later block under a number that a lift names stands', async () => {
    const { database, work } = await opened()
    const planted = (number: number): string =>
      `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts)
        VALUES (${number}, 'production', '${NOW}', 'applicant.blocked', 'done', 'person', 'Eve', 'applicant', 'key', '', '{}')`
    const against = () => work.read(async ({ blocks }) => (await blocks.against(AT_OURS, 'key'))?.reason)
    await work.transaction(({ audit }) => audit.append(line('applicant.blocked', NOW)))
    await unguard(database)
    for (let number = 5; number < 10; number++) await ask(database, planted(number))
    assert.equal(await against(), 'stolen')
    await work.transaction((stores) => lift(stores, PRODUCTION, day(1)))
    assert.equal(await against(), undefined, 'what was planted is lifted with the rest')
    await ask(database, 'DELETE FROM audit_event WHERE row_code IS NULL')
    // A line that lifts numbers alone, without what stood there, lifts nothing.
    const bare = { facts: { reason: 'stolen', blocks: '1 20 21 22 23 24' } }
    await work.transaction(({ audit }) => audit.append(line('applicant.lifted', day(1), bare)))
    const numbers = async () => (await ask(database, 'SELECT max(number) AS last FROM audit_event'))[0]?.last
    for (let given = Number(await numbers()); given < 30; given++) {
      await work.transaction(({ audit }) => audit.append(line('applicant.blocked', day(2), { reason: 'again' })))
      assert.equal(await against(), 'again', `${given}`)
      await work.transaction((stores) => lift(stores, PRODUCTION, day(2)))
      assert.equal(await against(), undefined, `${given}`)
    }
  })

  test('are listed newest first, those of all organisations to whoever sees all; one that was laid twice is the first', async () => {
    const work = await fresh()
    await work.transaction(async ({ audit, blocks }) => {
      await audit.append(line('applicant.blocked', NOW, { organisation: 'ours', reason: 'first' }))
      await audit.append(line('applicant.blocked', day(1), { organisation: 'ours', reason: 'second' }))
      await audit.append(line('applicant.blocked', day(2), { organisation: 'theirs', reason: 'theirs' }))
      await audit.append(line('applicant.blocked', day(3), { reason: 'all' }))
      const reasons = (found: readonly { reason: string }[]) => found.map(({ reason }) => reason)
      assert.deepEqual(reasons(await blocks.list(PRODUCTION)), ['all', 'theirs', 'first'])
      assert.deepEqual(reasons(await blocks.list(OURS)), ['first'])
      assert.deepEqual(reasons(await blocks.list(TEST)), [])
      assert.deepEqual(reasons(await blocks.of(OURS, 'key')), ['first'])
      assert.deepEqual(reasons(await blocks.of(PRODUCTION, 'key')), ['first', 'theirs', 'all'])
      const [found] = await blocks.of(OURS, 'key')
      assert.deepEqual(found, {
        environment: 'production',
        organisation: 'ours',
        applicant: 'key',
        at: NOW,
        by: { id: 'ada', name: 'Ada' },
        reason: 'first',
        lines: found?.lines ?? [],
      })
      assert.deepEqual(
        found?.lines.map(({ number }) => number),
        [1, 2],
      )
    })
  })

  test('end where they were laid; an end without an organisation ends them all, and a later block stands again', async () => {
    const work = await fresh()
    await work.transaction(async ({ audit, blocks }) => {
      const places = async () => (await blocks.of(PRODUCTION, 'key')).map(({ organisation }) => organisation ?? 'all')
      for (const owner of [{ organisation: 'ours' }, { organisation: 'theirs' }, {}]) {
        await audit.append(line('applicant.blocked', NOW, owner))
      }
      await audit.append(line('applicant.blocked', NOW, { target: { kind: 'applicant', id: 'another' } }))
      await lift({ audit, blocks }, AT_OURS, day(1))
      assert.deepEqual(await places(), ['theirs', 'all'])
      await lift({ audit, blocks }, PRODUCTION, day(2))
      assert.deepEqual(await places(), [])
      assert.equal((await blocks.of(PRODUCTION, 'another')).length, 1)
      await audit.append(line('applicant.blocked', day(3), { organisation: 'ours' }))
      assert.deepEqual(await places(), ['ours'])
    })
  })

  test('are lifted by no end that does not name them, is of another key, or of another organisation', async () => {
    const work = await fresh()
    await work.transaction(async ({ audit, blocks }) => {
      await audit.append(line('applicant.blocked', NOW, { organisation: 'ours' }))
      const named = liftOf(await blocks.of(PRODUCTION, 'key'))
      for (const more of [
        { facts: { reason: 'stolen' } },
        { facts: { reason: 'stolen', blocks: '1' } },
        { facts: { reason: 'stolen', blocks: named.replace('1:', '2:') } },
        { facts: { reason: 'stolen', blocks: '2 3 x' } },
        { facts: { reason: 'stolen', blocks: 1 } },
        { facts: { reason: 'stolen', blocks: named }, organisation: 'theirs' },
        { facts: { reason: 'stolen', blocks: named }, outcome: 'refused' },
        { facts: { reason: 'stolen', blocks: named }, target: { kind: 'applicant', id: 'another' } },
      ] as const) {
        await audit.append(line('applicant.lifted', day(1), more))
        assert.equal((await blocks.of(PRODUCTION, 'key')).length, 1, JSON.stringify(more))
      }
      assert.equal((await blocks.list(PRODUCTION)).length, 1)
      await audit.append(line('applicant.lifted', day(1), { facts: { blocks: named }, organisation: 'ours' }))
      assert.deepEqual(await blocks.of(PRODUCTION, 'key'), [])
    })
  })
})
