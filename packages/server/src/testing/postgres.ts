//
// A real PostgreSQL for tests: its own cluster, on a free loopback port, with a random password, gone afterwards.
// Durability is switched off (fsync), because nobody reads a test's database after the test.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts'

/** A running cluster. */
export interface Postgres {
  /** Connection string of the database `postgres`, as its superuser. */
  readonly url: string
  /**
   * Makes an empty database and returns its connection string.
   * @param folder an empty one in which its files shall be, instead of beside the cluster's
   */
  createDatabase(name: string, folder?: string): Promise<string>
  /** Makes one that is as another is now, to which nobody is connected. */
  copyDatabase(name: string, of: string): Promise<string>
  /** Ends the cluster, open connections included, and removes its files. May be called twice. */
  stop(): Promise<void>
}

/**
 * Why there can be no PostgreSQL on this machine, for `t.skip(…)`; undefined when there can.
 * A cluster that does not start is not a reason but a failure, and `withPostgres` throws it.
 */
export function postgresMissing(): string | undefined {
  const found = findPostgres()
  return typeof found === 'string' ? `PostgreSQL CANNOT RUN HERE: ${found}` : undefined
}

/** A database to take copies of. */
export interface Template {
  readonly name: string
  /** Makes it of an empty one, and leaves nobody connected to it. */
  make(url: string): Promise<void>
}

/**
 * Starts a cluster. It dies with the test process, however that one ends.
 *
 * @param template is there when it has started; in a run of all tests it is made once for all of them
 * @throws Error with PostgreSQL's own words when it cannot be made or started
 */
export async function withPostgres(template?: Template): Promise<Postgres> {
  const found = findPostgres()
  if (typeof found === 'string') throw new Error(found)
  const base = mkdtempSync(join(found.scratch, 'scel-cluster-'))
  const remove = (): void => rmSync(base, { recursive: true, force: true, maxRetries: 5 })
  try {
    const password = await initialise(found, base, template)
    const { port, ended, guard, child } = await start(found, base)
    const urlOf = (database: string): string => addressOf(password, port, database)
    const own = (sql: string): Promise<void> => tell(urlOf('postgres'), sql)
    const cluster: Postgres = {
      url: urlOf('postgres'),
      async createDatabase(name, folder) {
        const called = pg.escapeIdentifier(name)
        if (folder === undefined) await own(`CREATE DATABASE ${called}`)
        else {
          if (found.account) chownSync(folder, found.account.uid, found.account.gid)
          await own(`CREATE TABLESPACE ${called} LOCATION ${pg.escapeLiteral(folder)}`)
          await own(`CREATE DATABASE ${called} TABLESPACE ${called}`)
        }
        return urlOf(name)
      },
      async copyDatabase(name, of) {
        await own(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(of)}`)
        return urlOf(name)
      },
      async stop() {
        child.ref()
        child.kill('SIGINT') // "fast": ends open connections instead of waiting for them
        await ended
        guard?.kill('SIGKILL')
        remove()
      },
    }
    if (template && !SHARE) await template.make(await cluster.createDatabase(template.name))
    return cluster
  } catch (error) {
    remove()
    throw error
  }
}

const run = promisify(execFile)
const ENVIRONMENT = { ...process.env, LC_ALL: 'C' } // messages are looked for in English

/**
 * Makes a cluster, `data` in the folder. A run of all tests shares a folder for what they have in common: the first cluster is kept there
 * as it was before its start, and so is the first with each template; the others are copies.
 *
 * @returns the password
 */
async function initialise(found: PostgresBinaries, base: string, template?: Template): Promise<string> {
  const kept = SHARE && join(SHARE, template ? `cluster-${template.name}` : 'cluster')
  if (kept && existsSync(kept)) {
    if (found.account) chownSync(base, found.account.uid, found.account.gid)
    await copy(join(kept, 'data'), join(base, 'data'))
    return readFileSync(join(kept, 'password'), 'utf8')
  }
  const password = kept && template ? await furnished(found, base, template) : await made(found, base)
  if (kept) {
    const own = mkdtempSync(join(SHARE, 'cluster-'))
    await copy(join(base, 'data'), join(own, 'data'))
    writeFileSync(join(own, 'password'), password, { mode: 0o600 })
    // Another file may have been faster: its cluster is as good.
    await rename(own, kept).catch(() => rm(own, { recursive: true, force: true }))
  }
  return password
}

/** One with the template in it: it ran for that, and was ended as it should be. */
async function furnished(found: PostgresBinaries, base: string, template: Template): Promise<string> {
  const password = await initialise(found, base)
  const { port, child, ended, guard } = await start(found, base)
  try {
    await tell(addressOf(password, port, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(template.name)}`)
    await template.make(addressOf(password, port, template.name))
  } finally {
    child.ref()
    child.kill('SIGINT')
    await ended
    guard?.kill('SIGKILL')
  }
  return password
}

const addressOf = (password: string, port: number, database: string): string =>
  `postgres://scel:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`

async function tell(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** With owners and modes, which Node does not copy. */
const copy = (from: string, to: string): Promise<unknown> => run('cp', ['-Rp', from, to])
const SHARE = process.platform === 'win32' ? undefined : process.env.SCEL_TESTS_SHARE

async function made({ bin, account }: PostgresBinaries, base: string): Promise<string> {
  const password = randomBytes(18).toString('base64url')
  const secret = join(base, 'password')
  writeFileSync(secret, password, { mode: 0o600 })
  if (account) for (const path of [base, secret]) chownSync(path, account.uid, account.gid)
  const flags = [
    ...['--username=scel', '--auth=scram-sha-256', `--pwfile=${secret}`, '--encoding=UTF8', '--locale=C'],
    '--set=scram_iterations=1', // nobody guesses at this password, and each of thousands of connections would pay for it on both sides
  ]
  await run(join(bin, 'initdb'), [`--pgdata=${join(base, 'data')}`, ...flags, '--no-sync', '--no-instructions'], {
    ...account,
    cwd: base,
    env: ENVIRONMENT,
  })
  rmSync(secret)
  return password
}

interface Running {
  readonly child: ChildProcess
  readonly port: number
  readonly ended: Promise<unknown>
  readonly guard: ChildProcess | undefined
}

async function start(found: PostgresBinaries, base: string): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '', // the path may be longer than a socket's may be
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: 60,
      shared_buffers: '32MB',
      log_min_messages: 'log', // that is: the line that says ready, and no statement's errors
    }
    const child = spawn(
      join(found.bin, 'postgres'),
      ['-D', join(base, 'data'), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...found.account, cwd: base, env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const ended = once(child, 'exit')
    const guard = guardOf(child, base)
    const words = await ready(child)
    if (words === undefined) {
      // A test that forgets to stop its cluster is not kept alive by it; the guard then does the rest.
      child.unref()
      ;(child.stderr as unknown as Socket).unref()
      return { child, port, ended, guard }
    }
    guard?.kill('SIGKILL')
    // Between finding the port free and taking it, another test file may have been faster.
    if (!words.includes('Address already in use') || attempt === 5) throw new Error(`PostgreSQL ended: ${words}`)
  }
}

/** Waits for the cluster. Returns undefined when it is ready, its last words when it ended instead. */
function ready(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let words = ''
    child.once('error', reject)
    child.once('close', () => resolve(words)) // after its last words, which 'exit' is not
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      words = (words + chunk).slice(-4_000)
      if (words.includes('database system is ready to accept connections')) resolve(undefined)
    })
  })
}

/** A small process that ends the cluster and removes its files when the test process is gone, by kill -9 too. */
function guardOf(child: ChildProcess, base: string): ChildProcess | undefined {
  if (process.platform === 'win32') {
    process.once('exit', () => child.kill())
    return undefined
  }
  const script = 'cat >/dev/null; kill -INT "$0"; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"'
  const guard = spawn('sh', ['-c', script, String(child.pid), base], {
    stdio: ['pipe', 'ignore', 'ignore'], // the pipe closes when the test process ends
    detached: true, // Ctrl-C in the terminal is for the tests; the guard follows them
  })
  guard.unref()
  ;(guard.stdin as unknown as Socket).unref()
  return guard
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
