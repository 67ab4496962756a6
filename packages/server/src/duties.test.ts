import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { eachRulesDatabase } from '../test/each-rules-database.ts'
import { coreOn, firstAdministrator, type RulesDesk, rulesDeskOn } from '../test/rules-desk.ts'
import type { Core } from './core/core.ts'
import { createDuties } from './core/duties/duties.ts'
import type { Report } from './core/report.ts'
import type { Work } from './core/work.ts'
import { DAY, MINUTE, nowOf, realWorld } from './core/world.ts'
import { leased } from './jobs/index.ts'
import type { Database } from './store/opening/open-database.ts'
import { ask } from './store/testing/ask.ts'
import { openSample } from './store/testing/sample-work.ts'

const silent = { warn: () => undefined }
const LASTS = 3_000
const GOES_ON = new AbortController().signal

eachRulesDatabase('duties of several desks', ({ prepared, fresh, opened }) => {
  test('of a desk that is killed in the middle of one another takes it, and not while the first is at it', async (t) => {
    const database = await prepared()
    const work = await openSample(database)
    try {
      const child = await begun(database)
      t.after(() => child.kill('SIGKILL'))
      const done: (string | undefined)[] = []
      const run = async () => void done.push(await work.read(({ settings }) => settings.get('half')))
      const duties = createDuties({ work, world: realWorld, report: () => undefined, holder: 'parent', lasts: LASTS })
      const turn = () => leased(duties, silent, LASTS)({ name: 'test', duty: 'purge', run }).run(GOES_ON)
      // For longer than a lease lasts without being renewed.
      const renewed = new Set<unknown>()
      while (renewed.size < 6) {
        for (const { taken_at } of await ask(database, 'SELECT taken_at FROM duty')) renewed.add(taken_at)
        await turn()
        await setTimeout(50)
      }
      assert.deepEqual(done, [])
      child.kill('SIGKILL')
      await once(child, 'close')
      while (done.length === 0) {
        await turn()
        await setTimeout(50)
      }
      assert.deepEqual(done, ['child'], 'and finds what the first had done')
    } finally {
      await work.close()
    }
  })

  test('two desks that find the same due draw each list once', async () => {
    const work = await fresh()
    const desk = await rulesDeskOn(work)
    const [one, other] = [another(desk, 'one'), another(desk, 'other')]
    const lists = async () =>
      (await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))).items.filter(
        ({ action }) => action === 'crl.published',
      ).length
    const round = ({ leases, revocation }: Core) =>
      leased(leases, silent)({ name: 'test', duty: 'lists', run: () => revocation.publishDue() }).run(GOES_ON)
    const due = async () =>
      (await one.revocation.due()).filter(({ authority }) => authority.environment === 'production').length
    for (let week = 0; week < 3; week++) {
      desk.later(8 * DAY)
      const [before, expected] = [await lists(), await due()]
      assert.ok(expected > 0)
      await Promise.all([round(one), round(other)])
      assert.equal(await lists(), before + expected)
      await round(other)
      await round(one)
      assert.equal(await lists(), before + expected)
    }
    // Whoever ends leaves nothing behind that another would wait for.
    await Promise.all([one.leases.letGoAll(), other.leases.letGoAll()])
    assert.equal(await other.leases.take('lists'), 'leased')
  })

  for (const how of ['row', 'trigger'] as const) {
    test(`a lease that is kept by nobody’s desk, with a ${how}, keeps nothing from being done for longer than minutes, and is told of once`, async () => {
      const { database, work } = await opened()
      const { core, later, reports } = await rulesDeskOn(work)
      const round = () => roundOf(core)
      const told = (): string[] => reports.filter((what) => what.startsWith('what desks share'))
      await round()
      const before = (await core.log.newest())!.size
      for (const name of ['log', 'lists']) await keepAway(database, how, name)
      later(8 * DAY)
      await firstAdministrator(core)
      for (let minute = 0; minute < 5; minute++) {
        await round()
        later(MINUTE)
        if (how === 'row') for (const name of ['log', 'lists']) await keepAway(database, how, name)
      }
      assert.equal((await core.log.newest())!.size, before)
      assert.deepEqual(told(), [])
      core.leases.requireKept()
      await round()
      assert.ok((await core.log.newest())!.size > before)
      assert.deepEqual(await core.revocation.due(), [])
      assert.throws(core.leases.requireKept, /nobody does it/)
      assert.equal(told().length, 2, 'of each duty')
      // From then on at once, as long as it is kept away.
      await firstAdministrator(core, 'test')
      await round()
      assert.equal(await work.read(({ log }) => log.countWaiting()), 0)
      assert.equal(told().length, 2)
      // Readiness tells of what is refused now; who has nothing to do need not ask.
      assert.throws(core.leases.requireKept, /nobody does it/)
      later(3 * MINUTE)
      core.leases.requireKept()
      for (const name of ['log', 'lists']) await giveBack(database, how, name)
      await round()
      core.leases.requireKept()
      assert.equal(told().length, 4)
    })
  }

  test('where another desk goes on with a duty nobody else begins it, however long; an old word of it is none', async () => {
    const { database, work } = await opened()
    const desk = await rulesDeskOn(work)
    const reports: string[] = []
    const one = desk.core
    const other = another(desk, 'other', (what) => void reports.push(what))
    await roundOf(one)
    const [{ value, row_code: code } = {}] = await ask(database, `SELECT * FROM setting WHERE key = 'duty-kept log'`)
    assert.match(String(value), /^1 2\d{3}-/)
    for (let minute = 0; minute < 12; minute++) {
      desk.later(MINUTE)
      await roundOf(one)
      assert.equal(await other.leases.take('log'), 'other')
    }
    assert.deepEqual(reports, [])
    // Killed, and somebody keeps its lease and says again what it said once.
    for (let minute = 0; minute < 5; minute++) {
      desk.later(MINUTE)
      await keepAway(database, 'row', 'log')
      await ask(database, `UPDATE setting SET value = '${value}', row_code = '${code}' WHERE key = 'duty-kept log'`)
      assert.equal(await other.leases.take('log'), minute < 4 ? 'other' : 'unattended')
    }
    assert.equal(reports.length, 1)
  })

  test('what was said of a duty long ago and is put back word by word, after a restart too, keeps it from nobody', async () => {
    const { database, work } = await opened()
    let elapsed = 0
    const began = realWorld.now().getTime()
    const world = { elapsed: () => elapsed, now: () => new Date(began + elapsed) }
    const serverClock = { now: async () => nowOf(world) }
    const timed: Work = {
      read: (run) => work.read((stores) => run({ ...stores, serverClock })),
      transaction: (run, order) => work.transaction((stores) => run({ ...stores, serverClock }), order),
    }
    const duties = () => createDuties({ work: timed, world, report: () => undefined, holder: 'one' })
    const before = duties()
    const said: { readonly value: string; readonly row_code: string }[] = []
    for (let minute = 0; minute < 20; minute++) {
      elapsed += MINUTE
      assert.equal(await before.take('log'), 'leased')
      await before.keep('log')
      said.push((await ask(database, `SELECT value, row_code FROM setting WHERE key = 'duty-kept log'`))[0] as never)
    }
    elapsed += 10 * MINUTE
    const after = duties()
    const put = async ({ value, row_code }: (typeof said)[number]): Promise<void> => {
      await ask(database, `UPDATE setting SET value = '${value}', row_code = '${row_code}' WHERE key = 'duty-kept log'`)
    }
    const given: string[] = []
    for (let minute = 0; minute < 6; minute++) {
      await keepAway(database, 'row', 'log')
      await put(said[minute]!)
      given.push(await after.take('log'))
      elapsed += MINUTE
    }
    assert.deepEqual(given, ['other', 'other', 'other', 'other', 'other', 'unattended'])
  })

  test('without the table of leases what desks share is done after minutes', async () => {
    const { database, work } = await opened()
    const { core, later } = await rulesDeskOn(work)
    await ask(database, 'DROP TABLE duty')
    for (let minute = 0; minute < 5; minute++) {
      await assert.rejects(core.leases.take('purge'))
      later(MINUTE)
    }
    assert.equal(await core.leases.take('purge'), 'unattended')
  })
})

const roundOf = async (core: Core): Promise<void> => {
  const shared = leased(core.leases, silent)
  const left = (isWhole: boolean): boolean => !isWhole
  await shared({ name: 'test', duty: 'log', run: () => core.log.run(), left }).run(GOES_ON)
  await shared({ name: 'test', duty: 'lists', run: () => core.revocation.publishDue() }).run(GOES_ON)
}

/** What somebody does who writes the database. */
async function keepAway(database: Database, how: 'row' | 'trigger', name: string): Promise<void> {
  const { kind } = database
  const now =
    kind === 'sqlite'
      ? `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`
      : `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  if (how === 'row') {
    await ask(database, `DELETE FROM duty WHERE name = '${name}'`)
    await ask(database, `INSERT INTO duty (name, holder, taken_at) VALUES ('${name}', 'evil', ${now})`)
  } else if (kind === 'sqlite')
    await ask(
      database,
      `CREATE TRIGGER no_${name} BEFORE INSERT ON duty WHEN new.name = '${name}' BEGIN SELECT RAISE(IGNORE); END`,
    )
  else
    await ask(
      database,
      `CREATE FUNCTION no_${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE TRIGGER no_${name} BEFORE INSERT OR UPDATE ON duty FOR EACH ROW WHEN (new.name = '${name}') EXECUTE FUNCTION no_${name}()`,
    )
}

const giveBack = ({ kind, ...where }: Database, how: 'row' | 'trigger', name: string): Promise<unknown> =>
  ask(
    { kind, ...where } as Database,
    how === 'row'
      ? `DELETE FROM duty WHERE name = '${name}'`
      : `DROP TRIGGER no_${name}${kind === 'postgres' ? ' ON duty' : ''}`,
  )

/** A desk beside the first, with its keys. */
const another = ({ work, signers, world }: RulesDesk, place: string, report?: Report): Core =>
  coreOn(work, signers, {}, world, report, undefined, undefined, { place })

/** A desk that is in the middle of its duty. */
async function begun(database: Database): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../test/duty-child.ts', import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify(database), String(LASTS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout!, 'data')
  assert.equal(String(said), 'half\n')
  return child
}
