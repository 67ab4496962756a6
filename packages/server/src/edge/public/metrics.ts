import { refuse } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Door } from '../http/door.ts'

/** What the desk counts about itself, for Prometheus. */
export interface Metrics {
  readonly registry: Registry
  /** Counts the calls of a door. */
  watch(door: Door, name: string): void
  stop(): void
}

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
    registry,
    watch(door, name) {
      door.addHook('onResponse', async (request, reply) => {
        // The route's pattern, not the address: a label per request number would fill the memory.
        const route = request.routeOptions.url ?? 'none'
        const labels = { door: name, method: request.method, route, status: String(reply.statusCode) }
        calls.observe(labels, reply.elapsedTime / 1_000)
      })
    },
    stop: () => registry.clear(),
  }
}

/** `/metrics`, for this machine only: what stands there tells how busy whom is. To others it does not exist. */
export function addMetrics(door: Door, { registry }: Metrics): void {
  door.get('/metrics', async (request, reply) => {
    if (!fromThisMachine(request)) refuse('route_unknown', { method: request.method, path: '/metrics' })
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

// A relay on this machine also comes from loopback; it says for whom.
const fromThisMachine = ({ ip, headers }: FastifyRequest): boolean =>
  LOOPBACK.test(ip) && !headers.forwarded && !headers['x-forwarded-for'] && !headers.via
