import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { optionOf, siteOf } from '../test/site.ts'
import { migrateDatabase } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { call, postgresMissing, startDesk } from './testing/index.ts'

// Keys and database belong together: a desk that has lost one of them, or was given another address, makes nothing in its place.

for (const engine of ['sqlite', 'postgres'] as const) {
  const options = { timeout: 180_000, skip: engine === 'postgres' && (postgresMissing() ?? false) }

  test(
    `a database that is lost or empty beside its keys ends every command in words, and nothing is made, ${engine}`,
    options,
    async (t) => {
      const { data, at, run } = await siteOf(t, engine)
      const desk = await startDesk({ data, ...optionOf(await at('desk')) })
      const { ports } = desk
      await desk.stop()
      const keys = (await readdir(join(data, 'keys'))).sort()
      for (const command of ['start', 'migrate', 'ceremony', 'invite-admin']) {
        const said = await run('empty', 'en', command)
        assert.match(
          said,
          /^1 scel-desk: there is no database at [^\n]+\. check --data and --database[^\n]+accept-restore[^\n]+\n$/i,
        )
      }
      assert.match(await run('empty', 'fr', 'start'), /^1 scel-desk: il n’y a pas de base de données à/i)
      const empty = await at('empty')
      if (empty.kind === 'sqlite') assert.equal(existsSync(empty.file), false)
      else assert.deepEqual(await ask(empty, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"), [])
      assert.deepEqual((await readdir(join(data, 'keys'))).sort(), keys)

      // Who is asked for what the sentence offers, and does not agree, has it as it was.
      const isThere = async (): Promise<unknown> => [
        empty.kind === 'sqlite' ? existsSync(empty.file) : await ask(empty, TABLES),
        await contentsOf(data),
      ]
      const bare = await isThere()
      assert.match(await run('empty', 'en', 'accept-restore'), /^1 Nothing was changed/)
      assert.deepEqual(await isThere(), bare)
      await migrateDatabase(empty)
      assert.match(await run('empty', 'en', 'start'), /^1 scel-desk: there is no database at [^\n]+, or an empty one/i)
      const rows = async (): Promise<unknown> => [
        await Promise.all(['setting', 'inventory', 'audit_event'].map((table) => ask(empty, `SELECT * FROM ${table}`))),
        await contentsOf(data),
      ]
      const migrated = await rows()
      assert.match(await run('empty', 'en', 'accept-restore'), /^1 Nothing was changed/)
      assert.deepEqual(await rows(), migrated)

      // What the sentence offers to whoever has no backup.
      assert.match(await run('empty', 'en', 'accept-restore', '--yes'), /^0 The database was accepted/)
      const again = await startDesk({ data, ports, ...optionOf(await at('empty')) })
      t.after(() => again.kill())
      assert.equal((await call(`${again.services.public}/health/ready`)).status, 200)
      const [list] = await ask(empty, 'SELECT min(number) AS number FROM crl')
      assert.ok(Number(list!.number) > 1_700_000_000, 'no number of a list is used twice')
    },
  )

  test(
    `a database of a desk beside a folder without keys ends a start in words, and nothing is made, ${engine}`,
    options,
    async (t) => {
      const { data, at, run } = await siteOf(t, engine)
      const desk = await startDesk({ data, ...optionOf(await at('desk')) })
      await desk.stop()
      const [keys, away] = [join(data, 'keys'), join(data, 'keys-away')]
      await rename(keys, away)
      const wrong = /^1 scel-desk: the database at [^\n]+ is that of a desk, and [^\n]+ has none of its keys[^\n]+\n$/i
      assert.match(await run('desk', 'en', 'start'), wrong)
      assert.match(await run('desk', 'fr', 'start'), /^1 scel-desk: la base de données à/i)
      assert.equal(existsSync(keys), false)
      await rename(away, keys)
      const again = await startDesk({ data, ports: desk.ports, ...optionOf(await at('desk')) })
      t.after(() => again.kill())
      assert.equal(again.fingerprint, desk.fingerprint)
    },
  )
}

const TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"

/** Digests of all files below a folder, but for the password of the server, which every command is given anew. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile())
      contents[path] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
  }
  return contents
}
