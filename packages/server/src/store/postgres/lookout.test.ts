import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import pg from 'pg'
import { Lookout } from './lookout.ts'

// What a server says is told here, and what goes by; how real ones behave is in `frozen.test.ts`.

const SILENCE = 300

type Asked = 'own number' | 'state' | 'end'

/** A connection on which something was asked, and a server that says what the test tells it to about it. */
function watched(
  t: TestContext,
  state: string,
  { pid = 7, at }: { pid?: number; at?: (asked: Asked) => unknown } = {},
) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const asked: Asked[] = []
  t.mock.method(pg.Client.prototype, 'connect', async function (this: { processID: number }) {
    this.processID = 7
  })
  t.mock.method(pg.Client.prototype, 'query', async (query: string | { text: string }) => {
    const text = typeof query === 'string' ? query : query.text
    const what = /pg_backend_pid/.test(text) ? 'own number' : /pg_terminate_backend/.test(text) ? 'end' : 'state'
    asked.push(what)
    at?.(what)
    return { rows: [what === 'own number' ? { pid } : [state]] }
  })
  const stream = {
    bytesRead: 0,
    destroyed: false,
    destroy: () => {
      stream.destroyed = true
    },
  }
  const lookout = new Lookout({ options: { connectionString: 'postgres://localhost/desk' } } as pg.Pool, SILENCE)
  const { promise, resolve } = Promise.withResolvers<void>()
  const answer = lookout.over({ processID: 3, connection: { stream } } as never)(promise)
  /** A third of the silence goes by, in which so many octets come. */
  const third = async (octets = 0): Promise<void> => {
    stream.bytesRead += octets
    t.mock.timers.tick(SILENCE / 3)
    await lookout.close()
    await turn()
  }
  const end = async (): Promise<void> => {
    resolve()
    await answer
  }
  return { asked, stream, third, end, resolve }
}

test('the server is asked after three thirds without an octet, and not before', async (t) => {
  const { asked, third, end } = watched(t, 'else')
  for (const octets of [0, 0, 1, 0, 0, 1, 1, 0, 0]) await third(octets)
  assert.deepEqual(asked, [])
  await third()
  assert.deepEqual(asked, ['own number', 'state'])
  await end()
})

test('a connection that waits for us in vain is given up, and its transaction ended; one that is gone is given up', async (t) => {
  for (const [state, said] of [
    ['stuck', ['own number', 'state', 'end']],
    ['gone', ['own number', 'state']],
  ] as const) {
    const { asked, stream, third, end } = watched(t, state)
    for (let at = 0; at < 3; at++) await third()
    assert.deepEqual([stream.destroyed, asked], [true, said])
    await end()
    t.mock.reset()
  }
})

test('a server that is at work is waited for, and asked again after as long', async (t) => {
  const { asked, stream, third, end } = watched(t, 'else')
  for (let at = 0; at < 5; at++) await third()
  assert.equal(asked.length, 2)
  await third()
  assert.deepEqual([stream.destroyed, asked.length], [false, 4])
  await end()
})

test('numbers of a go-between say nothing: its connections are left as they are', async (t) => {
  const { asked, stream, third, end } = watched(t, 'gone', { pid: 8 })
  for (let at = 0; at < 3; at++) await third()
  assert.deepEqual([stream.destroyed, asked], [false, ['own number']])
  await end()
})

test('a connection that speaks while the server is asked about it is left as it is, and its transaction too', async (t) => {
  const { asked, stream, third, end } = watched(t, 'stuck', { at: () => void stream.bytesRead++ })
  for (let at = 0; at < 3; at++) await third()
  assert.deepEqual([stream.destroyed, asked], [false, ['own number', 'state']])
  await end()
})

test('one that has answered when the server says something is left as it is, and nobody asks any more', async (t) => {
  for (const when of ['state', 'end'] as const) {
    const { asked, stream, third, resolve } = watched(t, 'stuck', { at: (what) => what === when && resolve() })
    for (let at = 0; at < 3; at++) await third()
    assert.equal(stream.destroyed, false, when)
    const before = asked.length
    for (let at = 0; at < 4; at++) await third()
    assert.deepEqual([asked.length, asked.includes('end')], [before, when === 'end'])
    t.mock.reset()
  }
})
