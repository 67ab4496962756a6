import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PersonActor } from './core/actor.ts'
import { entriesOf } from './core/log/entries.ts'
import { verifyLog } from './core/log/verify.ts'
import { failureText } from './edge/terminal/index.ts'
import { type Database, openReading } from './store/index.ts'
import { ask } from './store/testing/ask.ts'
import { SAMPLE_CODES } from './store/testing/sample-codes.ts'
import { acceptInvitation, expectOk, furnish, spawnDesk, startDesk } from './testing/index.ts'
import { postgresMissing, withPostgres } from './testing/postgres.ts'

// The log of a real desk, checked by command as an operator does, after somebody who owns the database has been at it.

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scel-log-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** `scel-desk audit …`: its exit code, and all that it said. */
const audit = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'audit', ...args], { maxBuffer: 2 ** 26 }, (error, out, err) =>
      resolve(`${error ? error.code : 0} ${out}${err}`),
    )
  })

const GUARDS = [
  'audit_event_begins',
  'audit_event_line_stays',
  'audit_event_place_stays',
  'audit_event_personal_stays',
  'audit_event_no_delete',
]
const COLUMNS = `environment, organisation, at, action, outcome, actor_kind, actor_id, actor_name, actor_from, target_kind, target_id,
  target_name, search, facts, leaf, hash, salts, row_code`

test('the log of a desk is checked from a copy or an export, and what somebody did to it is named in both languages', async (t) => {
  const folder = await folderOf(t)
  const desk = await startDesk({ data: folder })
  t.after(() => desk.kill())
  const { administrator } = await furnish(desk)
  await desk.runJobs()
  const older = (await desk.core.log.head(ADMINISTRATOR)).head!
  for (const name of ['Ada', 'Bob', 'Eve']) {
    const person = { name, email: `${name}@desk.example`, role: 'auditor' }
    await expectOk(administrator.post('/api/people', person))
  }
  await desk.runJobs()
  await desk.stop()
  const head = join(folder, 'older.note')
  await writeFile(head, older.note)
  const file = join(folder, 'desk.sqlite')

  const whole = await audit('verify', '--data', folder, '--head', head, '--language', 'en')
  assert.match(whole, /^0 The log is whole: \d+ lines[\s\S]*It follows from the head that you gave, of \d+ lines\.\n/)
  const key = /Key: (\S+)/.exec(whole)![1]!
  assert.match(
    await audit('verify', file, '--key', key, '--language', 'fr'),
    /^0 Le journal est intact\u00a0: \d+ lignes/,
  )

  const exported = join(folder, 'log.jsonl')
  const text = (await audit('export', '--data', folder)).slice(2)
  await writeFile(exported, text)
  assert.match(await audit('verify', exported, '--head', head, '--key', key), /^0 /)
  await writeFile(exported, text.split('\n').slice(0, -3).join('\n'))
  assert.match(
    await audit('verify', exported, '--language', 'en'),
    /^1 scel-desk: The export cannot be read at its line \d+/,
  )
  await writeFile(exported, text.replace('"outcome\\":\\"done', '"outcome\\":\\"refused'))
  assert.match(
    await audit('verify', exported, '--language', 'en'),
    /^1 scel-desk: The log is not the one that its head/,
  )

  // As the command says it, without a process for each.
  const said = async (copy: string): Promise<string> => {
    const reading = await openReading({ kind: 'sqlite', file: copy }, SAMPLE_CODES, () => undefined)
    try {
      await verifyLog(entriesOf(reading))
      return 'whole'
    } catch (error) {
      return failureText(error, 'en') ?? String(error)
    } finally {
      await reading.close()
    }
  }
  const tampered = async (...statements: string[]): Promise<string> => {
    const copy = join(folder, 'copy.sqlite')
    await copyFile(file, copy)
    const database: Database = { kind: 'sqlite', file: copy }
    for (const guard of GUARDS) await ask(database, `DROP TRIGGER ${guard}`)
    for (const statement of statements) await ask(database, statement)
    return said(copy)
  }
  const away = 'UPDATE audit_event SET place = -1 - place WHERE place IN (8, 11)'
  for (const [statements, words] of [
    [["UPDATE audit_event SET target_name = 'Eve' WHERE place = 9"], /^Line 10 of the log was altered: what is shown/],
    [
      ["UPDATE audit_event SET leaf = replace(leaf, 'done', 'refused') WHERE place = 9"],
      /^Line 10 of the log was altered: it is not what its hash/,
    ],
    [['DELETE FROM audit_event WHERE place = 9'], /^A line of the log was removed: the one at place 9, after line 9\./],
    [
      [`INSERT INTO audit_event (number, ${COLUMNS}) SELECT 100000, ${COLUMNS} FROM audit_event WHERE place = 9`],
      /^Line 100,000 was put into the log afterwards/,
    ],
    [
      [
        away,
        'UPDATE audit_event SET place = 8 WHERE place = -12',
        'UPDATE audit_event SET place = 11 WHERE place = -9',
      ],
      /^Lines of the log were exchanged: line 10 comes after line 12/,
    ],
    [['DELETE FROM audit_event WHERE place > 9'], /^A line of the log was removed: the one at place 10/],
    [['DROP TRIGGER log_head_no_delete', 'DELETE FROM log_head'], /^Line \d+ was put into the log afterwards/],
  ] as const)
    assert.match(await tampered(...statements), words)

  // Another desk's log in its place: whole in itself, and not the one that the head is of.
  const other = await startDesk({ data: await folderOf(t) })
  t.after(() => other.kill())
  await other.runJobs()
  await other.stop()
  const anew = join(other.data, 'desk.sqlite')
  assert.match(await audit('verify', anew), /^0 /)
  assert.match(
    await audit('verify', anew, '--head', head, '--language', 'en'),
    /^1 scel-desk: The (head that you gave is of the log|log was)/,
  )
  assert.match(await audit('verify', anew, '--key', key, '--language', 'fr'), /^1 scel-desk: La tête de \d+ lignes/)
  assert.match(
    await audit('verify', file, '--head', file, '--language', 'en'),
    /^1 scel-desk: \S+ is no signed head of a log/,
  )
  assert.match(await audit('verify', file, '--key', 'x', '--language', 'en'), /^1 scel-desk: x is no key of a log/)
})

const ADMINISTRATOR: PersonActor = {
  ...({ kind: 'person', id: 'a', name: 'A', email: 'a@desk.example', environment: 'production' } as const),
  grants: [{ id: 'g', role: 'administrator' }],
  ...({ sessionId: 's', strength: 'high', keys: [], credential: 'c', from: '192.0.2.1' } as const),
}

test('killed between a line and its place, the desk gives it the place at its next start, and sends the head', async (t) => {
  const folder = await folderOf(t)
  const heads = join(folder, 'heads')
  const args = ['--heads-folder', heads, '--log-level', 'warn']
  let desk = await spawnDesk({ data: join(folder, 'data'), args })
  t.after(() => desk.kill())
  await acceptInvitation(desk, desk.inviteLink)
  await desk.kill()
  const database: Database = { kind: 'sqlite', file: join(folder, 'data', 'desk.sqlite') }
  const waiting = await ask(database, 'SELECT number FROM audit_event WHERE place IS NULL')
  assert.ok(waiting.length > 0, 'lines without a place')
  desk = await spawnDesk({ data: join(folder, 'data'), args, ports: desk.ports })
  const last = Number(waiting.at(-1)!.number)
  const [placed] = await ask(database, `SELECT place FROM audit_event WHERE number = ${last}`)
  assert.ok(placed?.place !== null)
  assert.match(await audit('verify', '--data', join(folder, 'data'), '--language', 'en'), /^0 The log is whole/)
  const note = await readFile(join(heads, await newestIn(heads)), 'utf8')
  assert.match(note, /^localhost\/scel-log\/[0-9a-f]{16}\n\d+\n/)
})

/** The newest head of a folder, as soon as there is one. */
async function newestIn(folder: string): Promise<string> {
  for (;;) {
    const newest = (await readdir(folder).catch(() => [])).sort().at(-1)
    if (newest !== undefined) return newest
    await setTimeout(50)
  }
}

test('the log in PostgreSQL is checked by the same command', { skip: postgresMissing() ?? false }, async (t) => {
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = await cluster.createDatabase('log')
  const desk = await startDesk({ database: url })
  t.after(() => desk.kill())
  await desk.runJobs()
  // A password does not belong on a command line.
  const address = new URL(url)
  const secret = join(await folderOf(t), 'password')
  await writeFile(secret, decodeURIComponent(address.password))
  address.password = ''
  const where = ['--database', address.href, '--database-password-file', secret]
  const verify = (): Promise<string> => audit('verify', '--data', desk.data, ...where, '--language', 'en')
  assert.match(await verify(), /^0 The log is whole: \d+ lines/)
  const database: Database = { kind: 'postgres', url }
  await ask(database, 'ALTER TABLE audit_event DISABLE TRIGGER USER')
  await ask(database, "UPDATE audit_event SET at = '2020-01-01T00:00:00.000Z' WHERE place = 5")
  assert.match(await verify(), /^1 scel-desk: Line 6 of the log was altered/)
})
