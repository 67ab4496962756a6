import { pbkdf2Sync } from 'node:crypto'
import { createServer } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { type Line, openLine } from '../src/threads/line.ts'
import type { DeskQuestions, Order } from '../src/threads/order.ts'
import { beat } from '../src/threads/pulse.ts'

// For public-door.test.ts: holds the port, and stands still where no order to end reaches it when it is lent a key.

const line: Line<DeskQuestions> = openLine<DeskQuestions>(parentPort!, {
  open: async ({ port, door }: Order) => {
    const server = createServer()
    await new Promise<void>((opened, failed) => server.once('error', failed).listen(port, '127.0.0.1', opened))
    beat(door)
    line.tell('log', 'opened\n')
  },
  lend: () => {
    setImmediate(() => pbkdf2Sync('', '', ROUNDS, 32, 'sha256'))
  },
  close: () => process.exit(),
})

/** Some seconds of work that is not JavaScript. */
const ROUNDS = 12_000_000
