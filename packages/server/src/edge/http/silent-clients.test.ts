import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { pino } from 'pino'
import { call } from '../../testing/call.ts'
import { makeDoor } from './door.ts'
import { type Listener, type ListenOptions, listen, type TlsDoor } from './listener.ts'
import type { Patience } from './patience.ts'
import { capacityOf } from './room.ts'

// Time limits that a test can wait for: what is tested is that each has an end, not how long it is.
const SHORT: Patience = {
  ...{ handshake: 400, headers: 400, call: 800, idle: 1_000 },
  ...{ stalled: 1_000, farewell: 200, look: 50 },
}
const MANY = 1_000
/** Another network than that of everybody else here. */
const ATTACKER = '127.0.0.2'

const LARGE = 'x'.repeat(1_000_000)

interface Site {
  readonly name: string
  readonly listener: Listener
  readonly tls: TlsDoor | undefined
  readonly log: readonly string[]
}

/** A door of each kind: plain, with TLS, and with TLS that asks for a certificate. */
async function doorsOf(t: TestContext, limits: Pick<ListenOptions, 'capacity'> = {}): Promise<Site[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scel-doors-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', [...made, ...names, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const identity = { chain: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  const kinds = { plain: undefined, tls: identity, mutual: { ...identity, askFor: [identity.chain] } }
  return Promise.all(
    Object.entries(kinds).map(async ([name, tls]) => {
      const log: string[] = []
      const door = makeDoor(name, pino({ level: 'info' }, { write: (line: string) => void log.push(line) }))
      door.get('/', async () => 'here')
      door.get('/large', async () => LARGE)
      await door.ready()
      const listener = await listen({
        ...{ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'], patience: SHORT, ...limits },
        ...(tls && { tls }),
      })
      t.after(() => listener.close(0))
      return { name, listener, tls, log }
    }),
  )
}

const visit = async ({ listener, tls }: Site): Promise<number> => {
  const scheme = tls ? 'https' : 'http'
  return (await call(`${scheme}://localhost:${listener.port}/`, { ...(tls && { ca: tls.chain }) })).status
}

/** A connection that is never closed from this side, whatever the other one does. */
function stubborn(t: TestContext, port: number, from = '127.0.0.1'): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true })
  socket.on('error', () => undefined)
  t.after(() => socket.destroy())
  return socket
}

async function connected(socket: Socket): Promise<void> {
  if (socket.connecting) await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
}

/** Waits until the door holds no connection. What hangs is found by the patience of the test command. */
async function empty({ listener }: Site): Promise<void> {
  while (listener.held > 0) await pause(20)
}

async function secondLoopback(t: TestContext): Promise<boolean> {
  const socket = connect({ port: 9, host: '127.0.0.1', localAddress: ATTACKER })
  const [error] = (await once(socket, 'close').catch((reason) => [reason])) as [NodeJS.ErrnoException]
  socket.destroy()
  if (error.code === 'ECONNREFUSED') return true
  t.skip(`this machine has no address ${ATTACKER}`)
  return false
}

test('H1: a thousand clients that say a letter, or nothing, and never hang up are let go; others are served meanwhile', async (t) => {
  for (const site of await doorsOf(t)) {
    for (const first of ['', 'G']) {
      const sockets = Array.from({ length: MANY }, () => stubborn(t, site.listener.port))
      await Promise.all(sockets.map(connected))
      for (const socket of sockets) if (first) socket.write(first)
      assert.equal(await visit(site), 200)
      await empty(site)
      assert.equal(await visit(site), 200)
      await empty(site)
    }
  }
})

test('H1: who agrees on TLS and says nothing then, stops in the middle of a call, or does not read the answer, is let go', async (t) => {
  for (const site of await doorsOf(t)) {
    for (const beginning of [
      '',
      'G',
      'GET / HTTP/1.1\r\nHost: x\r\n',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
      'GET / HTTP/1.0\r\nHost: x\r\n\r\n',
      'GARBAGE\r\n\r\n',
      'GET /large HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50), // more than all buffers on the way hold
    ]) {
      const raw = stubborn(t, site.listener.port)
      await connected(raw)
      raw.pause()
      if (site.tls) {
        const socket = connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain })
        socket.on('error', () => undefined)
        await once(socket, 'secureConnect')
        if (beginning) socket.write(beginning)
        socket.pause()
      } else if (beginning) raw.write(beginning)
      assert.equal(site.listener.held, 1)
      await empty(site)
    }
  }
})

test('H1: one network holds so many connections at a door, the others find room, and one line tells of it', async (t) => {
  if (!(await secondLoopback(t))) return
  for (const site of await doorsOf(t, { capacity: { total: 100, perNetwork: 20 } })) {
    const sockets = Array.from({ length: 60 }, () => stubborn(t, site.listener.port, ATTACKER))
    await Promise.all(sockets.map(connected))
    while (site.listener.held < 20) await pause(5)
    assert.equal(await visit(site), 200)
    await empty(site)
    await site.listener.close(0)
    const [line, ...more] = site.log.map((text) => JSON.parse(text)).filter(({ msg }) => msg === 'connections refused')
    assert.deepEqual(more, [])
    assert.equal(line.level, 40)
    assert.equal(line.door, site.name)
    assert.deepEqual(line.why, { crowded: 40, silent: 20 })
    assert.deepEqual(line.worst, [{ network: ATTACKER, count: 60 }])
  }
})

test('H1: a door that is full tells so, and has room again', async (t) => {
  for (const site of await doorsOf(t, { capacity: { total: 10, perNetwork: 10 } })) {
    const sockets = Array.from({ length: 30 }, () => stubborn(t, site.listener.port))
    await Promise.all(sockets.map(connected))
    await assert.rejects(visit(site))
    await empty(site)
    assert.equal(await visit(site), 200)
  }
})

test('H1: a quarter of the files that the desk may open is for its work, and no network has more than half a door', () => {
  assert.deepEqual(capacityOf(600, 1_000), { total: 150, perNetwork: 75 })
  assert.deepEqual(capacityOf(20_000, 1_000), { total: 5_000, perNetwork: 1_000 })
  assert.deepEqual(capacityOf(undefined, 1_000), { total: 10_000, perNetwork: 1_000 })
  assert.deepEqual(capacityOf(1_000_000, 9_000), { total: 10_000, perNetwork: 5_000 })
})
