import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { folderFor } from '@scel/testkit/peers'
import { environment, scelProcess } from './run-scel.ts'

const run = promisify(execFile)
const LAUNCHER = fileURLToPath(new URL('../bin/scel.mjs', import.meta.url))

test('the process answers on standard output and by its exit code', async (t) => {
  const home = folderFor(t)
  const version = await scelProcess(['--version'], home)
  assert.deepEqual([version.exit, version.err], [0, ''])
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/)
  const none = await scelProcess(['requests', '--json'], home)
  assert.equal(none.exit, 1)
  assert.equal(JSON.parse(none.out).error.code, 'no_desk')
  const piped = await scelProcess(['inspect', '-'], home, 'nothing')
  assert.deepEqual([piped.exit, piped.out], [1, ''])
})

test('the launcher runs under this Node', async () => {
  const { stdout } = await run(process.execPath, [LAUNCHER, '--version'])
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
})

test('an inspector that a signal opened while the command was read is closed, and one that was asked for stays', async (t) => {
  const home = folderFor(t)
  const [csr, inspector] = [join(home, 'pipe'), `data:text/javascript,process.kill(process.pid,'SIGUSR1')`]
  execFileSync('mkfifo', [csr]) // the command waits for what nobody writes
  const port = await freePort()
  const listens = async (...options: string[]): Promise<boolean> => {
    const child = spawn(process.execPath, [...options, LAUNCHER, 'inspect', csr], {
      env: environment(home),
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    try {
      const pipe = await open(csr, 'w') // once the command has opened it to read
      const heard = await fetch(`http://127.0.0.1:${port}/json`).then(
        () => true,
        () => false,
      )
      await pipe.close()
      return heard
    } finally {
      child.kill('SIGKILL')
      await ended // or the next one's pipe is taken for open
    }
  }
  assert.equal(await listens(`--inspect-port=${port}`, `--import=${inspector}`), false)
  assert.equal(await listens(`--inspect=${port}`), true)
})

test('an older Node hands over to the one that npm installed, or says what is needed', async (t) => {
  const old = await run('/usr/bin/env', ['-i', '/bin/sh', '-c', 'command -v node || true'])
  const node = old.stdout.trim() || '/usr/bin/node'
  const version = await run(node, ['-p', 'process.versions.node']).catch(() => undefined)
  if (!version || Number(version.stdout.split('.')[0]) >= 26) return t.diagnostic('no older Node on this machine')
  assert.match((await run(node, [LAUNCHER, '--version'])).stdout, /^\d+\.\d+\.\d+\n$/)
  const alone = join(folderFor(t), 'bin')
  mkdirSync(alone)
  cpSync(dirname(LAUNCHER), alone, { recursive: true })
  const failed = await run(node, [join(alone, 'scel.mjs')], { env: { LANG: 'fr_FR.UTF-8' } }).catch((error) => error)
  assert.equal(failed.code, 1)
  assert.match(failed.stderr, /il faut Node 26 ou plus récent/)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

interface Asked {
  readonly env: Readonly<Record<string, string>>
  readonly platform: NodeJS.Platform
  readonly home: () => string
  readonly user: number | undefined
  readonly create: boolean
}
// Plain JavaScript, because an old Node must be able to read it.
const CACHE = String(new URL('../bin/compile-cache.mjs', import.meta.url))
const { compileCache } = (await import(CACHE)) as { compileCache(asked: Asked): string | undefined }
const USER = process.geteuid?.() ?? 0
const asked = (home: string, more: Partial<Asked> = {}): Asked => ({
  ...{ env: {}, platform: 'linux', home: () => home, user: USER, create: true },
  ...more,
})

test('compiled code is kept in a folder of the user alone, below his folder of caches', (t) => {
  const home = folderFor(t)
  const folder = join(home, '.cache', 'scel', 'compiled')
  assert.equal(compileCache(asked(home, { create: false })), undefined)
  assert.deepEqual(readdirSync(home), [])
  assert.equal(compileCache(asked(home)), folder)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  assert.equal(compileCache(asked(home, { create: false })), folder)
  const named = { XDG_CACHE_HOME: join(home, 'caches') }
  assert.equal(compileCache(asked(home, { env: named })), join(home, 'caches', 'scel', 'compiled'))
  assert.equal(compileCache(asked(home, { env: { XDG_CACHE_HOME: 'relative' } })), folder)
  assert.equal(compileCache(asked(home, { platform: 'darwin' })), join(home, 'Library', 'Caches', 'scel', 'compiled'))
})

test('compiled code is never taken from a folder that others can write to, nor below one', (t) => {
  const home = folderFor(t)
  const folder = join(home, '.cache', 'scel', 'compiled')
  for (const place of [folder, join(home, '.cache', 'scel'), join(home, '.cache'), home]) {
    for (const mode of [0o777, 0o770, 0o702]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      chmodSync(place, mode)
      for (const create of [true, false]) assert.equal(compileCache(asked(home, { create })), undefined, place)
      chmodSync(place, 0o700)
    }
  }
  chmodSync(folder, 0o1777) // others cannot remove there, but they can add
  assert.equal(compileCache(asked(home)), undefined)
  chmodSync(folder, 0o700)
  assert.equal(compileCache(asked(home)), folder)
})

test('compiled code is neither kept in, nor taken from, a home of somebody else', (t) => {
  const home = folderFor(t)
  assert.equal(compileCache(asked(home, { user: USER + 1 })), undefined)
  assert.deepEqual(readdirSync(home), [])
  assert.ok(compileCache(asked(home)))
  assert.equal(compileCache(asked(home, { user: USER + 1, create: false })), undefined)
})

test('without a place for compiled code scel does without it', (t) => {
  const home = folderFor(t)
  writeFileSync(join(home, '.cache'), 'a file')
  assert.equal(compileCache(asked(home)), undefined)
  const none = (): string => {
    throw new Error('no home')
  }
  assert.equal(compileCache(asked(home, { home: none })), undefined)
  assert.equal(compileCache(asked(home, { platform: 'win32', user: undefined })), undefined)
  assert.equal(compileCache(asked(home, { env: { NODE_COMPILE_CACHE: home } })), undefined)
})

test('the launcher keeps compiled code when a command runs, not when only help is asked for, nor where others write', async (t) => {
  const home = folderFor(t)
  const start = (...args: string[]) =>
    run(process.execPath, [LAUNCHER, ...args], { env: environment(home) }).catch((error) => error)
  const kept = join(home, '.cache', 'scel', 'compiled')
  for (const only of [['--help'], ['seal', '--help'], ['help', 'seal'], ['--version'], []]) {
    await start(...only)
    assert.deepEqual(readdirSync(home), [], only.join(' '))
  }
  assert.match((await start('requests')).stderr, /has not asked any desk/)
  assert.equal(readdirSync(kept).length, 1)
  const other = folderFor(t)
  const open = join(other, '.cache', 'scel', 'compiled')
  mkdirSync(open, { recursive: true })
  chmodSync(open, 0o777)
  const { stderr } = await run(process.execPath, [LAUNCHER, 'requests'], { env: environment(other) }).catch((e) => e)
  assert.match(stderr, /has not asked any desk/)
  assert.deepEqual(readdirSync(open), [])
})

test('a command loads the code that it needs, and no other', async (t) => {
  const home = folderFor(t)
  const hook = `import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context) } })`
  const observed = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, LAUNCHER]
  const loaded = async (...args: string[]): Promise<(part: string) => boolean> => {
    const { stderr } = await run(process.execPath, [...observed, ...args], { env: environment(home) })
    return (part) => stderr.includes(part)
  }
  const help = await loaded('--help')
  assert.ok(help('/client/src/program.ts'))
  for (const part of ['/pki/src/x509/', '/typebox/', '/@clack/']) assert.ok(!help(part), `--help loads ${part}`)
  const seal = await loaded('seal', '--help')
  assert.ok(seal('/client/src/commands/files/seal.ts'))
  for (const part of ['/client/src/commands/desk/enrol.ts', '/typebox/', '/@zip.js/', '/@clack/', 'node:https']) {
    assert.ok(!seal(part), `seal loads ${part}`)
  }
})
