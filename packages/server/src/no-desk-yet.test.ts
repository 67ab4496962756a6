import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { optionOf, siteOf } from '../test/site.ts'
import { holdDataFolder } from './config/index.ts'
import { migrateDatabase } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { postgresMissing, startDesk } from './testing/index.ts'

// What the host's commands say where no desk has begun, or where somebody altered what says that one has.

for (const engine of ['sqlite', 'postgres'] as const) {
  const options = { timeout: 280_000, skip: engine === 'postgres' && (postgresMissing() ?? false) }

  test(
    `commands that need a desk (keys_missing for ever) refuse in words where none has begun, and write nothing, ${engine}`,
    options,
    async (t) => {
      const { data, at, run } = await siteOf(t, engine)
      const database = await at('desk')
      const refused = /^1 scel-desk: no desk has begun yet with the folder [^\n]+ there are no authorities[^\n]+\n$/i
      const commands = [['invite-admin'], ['accept-restore', '--yes']]
      const before = (await readdir(data)).filter((name) => !/password|lock/.test(name))
      for (const command of commands) assert.match(await run('desk', 'en', ...command), refused)
      assert.match(await run('desk', 'fr', 'invite-admin'), /^1 scel-desk: aucun service n’a encore commencé/i)
      if (database.kind === 'sqlite') assert.equal(existsSync(database.file), false)
      else assert.deepEqual(await ask(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"), [])
      assert.deepEqual(
        (await readdir(data)).filter((name) => !/password|lock/.test(name)),
        before,
      )
      await migrateDatabase(database)
      for (const command of commands) assert.match(await run('desk', 'en', ...command), refused)
      assert.deepEqual(await ask(database, 'SELECT 1 FROM audit_event'), [])
      // A ceremony beside a first start that holds the folder makes no second set of keys.
      const folder = holdDataFolder(data)
      assert.match(await run('desk', 'en', 'ceremony'), refused)
      folder.release()
      assert.equal(existsSync(join(data, 'keys')), false)
      const desk = await startDesk({ data, ...optionOf(database) })
      await desk.stop()
      assert.match(await run('desk', 'en', 'invite-admin'), /^0 https:/)
    },
  )
}

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`one line of scel_migration that somebody altered under a desk that has begun is said to be that, and not to be an old version, ${engine}`, {
    timeout: 180_000,
    skip: engine === 'postgres' && (postgresMissing() ?? false),
  }, async (t) => {
    const { data, at, run } = await siteOf(t, engine)
    const database = await at('desk')
    const desk = await startDesk({ data, ...optionOf(database) })
    await desk.stop()
    const altered =
      /^1 scel-desk: [^\n]+ is not the database that the desk of [^\n]+keys has used, or somebody altered it/
    const name = (to: string): Promise<unknown> =>
      ask(database, `UPDATE scel_migration SET name = '${to}' WHERE number = 1`)
    const [{ name: own }] = (await ask(database, 'SELECT name FROM scel_migration WHERE number = 1')) as [
      { name: string },
    ]
    await name('log')
    for (const command of ['start', 'migrate', 'ceremony', 'invite-admin'])
      assert.match(await run('desk', 'en', command), altered, command)
    assert.match(await run('desk', 'fr', 'start'), /^1 scel-desk: [^\n]+ ou quelqu’un l’a altérée/)
    await name('of somebody')
    assert.match(await run('desk', 'en', 'accept-restore', '--yes'), altered)
    await name(own)
    const again = await startDesk({ data, ...optionOf(database) })
    await again.stop()
  })
}
