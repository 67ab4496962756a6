import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { type Answer, call } from '../../../testing/call.ts'
import { makeDoor } from '../door/door.ts'
import { type Listener, listen } from './listener.ts'

// A grace that no test waits for: if a stop needed it, the test command would find that it hangs.
const GRACE = 3_600_000

async function open(answer: () => Promise<string>): Promise<Listener> {
  const door = makeDoor('test', pino({ level: 'silent' }))
  door.get('/', answer)
  await door.ready()
  return listen({ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'] })
}

test('F4: a stop under the load of eight callers who keep their connections ends when the calls under way have ended', async () => {
  let begun = 0
  const listener = await open(async () => {
    begun++
    await pause(20)
    return 'done'
  })
  const [whole, refused, gone]: [Answer[], Answer[], Error[]] = [[], [], []]
  let stopped = false
  const caller = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    while (!stopped) {
      await call(`http://127.0.0.1:${listener.port}/`, { agent }).then(
        (answer) => void (answer.status === 200 ? whole : refused).push(answer),
        (error: Error) => void gone.push(error),
      )
    }
    agent.destroy()
  }
  const callers = Array.from({ length: 8 }, caller)
  while (whole.length < 40) await pause(5)
  const before = begun
  await listener.close(GRACE)
  stopped = true
  await Promise.all(callers)
  assert.ok(begun - before <= 8, `${begun - before} calls were taken after the stop began`)
  assert.equal(whole.length, begun, 'a call that was taken is answered whole')
  for (const { status, json, headers } of refused) {
    assert.equal(status, 503)
    assert.equal(json.code, 'desk_stopping')
    assert.equal(headers.connection, 'close')
  }
  // Whoever comes now finds nobody, as after any stop.
  for (const error of gone) assert.match(String((error as NodeJS.ErrnoException).code), /^ECONNRE/)
})

test('F4: the last answer says that it is the last', async () => {
  const free = Promise.withResolvers<void>()
  const listener = await open(async () => {
    await free.promise
    return 'done'
  })
  const socket = connect(listener.port, '127.0.0.1')
  let read = ''
  socket.setEncoding('utf8').on('data', (text: string) => (read += text))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const one = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
  socket.write(one)
  await pause(100)
  const stop = listener.close(GRACE)
  free.resolve()
  await Promise.all([stop, closed])
  assert.match(read, /^HTTP\/1.1 200 .*connection: close.*done$/is)
})

test('F4: a second connection that was open and idle is closed at once', async () => {
  const listener = await open(async () => 'done')
  const agent = new Agent({ keepAlive: true })
  await call(`http://127.0.0.1:${listener.port}/`, { agent })
  await listener.close(GRACE)
  await assert.rejects(call(`http://127.0.0.1:${listener.port}/`, { agent }))
  agent.destroy()
})
