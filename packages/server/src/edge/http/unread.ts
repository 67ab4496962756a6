import type { Socket } from 'node:net'
import { networkOf } from '../../core/network.ts'
import { plainAddress } from './peer-address.ts'

/** Octets of answers that a door keeps for who has not read them yet. */
export interface UnreadLimits {
  readonly perNetwork: number
  readonly perDoor: number
}

export const UNREAD: UnreadLimits = { perNetwork: 33_554_432, perDoor: 134_217_728 }

/** An answer that its connection has not taken whole. */
export interface Waiting {
  /** Some of it has left. */
  moved(): void
  /** Nothing of it is kept any more. */
  end(): void
}

/**
 * What a door keeps for those who do not read. Where it is more than the limits, the answer goes that has not moved for the
 * longest time, and its connection: of the network that keeps too much, or, where the whole door does, of the one that keeps
 * the most, and of all where each keeps one answer. Whoever reads, however slowly, is moved behind whoever does not.
 */
export interface Unread {
  readonly bytes: number
  /** An answer of so many octets begins to wait. Whoever has to go for it is hung up on at once. */
  keep(socket: Socket, bytes: number): Waiting
  /** Forgets who waits, and looks at nobody any more. */
  close(): void
}

interface Needs {
  readonly limits: UnreadLimits
  /** Milliseconds in which something of an answer has to leave. */
  readonly reading: number
  /** Milliseconds between two looks at who is late. */
  readonly look: number
  /** Told of each connection that is hung up on. */
  readonly gone: (address: string | undefined) => void
}

interface Answer {
  readonly socket: Socket
  readonly network: string
  readonly bytes: number
  since: number
}

/** Answers in the order in which they last moved. */
interface Share {
  readonly answers: Set<Answer>
  bytes: number
}

export function makeUnread({ limits, reading, look, gone }: Needs): Unread {
  const networks = new Map<string, Share>()
  const all: Share = { answers: new Set(), bytes: 0 }

  const drop = (answer: Answer): void => {
    if (!all.answers.delete(answer)) return
    all.bytes -= answer.bytes
    const share = networks.get(answer.network)!
    share.answers.delete(answer)
    share.bytes -= answer.bytes
    if (share.answers.size === 0) networks.delete(answer.network)
  }
  const hangUp = (answer: Answer): void => {
    drop(answer)
    gone(answer.socket.remoteAddress && plainAddress(answer.socket.remoteAddress))
    answer.socket.destroy()
  }
  const greediest = (): Share => {
    let most = all
    for (const share of networks.values()) if (most === all || share.bytes > most.bytes) most = share
    return most
  }
  /** The newest stays, however large it is: nobody would ever be answered otherwise. */
  const shrink = ({ answers }: Share): boolean => {
    const [oldest] = answers
    if (!oldest || answers.size === 1) return false
    hangUp(oldest)
    return true
  }
  const timer = setInterval(() => {
    const late = performance.now() - reading
    for (const answer of all.answers) {
      if (answer.since > late) break
      hangUp(answer)
    }
  }, look).unref()

  return {
    get bytes() {
      return all.bytes
    },
    keep(socket, bytes) {
      const network = socket.remoteAddress === undefined ? 'gone' : networkOf(plainAddress(socket.remoteAddress))
      const answer: Answer = { socket, network, bytes, since: performance.now() }
      const share = networks.get(network) ?? { answers: new Set(), bytes: 0 }
      networks.set(network, share)
      for (const each of [share, all]) {
        each.answers.add(answer)
        each.bytes += bytes
      }
      while (share.bytes > limits.perNetwork && shrink(share));
      while (all.bytes > limits.perDoor && (shrink(greediest()) || shrink(all)));
      return {
        moved: () => {
          if (!all.answers.has(answer)) return
          answer.since = performance.now()
          for (const { answers } of [share, all]) {
            answers.delete(answer)
            answers.add(answer)
          }
        },
        end: () => drop(answer),
      }
    },
    close() {
      clearInterval(timer)
    },
  }
}
