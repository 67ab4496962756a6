import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/**
 * Ports of this machine that nobody listens on now. Held together while they are found, so they differ; and none of those that
 * systems give to callers, who would take one in the moment between this and whoever asked for it. Of test files that run at once each has a
 * range of its own, because a desk is stopped and started again on its ports.
 */
export async function freePorts(count: number): Promise<number[]> {
  const held: { port: number; server: Server }[] = []
  while (held.length < count) {
    const port = randomInt(LEAST + RANGE * LANE, LEAST + RANGE * (LANE + 1))
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (isFree) held.push({ port, server })
  }
  await Promise.all(held.map(({ server }) => once(server.close(), 'close')))
  return held.map(({ port }) => port)
}

const LEAST = 10_240
/** From here on by Linux; others begin higher. */
const GIVEN_TO_CALLERS = 32_768
/** Which of those that run at once: as `npm test` says. */
const LANE = Number(process.env.SCEL_TESTS_LANE ?? 0)
const RANGE = Math.floor((GIVEN_TO_CALLERS - LEAST) / Number(process.env.SCEL_TESTS_LANES ?? 1))
