import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeskError, hasDeskCode } from '@scel/contract/errors'
import { utf8 } from '@scel/pki/bytes'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import { coreOn, firstAdministrator, invited, type RulesDesk, rulesDeskOn } from '../../../test/rules-desk.ts'
import type { Database } from '../../store/opening/open-database.ts'
import { ask } from '../../store/testing/ask.ts'
import { nextNumber, unguard } from '../../store/testing/log-behind-the-back.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import type { Caller, DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Work } from '../work.ts'
import { nowOf } from '../world.ts'
import { entriesOf } from './entries.ts'
import { readCheckpoint, readNoteKey, signerOf } from './note.ts'
import { createHeadPush } from './push.ts'
import { GrowingTree, leafHash } from './tree.ts'
import { verifyLog } from './verify.ts'

const lineOf = ({ world }: Pick<RulesDesk, 'world'>, id: string) =>
  ({ environment: 'test', at: nowOf(world), action: 'clock.leapt', target: { kind: 'clock', id } }) as const

const append = (
  { world }: Pick<RulesDesk, 'world'>,
  work: Work,
  id: string,
  by: DeskActor | Caller = { kind: 'desk', name: 'clock' },
): Promise<void> => work.transaction((stores) => record(stores, by, lineOf({ world }, id)))

/** Recomputes all that the database says of its tree, from the leaves alone. */
async function requireWhole(work: Work): Promise<{ size: number; signed: number }> {
  return work.read(async ({ log, settings }) => {
    const lines = await log.lines(0, 10_000)
    assert.deepEqual(await log.waiting(0, 1), [])
    const key = (await readNoteKey((await settings.get('log-key'))!))!
    const heads = new Map((await log.heads(0, 10_000)).map((head) => [head.size, head]))
    const tree = new GrowingTree()
    let signed = 0
    for (const [index, { place, leaf }] of lines.entries()) {
      assert.equal(place, index)
      await tree.add(await leafHash(utf8(leaf)))
      const head = heads.get(tree.size)
      if (!head) continue
      assert.deepEqual(head.root, await tree.root())
      if (head.note === undefined) continue
      signed++
      const note = readCheckpoint(head.note)!
      assert.deepEqual([note.size, note.root, (await signerOf(note, [key]))?.id], [head.size, head.root, key.id])
    }
    assert.equal((await log.newestHead())?.size, lines.length)
    return { size: lines.length, signed }
  })
}

/** A line as the desk would write it but for its code, which nobody else can make. @returns its number */
async function plant(database: Database): Promise<number> {
  await ask(
    database,
    `INSERT INTO audit_event (number, environment, at, action, outcome, actor_kind, actor_name, target_kind, target_id, search, facts)
      VALUES (${nextNumber(database)}, 'production', '2026-01-01T00:00:00.000Z', 'x.y', 'done', 'person', 'Eve', 'clock', 'planted', '', '{}')`,
  )
  return numberOf(database, 'planted')
}

/** A line of the desk's once more, with its leaf and code, under the next number. */
async function copied(database: Database): Promise<void> {
  const columns = [
    ...['environment', 'at', 'action', 'outcome', 'actor_kind', 'actor_name', 'target_kind', 'target_id', 'search'],
    ...['facts', 'leaf', 'hash', 'salts', 'row_code'],
  ].join(', ')
  await ask(
    database,
    `INSERT INTO audit_event (number, ${columns}) SELECT ${nextNumber(database)}, ${columns} FROM audit_event
      WHERE target_id = 'honest'`,
  )
}

const numberOf = async (database: Database, target: string): Promise<number> =>
  Number((await ask(database, `SELECT number FROM audit_event WHERE target_id = '${target}'`))[0]!.number)

const place = (database: Database, number: number, at: number): Promise<unknown> =>
  ask(database, `UPDATE audit_event SET place = ${at} WHERE number = ${number}`)

eachRulesDatabase('places and heads', ({ engine, fresh, opened, prepared }) => {
  test('what was written has its place and a signed head after the next duty, and nothing is done where nothing came', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const before = await requireWhole(work)
    assert.ok(before.size > 10 && before.signed === 1)
    await desk.core.log.run()
    assert.deepEqual(await requireWhole(work), before)
    for (let line = 0; line < 450; line++) await append(desk, work, `${line}`)
    assert.equal((await work.read(({ log }) => log.waiting(0, 1_000))).length, 450)
    await desk.core.log.run()
    assert.deepEqual(await requireWhole(work), { size: before.size + 450, signed: 2 })
    assert.match(
      (await work.read(({ log }) => log.newestSigned()))!.note!,
      /^pki\.example\.org\/scel-log\/[0-9a-f]{16}\n/,
    )
    assert.equal(desk.core.highWater.tree?.size, before.size + 450)
  })

  test('lines that come while places are given wait for the next run, and the head is signed; a stop leaves the rest', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const before = await requireWhole(work)
    await append(desk, work, 'waits')
    let came = 0
    const keepComing = (): void =>
      desk.beforeNextUnit(async () => {
        if (++came > 30) return
        keepComing()
        await append(desk, work, `comes ${came}`)
      })
    keepComing()
    await desk.core.log.run()
    assert.ok(came < 10, `${came} lines were waited for`)
    const signed = (await work.read(({ log }) => log.newestSigned()))!
    assert.equal(signed.size, await work.read(({ log }) => log.placed()))
    assert.ok(signed.size > before.size)
    desk.beforeNextUnit(async () => undefined)
    for (let line = 0; line < 450; line++) await append(desk, work, `${line}`)
    const stop = new AbortController()
    desk.beforeNextUnit(async () => stop.abort())
    await desk.core.log.run(stop.signal)
    assert.equal((await work.read(({ log }) => log.newestSigned()))?.size, signed.size + 200)
    assert.ok((await work.read(({ log }) => log.countWaiting())) > 200)
    await desk.core.log.run()
    await requireWhole(work)
    assert.equal(await work.read(({ log }) => log.countWaiting()), 0)
  })

  test('two desks on one database give each line one place, whoever comes first', async () => {
    const database = await prepared()
    const [work, others] = [await openSample(database), await openSample(database)]
    try {
      const desk = await rulesDeskOn(work)
      // The same keys in another folder, with a mark of its own.
      const other = coreOn(others, { ...desk.signers }, {}, desk.world)
      await other.start()
      const write = async (one: Work, name: string): Promise<void> => {
        for (let line = 0; line < 40; line++) await append(desk, one, `${name} ${line}`)
      }
      const sign = async (): Promise<void> => {
        for (let round = 0; round < 8; round++) await Promise.all([desk.core.log.run(), other.log.run()])
      }
      await Promise.all([write(work, 'one'), write(others, 'other'), sign()])
      await desk.core.log.run()
      await other.log.run()
      const { size, signed } = await requireWhole(work)
      assert.ok(size > 80 && signed >= 2)
      assert.equal(await desk.core.highWater.look(), undefined)
      assert.equal(await other.highWater.look(), undefined)
      assert.equal(desk.core.highWater.tree?.size, other.highWater.tree?.size)
    } finally {
      await others.close()
      await work.close()
    }
  })

  // The embedded database has one writer at a time: there is nobody else.
  const whereOthersWrite = engine === 'postgres' ? test : () => undefined
  whereOthersWrite('others who read and write at another desk all the time do not put off places', async () => {
    const database = await prepared()
    const [work, others] = [await openSample(database), await openSample(database)]
    try {
      const desk = await rulesDeskOn(work)
      let overtaken = 0
      // Of two at the other desk one reads what the other changes, and writes a line: no order of the three is left for who read the lines before.
      const overtake = async (): Promise<void> => {
        await others.transaction(async (stores) => {
          await stores.settings.get('overtaken')
          await others.transaction(({ settings }) => settings.set('overtaken', `${++overtaken}`))
          await record(stores, { kind: 'desk', name: 'clock' }, lineOf(desk, `${overtaken}`))
        })
      }
      const busy: Work = {
        read: (run) => work.read(run),
        transaction: (run, order) =>
          work.transaction(
            (stores) =>
              run({
                ...stores,
                log: {
                  ...stores.log,
                  waiting: async (after, limit) => {
                    const lines = await stores.log.waiting(after, limit)
                    await overtake()
                    return lines
                  },
                },
              }),
            order,
          ),
      }
      await append(desk, work, 'waits')
      const core = coreOn(busy, desk.signers, {}, desk.world)
      await core.highWater.look()
      await core.log.run()
      assert.equal(overtaken, 1, 'places were given at once')
      await desk.core.log.run()
      await requireWhole(work)
    } finally {
      await others.close()
      await work.close()
    }
  })

  test('places that cannot be given now end no start: it is told, and the next duty gives them', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    await append(desk, work, 'waits')
    const reports: string[] = []
    let isTaken = true
    const taken: Work = {
      read: (run) => work.read(run),
      transaction: async (run, order) => {
        if (isTaken && order === 'rows') throw new DeskError('storage_contended', {})
        return work.transaction(run, order)
      },
    }
    const core = coreOn(taken, desk.signers, {}, desk.world, (what) => void reports.push(what))
    await core.start()
    assert.deepEqual(reports, ['the log was not signed'])
    isTaken = false
    await core.log.run()
    await requireWhole(work)
  })

  test('a desk that ends between places and signature: the next one signs what is there', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    await append(desk, work, 'one')
    desk.signers.break(true)
    await assert.rejects(desk.core.log.run())
    const head = await work.read(({ log }) => log.newestHead())
    assert.equal(head?.note, undefined)
    desk.signers.break(false)
    await desk.restart()
    assert.ok((await requireWhole(work)).signed >= 2)
    assert.ok((await work.read(({ log }) => log.newestSigned()))!.size >= head!.size)
  })

  test('a line that somebody else wrote gets no place; of one of which something else is shown, the leaf stands in the tree', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    for (const id of ['honest', 'planted', 'changed']) await append(desk, work, id)
    await append(desk, work, 'emptied', { kind: 'caller', name: 'Ada', from: '192.0.2.1' })
    await copied(database)
    await unguard(database)
    await ask(database, "UPDATE audit_event SET row_code = 'none' WHERE target_id = 'planted'")
    await ask(database, "UPDATE audit_event SET at = '2020-01-01T00:00:00.000Z' WHERE target_id = 'changed'")
    await ask(database, "UPDATE audit_event SET salts = '' WHERE target_id = 'emptied'")
    await desk.core.log.run()
    const lines = await work.read(({ log }) => log.lines(size, 10))
    assert.deepEqual(
      lines.map(({ event }) => event.target.id),
      ['honest', 'changed', 'emptied'],
    )
    assert.equal(new Set(desk.forged.filter((one) => one.startsWith('audit_event '))).size, 4)
    // Nobody waits for it: neither the desk as it runs, nor one that starts.
    await desk.core.highWater.look()
    assert.equal(desk.core.highWater.older, undefined)
    await append(desk, desk.work, 'after')
    await desk.restart()
    assert.equal(desk.core.highWater.older, undefined)
  })

  test('a line that stands below the first place is told of', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    await append(desk, work, 'hidden')
    const [hidden] = await work.read(({ log }) => log.waiting(0, 1))
    await unguard(database)
    await ask(database, "UPDATE audit_event SET place = -2 WHERE target_id = 'hidden'")
    await desk.core.log.run()
    assert.deepEqual([...new Set(desk.forged)], [`audit_event ${hidden!.event.number}`])
  })

  test('a place that no desk gave is taken back, whose line it may be, and the desk goes on', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    for (const id of ['one', 'two']) await append(desk, work, id)
    const planted = await plant(database)
    await place(database, planted, size)
    await place(database, await numberOf(database, 'two'), size + 1)
    await place(database, await numberOf(database, 'one'), size + 2)
    await append(desk, work, 'three')
    await desk.core.log.run()
    assert.equal(desk.core.highWater.older, undefined)
    assert.deepEqual([...new Set(desk.forged)], [`audit_event ${planted}`])
    const lines = await work.read(({ log }) => log.lines(size, 10))
    assert.deepEqual(
      lines.map(({ event, place }) => [event.target.id, place]),
      [
        ['one', size],
        ['two', size + 1],
        ['three', size + 2],
      ],
    )
    assert.equal((await desk.core.log.newest())?.size, size + 3)
    await append(desk, desk.work, 'four')
  })

  test('a line of somebody else under a head of theirs is no older copy: it is named, the desk goes on and signs nothing over it; who takes it as it is gives it no leaf', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    const planted = await plant(database)
    await place(database, planted, size)
    await ask(
      database,
      `INSERT INTO log_head (size, root, at) SELECT ${size + 1}, root, at FROM log_head WHERE size = ${size}`,
    )
    let { core } = desk
    for (const start of [false, true]) {
      if (start) core = await desk.restart()
      await append(desk, work, `after ${start}`)
      await core.log.run()
      assert.equal(core.highWater.older, undefined)
      assert.deepEqual([...new Set(desk.forged)], [`audit_event ${planted}`])
      assert.equal(core.highWater.tree?.size, size)
      await firstAdministrator(core)
    }
    assert.equal((await core.log.newest())?.size, size)
    assert.equal(await work.read(({ log }) => log.placed()), size + 1)
    await core.highWater.accept()
    await core.log.run()
    assert.equal(await core.highWater.look(), undefined)
    const after = await desk.restart()
    assert.equal(after.highWater.older, undefined)
    assert.deepEqual(
      (await work.read(({ log }) => log.waiting(0, 10))).map(({ event }) => event.number),
      [],
    )
    assert.ok((await after.log.newest())!.size > size + 2)
    const error = await verifyLog(entriesOf(work)).catch((error: unknown) => error)
    assert.ok(hasDeskCode(error, 'log_line_altered') && error.facts.number === planted, String(error))
  })

  test('lines far away are no reason to count up to them, and a log that misses too many is not taken', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    await unguard(database)
    const planted = await plant(database)
    await place(database, planted, 9_007_199_254_740_000)
    await desk.core.highWater.accept()
    assert.equal(desk.core.highWater.tree?.size, size)
    await desk.core.log.run()
    assert.ok(desk.core.highWater.tree!.size > size, 'the place was taken back')
    assert.deepEqual([...new Set(desk.forged)], [`audit_event ${planted}`])
    await append(desk, work, 'far')
    const far = await numberOf(database, 'far')
    await place(database, far, 9_007_199_254_740_000)
    const lists = async (): Promise<unknown> => ask(database, 'SELECT count(*) AS count FROM crl')
    const before = await lists()
    await assert.rejects(desk.core.highWater.accept(), (error) => hasDeskCode(error, 'log_gap'))
    assert.deepEqual(await lists(), before, 'nothing was changed')
  })

  test('a copy with lines missing is taken with empty leaves, and stays taken', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    for (const id of ['one', 'two', 'three']) await append(desk, work, id)
    await desk.core.log.run()
    const { size } = await requireWhole(work)
    await unguard(database)
    await ask(database, `DELETE FROM audit_event WHERE place = ${size - 2}`)
    assert.equal((await desk.core.highWater.look())?.log, 'altered')
    await desk.core.highWater.accept()
    assert.equal(await desk.core.highWater.look(), undefined)
    await desk.core.log.run()
    assert.equal((await desk.restart()).highWater.older, undefined)
  })

  test('a start looks at the heads of the last lines, too, and at the note of the newest', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    desk.signers.break(true)
    await append(desk, work, 'one')
    await assert.rejects(desk.core.log.run())
    desk.signers.break(false)
    // Nothing hinders who writes before the desk does.
    await ask(database, `UPDATE log_head SET note = 'junk' WHERE size = ${size + 1}`)
    await unguard(database)
    await ask(
      database,
      `INSERT INTO log_head (size, root, at) SELECT ${size - 3}, root, at FROM log_head WHERE size = ${size}`,
    )
    await desk.core.log.run()
    assert.deepEqual([...new Set(desk.forged)], [`log_head ${size + 1}`])
    await desk.restart()
    assert.ok(desk.forged.includes(`log_head ${size - 3}`))
  })

  test('a head that no lines come to stops nothing, is told of and is shown to nobody', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    await append(desk, work, 'one')
    await desk.core.log.run()
    const { size } = await requireWhole(work)
    await unguard(database)
    const plant = (at: number, note: string): Promise<unknown> =>
      ask(
        database,
        `INSERT INTO log_head (size, root, at, note) SELECT ${at}, root, at, ${note} FROM log_head WHERE size = ${size}`,
      )
    await plant(9_007_199_254_740_000, "'evil note'")
    await plant(size + 2, 'NULL') // in the place of the next but one
    await plant(size - 3, 'note') // a note of another head
    await append(desk, work, 'two')
    await desk.core.log.run()
    assert.equal((await desk.core.log.newest())?.size, size + 1)
    assert.ok(desk.forged.includes('log_head 9007199254740000'))
    await append(desk, work, 'three')
    await desk.core.log.run()
    assert.equal((await desk.core.log.newest())?.size, size + 1, 'another root in the place of the next')
    assert.ok(desk.forged.includes(`log_head ${size + 2}`))
    await append(desk, work, 'four')
    await desk.core.log.run()
    assert.equal((await desk.core.log.newest())?.size, size + 3)
    const sent: number[] = []
    const send = async (head: { size: number }): Promise<void> => void sent.push(head.size)
    const { newest } = desk.core.log
    const heads = { work, world: desk.world, newest, report: () => {}, targets: [{ name: 'folder', send }] }
    await createHeadPush({ ...heads, duties: desk.core.leases }).push()
    assert.deepEqual(sent, [size + 3])
    const { actor } = await firstAdministrator(desk.core)
    assert.equal((await desk.core.log.head((await invited(desk.core, actor, 'auditor')).actor)).head?.size, size + 3)
  })

  test('a key that does not open is told of, and lines get their places without it', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const { size } = await requireWhole(work)
    const told: string[] = []
    const open = async (keyId: string) => {
      if (keyId === 'log') throw new DeskError('authority_unavailable', { purpose: 'log' })
      return desk.signers.open(keyId)
    }
    const next = coreOn(work, { ...desk.signers, open }, {}, desk.world, (what) => void told.push(what))
    await append(desk, work, 'one')
    await next.log.run().catch((error: unknown) => told.push(`threw ${String(error)}`))
    await desk.core.highWater.advance()
    await next.highWater.advance()
    await next.log.run()
    assert.equal(await work.read(({ log }) => log.placed()), size + 1)
    assert.equal((await work.read(({ log }) => log.newestHead()))?.note, undefined)
    assert.deepEqual(told, ['the key of the log does not open: lines get their places, and no head is signed'])
    await desk.core.log.run()
    assert.equal((await requireWhole(work)).size, size + 1)
  })

  test('what is altered or cut below a head is not signed over', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    await append(desk, work, 'one')
    await desk.core.log.run()
    const { size } = await requireWhole(work)
    await unguard(database)
    await ask(database, `DELETE FROM audit_event WHERE place = ${size - 1}`)
    await desk.core.log.run()
    assert.equal(desk.core.highWater.older?.log, 'cut')
    await assert.rejects(append(desk, desk.work, 'two').then(() => desk.core.requests.expireDue()))
    assert.equal((await work.read(({ log }) => log.newestHead()))?.size, size)
    // Taken as it is, the log goes on, and says what it lost.
    await desk.core.highWater.accept()
    await desk.core.log.run()
    const accepted = (await work.read(({ log }) => log.numbered(0, 1_000))).filter(
      ({ event }) => event.action === 'desk.restore_accepted',
    )
    assert.equal(accepted[0]?.event.facts.size, size)
    assert.equal(desk.core.highWater.older, undefined)
    assert.equal((await work.read(({ log }) => log.waiting(0, 1))).length, 0)
  })
})
