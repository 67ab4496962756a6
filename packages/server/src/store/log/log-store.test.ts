import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { AuditEvent } from '../../core/audit/audit-event.ts'
import { entriesOf } from '../../core/log/entries.ts'
import { erasedOf, faultOf } from '../../core/log/line.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { nextNumber, unguard } from '../testing/log-behind-the-back.ts'
import { openSample } from '../testing/sample-work.ts'
import { NOW, PRODUCTION } from '../testing/samples.ts'

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  environment: 'production',
  organisation: 'ours',
  at: NOW,
  action: 'request.rejected',
  outcome: 'done',
  actor: { kind: 'person', id: 'ada', name: 'Ada Élan', from: '192.0.2.1' },
  target: { kind: 'request', id: '7', name: 'ws-abc' },
  facts: { reason: 'not “ours” \ud800', count: 3, standing: true },
  ...more,
})
const DESK = event({ actor: { kind: 'desk', name: 'clock' }, target: { kind: 'clock', id: 'host' }, facts: {} })

eachDatabase('the log as a tree', ({ engine, fresh, prepared }) => {
  test('a line is proven when it is written, waits for its place and then stays there', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async ({ audit }) => {
      await audit.append(event())
      await audit.append(DESK)
    })
    const waiting = await work.read(({ log }) => log.waiting(0, 10))
    assert.deepEqual(
      waiting.map(({ event, place, coded }) => [event.number, place, coded]),
      [
        [1, undefined, true],
        [2, undefined, true],
      ],
    )
    for (const line of waiting) assert.equal(await faultOf(line), undefined, line.leaf)
    assert.equal(await work.read(({ log }) => log.placed()), 0)
    await work.transaction(async ({ log }) => {
      await log.place([1, 2], 0)
    })
    assert.equal(await work.read(({ log }) => log.placed()), 2)
    assert.deepEqual(await work.read(({ log }) => log.waiting(0, 10)), [])
    const lines = await work.read(({ log }) => log.lines(0, 10))
    assert.deepEqual(
      lines.map(({ place, event }) => [place, event.number]),
      [
        [0, 1],
        [1, 2],
      ],
    )
    await assert.rejects(work.transaction(({ log }) => log.place([1], 2)))
    await work.close()
    for (const change of [
      'number = 9',
      "leaf = '{}'",
      'place = 7',
      "at = ''",
      "actor_name = 'Eve'",
      "facts = '{}'",
      "search = ''",
      "salts = salts || ' '",
    ])
      await assert.rejects(ask(database, `UPDATE audit_event SET ${change}`), /append-only/, change)
    await assert.rejects(ask(database, 'DELETE FROM audit_event'), /append-only/)
  })

  test('no line begins or comes to stand below the first number and the first place, and one that does is found', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) => audit.append(event()))
    const plant = (number: number, place: number | 'NULL'): string =>
      `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts, place)
        VALUES (${number}, 'production', '${NOW}', 'applicant.lifted', 'done', 'person', 'Eve', 'applicant', 'key', '', '{}', ${place})`
    for (const [number, place] of [
      [-5, 'NULL'],
      [0, 'NULL'],
      [7, -1],
      [7, 0],
    ] as const)
      await assert.rejects(ask(database, plant(number, place)), /append-only/, `${number} ${place}`)
    await assert.rejects(ask(database, 'UPDATE audit_event SET place = -2'), /append-only/)
    assert.deepEqual(await work.read(({ log }) => log.astray(10)), [])
    await unguard(database)
    for (const act of [plant(-5, 'NULL'), plant(7, -1), 'UPDATE audit_event SET place = -2 WHERE number = 1'])
      await ask(database, act)
    assert.deepEqual(
      (await work.read(({ log }) => log.astray(10))).map(({ event: { number }, place, coded }) => [
        number,
        place,
        coded,
      ]),
      [
        [-5, undefined, false],
        [1, -2, true],
        [7, -1, false],
      ],
    )
    assert.equal(await work.read(({ log }) => log.placed()), 0)
    const found = []
    for await (const entry of entriesOf(work)) if (entry.kind === 'line') found.push(entry.line.event.number)
    assert.deepEqual(found, [-5, 1, 7])
    await work.close()
  })

  test('places are given one after the other, heads over all of them; a place that no head stands over is given again', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(async ({ audit }) => {
      for (let count = 0; count < 5; count++) await audit.append(event())
    })
    const place = (number: number, at: number | 'NULL'): Promise<unknown> =>
      ask(database, `UPDATE audit_event SET place = ${at} WHERE number = ${number}`)
    for (const at of [1, 3, 9_007_199_254_740_000]) await assert.rejects(place(1, at), /append-only/, `${at}`)
    await assert.rejects(ask(database, 'UPDATE audit_event SET place = 0'), /append-only/, 'two in one place')
    await place(1, 0)
    await place(2, 1)
    const head = (size: number, note = 'NULL'): Promise<unknown> =>
      ask(
        database,
        `INSERT INTO log_head (size, root, at, note) SELECT ${size}, hash, at, ${note} FROM audit_event WHERE number = 1`,
      )
    for (const size of [-1, 0, 1, 3, 9_007_199_254_740_000]) await assert.rejects(head(size), /append-only/, `${size}`)
    await assert.rejects(head(2, "'evil note'"), /append-only/)
    await head(2)
    await place(3, 2)
    for (const [number, at] of [
      [1, 'NULL'],
      [2, 'NULL'],
      [2, 3],
      [3, 3],
    ] as const)
      await assert.rejects(place(number, at), /append-only/, `${number} ${at}`)
    await work.transaction(async ({ log }) => {
      await log.takeBack(2)
      await log.place([4, 3], 2)
      await log.keepHead({ size: 4, root: new Uint8Array(32), at: NOW })
    })
    await assert.rejects(work.transaction(({ log }) => log.takeBack(2)))
    assert.deepEqual(
      (await work.read(({ log }) => log.lines(0, 10))).map(({ event }) => event.number),
      [1, 2, 4, 3],
    )
    await work.close()
  })

  test('a line takes a number that is counted up to it, and stands over no other', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) => audit.append(event()))
    const plant = (number: string, or = ''): Promise<unknown> =>
      ask(
        database,
        `INSERT ${or} INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts)
          VALUES (${number}, 'production', '${NOW}', 'applicant.lifted', 'done', 'person', 'Eve', 'applicant', 'key', '', '{}')`,
      )
    for (const number of ['3', '100', '4503599627370497', '9007199254740991', '9223372036854775807'])
      await assert.rejects(plant(number), /append-only/, number)
    await assert.rejects(plant('1'))
    if (engine === 'sqlite') await assert.rejects(plant('1', 'OR REPLACE'), /append-only/)
    await plant(nextNumber(database))
    await work.transaction(({ audit }) => audit.append(event()))
    assert.deepEqual(
      (await work.read(({ log }) => log.waiting(0, 10))).map(({ event, coded }) => [event.number, coded]),
      [
        [1, true],
        [2, false],
        [3, true],
      ],
    )
    await work.close()
  })

  test('a line that somebody else wrote has no code of this desk', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) => audit.append(event()))
    await ask(
      database,
      `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts,
        leaf, hash, salts, row_code) SELECT ${nextNumber(database)}, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id,
        search, facts, replace(leaf, '"number":1,', '"number":2,'), hash, salts, row_code FROM audit_event`,
    )
    const waiting = await work.read(({ log }) => log.waiting(0, 10))
    assert.deepEqual(
      waiting.map(({ coded }) => coded),
      [true, false],
    )
    await work.close()
  })

  test('what is erased is gone from the line and from the search, and the rest of the line is what it was', async () => {
    const database = await prepared()
    const work = await openSample(database)
    await work.transaction(({ audit }) => audit.append(event()))
    const [line] = await work.read(({ log }) => log.waiting(0, 1))
    await work.transaction(({ log }) => log.erase(line!, ['actor.name', 'actor.from', 'facts.reason']))
    const [left] = await work.read(({ log }) => log.waiting(0, 1))
    assert.equal(await faultOf(left!), undefined)
    assert.deepEqual(erasedOf(left!), ['actor.from', 'actor.name', 'facts.reason'])
    assert.deepEqual(
      [left!.event.actor, left!.event.facts],
      [
        { kind: 'person', id: 'ada' },
        { count: 3, standing: true },
      ],
    )
    for (const [search, found] of [
      ['elan', 0],
      ['ws-a', 1],
    ] as const)
      assert.equal((await work.read(({ audit }) => audit.page(PRODUCTION, { search }))).items.length, found, search)
    const everything = JSON.stringify([
      await ask(database, 'SELECT * FROM audit_event'),
      await ask(database, 'SELECT * FROM search_word'),
    ])
    assert.doesNotMatch(everything, /Ada|elan|192\.0\.2\.1|not “ours”/)
    await work.close()
  })

  // PostgreSQL keeps dead rows until it cleans up after itself.
  if (engine === 'sqlite')
    test('what is erased is not left in free space of the file', async () => {
      const database = await prepared()
      const work = await openSample(database)
      const reason = 'because of Zoé Quatrepages '.repeat(10)
      await work.transaction(async ({ audit }) => {
        for (let count = 0; count < 60; count++)
          await audit.append(
            event({ facts: { reason }, actor: { kind: 'person', name: 'Ada Quatrepages', from: '192.0.2.1' } }),
          )
      })
      for (const line of await work.read(({ log }) => log.waiting(0, 60)))
        await work.transaction(({ log }) => log.erase(line, ['actor.name', 'actor.from', 'facts.reason']))
      await work.close()
      assert.ok(database.kind === 'sqlite')
      const file = await readFile(database.file, 'latin1')
      assert.doesNotMatch(file, /Quatrepages|elan|192\.0\.2\.1/)
    })

  test('a head is kept once, and signed once', async () => {
    const database = await prepared()
    const work = await openSample(database)
    const [root, at] = [new Uint8Array(32).fill(1), NOW]
    await work.transaction(async ({ log, audit }) => {
      for (let count = 0; count < 5; count++) await audit.append(event())
      await log.place([1, 2], 0)
      await log.keepHead({ size: 2, root, at })
      await log.keepHead({ size: 2, root: new Uint8Array(32), at })
      await log.place([3, 4, 5], 2)
      await log.keepHead({ size: 5, root, at })
      await log.keepNote(2, 'a note')
      await log.keepNote(2, 'another')
    })
    await work.read(async ({ log }) => {
      assert.deepEqual(await log.newestSigned(), { size: 2, root, at, note: 'a note' })
      assert.deepEqual(await log.newestHead(), { size: 5, root, at })
      assert.deepEqual(
        (await log.heads(2, 10)).map(({ size }) => size),
        [5],
      )
    })
    await work.close()
    await assert.rejects(ask(database, "UPDATE log_head SET note = 'another' WHERE size = 2"), /append-only/)
    await assert.rejects(ask(database, 'UPDATE log_head SET size = 6 WHERE size = 5'), /append-only/)
    await assert.rejects(ask(database, 'DELETE FROM log_head'), /append-only/)
  })

  test('numbers are given once, by however many desks at once', async () => {
    const work = await fresh()
    await Promise.all(Array.from({ length: 20 }, () => work.transaction(({ audit }) => audit.append(event()))))
    const numbers = (await work.read(({ log }) => log.numbered(0, 100))).map(({ event: { number } }) => number)
    assert.equal(new Set(numbers).size, 20)
  })
})
