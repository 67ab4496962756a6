import { parentPort } from 'node:worker_threads'
import { DeskError, refuse } from '@scel/contract/errors'
import { type Logger, pino } from 'pino'
import { buildPublicCore } from '../core/public-core.ts'
import { worldShiftedBy } from '../core/world.ts'
import { type LentSigners, lentSigners, rowCodesUnder } from '../custody/index.ts'
import { listen } from '../edge/http/connections/listener.ts'
import { type CountedCall, countCalls } from '../edge/metrics/count-calls.ts'
import type { Lacking, Readiness } from '../edge/public/health.ts'
import { makePublicDoor } from '../edge/public/public-door.ts'
import { bothReady, makeReadiness, tellConnections } from '../jobs/index.ts'
import { ahead, openReading } from '../store/index.ts'
import { type Doubt, doubtOf } from './doubt.ts'
import { type Line, NotAnswered, openLine } from './line.ts'
import { handOver } from './log-lines.ts'
import type { DeskQuestions, DoorQuestions, Order } from './order.ts'
import { beat, StandsStill, whileBeating } from './pulse.ts'

// The thread of the public door. It reads the database on a way of its own and signs with keys that were lent to it, so
// that strangers are answered whatever the desk's own thread does. What has to be written down, that thread writes.

const line: Line<DeskQuestions> = openLine<DeskQuestions>(parentPort!, {
  open: async (order: Order) => {
    opened = await open(order)
  },
  lend: async (keys) => opened?.signers.take(keys),
  close: async (grace) => opened?.close(grace),
} satisfies DoorQuestions)

let opened: Opened | undefined

interface Opened {
  readonly signers: LentSigners
  close(grace: number): Promise<void>
}

async function open(order: Order): Promise<Opened> {
  const log = logOf(order)
  const codes = rowCodesUnder(order.rowCodeKey)
  const work = await openReading(order.database, codes, (row) => line.tell('forged', row), tellConnections(log))
  const doubt = doubtOf({ work, older: order.older, lastNumber: order.lastNumber, log })
  const signers = lentSigners({
    key: (keyId) => line.ask('key', keyId, PATIENCE),
    sign: ({ keyId, token }, data) => line.ask('sign', { keyId, data }, SIGNED).catch(slow(token)),
  })
  await signers.take(order.keys)
  const world = worldShiftedBy(order.shift)
  const isWrong = (): boolean => Atomics.load(order.wrongClock, 0) === 1
  const core = buildPublicCore({ work, world, signers, takeSerials, isWrong, ...doubt })
  await core.warmUp()
  const calls = countedCalls()
  // This thread's own way to the database may stand still while the desk's, or its last answer, is good.
  const ownRead = makeReadiness(
    [
      { part: 'database', look: () => work.read(({ settings }) => settings.get('ready')) },
      { part: 'restored', look: async () => requireNewest(doubt) },
    ],
    { holds: 0 },
  )
  const desk = (): Promise<Lacking | undefined> =>
    whileBeating(order.desk, STILL, () => line.ask('ready', undefined, READY)).catch(inWords)
  const ready = together(bothReady(desk, () => ahead(ownRead)))
  const door = await makePublicDoor({
    ...{ core, world, ready, log, requestsPerMinute: order.requestsPerMinute },
    watch: (watched, name) => countCalls(watched, name, calls.count),
  })
  const { port, hosts, capacity } = order
  const listener = await listen({ routing: door.routing, log: door.log, port, hosts, capacity })
  const pulse = beat(order.door)
  return {
    signers,
    close: async (grace) => {
      await listener.close(grace)
      await door.close()
      calls.stop()
      pulse.stop()
      core.close()
      await work.close()
    },
  }
}

function requireNewest({ isOlder }: Doubt): void {
  if (isOlder()) throw new Error('the database is an older copy, or connections of the public door lead to one')
}

const takeSerials = (): ReturnType<DeskQuestions['serials']> =>
  line.ask('serials', RESERVE, PATIENCE).catch((error: unknown) => {
    throw error instanceof NotAnswered ? new DeskError('storage_unavailable', {}, error) : error
  })

/** The desk's thread, or the token behind it, is slower than anybody waits for. */
const slow =
  (token: string) =>
  (error: unknown): never => {
    throw error instanceof NotAnswered ? new DeskError('token_unavailable', { token, why: 'slow' }, error) : error
  }

const inWords = (error: unknown): never => {
  if (error instanceof NotAnswered || error instanceof StandsStill)
    refuse('not_ready', { part: 'thread', look: 'failed' }, error)
  throw error
}

function logOf({ logLevel, taken }: Order): Logger {
  const lost = (count: number): string =>
    `${JSON.stringify({ level: 40, time: Date.now(), door: 'public', lines: count, msg: 'lines of the log were lost' })}\n`
  return pino(
    { level: logLevel },
    handOver((text) => line.tell('log', text), taken, lost),
  )
}

interface Calls {
  readonly count: (call: CountedCall) => void
  stop(): void
}

/** The desk counts; it is told every second. */
function countedCalls(): Calls {
  let fresh: CountedCall[] = []
  const tell = (): void => {
    if (fresh.length > 0) line.tell('calls', fresh)
    fresh = []
  }
  const timer = setInterval(tell, 1_000)
  timer.unref()
  return {
    count: (call) => void fresh.push(call),
    stop: () => {
      clearInterval(timer)
      tell()
    },
  }
}

/** Whoever asks while an answer is under way shares it: nobody makes more work by asking more often. */
function together(act: Readiness): Readiness {
  let underWay: Promise<Lacking | undefined> | undefined
  return () => {
    underWay ??= act().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

/** Serial numbers asked for at once: enough for stamps while the desk's thread is busy for a long time. */
const RESERVE = 10_000
/** How long the desk's thread may be silent, and how long it may take for an answer, in milliseconds. */
const STILL = 2_000
const PATIENCE = 4_000
/** The same for a signature of a token, which has its own time for it. */
const SIGNED = 6_000
/** The same for readiness: within three seconds, which it promises, with what the desk itself takes at most before that. */
const READY = 2_800
