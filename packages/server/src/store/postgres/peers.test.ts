import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Postgres, postgresMissing, withPostgres } from '../../testing/postgres.ts'
import { connect } from './open-postgres.ts'
import { type OpenPeers, postgresPeers } from './peers.ts'
import { patient, Transactions } from './transactions.ts'

const ENDS = { timeout: 60_000 }

describe('desks of one PostgreSQL', { skip: postgresMissing() ?? false }, () => {
  let cluster: Postgres
  let url: string
  let count = 0
  const open: OpenPeers[] = []
  before(async () => {
    cluster = await withPostgres()
  })
  afterEach(async () => {
    for (const peers of open.splice(0)) await peers.close()
  })
  after(() => cluster.stop())

  /** @returns the first row */
  const asOwner = async <T>(sql: string): Promise<T> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows[0] as T
    } finally {
      await client.end()
    }
  }
  const LISTENING = "FROM pg_stat_activity WHERE application_name = 'scel-desk-peers'"
  const until = async (found: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await found())) await pause(10)
  }
  /** A desk that listens, and how often it was told. */
  const desk = async (at = url) => {
    const said: boolean[] = []
    const peers = postgresPeers(at, { retry: 20, told: (isHeard) => said.push(isHeard) })
    open.push(peers)
    let told = 0
    peers.listen(() => told++)
    peers.open()
    return { peers, said, told: () => told }
  }
  const two = async () => {
    url = await cluster.createDatabase(`desk${++count}`)
    const desks = [await desk(), await desk()] as const
    await until(() => desks.every(({ told }) => told() > 0)) // as after every time in which it heard nothing
    return desks
  }

  test('each is told of the others, and not of itself; of much at once less often than it happens', ENDS, async () => {
    const [one, other] = await two()
    const [atOne, atOther] = [one.told(), other.told()]
    one.peers.tell()
    await until(() => other.told() > atOther)
    assert.equal(one.told(), atOne)
    const before = other.told()
    for (let events = 0; events < 1_000; events++) one.peers.tell()
    other.peers.tell()
    await until(() => one.told() > atOne && other.told() > before)
    await one.peers.close()
    assert.ok(other.told() - before < 10)
  })

  test('who was cut off is told once they hear again, and what they had to say is said then', ENDS, async () => {
    url = await cluster.createDatabase(`desk${++count}`)
    const one = await desk()
    await until(() => one.told() > 0)
    const { pid } = await asOwner<{ pid: number }>(`SELECT pid ${LISTENING}`)
    const other = await desk()
    await until(() => other.told() > 0)
    const [atOne, atOther] = [one.told(), other.told()]
    await asOwner(`SELECT pg_terminate_backend(${pid})`)
    one.peers.tell()
    await until(() => one.told() > atOne && other.told() > atOther)
    assert.deepEqual([one.said, other.said], [[false, true], []])
  })

  test('a server that grants none is asked again, and one that is needed elsewhere is given up', ENDS, async () => {
    await two()
    for (const peers of open.splice(0)) await peers.close()
    await until(async () => (await asOwner(`SELECT 1 ${LISTENING}`)) === undefined)
    await asOwner(`CREATE ROLE few${count} LOGIN PASSWORD 'pw' CONNECTION LIMIT 0`)
    const of = new URL(url)
    of.username = `few${count}`
    of.password = 'pw'
    const one = await desk(of.href)
    await until(() => one.said.length > 0)
    await asOwner(`ALTER ROLE few${count} CONNECTION LIMIT 1`)
    await until(() => one.told() > 0)
    assert.deepEqual(one.said, [false, true])
    const pool = connect(of.href, 2)
    const work = new Transactions(pool, (db) => db, patient)
    await work.read(async () => 'there is one now')
    await work.close()
    await pool.end()
    assert.deepEqual(one.said, [false, true, false])
  })

  test('a desk that never listened, and one whose server does not answer, can be closed', ENDS, async () => {
    const peers = postgresPeers('postgres://127.0.0.1:1/desk')
    peers.tell()
    await peers.close()
    const away = await desk('postgres://127.0.0.1:1/desk')
    await until(() => away.said.length > 0)
    away.peers.tell()
    await away.peers.close()
    await away.peers.close()
  })
})
