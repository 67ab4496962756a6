import { IncomingMessage } from 'node:http'
import type { KeptOctets, Waiting } from './kept-octets.ts'

/** Pieces in which any body may come: who sends a kilobyte a letter at a time is served. */
const FREE = 1_024

/** Octets that each piece has on average where there are more of them; networks and TLS make them of hundreds. */
const LEAST = 16

/**
 * Octets that may come around those of a body, besides as many as it has: Node bounds the extensions (RFC 9112 §7.1.1) of each piece, and
 * not of all. So much may have been read ahead when the headers are there, and of another call when the body ends.
 */
const AROUND = 128 * 1_024

/** What a piece of one letter takes until somebody has copied it, besides the letter. */
const COAT = 512

/** The calls of one listener. */
export type Requests = typeof IncomingMessage

/**
 * Makes calls whose bodies are counted from the first octet until somebody has read them to the end, whether anybody reads them
 * yet or not. Who sends a body in crumbs, each of which costs hundreds of times its size, is hung up on, and who says far more around its
 * pieces than in them.
 *
 * @param crumbs told of a connection that was hung up on for them
 */
export function countedBy(unfinished: KeptOctets, crumbs: (address: string | undefined) => void): Requests {
  return class CountedRequest extends IncomingMessage {
    #pieces = 0
    #octets = 0
    readonly #begun = this.socket.bytesRead
    #waiting: Waiting | undefined

    override push(chunk: Buffer | null): boolean {
      if (chunk === null) return super.push(null)
      const { socket } = this
      if (socket.destroyed) return false // hung up on a moment ago: what else it wrote is not kept
      this.#octets += chunk.length
      const around = socket.bytesRead - this.#begun - this.#octets
      if ((++this.#pieces > FREE && this.#octets < this.#pieces * LEAST) || around > AROUND + this.#octets) {
        crumbs(socket.remoteAddress)
        socket.destroy()
        return false
      }
      this.#keep(chunk.length + COAT)
      return !socket.destroyed && super.push(chunk)
    }

    #keep(bytes: number): void {
      if (this.#waiting) {
        this.#waiting.grown(bytes)
        return
      }
      const { socket } = this
      const waiting = unfinished.keep(socket, bytes)
      this.#waiting = waiting
      const end = (): void => {
        waiting.end()
        socket.off('close', end) // many calls may come over it
      }
      this.once('end', end).once('close', end)
      socket.once('close', end)
    }
  }
}
