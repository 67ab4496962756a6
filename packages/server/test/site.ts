import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Database } from '../src/store/index.ts'
import { withPostgres } from '../src/testing/index.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A folder of data with a desk's database on an engine, and what the host's commands say there. */
export interface Site {
  readonly data: string
  /** Where the desk finds its database, or one that is empty. */
  at(name: 'desk' | 'empty'): Promise<Database>
  /** A command of `scel-desk` there, in words of a language: its exit code, and all that it said. */
  run(name: 'desk' | 'empty', language: 'en' | 'fr', ...args: string[]): Promise<string>
}

export async function siteOf(t: TestContext, engine: 'sqlite' | 'postgres'): Promise<Site> {
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

export const optionOf = (database: Database): { readonly database?: string } =>
  database.kind === 'postgres' ? { database: database.url } : {}
