import type { DeliveryAnswerKind } from '@scel/contract/values'
import type { Tokens } from '../acting/once.ts'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Report } from '../report.ts'
import { isStorageFault } from '../storage-faults.ts'
import type { Work } from '../work.ts'
import { type Instant, MINUTE, nowOf, type World } from '../world.ts'
import type { Carrier, CarrierIn } from './carrier.ts'
import type { ChannelRules, Written } from './channel.ts'
import type { Deliveries } from './deliveries.ts'
import {
  type Answer,
  type Delivery,
  type DeliveryRoute,
  isOver,
  LONGEST_PAUSE,
  MOST_ATTEMPTS,
  pauseAfter,
} from './delivery.ts'
import { NotTaken } from './not-taken.ts'

interface Needs extends DeliveryRoute {
  readonly work: Work
  readonly world: World
  readonly rules: ChannelRules
  readonly carrierIn: CarrierIn
  readonly tokens: Tokens
  readonly portal: string
  readonly report: Report
}

/** One that is to be sent, and who brings it. */
interface Taken {
  readonly carrier: Carrier
  readonly delivery: Delivery
}

const refuseTokens: Tokens = () => {
  throw new RangeError('a contact is sent no token')
}

/** Those of one channel in one environment: whoever is not there, or refuses, keeps nothing of another back. */
export function createRounds({
  work,
  world,
  channel,
  environment,
  rules,
  carrierIn,
  tokens,
  portal,
  report,
}: Needs): Deliveries {
  let under: Promise<void> | undefined
  let again = false
  let isFailing = false
  let isRefusing = false
  let isStopped = false
  const cut = new AbortController()

  const giveUp = (delivery: Delivery, answer: Answer): Promise<void> =>
    work.transaction(async (stores) => {
      const { environment, organisation } = delivery
      await stores.deliveries.giveUp(delivery, answer)
      if (answer.kind === 'needless') return // nobody misses it
      const { about } = rules.toldIn(delivery.what)
      await record(stores, DELIVERER, {
        ...{ environment, ...(organisation !== undefined && { organisation }), at: nowOf(world) },
        ...{ action: 'desk.delivery_given_up', target: { kind: about.kind, id: about.id } },
      })
    })

  /** Before anything was sent: that says nothing of whoever is told. */
  const ended = async ({ carrier, delivery }: Taken, kind: 'over' | 'needless'): Promise<Outcome> => {
    await giveUp(delivery, { kind, at: nowOf(world) })
    if (kind === 'over') report(`${carrier.name} was not told of ${delivery.id} while it was of use`, delivery.until)
    return 'ended'
  }

  const failed = async ({ carrier, delivery }: Taken, reason: unknown): Promise<Outcome> => {
    const { id, attempts } = delivery
    const answer = answerOf(reason, nowOf(world))
    const isRefused = ABOUT_THE_MESSAGE.includes(answer.kind)
    if (attempts >= MOST_ATTEMPTS || answer.kind === 'rejected') {
      await giveUp(delivery, answer)
      report(`${carrier.name} was not told of ${id}, which is given up`, reason)
      return isRefused ? 'refused' : 'failed'
    }
    await work.transaction(({ deliveries }) => deliveries.postpone(delivery, pauseAfter(attempts), answer))
    if (cut.signal.aborted) return 'failed'
    if (answer.kind === 'unwritten') {
      report(`${id} could not be written for ${carrier.name}`, reason)
      return 'refused'
    }
    if (isRefused) {
      if (!isRefusing) report(`${carrier.name} refuses ${id}, or more that it is told`, reason)
      isRefusing = true
      return 'refused'
    }
    if (!isFailing) report(`${carrier.name} does not take what it is told of ${environment}`, reason)
    isFailing = true
    return 'failed'
  }

  /** The address of a contact stands in the row of a request, which has no code: what opens something is not sent there. */
  const tokensFor = ({ to }: Delivery): Tokens => (to?.kind === 'contact' ? refuseTokens : tokens)

  const write = async (delivery: Delivery, at: Instant): Promise<Written | undefined> => {
    try {
      return await work.read((stores) => rules.write(stores, delivery, { at, tokens: tokensFor(delivery), portal }))
    } catch (cause) {
      if (isStorageFault(cause)) throw cause
      throw new NotTaken('unwritten', 'the message could not be written', { cause })
    }
  }

  /** What waits while nobody is there to bring it loses no attempt. */
  const takeNext = (): Promise<Taken | undefined> =>
    work.transaction(async (stores) => {
      const carrier = await carrierIn(environment, stores)
      const delivery = carrier && (await stores.deliveries.claim({ channel, environment }, LEASE, LONGEST_PAUSE))
      return delivery && { carrier, delivery }
    })

  /** @returns undefined where nothing is due, or nobody is told */
  const sendNext = async (): Promise<Outcome | undefined> => {
    const next = await takeNext()
    if (!next) return undefined
    const { carrier, delivery } = next
    const { id } = delivery
    const at = nowOf(world)
    if (isOver(delivery, at)) return ended(next, 'over')
    let status: number
    try {
      const written = await write(delivery, at)
      if (!written) return ended(next, 'needless')
      status = await carrier.send({ id, environment: delivery.environment, ...written, at }, cut.signal)
    } catch (error) {
      if (isStorageFault(error)) throw error // the next round takes it up
      return failed(next, error)
    }
    const answer: Answer = { kind: 'taken', status, at: nowOf(world) }
    await work.transaction(({ deliveries }) => deliveries.done(delivery, answer))
    if (isFailing) report(`${carrier.name} takes what it is told of ${environment} again`, id)
    isFailing = false
    return 'taken'
  }

  const sendAll = async (): Promise<void> => {
    do {
      again = false
      let [taken, refused] = [0, 0]
      for (let failures = 0; failures < FAILURES && refused < REFUSALS && !isStopped; ) {
        const sent = await sendNext()
        if (sent === undefined) break
        if (sent === 'ended') continue
        failures = sent === 'failed' ? failures + 1 : 0
        if (sent === 'refused') refused++
        if (sent === 'taken') taken++
      }
      if (refused === 0 && taken > 0) isRefusing = false
    } while (again && !isStopped)
  }

  return {
    deliver: async () => {
      if (isStopped) return
      again = true
      under ??= sendAll()
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

/** Others may be taken all the same. */
const ABOUT_THE_MESSAGE: readonly DeliveryAnswerKind[] = ['refused', 'rejected', 'unwritten']

/** Of an attempt: `refused` by an answer, `failed` without one; `ended` before there was any. */
type Outcome = 'taken' | 'refused' | 'failed' | 'ended'
