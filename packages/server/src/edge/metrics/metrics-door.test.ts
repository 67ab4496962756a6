import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { realWorld } from '../../core/world.ts'
import { call } from '../../testing/call.ts'
import { freePorts } from '../../testing/free-ports.ts'
import { makeMetrics } from './metrics.ts'
import { openMetricsDoor } from './metrics-door.ts'

test('what the desk counts is shown to this machine, by its own names alone', async (t) => {
  const metrics = makeMetrics()
  metrics.count({ door: 'public', method: 'GET', route: '/health/live', status: '200', seconds: 0.01 })
  const [port] = await freePorts(1)
  const door = await openMetricsDoor(metrics, port!, pino({ level: 'silent' }), realWorld)
  t.after(async () => {
    await door.close(0)
    metrics.stop()
  })
  const address = `http://127.0.0.1:${port}/metrics`
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    const { status, text } = await call(address, { headers: { host } })
    assert.equal(status, 200, host)
    assert.match(text, /scel_calls_seconds_count\{[^}]*route="\/health\/live"/)
  }
  // DNS rebinding: a page of evil.example in a browser here, whose name leads to this machine since a moment ago.
  for (const host of ['evil.example', `localhost.evil.example:${port}`, '127.0.0.1.evil.example', '[::1].evil']) {
    const { status, text } = await call(address, { headers: { host } })
    assert.ok(status === 404 || status === 400, host)
    assert.doesNotMatch(text, /scel_calls/)
  }
})
