import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { pino } from 'pino'
import { MIGRATIONS } from '../store/migrations/list.ts'
import { ask } from '../store/testing/ask.ts'
import { eachDatabase } from '../store/testing/each-database.ts'
import { openSample } from '../store/testing/sample-work.ts'
import { makeReadiness } from './readiness.ts'
import { watchVersion } from './watch-version.ts'

eachDatabase('a database that is migrated under a desk', ({ where }) => {
  test('by a newer one: this one looks, changes nothing more, is not ready, and says why once', async () => {
    const database = await where()
    const opened = await openSample(database)
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    const work = watchVersion(opened, log)
    const parts = [
      { part: 'database', look: work.look },
      { part: 'version', look: async () => work.requireKnown() },
    ] as const
    const ready = makeReadiness(parts, { holds: 0 })
    let ran = 0
    const [job] = work.unlessNewer([{ name: 'any', run: async () => ran++ }])
    const write = () => work.transaction(({ settings }) => settings.set('a', 'b'))
    await work.look()
    await ready()
    await write()
    await job!.run(new AbortController().signal)
    assert.deepEqual([ran, lines], [1, []])

    const [known, found] = [MIGRATIONS.length, MIGRATIONS.length + 1]
    await ask(database, `INSERT INTO scel_migration (number, name, applied_at) VALUES (${found}, 'tomorrow', '')`)
    for (let round = 0; round < 2; round++) await work.look()
    await job!.run(new AbortController().signal)
    assert.equal(ran, 1)
    await assert.rejects(write(), (error) => {
      assert.ok(hasDeskCode(error, 'database_newer'))
      assert.deepEqual(error.facts, { found, known })
      return true
    })
    await assert.rejects(ready(), (error) => hasDeskCode(error, 'not_ready') && error.facts.part === 'version')
    assert.equal(await work.read(({ settings }) => settings.get('a')), 'b', 'what can be read is read')
    assert.equal(lines.length, 1)
    assert.match(lines[0]!, /start the new version/)
    await opened.close()
  })
})
