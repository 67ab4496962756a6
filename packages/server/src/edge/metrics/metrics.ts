import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { CountedCall } from './count-calls.ts'

/** What the desk counts about itself, for Prometheus. */
export interface Metrics {
  count(call: CountedCall): void
  /** All that was counted, as Prometheus reads it. */
  page(): Promise<{ readonly type: string; readonly text: string }>
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
    count: ({ seconds, ...labels }) => calls.observe(labels, seconds),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    stop: () => registry.clear(),
  }
}
