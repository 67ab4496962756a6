import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import {
  ATTACKER,
  connected,
  doorsOf,
  empty,
  LARGE,
  type Site,
  secondLoopback,
  stubborn,
  visit,
} from '../../../testing/bare-doors.ts'
import type { Door } from '../door/door.ts'
import { makeKeptOctets } from './kept-octets.ts'
import { PIECE } from './paced-response.ts'
import { shared } from './shared.ts'

const OTHER = '127.0.0.3'
const SIZE = LARGE.length
/** Nobody is late, unless a test says so. */
const NEVER = { stalled: 3_600_000, reading: 3_600_000 }
const FILE = shared(new Uint8Array(SIZE).fill(0x78))

/** Asks for something and reads nothing of it. @returns the door's end of the connection, once an answer waits there */
async function askAndWait(t: TestContext, site: Site, path: string, from = '127.0.0.1'): Promise<Socket> {
  const raw = stubborn(t, site.listener.port, from)
  await connected(raw)
  const asked = site.asked.length
  const call = `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`
  if (site.tls) {
    const socket = connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain })
    socket.on('error', () => undefined)
    await once(socket, 'secureConnect')
    socket.pause()
    socket.write(call)
  } else {
    raw.pause()
    raw.write(call)
  }
  while (site.asked.length === asked) await pause(5)
  const socket = site.asked.at(-1)!
  while (socket.writableLength === 0) await pause(5)
  return socket
}

test('H1: answers that nobody reads are kept up to a limit of each network; then those go that wait longest, and others are served', async (t) => {
  if (!(await secondLoopback(t))) return
  for (const site of await doorsOf(t, { unread: { perNetwork: 2 * SIZE, perDoor: 100 * SIZE }, patience: NEVER })) {
    const other = await askAndWait(t, site, '/large')
    const sockets: Socket[] = []
    for (let i = 0; i < 5; i++) sockets.push(await askAndWait(t, site, '/large', ATTACKER))
    assert.deepEqual(
      sockets.map(({ destroyed }) => destroyed),
      [true, true, true, false, false],
    )
    assert.equal(other.destroyed, false)
    assert.equal(site.listener.unread, 3 * SIZE)
    assert.equal(await visit(site), 200)
    await site.listener.close(0)
    const [line] = site.log.map((text) => JSON.parse(text)).filter(({ msg }) => msg === 'connections refused')
    assert.deepEqual([line.level, line.why, line.worst], [40, { unread: 3 }, [{ network: ATTACKER, count: 3 }]])
  }
})

test('H1: a whole door keeps so much for those who do not read; what goes is of the network that keeps the most', async (t) => {
  if (!(await secondLoopback(t))) return
  for (const site of await doorsOf(t, { unread: { perNetwork: 100 * SIZE, perDoor: 3 * SIZE }, patience: NEVER })) {
    const small = await askAndWait(t, site, '/large', OTHER)
    const large = [await askAndWait(t, site, '/large', ATTACKER), await askAndWait(t, site, '/large', ATTACKER)]
    const newest = await askAndWait(t, site, '/large')
    assert.deepEqual(
      [small, ...large, newest].map(({ destroyed }) => destroyed),
      [false, true, false, false],
    )
    await site.listener.close(0)
  }
})

test('H1: many networks with one answer each: the door keeps no more for that, and those go that wait longest', () => {
  const gone: string[] = []
  const from = (remoteAddress: string) => ({ remoteAddress, destroy: () => gone.push(remoteAddress) }) as never
  const limits = { perNetwork: 100, perDoor: 300 }
  const unread = makeKeptOctets({ limits, moving: 60_000, look: 60_000, gone: () => {} })
  const [oldest] = Array.from({ length: 3 }, (_, at) => unread.keep(from(`192.0.2.${at}`), 100))
  oldest!.moved()
  unread.keep(from('192.0.2.3'), 100)
  assert.deepEqual([gone, unread.bytes], [['192.0.2.1'], 300])
  unread.keep(from('192.0.2.4'), 1_000)
  assert.deepEqual([gone.length, unread.bytes], [4, 1_000], 'the newest is answered, however large')
  unread.close()
})

test('H1: what is the same for everybody is kept once, however many wait for it; each holds one piece of it', async (t) => {
  const limits = { unread: { perNetwork: 20 * PIECE, perDoor: 100 * PIECE }, patience: NEVER }
  const file = (door: Door): void => {
    door.get('/file', async (_request, reply) => reply.send(FILE))
  }
  for (const site of await doorsOf(t, limits, file)) {
    const sockets: Socket[] = []
    for (let i = 0; i < 20; i++) sockets.push(await askAndWait(t, site, '/file'))
    assert.ok(sockets.every(({ destroyed }) => !destroyed))
    for (const { writableLength } of sockets) assert.ok(writableLength <= PIECE + 100, `${writableLength} octets`)
    assert.equal(site.listener.unread, 20 * PIECE)
    await site.listener.close(0)
  }
})

test('H1: who reads a letter now and then is let go as well: something of an answer has to leave in time', async (t) => {
  for (const site of await doorsOf(t, { patience: { ...NEVER, reading: 400 } })) {
    const { port } = site.listener
    const raw = stubborn(t, port)
    await connected(raw)
    const socket = site.tls ? connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain }) : raw
    socket.on('error', () => undefined)
    if (site.tls) await once(socket, 'secureConnect')
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n')
    const sip = setInterval(() => socket.read(1), 20)
    t.after(() => clearInterval(sip))
    await empty(site)
    clearInterval(sip)
  }
})

test('an answer in many pieces arrives whole, at whoever reads it slowly too, and the connection is there for the next', async (t) => {
  for (const site of await doorsOf(t, { unread: { perNetwork: 10, perDoor: 10 }, patience: NEVER })) {
    const socket = await (async () => {
      const raw = stubborn(t, site.listener.port)
      await connected(raw)
      if (!site.tls) return raw
      const over = connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain })
      await once(over, 'secureConnect')
      return over
    })()
    let read = 0
    let last = ''
    socket.on('data', (bytes: Buffer) => {
      read += bytes.length
      last = (last + bytes.toString('latin1')).slice(-1_000)
    })
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n')
    while (read < SIZE) {
      await pause(2)
      socket.pause()
      await pause(1)
      socket.resume()
    }
    assert.match(last, /^x+$/)
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    while (!last.endsWith('here')) await pause(5)
    socket.destroy()
    await empty(site)
    assert.equal(site.listener.unread, 0)
  }
})
