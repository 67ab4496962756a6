import { refuse } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Door } from '../http/door.ts'

/** A call that was answered, as it is counted. */
export interface CountedCall {
  readonly door: string
  readonly method: string
  /** The route's pattern, not the address: a label per request number would fill the memory. */
  readonly route: string
  readonly status: string
  readonly seconds: number
}

/** Tells `count` of every call of a door. */
export function countCalls(door: Door, name: string, count: (call: CountedCall) => void): void {
  door.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const status = String(reply.statusCode)
    count({ door: name, method: request.method, route, status, seconds: reply.elapsedTime / 1_000 })
  })
}

/** What the desk counts about itself, for Prometheus. */
export interface Metrics {
  count(call: CountedCall): void
  page: MetricsPage
  stop(): void
}

/** All that was counted, as Prometheus reads it. */
export type MetricsPage = () => Promise<{ readonly type: string; readonly text: string }>

export function makeMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const calls = new Histogram({
    name: 'scel_calls_seconds',
    help: 'Calls answered, by door, route and status',
    labelNames: ['door', 'method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    count: ({ seconds, ...labels }) => calls.observe(labels, seconds),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    stop: () => registry.clear(),
  }
}

/** `/metrics`, for this machine only: what stands there tells how busy whom is. To others it does not exist. */
export function addMetrics(door: Door, page: MetricsPage): void {
  door.get('/metrics', async (request, reply) => {
    if (!fromThisMachine(request)) refuse('route_unknown', { method: request.method, path: '/metrics' })
    const { type, text } = await page()
    return reply.type(type).send(text)
  })
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

// A relay on this machine also comes from loopback; it says for whom.
const fromThisMachine = ({ ip, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(ip) && !headers.forwarded && !headers['x-forwarded-for'] && !headers.via
