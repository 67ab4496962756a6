import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { postgresMissing, withPostgres } from './postgres.ts'

test('a cluster answers, keeps its databases apart, and leaves nothing behind', async (t) => {
  const missing = postgresMissing()
  if (missing) return t.skip(missing)
  const cluster = await withPostgres()
  const folder = await query(cluster.url, 'SHOW data_directory')
  try {
    assert.match(await query(cluster.url, 'SHOW server_version'), /^\d+\./)
    const [one, two] = [await cluster.createDatabase('one'), await cluster.createDatabase('the "second"')]
    await query(one, 'CREATE TABLE only_here (id int)')
    await assert.rejects(query(two, 'SELECT * FROM only_here'), /only_here/)
    assert.equal(await query(two, 'SELECT current_database()'), 'the "second"')
    await assert.rejects(query(one.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1'), /password/)
  } finally {
    await cluster.stop()
  }
  await cluster.stop()
  await assert.rejects(query(cluster.url, 'SELECT 1'), /ECONNREFUSED/)
  assert.equal(existsSync(folder), false, `${folder} is still there`)
})

test('a cluster dies with a test process that is killed', async (t) => {
  const missing = postgresMissing()
  if (missing) return t.skip(missing)
  const module = JSON.stringify(new URL('./postgres.ts', import.meta.url).href)
  const script = `const { withPostgres } = await import(${module})
    console.log((await withPostgres()).url); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const folder = await query(line.trim(), 'SHOW data_directory')
  child.kill('SIGKILL')
  for (let tries = 0; existsSync(folder) && tries < 300; tries++) await sleep(100)
  assert.equal(existsSync(folder), false, `${folder} is still there`)
})

async function query(url: string, sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<string[]>({ text: sql, rowMode: 'array' })
    return rows[0]?.[0] ?? ''
  } finally {
    await client.end()
  }
}
