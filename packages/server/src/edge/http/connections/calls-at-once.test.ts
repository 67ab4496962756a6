import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { call } from '../../../testing/call.ts'
import { makeDoor } from '../door/door.ts'
import { AT_ONCE } from './calls-under-way.ts'
import { listen } from './listener.ts'

test('H1: who writes hundreds of calls and reads no answer is hung up on after a handful; others are answered', async (t) => {
  const log: string[] = []
  const door = makeDoor('test', pino({ level: 'warn' }, { write: (line: string) => void log.push(line) }))
  let begun = 0
  door.get('/', async () => {
    begun++
    return 'x'.repeat(200_000)
  })
  await door.ready()
  const listener = await listen({ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'] })
  t.after(() => listener.close(0))
  const greedy = connect(listener.port, '127.0.0.1')
  greedy.on('error', () => undefined)
  greedy.pause()
  greedy.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(300))
  greedy.resume()
  await once(greedy, 'close')
  assert.ok(begun <= 1, `${begun} calls were begun`)
  assert.equal((await call(`http://127.0.0.1:${listener.port}/`)).status, 200)
  await listener.close(0)
  assert.match(log.join(''), /"why":\{"greedy":1\}/)
})

test('calls one after the other on one connection are as many as anybody likes', async (t) => {
  const door = makeDoor('test', pino({ level: 'silent' }))
  door.get('/', async () => 'done')
  await door.ready()
  const listener = await listen({ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'] })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.after(async () => {
    agent.destroy()
    await listener.close(0)
  })
  for (let i = 0; i < 10 * AT_ONCE; i++) {
    assert.equal((await call(`http://127.0.0.1:${listener.port}/`, { agent })).status, 200)
  }
})

test('calls that were written at once are begun one after the other, and answered in that order', async (t) => {
  const door = makeDoor('test', pino({ level: 'silent' }))
  let underWay = 0
  let most = 0
  door.post<{ Params: { name: string } }>('/:name', async ({ params, body }) => {
    most = Math.max(most, ++underWay)
    await pause(10)
    underWay--
    return `${params.name} ${JSON.stringify(body)};`
  })
  await door.ready()
  const listener = await listen({ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'] })
  t.after(() => listener.close(0))
  const socket = connect(listener.port, '127.0.0.1')
  let read = ''
  socket.setEncoding('utf8').on('data', (text: string) => (read += text))
  const names = ['a', 'b', 'c', 'd']
  const head = (name: string): string => `POST /${name} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
  for (const name of names) socket.write(`${head(name)}Content-Length: 3\r\n\r\n"${name}"`)
  while (!read.includes('d "d";')) await once(socket, 'data')
  assert.deepEqual(read.match(/\w "\w";/g), ['a "a";', 'b "b";', 'c "c";', 'd "d";'])
  assert.equal(most, 1)
  socket.destroy()
})
