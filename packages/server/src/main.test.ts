import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { COMPILED } from '@scel/testkit/peers'
import { acceptInvitation, call, freePorts, postgresMissing, spawnDesk, withPostgres } from './testing/index.ts'
import { openTcpProxy } from './testing/tcp-proxy.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scel-main-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command to its end. */
function scelDesk(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const environment = { PATH: process.env.PATH ?? '', LANG: 'C', ...COMPILED, ...env }
  const { promise, resolve } = Promise.withResolvers<Ended>()
  execFile(process.execPath, [MAIN, ...args], { env: environment, timeout: 60_000 }, (error, out, err) =>
    resolve({ code: error ? Number(error.code ?? -1) : 0, out, err }),
  )
  return promise
}

test('the first start makes everything once, says how to trust it, and the second makes nothing again', async (t) => {
  const data = join(await folderOf(t), 'data')
  const first = await spawnDesk({ data })
  t.after(() => first.kill())
  assert.match(first.printed, /First start: the authorities were made/)
  assert.match(first.printed, new RegExp(`Portal and API +${first.services.portal}`))
  const fingerprint = /--fingerprint ([0-9a-f]{64})/.exec(first.printed)?.[1]
  assert.equal(new X509Certificate(first.root).fingerprint256.replaceAll(':', '').toLowerCase(), fingerprint)
  assert.ok(first.printed.includes(new X509Certificate(first.root).fingerprint256))
  assert.ok(first.inviteLink.startsWith(`${first.services.portal}/invitation#`))
  const described = (await call(`${first.services.portal}/api/desk`, { ca: first.root })).json
  assert.equal(await first.stop(), 0)
  assert.match(first.errors(), /"msg":"stopped"/)

  const keys = await readdir(join(data, 'keys'))
  const second = await spawnDesk({ data, ports: first.ports })
  t.after(() => second.kill())
  assert.doesNotMatch(second.printed, /First start/)
  assert.equal(second.root, first.root)
  assert.deepEqual(await readdir(join(data, 'keys')), keys)
  const again = (await call(`${second.services.portal}/api/desk`, { ca: first.root })).json
  assert.deepEqual({ ...again, now: '' }, { ...described, now: '' })
  assert.notEqual(second.inviteLink, first.inviteLink)
  await assert.rejects(acceptInvitation(second, first.inviteLink), /invitation_unknown/)
  await acceptInvitation(second, second.inviteLink)
  await second.stop()

  const third = await spawnDesk({ data, ports: first.ports })
  t.after(() => third.kill())
  assert.equal(third.inviteLink, '', 'no link while there is an administrator')
  await third.stop()
})

test('whatever lies in the data folder is for this user alone', async (t) => {
  const data = join(await folderOf(t), 'data')
  const desk = await spawnDesk({ data })
  await desk.stop()
  for (const name of await readdir(data, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(name.parentPath, name.name))
    if (name.isDirectory()) assert.equal(mode & 0o077, 0, name.name)
    else if (name.name !== 'desk.lock') assert.equal(mode & 0o177, 0, name.name)
  }
  assert.equal((await stat(data)).mode & 0o777, 0o700)
})

test('a second desk in the same folder is refused, while invitations can still be made', async (t) => {
  const data = join(await folderOf(t), 'data')
  const desk = await spawnDesk({ data })
  t.after(() => desk.kill())
  const second = await scelDesk(['start', '--data', data, '--portal-port', '1'])
  assert.equal(second.code, 1)
  assert.match(second.err, /^scel-desk: another desk uses the folder .*data; stop it/)
  const migrated = await scelDesk(['migrate', '--data', data])
  assert.equal(migrated.code, 1)

  const [portal] = desk.ports
  const link = await scelDesk([
    'invite-admin',
    '--data',
    data,
    '--portal-port',
    String(portal),
    '--environment',
    'test',
  ])
  assert.equal(link.code, 0, link.err)
  assert.match(link.err, /test environment/)
  const administrator = await acceptInvitation(desk, link.out.trim())
  assert.equal((await administrator.get('/api/session')).json.environment, 'test')
  await desk.stop()
})

test('a taken port is said, and nothing stays half open', async (t) => {
  const data = join(await folderOf(t), 'data')
  const [portal, mutual] = await freePorts(2)
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port } = taken.address() as { port: number }
  const ports = ['--portal-port', `${portal}`, '--mutual-port', `${mutual}`, '--public-port', `${port}`]
  const { code, err } = await scelDesk(['start', '--data', data, '--public-name', 'localhost', ...ports])
  assert.equal(code, 1)
  assert.match(err, new RegExp(`scel-desk: port ${port} is in use`))
})

test('every fault of the configuration is named at once, in the operator’s language', async (t) => {
  const folder = await folderOf(t)
  await writeFile(join(folder, 'desk.json'), '{"portalPort": 0, "wrong": 1}')
  const { code, err, out } = await scelDesk(
    ['start', '--config', join(folder, 'desk.json'), '--mutual-port', 'x', '--language', 'fr'],
    { SCEL_PUBLIC_NAME: 'a_b' },
  )
  assert.equal(code, 1)
  assert.equal(out, '')
  assert.match(err, /^scel-desk: la configuration a 4 défauts\u00a0:\n/)
  for (const where of ['desk.json: wrong', 'desk.json: portalPort', '--mutual-port', 'SCEL_PUBLIC_NAME']) {
    assert.ok(err.includes(`${where}\u00a0: `), `${where} in ${err}`)
  }
})

test('a file that is not there is said with its name, not with a stack', async (t) => {
  const data = join(await folderOf(t), 'data')
  const { code, err } = await scelDesk(['start', '--data', data, '--passphrase-file', join(data, 'missing')])
  assert.equal(code, 1)
  assert.match(err, /the file .*missing cannot be read: ENOENT/)
  assert.doesNotMatch(err, / {4}at /)
})

test('keys under a passphrase open with it, and with no other', async (t) => {
  const folder = await folderOf(t)
  const [data, right, wrong] = ['data', 'right', 'wrong'].map((name) => join(folder, name))
  await writeFile(right!, 'correct horse\n', { mode: 0o600 })
  await writeFile(wrong!, 'battery staple\n', { mode: 0o600 })
  const desk = await spawnDesk({ data: data!, args: ['--passphrase-file', right!] })
  await desk.stop()
  assert.ok(!(await readdir(data!)).includes('master.key'))
  const refused = await scelDesk(['start', '--data', data!, '--passphrase-file', wrong!])
  assert.equal(refused.code, 1)
  assert.doesNotMatch(refused.err, /battery|correct| {4}at /)
  const again = await spawnDesk({ data: data!, ports: desk.ports, args: ['--passphrase-file', right!] })
  assert.equal(again.root, desk.root)
  await again.stop()
})

test('--help speaks both languages and names every option', async () => {
  const english = await scelDesk(['start', '--help'])
  const french = await scelDesk(['start', '--help', '--language', 'fr'])
  for (const { out, code } of [english, french]) {
    assert.equal(code, 0)
    assert.match(out, /--public-name <host name>/)
  }
  assert.match(english.out, /folder for keys and database/)
  assert.match(french.out, /dossier des clés/)
})

test('the public name is kept from the first start on', async (t) => {
  const data = join(await folderOf(t), 'data')
  const first = await spawnDesk({ data, environment: { SCEL_PUBLIC_NAME: 'localhost' } })
  await first.stop()
  const second = await spawnDesk({ data, ports: first.ports, environment: { SCEL_PUBLIC_NAME: '' } })
  assert.match(second.printed, /https:\/\/localhost:/)
  await second.stop()
  assert.ok((await readFile(join(data, 'desk.sqlite'))).length > 0)
})

test('a signal that has Node open its inspector to the whole host is not heard', async (t) => {
  const folder = await folderOf(t)
  const desk = await spawnDesk({ data: join(folder, 'data') })
  t.after(() => desk.kill())
  desk.signal('SIGUSR1')
  for (let asked = 0; asked < 20; asked++) await call(`${desk.services.public}/health/live`)
  assert.equal(await desk.stop(), 0)
  assert.doesNotMatch(desk.errors(), /Debugger/)
})

test('an inspector that the signal opened while the desk was read is closed before the desk has a key', async (t) => {
  const [port] = await freePorts(1)
  // The signal comes before the first line of the desk.
  const early = `--inspect-port=${port} --import=data:text/javascript,process.kill(process.pid,'SIGUSR1')`
  const desk = await spawnDesk({ data: join(await folderOf(t), 'data'), environment: { NODE_OPTIONS: early } })
  t.after(() => desk.kill())
  assert.match(desk.errors(), /Debugger listening/)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/json`))
  assert.equal(await desk.stop(), 0)
})

test('the command never hears the signal, whatever the moment', async (t) => {
  const [port, ...doors] = await freePorts(4)
  const early = `--inspect-port=${port} --import=data:text/javascript,process.kill(process.pid,'SIGUSR1')`
  const ports = doors.flatMap((door, index) => [['--portal-port', '--mutual-port', '--public-port'][index]!, `${door}`])
  const bin = fileURLToPath(new URL('../bin/scel-desk.mjs', import.meta.url))
  const child = spawn(process.execPath, [bin, 'start', '--data', join(await folderOf(t), 'data'), ...ports], {
    env: { PATH: process.env.PATH, LANG: 'C', SCEL_PUBLIC_NAME: 'localhost', ...COMPILED, NODE_OPTIONS: early },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Ctrl-C')) break
  child.kill('SIGUSR1')
  assert.equal((await call(`http://localhost:${doors[2]}/health/live`)).status, 200)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/json`))
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
})

test('F16: a terminal that is closed stops the desk in order, as SIGTERM does', async (t) => {
  const desk = await spawnDesk({ data: join(await folderOf(t), 'data') })
  t.after(() => desk.kill())
  assert.equal(await desk.stop('SIGHUP'), 0)
  assert.match(desk.errors(), /"msg":"stopped"/)
})

test('F18: a log that nobody reads stops neither the desk nor its stop', async (t) => {
  if (process.platform === 'win32') return t.skip('pipes have other names here')
  const folder = await folderOf(t)
  const pipe = join(folder, 'log')
  execFileSync('mkfifo', [pipe])
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
  t.after(() => closeSync(reader))
  const log = openSync(pipe, constants.O_WRONLY)
  const desk = await spawnDesk({ data: join(folder, 'data'), log, args: ['--log-level', 'debug'] })
  t.after(() => desk.kill())
  closeSync(log)
  for (let n = 0; n < 600; n++) await call(`${desk.services.public}/health/live`) // three times what a pipe holds
  assert.equal(await desk.stop(), 0)
})

test('F5: a desk whose database stands still is not ready, and its stop ends all the same, with a line in the log', {
  timeout: 180_000,
}, async (t) => {
  const missing = postgresMissing()
  if (missing !== undefined) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  const url = new URL(await cluster.createDatabase('desk'))
  const proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) })
  t.after(() => proxy.close())
  const folder = await folderOf(t)
  const secret = join(folder, 'password')
  await writeFile(secret, url.password, { mode: 0o600 })
  url.password = ''
  const args = ['--database', proxy.through(url.href), '--database-password-file', secret]
  const desk = await spawnDesk({ data: join(folder, 'data'), args })
  t.after(() => desk.kill())
  const ready = async () => (await call(`${desk.services.public}/health/ready`)).json
  // In the midst of a write: what stands still before it began is given up soon, and then keeps no stop.
  proxy.onSent = (bytes) => {
    if (!bytes.includes('BEGIN')) proxy.freeze()
    return true
  }
  const { code, facts } = await ready()
  assert.deepEqual([code, facts.part], ['not_ready', 'database'])
  assert.equal(await desk.stop(), 1)
  assert.match(desk.errors(), /stopped without it/)
})

test('F5: a thread in a call of the system that never ends keeps no stop: the rest is stored, and the process ends', {
  timeout: 120_000,
}, async (t) => {
  if (process.platform === 'win32') return t.skip('pipes have other names here')
  const folder = await folderOf(t)
  const pipe = join(folder, 'nobody-writes')
  execFileSync('mkfifo', [pipe])
  const held = fileURLToPath(new URL('../test/held-thread.ts', import.meta.url))
  const environment = { NODE_OPTIONS: `--import=${held}`, HELD_BY: join(folder, 'held'), HELD_IN: pipe }
  const desk = await spawnDesk({ data: join(folder, 'data'), environment })
  t.after(() => desk.kill())
  const live = () => fetch(`${desk.services.public}/health/live`, { signal: AbortSignal.timeout(2_000) })
  assert.equal((await live()).status, 200)
  await writeFile(environment.HELD_BY, '')
  while (await live().then(Boolean, () => false)) await setTimeout(50)
  assert.equal(await desk.stop(), 1)
  const told = desk
    .errors()
    .split('\n')
    .filter((line) => /"level":[56]0/.test(line))
  assert.deepEqual(
    told.map((line) => JSON.parse(line).msg),
    ['the public door’s thread does not end; the stop goes on without it'],
  )
  assert.match(desk.errors(), /"msg":"stopped"/)
})
