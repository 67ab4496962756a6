import { Worker } from 'node:worker_threads'
import { refuse } from '@scel/contract/errors'
import { sign } from '@scel/pki/crypto'
import { type Logger, symbols } from 'pino'
import type { ForgedRows } from '../core/audit/forged-rows.ts'
import type { Core } from '../core/core.ts'
import { createSignerPool } from '../core/issuance/signer-pool.ts'
import { isPublicKey } from '../core/public-core.ts'
import type { Keys, LentKey } from '../custody/index.ts'
import type { Metrics } from '../edge/metrics/metrics.ts'
import type { Readiness } from '../edge/public/health.ts'
import { NotAnswered, openLine } from './line.ts'
import { makeLineCount } from './log-lines.ts'
import type { DeskQuestions, DoorQuestions, Order } from './order.ts'
import { beat, makePulse, type Watch, watchPulse } from './pulse.ts'

/** The public door, which listens in a thread of its own. */
export interface PublicDoor {
  /** Lends the thread what keys were made since. */
  lendNew(): Promise<void>
  /**
   * Takes nothing new, lets calls under way finish for `grace` milliseconds, then cuts. A thread that does not end soon after is
   * told of in the log and no longer waited for: it holds the process, which has to end without it.
   */
  close(grace: number): Promise<void>
}

/** What the thread stands on, and whom it asks. */
export interface PublicDoorNeeds
  extends Pick<
    Order,
    'database' | 'port' | 'hosts' | 'capacity' | 'requestsPerMinute' | 'shift' | 'older' | 'lastNumber' | 'wrongClock'
  > {
  readonly core: Pick<Core, 'timeStamps'>
  readonly keys: Pick<Keys, 'signers' | 'rowCodeKey'>
  readonly forged: Pick<ForgedRows, 'found'>
  readonly ready: Readiness
  readonly metrics: Pick<Metrics, 'count'>
  readonly log: Logger
  /** When a thread counts as one that stands still. @default twenty seconds */
  readonly watch?: Watch
  /** What runs in the thread. @default the door itself */
  readonly program?: URL
  /** Milliseconds that the thread has for its start. @default a minute */
  readonly patience?: number
}

/**
 * Opens the public door. When its thread ends or stands still, another takes its place.
 *
 * @throws Error of the system when the port cannot be had; DeskError storage_*, authority_unavailable, public_door_shut
 */
export async function openPublicDoor(needs: PublicDoorNeeds): Promise<PublicDoor> {
  const { log } = needs
  const { signers } = needs.keys
  const desk = makePulse()
  const pulse = beat(desk)
  const lent = new Set<string>()
  let current: DoorThread | undefined
  let starting = Promise.resolve()
  let pause = SHORTEST_PAUSE
  let closed = false
  let again: NodeJS.Timeout | undefined

  const unlent = async (): Promise<LentKey[]> => {
    const wanted = (await signers.list()).filter((keyId) => isPublicKey(keyId) && !lent.has(keyId))
    return Promise.all(wanted.map((keyId) => signers.lend(keyId)))
  }
  const start = async (): Promise<void> => {
    lent.clear()
    const keys = await unlent()
    for (const { keyId } of keys) lent.add(keyId)
    current = await startThread({ ...needs, desk, lent: keys }, ended)
  }
  const ended = (reason: Error): void => {
    current = undefined
    clearTimeout(again)
    if (closed) return
    log.error({ door: 'public', err: reason, pause }, 'the public door fell shut; it is opened again after a pause')
    again = setTimeout(() => {
      starting = start().then(settled, ended)
    }, pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }
  const settled = (): void => {
    log.warn({ door: 'public' }, 'the public door is open again')
    again = setTimeout(() => {
      pause = SHORTEST_PAUSE
    }, LONGEST_PAUSE)
    again.unref()
  }

  try {
    await start()
  } catch (error) {
    pulse.stop()
    throw error
  }
  return {
    lendNew: async () => {
      const keys = await unlent()
      if (keys.length === 0 || !current) return
      await current.lend(keys)
      for (const { keyId } of keys) lent.add(keyId)
    },
    close: async (grace) => {
      closed = true
      clearTimeout(again)
      const shut = starting.then(() => current?.close(grace))
      if (!(await within(grace + CLOSE_LIMIT + LET_GO, shut)))
        log.error({ door: 'public' }, 'the public door’s thread does not end; the stop goes on without it')
      pulse.stop()
    },
  }
}

/** One thread, from its start to its end. */
interface DoorThread {
  lend(keys: readonly LentKey[]): Promise<void>
  close(grace: number): Promise<void>
}

type ThreadNeeds = PublicDoorNeeds & Pick<Order, 'desk'> & { readonly lent: readonly LentKey[] }

/** @param ended told when a thread that had opened the door ends, unless it was closed */
async function startThread(needs: ThreadNeeds, ended: (reason: Error) => void): Promise<DoorThread> {
  const { database, port, hosts, capacity, requestsPerMinute, shift, desk, lent, log } = needs
  const { older, lastNumber, wrongClock } = needs
  const [door, taken] = [makePulse(), makeLineCount()]
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY }
  const worker = new Worker(needs.program ?? PROGRAM, { name: 'public door', resourceLimits })
  const line = openLine<DoorQuestions>(worker, answersOf(needs, taken), memoryOf)
  const gone = Promise.withResolvers<never>()
  gone.promise.catch(() => undefined) // whoever is interested has another branch of it
  worker.once('error', gone.reject)
  // Only an ended thread has let go of its port: until then no other could open the door.
  worker.once('exit', (code) => gone.reject(new ThreadEnded(code)))
  gone.promise.catch((reason: Error) => line.cut(reason))

  const order: Order = {
    ...{ database, port, hosts, capacity, requestsPerMinute, logLevel: log.level, shift, desk, door, taken },
    ...{ rowCodeKey: needs.keys.rowCodeKey, keys: lent, older, lastNumber, wrongClock },
  }
  try {
    await line.ask('open', order, needs.patience ?? START_LIMIT, lent.flatMap(memoryOf))
  } catch (error) {
    await worker.terminate()
    if (error instanceof NotAnswered) refuse('public_door_shut', { why: 'silent' }, error)
    if (error instanceof ThreadEnded) refuse('public_door_shut', { why: 'ended' }, error)
    throw error
  }
  const watch = watchPulse(door, needs.watch ?? WATCH, () => {
    log.error({ door: 'public' }, 'the public door’s thread stands still; it is ended')
    void worker.terminate()
  })
  let closing = false
  gone.promise.catch((reason: Error) => {
    watch.stop()
    if (!closing) ended(reason)
  })
  return {
    lend: (more) => line.ask('lend', more, LEND_LIMIT, more.flatMap(memoryOf)),
    close: async (grace) => {
      closing = true
      watch.stop()
      try {
        await line.ask('close', grace, grace + CLOSE_LIMIT)
      } catch (error) {
        log.warn({ door: 'public', err: error }, 'the public door was cut off')
      } finally {
        await worker.terminate()
      }
    },
  }
}

/** @returns whether it was done in so many milliseconds. @throws whatever `act` throws until then */
async function within(limit: number, act: Promise<unknown>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined
  const timer = new Promise<false>((done) => {
    late = setTimeout(done, limit, false)
  })
  try {
    return await Promise.race([act.then(() => true), timer])
  } finally {
    clearTimeout(late)
  }
}

class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded'

  constructor(code: number) {
    super(`the thread ended with ${code}`)
  }
}

const answersOf = (
  { core, keys: { signers }, forged, ready, metrics, log }: ThreadNeeds,
  taken: Int32Array,
): DeskQuestions => {
  // The lines come written: they go where the log goes, past what would write them again.
  const pool = createSignerPool(signers)
  const written = (log as unknown as Readonly<Record<symbol, { write(text: string): void }>>)[symbols.streamSym]!
  return {
    key: async (keyId) => (isPublicKey(keyId) && (await signers.has(keyId)) ? signers.lend(keyId) : undefined),
    sign: async ({ keyId, data }) => {
      if (!isPublicKey(keyId)) refuse('authority_unavailable', { purpose: keyId })
      return sign((await pool.kept(keyId)).key, data)
    },
    serials: (count) => core.timeStamps.takeSerials(count),
    ready: () => ready(),
    calls: (fresh) => {
      for (const call of fresh) metrics.count(call)
    },
    forged: (row) => forged.found(row),
    log: (text) => {
      Atomics.add(taken, 0, 1)
      written.write(text)
    },
  }
}

/** Of a key that is lent: its bytes go over, and nothing of them stays here. */
const memoryOf = (answer: unknown): ArrayBuffer[] =>
  typeof answer === 'object' && answer !== null && 'pkcs8' in answer ? [(answer as Memory).pkcs8.buffer] : []

interface Memory {
  readonly pkcs8: Uint8Array<ArrayBuffer>
}

const PROGRAM = new URL('./public-door.thread.ts', import.meta.url)

// In milliseconds.
const SHORTEST_PAUSE = 500
const LONGEST_PAUSE = 30_000
const START_LIMIT = 60_000
const LEND_LIMIT = 3_000
/** Beyond its grace, to close, and after that to end: the rest of the stop has its time after both. */
const CLOSE_LIMIT = 2_000
const LET_GO = 500
/** What the thread's JavaScript may take, in MiB: beyond it the thread ends and is replaced, instead of the whole desk. */
const MOST_MEMORY = 1_024
/** A thread that stands still for so long is replaced. */
const WATCH = { every: 1_000, looks: 20 }
