import { parentPort } from 'node:worker_threads'
import { type Line, openLine } from '../src/threads/line.ts'
import type { DeskQuestions } from '../src/threads/order.ts'

// For public-door.test.ts: opens no door, falls dead when it is lent a key, and does not hear that it should close.

const line: Line<DeskQuestions> = openLine<DeskQuestions>(parentPort!, {
  open: async () => line.tell('log', 'opened\n'),
  lend: () => {
    setImmediate(() => {
      throw new Error('the thread falls dead')
    })
  },
  close: () => new Promise(() => {}),
})
