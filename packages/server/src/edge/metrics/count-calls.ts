import type { Door } from '../http/door/door.ts'

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
