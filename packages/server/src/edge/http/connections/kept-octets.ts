import type { Socket } from 'node:net'
import { networkOf } from '../../../core/network.ts'
import { plainAddress } from './peer-address.ts'

/** Octets that a door keeps for connections which have to move before they can go. */
export interface KeptLimits {
  readonly perNetwork: number
  readonly perDoor: number
}

/** Of answers that nobody has read yet. */
export const UNREAD: KeptLimits = { perNetwork: 33_554_432, perDoor: 134_217_728 }

/** Of bodies that are not there whole. */
export const UNFINISHED: KeptLimits = { perNetwork: 16_777_216, perDoor: 67_108_864 }

/** An answer that its connection has not taken whole, or a body that it has not given whole. */
export interface Waiting {
  /** Some of an answer has left. */
  moved(): void
  /** So many octets more of a body have arrived. */
  grown(bytes: number): void
  /** Nothing of it is kept any more. */
  end(): void
}

/**
 * What a door keeps for those who do not read an answer, or do not end a body. Where it is more than the limits, what has not
 * moved for the longest time goes, and its connection: of the network that keeps too much, or, where the whole door does, of
 * the one that keeps the most, and of all where each keeps one. Whoever reads or writes, however slowly, is moved behind whoever
 * does not.
 */
export interface KeptOctets {
  readonly bytes: number
  /** An answer, or a body, of so many octets begins to wait. Whoever has to go for it is hung up on at once. */
  keep(socket: Socket, bytes: number): Waiting
  /** Forgets who waits, and looks at nobody any more. */
  close(): void
}

interface Needs {
  readonly limits: KeptLimits
  /** Milliseconds in which something of each has to move. */
  readonly moving: number
  /** Milliseconds between two looks at who is late. */
  readonly look: number
  /** Told of each connection that is hung up on. */
  readonly gone: (address: string | undefined) => void
}

interface Transfer {
  readonly socket: Socket
  readonly network: string
  bytes: number
  since: number
}

/** Answers or bodies in the order in which they last moved. */
interface Share {
  readonly held: Set<Transfer>
  bytes: number
}

export function makeKeptOctets({ limits, moving, look, gone }: Needs): KeptOctets {
  const networks = new Map<string, Share>()
  const all: Share = { held: new Set(), bytes: 0 }

  const drop = (one: Transfer): void => {
    if (!all.held.delete(one)) return
    all.bytes -= one.bytes
    const share = networks.get(one.network)!
    share.held.delete(one)
    share.bytes -= one.bytes
    if (share.held.size === 0) networks.delete(one.network)
  }
  const hangUp = (one: Transfer): void => {
    drop(one)
    gone(one.socket.remoteAddress)
    one.socket.destroy()
  }
  const greediest = (): Share => {
    let most = all
    for (const share of networks.values()) if (most === all || share.bytes > most.bytes) most = share
    return most
  }
  /** The newest stays, however large it is: nobody would ever be answered otherwise. */
  const shrink = ({ held }: Share): boolean => {
    const [oldest] = held
    if (!oldest || held.size === 1) return false
    hangUp(oldest)
    return true
  }
  const timer = setInterval(() => {
    const late = performance.now() - moving
    for (const one of all.held) {
      if (one.since > late) break
      hangUp(one)
    }
  }, look).unref()

  return {
    get bytes() {
      return all.bytes
    },
    keep(socket, bytes) {
      const network = socket.remoteAddress === undefined ? 'gone' : networkOf(plainAddress(socket.remoteAddress))
      const one: Transfer = { socket, network, bytes, since: performance.now() }
      const share = networks.get(network) ?? { held: new Set(), bytes: 0 }
      networks.set(network, share)
      for (const each of [share, all]) {
        each.held.add(one)
        each.bytes += bytes
      }
      const fit = (): void => {
        while (share.bytes > limits.perNetwork && shrink(share));
        while (all.bytes > limits.perDoor && (shrink(greediest()) || shrink(all)));
      }
      const moved = (): boolean => {
        if (!all.held.delete(one)) return false
        one.since = performance.now()
        share.held.delete(one)
        for (const { held } of [share, all]) held.add(one)
        return true
      }
      fit()
      return {
        moved: () => void moved(),
        grown: (more) => {
          if (!moved()) return
          for (const each of [one, share, all]) each.bytes += more
          fit()
        },
        end: () => drop(one),
      }
    },
    close() {
      clearInterval(timer)
    },
  }
}
