import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { hasDeskCode } from '@scel/contract/errors'
import { holdDataFolder } from './config/index.ts'
import { nonceKeyOf } from './core/settings/nonce-key.ts'
import { realWorld } from './core/world.ts'
import { openKeys } from './custody/index.ts'
import type { Opened } from './opening.ts'
import { type Database, migrateDatabase, openWork } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { call, postgresMissing, startDesk, withPostgres } from './testing/index.ts'

// Keys and database belong together: a desk that has lost one of them, or was given another address, makes nothing in its place.

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

interface Site {
  readonly data: string
  /** Where the desk finds its database, or one that is empty. */
  at(name: 'desk' | 'empty'): Promise<Database>
  /** A command of `scel-desk` there, in words of a language: its exit code, and all that it said. */
  run(name: 'desk' | 'empty', language: 'en' | 'fr', ...args: string[]): Promise<string>
}

async function siteOf(t: TestContext, engine: 'sqlite' | 'postgres'): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'scel-half-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  const cluster = engine === 'postgres' ? await withPostgres() : undefined
  t.after(() => cluster?.stop())
  const made = new Map<string, string>()
  const file = join(data, 'desk.sqlite')
  const at: Site['at'] = async (name) => {
    if (cluster) {
      if (!made.has(name)) made.set(name, await cluster.createDatabase(name))
      return { kind: 'postgres', url: made.get(name)! }
    }
    // There is one place for it: it is moved away, and back.
    for (const suffix of ['', '-wal', '-shm']) {
      const [from, to] = name === 'empty' ? ['', '.away'] : ['.away', '']
      if (existsSync(`${file}${suffix}${from}`) && !existsSync(`${file}${suffix}${to}`))
        await rename(`${file}${suffix}${from}`, `${file}${suffix}${to}`)
    }
    return { kind: 'sqlite', file }
  }
  return {
    data,
    at,
    run: async (name, language, command, ...args) => {
      const database = await at(name)
      const address: string[] = []
      if (database.kind === 'postgres') {
        const url = new URL(database.url)
        const passwordFile = join(data, 'password')
        await writeFile(passwordFile, decodeURIComponent(url.password), { mode: 0o600 })
        url.password = ''
        address.push('--database', url.href, '--database-password-file', passwordFile)
      }
      const all = [command!, '--data', data, '--public-name', 'localhost', '--language', language, ...address, ...args]
      return new Promise((resolve) => {
        execFile(process.execPath, [MAIN, ...all], (error, out, err) =>
          resolve(`${error ? error.code : 0} ${out}${err}`),
        )
      })
    },
  }
}

const optionOf = (database: Database) => (database.kind === 'postgres' ? { database: database.url } : {})

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
