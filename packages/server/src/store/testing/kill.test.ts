import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openSample } from './sample-work.ts'

const CHILD = fileURLToPath(new URL('kill-child.ts', import.meta.url))
const ROUNDS = 24
/** Rounds that begin with an empty or half-made database. */
const STARTS = 6

test('kill -9 at any moment takes back nothing that was acknowledged, and leaves no half unit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-kill-'))
  const file = join(folder, 'desk.db')
  const acknowledged: string[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged.push(...(await killed(file, round)))
      await (await openSample({ kind: 'sqlite', file })).close() // the next start: recovers the log, finishes the tables
      const database = new DatabaseSync(file)
      assert.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
      const settings = names(database, 'SELECT key AS name FROM setting')
      const events = names(database, 'SELECT target_id AS name FROM audit_event')
      database.close()
      const lost = acknowledged.filter((name) => !settings.has(name))
      assert.deepEqual(lost, [], `round ${round} lost what was acknowledged`)
      assert.deepEqual(settings, events, `round ${round} left a half unit`)
    }
    assert.ok(acknowledged.length > ROUNDS * 10, `${acknowledged.length} acknowledgements are too few to tell`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Kills the child, in the first rounds while it starts, later in the midst of its work, and answers all that it said. */
async function killed(file: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, file, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = () => child.kill('SIGKILL')
  if (round < STARTS) setTimeout(kill, 20 + Math.random() * 200)
  const enough = 20 + Math.floor(Math.random() * 380)
  let said = ''
  let count = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    count += text.split('\n').length - 1
    if (count >= enough) kill()
  })
  const [code, signal] = await once(child, 'close')
  assert.equal(signal, 'SIGKILL', `the child ended by itself with ${code}`)
  return said.split('\n').slice(0, -1) // a name without its line end was not said
}

const names = (database: DatabaseSync, sql: string): Set<unknown> =>
  new Set(
    database
      .prepare(sql)
      .all()
      .map(({ name }) => name),
  )
