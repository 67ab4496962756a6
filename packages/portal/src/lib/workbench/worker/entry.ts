// The worker of the page: does one thing after the other as it is ordered, and says how far it is. It makes no call but
// the one for a time stamp.

import { failedOf } from '../failure.ts'
import type { Order, Report, Work, WorkName } from '../protocol.ts'
import { cardsIn, receiversIn } from './cards.ts'
import { forget, unlock } from './keyring.ts'
import { eraseOwn } from './own-folder.ts'
import { describe, open, seal } from './sealing.ts'
import { sign } from './signing.ts'
import type { OnProgress } from './source.ts'
import { unwrap } from './unwrap.ts'
import { verify, verifyStamp } from './verifying.ts'

type Doing = {
  readonly [K in WorkName]: (
    asked: Work[K]['asked'],
    onProgress: OnProgress,
    signal: AbortSignal,
  ) => Promise<Work[K]['answer']>
}

const DOING: Doing = {
  unlock: async ({ file, passphrase }, _, signal) =>
    unlock(new Uint8Array(await file.arrayBuffer()), passphrase, signal),
  forget: async () => void forget(),
  unwrap,
  card: ({ file }) => cardsIn(file),
  receivers: ({ file }) => receiversIn(file),
  describe,
  seal,
  open,
  sign,
  verify,
  verifyStamp,
}

const running = new Map<number, AbortController>()
const tell = (report: Report) => postMessage(report)

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.do === 'leave') leave()
  else if (data.do === 'abort') running.get(data.id)?.abort()
  else void work(data.id, data.do, data.asked)
})

async function work<K extends WorkName>(id: number, name: K, asked: Work[K]['asked']): Promise<void> {
  const abort = new AbortController()
  running.set(id, abort)
  let done = 0
  let toldAt = 0
  const count: OnProgress = (octets) => {
    done += octets
    const now = performance.now()
    if (now - toldAt < BETWEEN) return
    toldAt = now
    tell({ id, is: 'progress', done })
  }
  try {
    tell({ id, is: 'answer', answer: await DOING[name](asked, count, abort.signal) })
  } catch (error) {
    tell({ id, is: 'failed', failed: failedOf(error) })
  } finally {
    running.delete(id)
  }
}

function leave(): void {
  forget()
  for (const abort of running.values()) abort.abort()
  setTimeout(() => void eraseOwn().finally(() => close()), TO_SAVE)
}

// Often enough to look alive.
const BETWEEN = 100
// A download that was begun reads the file while it runs.
const TO_SAVE = 60_000
