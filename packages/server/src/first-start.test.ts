import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { optionOf, siteOf } from '../test/site.ts'
import { nonceKeyOf } from './core/settings/nonce-key.ts'
import { realWorld } from './core/world.ts'
import { openKeys } from './custody/index.ts'
import type { Opened } from './opening.ts'
import { migrateDatabase, openWork } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { postgresMissing, startDesk, withPostgres } from './testing/index.ts'

// A first start is finished by the next one, wherever it ended.

for (const engine of ['sqlite', 'postgres'] as const) {
  const options = { timeout: 280_000, skip: engine === 'postgres' && (postgresMissing() ?? false) }

  test(
    `a first start that ended at any point, under a clock that differs or leaps (keys_missing for ever), is finished, ${engine}`,
    options,
    async (t) => {
      const cluster = engine === 'postgres' ? await withPostgres() : undefined
      t.after(() => cluster?.stop())
      for (const last of [1, 2, 3, 4, 5, 7, 20]) {
        const data = await mkdtemp(join(tmpdir(), 'scel-half-'))
        t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
        const database = cluster ? { database: await cluster.createDatabase(`desk${last}`) } : {}
        // The clock leaps between the two; on a server it differs from that one's both times.
        for (const ahead of [600_000, 259_200_000]) {
          const started = startDesk({ data, ...database, ahead, standingOn: (opened) => dyingAfter(opened, last) })
          await assert.rejects(started, new RegExp(DEAD), `${last}`)
        }
        const desk = await startDesk({ data, ...database, ahead: 259_200_000 })
        assert.equal((await desk.core.authorities.roots()).length, 2, `after ${last} steps`)
        assert.match(desk.inviteLink, /^https:/)
        await desk.stop()
      }
    },
  )

  test(
    `a first start after migrate is one, and one that was killed after its first key is finished, ${engine}`,
    options,
    async (t) => {
      const { data, at } = await siteOf(t, engine)
      await migrateDatabase(await at('desk'))
      const { signers } = await openKeys({ folder: join(data, 'keys'), masterKeyFile: join(data, 'master.key') })
      await signers.generate('production-root', 'ec-p384', 'root')
      const desk = await startDesk({ data, ...optionOf(await at('desk')) })
      t.after(() => desk.kill())
      assert.equal(desk.first, true)
    },
  )
}

/** The host is gone after so many units and keys: what was stored by then is stored. */
function dyingAfter({ store, keys, forged }: Opened, last: number): Opened {
  let steps = 0
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    if (++steps > last) throw new Error(DEAD)
    return act()
  }
  return {
    forged,
    store: { ...store, transaction: (run) => step(() => store.transaction(run)) },
    keys: {
      ...keys,
      signers: { ...keys.signers, generate: (...asked) => step(() => keys.signers.generate(...asked)) },
    },
  }
}
const DEAD = 'the host is gone'

test('a first start that was killed before its first key (F12), upon which another desk came, is finished', {
  timeout: 180_000,
  skip: postgresMissing() ?? false,
}, async (t) => {
  const { data, at } = await siteOf(t, 'postgres')
  const database = await at('desk')
  const { rowCodes } = await openKeys({ folder: join(data, 'keys'), masterKeyFile: join(data, 'master.key') })
  const killed = await openWork(database, rowCodes)
  await nonceKeyOf(killed, realWorld)
  await killed.close()

  await assert.rejects(startDesk(optionOf(database)), isKeysOfAnother)
  assert.deepEqual(await ask(database, 'SELECT action FROM audit_event'), [], 'whoever is refused writes nothing')
  const desk = await startDesk({ data, ...optionOf(database) })
  t.after(() => desk.kill())
  assert.equal(desk.first, true)
})

const isKeysOfAnother = (error: unknown): boolean => hasDeskCode(error, 'keys_of_another_desk')
