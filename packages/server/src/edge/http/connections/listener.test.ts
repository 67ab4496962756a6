import assert from 'node:assert/strict'
import dns from 'node:dns/promises'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { connect, Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { connected, doorsOf, empty, type Site, stubborn } from '../../../testing/bare-doors.ts'
import { call } from '../../../testing/call.ts'
import { makeDoor } from '../door/door.ts'
import { type Listener, listen } from './listener.ts'

/** A door that says where a call comes from. */
async function open(t: TestContext, hosts?: readonly string[]): Promise<Listener> {
  const door = makeDoor('test', pino({ level: 'silent' }))
  door.get('/', async ({ ip }) => ip)
  await door.ready()
  const listener = await listen({ routing: door.routing, port: 0, log: door.log, hosts })
  t.after(() => listener.close(0))
  return listener
}

/** What a door counted, when it is closed. */
async function counted({ listener, log }: Site): Promise<unknown> {
  await listener.close(0)
  return log.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'connections refused')?.why
}

/** All that somebody is told who writes this and goes on listening. */
async function answerTo(t: TestContext, { listener }: Site, ...words: string[]): Promise<string> {
  const socket = stubborn(t, listener.port)
  await connected(socket)
  let told = ''
  socket.setEncoding('utf8').on('data', (text) => {
    told += text
  })
  const closed = once(socket, 'close')
  for (const word of words) {
    socket.write(word)
    if (word !== words.at(-1)) await once(socket, 'readable')
  }
  socket.once('end', () => socket.end())
  await closed
  return told
}

test('a door without addresses listens on all of them, in both families', async (t) => {
  const { port } = await open(t)
  assert.match((await call(`http://127.0.0.1:${port}/`)).text, /127\.0\.0\.1$/)
})

test('localhost is both loopback addresses, whatever the machine’s own list of names says', async (t) => {
  const asked = t.mock.method(dns, 'lookup', async () => [{ address: '127.0.0.9', family: 4 }])
  syncBuiltinESMExports()
  t.after(() => {
    asked.mock.restore()
    syncBuiltinESMExports()
  })
  const bound: unknown[] = []
  const own = Server.prototype.listen
  t.mock.method(Server.prototype, 'listen', function (this: Server, options: { host?: string }, done: () => void) {
    bound.push(options.host)
    return own.call(this, { ...options, host: '127.0.0.1', port: 0 }, done)
  } as never)
  await open(t, ['localhost', '127.0.0.1', 'desk.example.org'])
  assert.deepEqual([bound, asked.mock.callCount()], [['127.0.0.1', '::1', '127.0.0.9'], 1])
})

for (const code of ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EADDRINUSE']) {
  test(`${code}: a machine without IPv6 lacks ::1 and no other address, and a port that is taken is told`, async (t) => {
    const own = Server.prototype.listen
    let missing = '::1'
    t.mock.method(Server.prototype, 'listen', function (this: Server, options: { host?: string }, done: () => void) {
      if (options.host !== missing) return own.call(this, options, done)
      queueMicrotask(() => this.emit('error', Object.assign(new Error(code), { code })))
      return this
    } as never)
    if (code === 'EADDRINUSE') await assert.rejects(open(t, ['localhost']), { code })
    else {
      const { port } = await open(t, ['localhost'])
      assert.equal((await call(`http://127.0.0.1:${port}/`)).status, 200)
    }
    missing = '127.0.0.1'
    await assert.rejects(open(t, ['localhost']), { code })
  })
}

test('who speaks no TLS at a door that wants it is counted as that, and is told nothing', async (t) => {
  for (const site of await doorsOf(t)) {
    const told = await answerTo(t, site, 'GARBAGE\r\n\r\n')
    await empty(site)
    assert.match(told, site.tls ? /^(?!HTTP)/ : /^HTTP\/1.1 400 /)
    assert.deepEqual(await counted(site), site.tls ? { handshake: 1 } : { garbage: 1 })
  }
})

test('who goes on after the last word was said is counted once and told once', async (t) => {
  const [plain] = await doorsOf(t)
  const told = await answerTo(t, plain!, 'GARBAGE\r\n\r\n', 'MORE\r\n\r\n')
  assert.equal(told.split('HTTP/1.1 400').length, 2)
  assert.deepEqual(await counted(plain!), { garbage: 1 })
})

test('who breaks off in the midst of a call is no garbage', async (t) => {
  const [plain] = await doorsOf(t)
  const socket = connect(plain!.listener.port, '127.0.0.1')
  await connected(socket)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n')
  while (plain!.listener.held === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  socket.resetAndDestroy()
  await empty(plain!)
  assert.equal(await counted(plain!), undefined)
})

test('who stops in the midst of a call is told that it took too long', async (t) => {
  const [plain] = await doorsOf(t)
  assert.match(await answerTo(t, plain!, 'GET / HTTP/1.1\r\nHost: x\r\n'), /^HTTP\/1.1 408 /)
  assert.deepEqual(await counted(plain!), { silent: 1 })
})
