import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Report } from '../report.ts'
import type { Work } from '../work.ts'
import { type Instant, MINUTE, nowOf, type World } from '../world.ts'
import { type Answer, type Delivery, LONGEST_PAUSE, MOST_ATTEMPTS, pauseAfter } from './delivery.ts'
import { eventOf } from './message.ts'
import { NotTaken } from './not-taken.ts'

export interface Message {
  readonly id: string
  readonly body: string
  /** Of this attempt. */
  readonly at: Instant
}

/** Who takes deliveries, outside. */
export interface Carrier {
  /** For people. */
  readonly name: string
  /**
   * Taken when it returns.
   * @param ending once it is aborted, nobody waits for an answer any more
   * @returns the status of the receipt
   * @throws NotTaken
   */
  send(message: Message, ending: AbortSignal): Promise<number>
}

/** Brings what was left to be told to whom it is for: at least once, and tried again after pauses that grow, for three days. */
export interface Deliveries {
  /** Sends what is due. Never throws: what fails is told. Calls during one make it look again. */
  deliver(): Promise<void>
  /**
   * Begins no other, and waits for the one under way.
   * @param ending once it is aborted, that one is, too; it is sent again by the next start, or another desk
   */
  stop(ending?: AbortSignal): Promise<void>
}

interface Needs {
  readonly work: Work
  readonly world: World
  /** None where nobody is to be told. */
  readonly carrier: Carrier | undefined
  readonly report: Report
}

export function createDeliveries({ work, world, carrier, report }: Needs): Deliveries {
  let under: Promise<void> | undefined
  let again = false
  let isFailing = false
  let isRefusing = false
  let isStopped = false
  const cut = new AbortController()

  const giveUp = (delivery: Delivery, answer: Answer): Promise<void> =>
    work.transaction(async (stores) => {
      const { id, environment, organisation } = delivery
      const { about } = eventOf(delivery)
      await stores.deliveries.giveUp(id, answer)
      await record(stores, DELIVERER, {
        ...{ environment, ...(organisation !== undefined && { organisation }), at: nowOf(world) },
        ...{ action: 'desk.delivery_given_up', target: { kind: about.kind, id: about.id } },
      })
    })

  const failed = async (to: Carrier, delivery: Delivery, reason: unknown): Promise<Outcome> => {
    const { id, attempts } = delivery
    const answer = answerOf(reason, nowOf(world))
    const isRefused = answer.kind === 'refused'
    if (attempts >= MOST_ATTEMPTS) {
      await giveUp(delivery, answer)
      report(`${to.name} was not told of ${id}, which is given up`, reason)
      return isRefused ? 'refused' : 'failed'
    }
    await work.transaction(({ deliveries }) => deliveries.postpone(id, pauseAfter(attempts), answer))
    if (cut.signal.aborted) return 'failed'
    if (isRefused) {
      if (!isRefusing) report(`${to.name} refuses ${id}, or more that it is told`, reason)
      isRefusing = true
      return 'refused'
    }
    if (!isFailing) report(`${to.name} does not take what it is told`, reason)
    isFailing = true
    return 'failed'
  }

  /** @returns undefined where nothing is due */
  const sendNext = async (to: Carrier): Promise<Outcome | undefined> => {
    const delivery = await work.transaction(({ deliveries }) => deliveries.claim(LEASE, LONGEST_PAUSE))
    if (!delivery) return undefined
    const { id, body } = delivery
    let status: number
    try {
      status = await to.send({ id, body, at: nowOf(world) }, cut.signal)
    } catch (error) {
      return failed(to, delivery, error)
    }
    const answer: Answer = { kind: 'taken', status, at: nowOf(world) }
    await work.transaction(({ deliveries }) => deliveries.done(id, answer))
    if (isFailing) report(`${to.name} takes what it is told again`, id)
    isFailing = false
    return 'taken'
  }

  const sendAll = async (to: Carrier): Promise<void> => {
    do {
      again = false
      let [taken, refused] = [0, 0]
      for (let failures = 0; failures < FAILURES && refused < REFUSALS && !isStopped; ) {
        const sent = await sendNext(to)
        if (sent === undefined) break
        failures = sent === 'failed' ? failures + 1 : 0
        if (sent === 'refused') refused++
        if (sent === 'taken') taken++
      }
      if (refused === 0 && taken > 0) isRefusing = false
    } while (again && !isStopped)
  }

  return {
    deliver: async () => {
      if (!carrier || isStopped) return
      again = true
      under ??= sendAll(carrier)
        .catch((error: unknown) => report('what others are told was not delivered', error))
        .finally(() => {
          under = undefined
        })
      return under
    },
    stop: async (ending) => {
      isStopped = true
      ending?.addEventListener('abort', () => cut.abort())
      await under
    },
  }
}

const answerOf = (reason: unknown, at: Instant): Answer =>
  reason instanceof NotTaken
    ? { kind: reason.kind, at, ...(reason.status !== undefined && { status: reason.status }) }
    : { kind: 'unreachable', at }

const DELIVERER: DeskActor = { kind: 'desk', name: 'deliveries' }
/** Milliseconds; longer than any attempt takes. A desk that is killed in one leaves it to another. */
const LEASE: number = 2 * MINUTE
/** In a row: who is not there, or does not answer, is left alone until the next round. */
const FAILURES = 5
/** In one round: an answer that is no receipt is about the message, and others may be taken. */
const REFUSALS = 100

/** Of an attempt: `refused` by an answer, `failed` without one. */
type Outcome = 'taken' | 'refused' | 'failed'
