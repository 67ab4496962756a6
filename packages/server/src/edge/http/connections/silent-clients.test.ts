import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { ATTACKER, connected, doorsOf, empty, secondLoopback, stubborn, visit } from '../../../testing/bare-doors.ts'
import { capacityOf } from './room.ts'

const MANY = 1_000

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
      'GET /large HTTP/1.1\r\nHost: x\r\n\r\n',
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

test('H1: who was answered once and sends nothing but line ends is let go, however often they come', {
  timeout: 30_000,
}, async (t) => {
  for (const site of await doorsOf(t)) {
    const raw = stubborn(t, site.listener.port)
    await connected(raw)
    const socket = site.tls ? connectTls({ socket: raw, servername: 'localhost', ca: site.tls.chain }) : raw
    socket.on('error', () => undefined)
    if (site.tls) await once(socket, 'secureConnect')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket.resume(), 'data')
    const ends = setInterval(() => socket.write('\r\n'), 50)
    t.after(() => clearInterval(ends))
    await empty(site)
    clearInterval(ends)
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
