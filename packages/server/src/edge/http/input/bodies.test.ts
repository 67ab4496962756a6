import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { refuse } from '@scel/contract/errors'
import { acceptInvitation, createOrganisation } from '@scel/contract/routes'
import { realWorld } from '../../../core/world.ts'
import {
  ATTACKER,
  connected,
  doorsOf,
  empty,
  type Site,
  secondLoopback,
  stubborn,
  visit,
} from '../../../testing/bare-doors.ts'
import { type Door, refuseUnknownRoutes } from '../door/door.ts'
import { makeFailures } from '../limits/failures.ts'
import { limitCalls } from '../limits/rate-limit.ts'
import { addOctetsRoute } from '../routes/octets-route.ts'
import { register } from '../routes/register.ts'

/** Nobody is late, unless a test says so. */
const NEVER = { headers: 3_600_000, call: 3_600_000, stalled: 3_600_000 }

/** Routes that read a body: JSON, octets, and one that nobody may call. */
const furnish = (door: Door): void => {
  door.post('/', { bodyLimit: 65_536 }, async ({ rawBody }) => `${rawBody?.length}`)
  addOctetsRoute(door, {
    path: '/octets',
    type: 'application/ocsp-request',
    limit: 8_192,
    answer: async (body, reply) => reply.send(`${body.length}`),
  })
  const nobody = { origin: () => {}, actor: async () => refuse('session_ended', { reason: 'expired' }) }
  register(door, nobody, createOrganisation, async () => assert.fail('somebody was let in'))
  const everybody = { origin: () => {}, actor: async () => undefined }
  const failures = makeFailures(600, realWorld)
  register(door, everybody, acceptInvitation, async () => assert.fail('an invitation was accepted'), failures)
}

interface Line {
  readonly socket: Socket
  /** What was answered. */
  said(): string
  /** Waits until so much is answered that it matches, or the door has hung up. */
  answer(pattern: RegExp): Promise<string>
}

async function dial(t: TestContext, site: Site, from = '127.0.0.1'): Promise<Line> {
  const raw = stubborn(t, site.listener.port, from)
  raw.setNoDelay(true)
  await connected(raw)
  const socket = site.tls ? connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain }) : raw
  socket.on('error', () => undefined)
  if (site.tls) await once(socket, 'secureConnect')
  let said = ''
  socket.on('data', (bytes: Buffer) => {
    said += bytes.toString('latin1')
  })
  const answer = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(said) && !socket.closed && !socket.readableEnded) await pause(5)
    return said
  }
  return { socket, said: () => said, answer }
}

const head = (path: string, length: string, type = 'application/json'): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`
const CHUNKED = 'Transfer-Encoding: chunked'

const refusedOf = async ({ listener, log }: Site): Promise<Record<string, unknown>> => {
  await listener.close(0)
  const lines = log.map((text) => JSON.parse(text)).filter(({ msg }) => msg === 'connections refused')
  return lines[0] ?? {}
}

test('H2: a body in chunks of one letter is hung up on after a thousand of them, wherever it is sent; others are served', async (t) => {
  for (const site of await doorsOf(t, { patience: NEVER }, furnish)) {
    for (const [path, type] of [['/'], ['/octets', 'application/ocsp-request'], [acceptInvitation.path]] as const) {
      const { socket, said } = await dial(t, site)
      socket.write(head(path, CHUNKED, type) + '1\r\n \r\n'.repeat(1_000))
      await pause(50)
      assert.deepEqual([socket.closed, said()], [false, ''], 'so many are nothing to hang up for')
      socket.write('1\r\n \r\n'.repeat(1_000))
      await empty(site)
      assert.equal(said(), '')
    }
    assert.equal(await visit(site), 200)
    assert.equal(site.listener.unfinished, 0)
    const { level, why } = await refusedOf(site)
    assert.deepEqual([level, why], [40, { crumbs: 3 }])
  }
})

test('H2: a body in segments or records of one letter is hung up on as well; a kilobyte so, and a long one slowly, is served', async (t) => {
  for (const site of await doorsOf(t, { patience: NEVER }, furnish)) {
    const long = await dial(t, site)
    long.socket.write(head('/', 'Content-Length: 60000'))
    let sent = 0
    for (; sent < 20_000 && site.listener.held > 0; sent++) {
      long.socket.write(' ')
      await new Promise(setImmediate)
    }
    await empty(site)
    assert.ok(sent < 20_000, `${sent} letters`)

    const short = await dial(t, site)
    const text = JSON.stringify('x'.repeat(998))
    short.socket.write(head('/', `Content-Length: ${text.length}`))
    for (const letter of text) {
      short.socket.write(letter)
      await new Promise(setImmediate)
    }
    assert.match(await short.answer(/1000$/), /^HTTP\/1.1 200 /)
    const slow = JSON.stringify('x'.repeat(59_998))
    short.socket.write(head('/', CHUNKED))
    for (let at = 0; at < slow.length; at += 5_000) {
      short.socket.write(`1388\r\n${slow.slice(at, at + 5_000)}\r\n`)
      await pause(20)
    }
    short.socket.write('0\r\n\r\n')
    assert.match(await short.answer(/60000$/), /60000$/)
    assert.equal(site.listener.unfinished, 0)
    short.socket.destroy()
    assert.deepEqual((await refusedOf(site)).why, { crumbs: 1 })
  }
})

test('H2: a body whose pieces come with long words of their own is hung up on; with short ones it is served', async (t) => {
  for (const site of await doorsOf(t, { patience: NEVER }, furnish)) {
    const talker = await dial(t, site)
    talker.socket.write(head('/', CHUNKED))
    const piece = Buffer.from(`14;${'x'.repeat(16_000)}\r\n${' '.repeat(20)}\r\n`)
    while (!talker.socket.closed && talker.said() === '') {
      if (!talker.socket.write(piece))
        await Promise.race([once(talker.socket, 'drain'), once(talker.socket, 'close')]).catch(() => undefined)
    }
    await empty(site)
    const { bytesRead } = site.asked.at(-1)!
    assert.ok(bytesRead < 500_000, `${bytesRead} octets were read for a body of 64 KiB`)
    assert.equal(talker.said(), '')

    const terse = await dial(t, site)
    const body = JSON.stringify('x'.repeat(59_998))
    terse.socket.write(head('/', CHUNKED))
    for (let at = 0; at < body.length; at += 1_000)
      terse.socket.write(`${'0'.repeat(61)}3e8;name="value"\r\n${body.slice(at, at + 1_000)}\r\n`)
    terse.socket.write('0\r\n\r\n')
    assert.match(await terse.answer(/60000$/), /60000$/)
    terse.socket.destroy()
    assert.deepEqual((await refusedOf(site)).why, { crumbs: 1 })
  }
})

test('H2: bodies that do not end are kept up to a limit of each network; then those go that wait longest, and others are served', async (t) => {
  if (!(await secondLoopback(t))) return
  const unfinished = { perNetwork: 160_000, perDoor: 1_000_000 }
  for (const site of await doorsOf(t, { unfinished, patience: NEVER }, furnish)) {
    const hold = async (from?: string): Promise<Socket> => {
      const asked = site.asked.length
      const { socket } = await dial(t, site, from)
      socket.write(head('/', 'Content-Length: 60001') + ' '.repeat(60_000))
      while (site.asked.length === asked) await pause(5)
      const end = site.asked.at(-1)!
      while (end.bytesRead < 60_000 && !end.destroyed) await pause(5)
      await pause(20)
      return end
    }
    const other = await hold()
    const held: Socket[] = []
    for (let i = 0; i < 5; i++) held.push(await hold(ATTACKER))
    assert.deepEqual(
      held.map(({ destroyed }) => destroyed),
      [true, true, true, false, false],
    )
    assert.equal(other.destroyed, false)
    assert.ok(site.listener.unfinished >= 180_000 && site.listener.unfinished < 240_000)
    assert.equal(await visit(site), 200)
    const { level, why, worst } = await refusedOf(site)
    assert.deepEqual([level, why, worst], [40, { unfinished: 3 }, [{ network: ATTACKER, count: 3 }]])
  }
})

test('H2: who may not call is told before a body is read, and no more is read of one whose end nobody knows', async (t) => {
  for (const site of await doorsOf(t, { patience: NEVER }, furnish)) {
    const { path } = createOrganisation
    for (const length of ['Content-Length: 100', CHUNKED]) {
      const { socket, answer } = await dial(t, site)
      socket.write(head(path, length))
      const said = await answer(/"code":/)
      assert.match(said, /^HTTP\/1.1 401 [\s\S]*session_ended/)
      assert.equal(/connection: close/i.test(said), length === CHUNKED)
      socket.destroy()
      await empty(site)
    }
    await site.listener.close(0)
  }
})

test('H2: what has no route is refused before its body is read', async (t) => {
  const bare = async (door: Door): Promise<void> => {
    await limitCalls(door, 1_000_000, realWorld)
    refuseUnknownRoutes(door)
  }
  for (const site of await doorsOf(t, { patience: NEVER }, bare)) {
    const { socket, answer } = await dial(t, site)
    socket.write(head('/nowhere', CHUNKED))
    assert.match(await answer(/"code":/), /^HTTP\/1.1 404 [\s\S]*connection: close[\s\S]*route_unknown/i)
    socket.destroy()
    await empty(site)
    await site.listener.close(0)
  }
})

test('H2: a body as long as no call of its route is refused unread; each route has a limit of its own', async (t) => {
  for (const site of await doorsOf(t, { patience: NEVER }, furnish)) {
    for (const [path, least, most] of [
      ['/', 65_536, 65_536],
      [acceptInvitation.path, 65_536, 98_304],
    ] as const) {
      const { socket, answer } = await dial(t, site)
      socket.write(head(path, 'Content-Length: 1048576'))
      const said = await answer(/"limit":\d+/)
      assert.match(said, /^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*body_too_large/i)
      const limit = Number(/"limit":(\d+)/.exec(said)![1])
      assert.ok(least <= limit && limit <= most, `${limit}`)
      socket.destroy()
      await empty(site)
    }
    await site.listener.close(0)
  }
})
