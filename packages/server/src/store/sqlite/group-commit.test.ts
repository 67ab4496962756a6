import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { after, afterEach, beforeEach, describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import type { Stores } from '../../core/work.ts'
import { storesOf } from '../testing/sample-codes.ts'
import { GroupCommit } from './group-commit.ts'
import { connect, migrateSqlite } from './open-sqlite.ts'

describe('group commit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-group-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  let count = 0
  let database: DatabaseSync
  let other: DatabaseSync
  let writer: GroupCommit<Stores>
  const file = () => join(folder, `${count}.db`)
  const stored = () =>
    other
      .prepare('SELECT key FROM setting ORDER BY key')
      .all()
      .map(({ key }) => key)

  beforeEach(async () => {
    count++
    database = connect(file())
    await migrateSqlite(database)
    other = connect(file())
    writer = new GroupCommit(database, storesOf)
  })
  afterEach(async () => {
    await writer.close()
    other.close()
    database.close()
  })

  test('puts all that is waiting under one commit', async () => {
    const runs = Array.from({ length: 32 }, (_, n) => writer.transaction(({ settings }) => settings.set(`k${n}`, '')))
    await Promise.all(runs)
    assert.equal(writer.commits, 1)
    assert.equal(stored().length, 32)
  })

  test('takes up those that arrive meanwhile, and bounds a group', async () => {
    let done = 0
    const chain = async (): Promise<void> => {
      for (let n = 0; n < 5; n++) {
        await writer.transaction(({ settings }) => settings.set('k', ''))
        done++
      }
    }
    await Promise.all(Array.from({ length: 300 }, chain))
    assert.equal(done, 1500)
    assert.ok(writer.commits >= 1500 / 128, `${writer.commits} commits`)
    assert.ok(writer.commits <= 25, `${writer.commits} commits`)
  })

  test('answers nobody, neither yes nor no, before the commit', async () => {
    const seen: string[][] = []
    const look = () => void seen.push(stored() as string[])
    const yes = writer.transaction(({ settings }) => settings.set('a', ''))
    const no = writer.transaction(async ({ settings }) => {
      await settings.set('b', '')
      assert.deepEqual(stored(), [], 'nothing is visible to others yet')
      throw new Error('no')
    })
    await Promise.all([yes.then(look), no.catch(look)])
    assert.deepEqual(seen, [['a'], ['a']])
  })

  test('lets later runs of the group see earlier ones', async () => {
    const [, answer] = await Promise.all([
      writer.transaction(({ settings }) => settings.set('a', '1')),
      writer.transaction(({ settings }) => settings.get('a')),
    ])
    assert.equal(answer, '1')
  })

  test('refuses a run that awaits something else, and goes on', async () => {
    const strayed = writer.transaction(async ({ settings }) => {
      await settings.set('before', '')
      await turn()
      await settings.set('after', '')
    })
    const nested = writer.transaction(() => writer.transaction(({ settings }) => settings.set('nested', '')))
    const last = writer.transaction(({ settings }) => settings.set('last', ''))
    await assert.rejects(strayed, /something else than its stores/)
    await assert.rejects(nested, /something else than its stores/)
    await last
    await writer.transaction(async () => {})
    assert.deepEqual(stored(), ['last', 'nested']) // the inner one is a unit of its own
  })

  test('on a full disk refuses what has no room, keeps the rest, and goes on when there is room again', async () => {
    await writer.transaction(({ settings }) => settings.set('kept', ''))
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
    database.exec(`PRAGMA max_page_count = ${pages + 4}`)
    const runs = [
      writer.transaction(({ settings }) => settings.set('small 1', '')),
      writer.transaction(({ settings }) => settings.set('huge', 'x'.repeat(1_000_000))),
      writer.transaction(async ({ settings }) => {
        await settings.set('hidden', 'x'.repeat(1_000_000)).catch(() => {})
      }),
      writer.transaction(({ settings }) => settings.set('small 2', '')),
    ]
    const [first, huge, hidden, second] = await Promise.allSettled(runs)
    assert.equal(first?.status, 'fulfilled')
    assert.equal(second?.status, 'fulfilled')
    for (const refused of [huge, hidden]) {
      assert.ok(refused?.status === 'rejected' && hasDeskCode(refused.reason, 'storage_full'))
    }
    assert.deepEqual(stored(), ['kept', 'small 1', 'small 2'])
    database.exec('PRAGMA max_page_count = 1000000')
    await writer.transaction(({ settings }) => settings.set('huge', 'x'.repeat(1_000_000)))
    assert.equal(stored().length, 4)
  })

  test('with a database that another process holds is storage_unavailable for all, at once', async () => {
    database.exec('PRAGMA busy_timeout = 0')
    const writer = new GroupCommit(database, storesOf, 20)
    other.exec('BEGIN IMMEDIATE')
    const runs = Array.from({ length: 10 }, () => writer.transaction(({ settings }) => settings.set('a', '')))
    for (const outcome of await Promise.allSettled(runs)) {
      assert.ok(outcome.status === 'rejected' && hasDeskCode(outcome.reason, 'storage_unavailable'))
    }
    other.exec('ROLLBACK')
    await writer.transaction(({ settings }) => settings.set('a', ''))
    assert.deepEqual(stored(), ['a'])
  })

  test('F7: while another process holds the database, the event loop turns, and who waits comes through when it lets go', {
    timeout: 60_000,
  }, async () => {
    database.exec('PRAGMA busy_timeout = 0')
    other.exec('BEGIN IMMEDIATE')
    let turns = 0
    const turning = setInterval(() => turns++, 1)
    const waiting = writer.transaction(({ settings }) => settings.set('a', ''))
    await new Promise((resolve) => setTimeout(resolve, 200))
    other.exec('ROLLBACK')
    await waiting
    clearInterval(turning)
    assert.ok(turns > 20, `the event loop turned ${turns} times`)
    assert.deepEqual(stored(), ['a'])
  })

  test('F3: a commit that the disk did not confirm is not known to be stored, and no run of it is run again', async () => {
    const exec = database.exec.bind(database)
    database.exec = (sql) => {
      if (sql !== 'COMMIT') return exec(sql)
      exec('ROLLBACK')
      throw Object.assign(new Error('disk I/O error'), { errcode: 1034 })
    }
    let runs = 0
    const run = () => writer.transaction(async ({ settings }) => settings.set(`k${++runs}`, ''))
    for (const outcome of await Promise.allSettled([run(), run()])) {
      assert.ok(outcome.status === 'rejected' && hasDeskCode(outcome.reason, 'storage_uncertain'))
    }
    assert.equal(runs, 2)
    database.exec = exec
    await writer.transaction(({ settings }) => settings.set('after', ''))
    assert.deepEqual(stored(), ['after'])
  })

  test('F3: of a commit that fails, only what comes before the disk is waited for is called not stored', async () => {
    const exec = database.exec.bind(database)
    for (const [code, name, isStored] of COMMIT_FAILURES) {
      database.exec = (sql) => {
        if (sql !== 'COMMIT') return exec(sql)
        exec('ROLLBACK')
        throw Object.assign(new Error('no'), { errcode: code })
      }
      let runs = 0
      const run = () => writer.transaction(async ({ settings }) => settings.set(`k${++runs}`, ''))
      for (const outcome of await Promise.allSettled([run(), run()])) {
        assert.ok(outcome.status === 'rejected')
        assert.equal(hasDeskCode(outcome.reason, 'storage_uncertain'), isStored, name)
      }
      assert.equal(runs, isStored ? 2 : 4, `${name}: what may be stored is not run again`)
    }
    database.exec = exec
    await writer.transaction(({ settings }) => settings.set('after', ''))
    assert.deepEqual(stored(), ['after'])
  })

  test('waits for the disk at every commit', () => {
    assert.deepEqual({ ...database.prepare('PRAGMA synchronous').get() }, { synchronous: 2 })
    assert.deepEqual({ ...database.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' })
    assert.deepEqual({ ...database.prepare('PRAGMA foreign_keys').get() }, { foreign_keys: 1 })
  })
})

/** With whether the next start may find the unit. */
const COMMIT_FAILURES = [
  [1290, 'SQLITE_IOERR_DIR_FSYNC', true],
  [4874, 'SQLITE_IOERR_SHMSIZE', true],
  [5386, 'SQLITE_IOERR_SHMMAP', true],
  [5130, 'SQLITE_IOERR_SHMLOCK', true],
  [3082, 'SQLITE_IOERR_NOMEM', true],
  [7, 'SQLITE_NOMEM', true],
  [266, 'SQLITE_IOERR_READ', true],
  [13, 'SQLITE_FULL', false],
  [778, 'SQLITE_IOERR_WRITE', false],
] as const
