import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { connected, doorsOf, type Site, stubborn } from '../../../testing/bare-doors.ts'

const BURST = 65_536
const MOST_MADE = 200

for (const [what, text] of [
  ['calls', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['calls that name no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['calls that expect something', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n'],
] as const) {
  test(`a burst (A, C): of 64 KiB of ${what} in one piece a few are made at all, two are answered at most`, async (t) => {
    for (const site of await doorsOf(t)) {
      let made = 0
      const count = (): void => void made++
      subscribe('http.server.request.start', count)
      t.after(() => unsubscribe('http.server.request.start', count))
      const socket = await opened(t, site)
      socket.resume().write(text.repeat(Math.ceil(BURST / text.length)))
      await new Promise((closed) => socket.once('close', closed)) // with a reset or without
      unsubscribe('http.server.request.start', count)
      assert.ok(made < MOST_MADE, `${site.name}: ${made} calls were made`)
      assert.ok(site.asked.length <= 2, `${site.name}: ${site.asked.length} calls were begun`)
    }
  })
}

test('a burst (H): who asks for another protocol is answered, and hung up on', { timeout: 30_000 }, async (t) => {
  for (const site of await doorsOf(t)) {
    const socket = await opened(t, site)
    let read = ''
    socket.setEncoding('utf8').on('data', (more: string) => (read += more))
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
    const more = setInterval(() => socket.write('x'.repeat(1_000)), 20)
    t.after(() => clearInterval(more))
    await new Promise((closed) => socket.once('close', closed))
    clearInterval(more)
    assert.match(read, /^HTTP\/1\.1 200 [\s\S]*here$/, site.name)
    assert.match(read, /connection: close/i)
  }
})

test('a call says the same however it is cut into pieces, with a long body, before others and behind them', async (t) => {
  const sites = await doorsOf(t, { patience: { call: 20_000, stalled: 20_000, idle: 20_000 } }, (door) => {
    door.post<{ Params: { name: string }; Body: string }>('/:name', async ({ params, body }) => {
      await pause(1)
      return `${params.name} ${body.length} ${body.at(-1)};`
    })
  })
  const text = post('a', 16_000) + post('b', 3) + post('c', 2_048) + post('d', 9_000)
  for (const site of sites) {
    for (const cut of [500, 2_047, 2_048, 20_000, text.length]) {
      const socket = await opened(t, site)
      let read = ''
      socket.setEncoding('utf8').on('data', (more: string) => (read += more))
      for (let at = 0; at < text.length; at += cut) {
        if (!socket.write(text.slice(at, at + cut))) await once(socket, 'drain')
      }
      while (!/d \d+ d;/.test(read)) await once(socket, 'data')
      assert.deepEqual(
        read.match(/\w \d+ \w;/g),
        ['a 16000 a;', 'b 3 b;', 'c 2048 c;', 'd 9000 d;'],
        `${site.name}, in pieces of ${cut}`,
      )
      socket.destroy()
    }
  }
})

function post(name: string, length: number): string {
  const body = JSON.stringify(name.padStart(length, 'x'))
  const head = `POST /${name} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX: ${'y'.repeat(1_000)}\r\n`
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`
}

async function opened(t: TestContext, { listener, tls }: Site): Promise<Socket> {
  const raw = stubborn(t, listener.port)
  await connected(raw)
  if (!tls) return raw
  const socket = connectTls({ socket: raw, servername: 'localhost', ca: tls.chain })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}
