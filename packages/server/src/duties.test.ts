import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { coreOn, type RulesDesk, rulesDeskOn } from '../test/rules-desk.ts'
import type { Core } from './core/core.ts'
import { createDuties } from './core/duties/duties.ts'
import { DAY } from './core/world.ts'
import { leased } from './jobs/index.ts'
import { ask } from './store/ask.ts'
import { eachDatabase } from './store/each-database.ts'
import { openWork } from './store/index.ts'
import type { Database } from './store/open-database.ts'
import { SAMPLE_CODES } from './store/sample-codes.ts'

const silent = { warn: () => undefined }
const LASTS = 3_000
const GOES_ON = new AbortController().signal

eachDatabase('duties of several desks', ({ where, fresh }) => {
  test('of a desk that is killed in the middle of one another takes it, and not while the first is at it', async (t) => {
    const database = await where()
    const work = await openWork(database, SAMPLE_CODES)
    try {
      const child = await begun(database)
      t.after(() => child.kill('SIGKILL'))
      const done: (string | undefined)[] = []
      const run = async () => void done.push(await work.read(({ settings }) => settings.get('half')))
      const duties = createDuties({ work, holder: 'parent', lasts: LASTS })
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
    assert.equal(await other.leases.take('lists'), true)
  })
})

/** A desk beside the first, with its keys. */
const another = ({ work, signers, world }: RulesDesk, place: string): Core =>
  coreOn(work, signers, {}, world, undefined, undefined, undefined, { place })

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
