import { type IncomingMessage, ServerResponse } from 'node:http'
import type { KeptOctets, Waiting } from './kept-octets.ts'
import { isShared } from './shared.ts'

/** Octets of an answer that are on their way to a connection at once: two records of TLS, which are copies of them. */
export const PIECE = 32_768

/** The answers of one listener. */
export type Responses = typeof ServerResponse<IncomingMessage>

/**
 * Makes answers that leave in pieces, the next one when the last has gone, so that a connection that does not read holds one
 * piece of what everybody shares (TLS would encrypt, and keep, all of it at once), and is counted with what is its own.
 */
export function pacedBy(unread: KeptOctets): Responses {
  return class PacedResponse extends ServerResponse<IncomingMessage> {
    override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
      if (!isContent(chunk) || !this.socket) return this.#endWith(chunk, encoding, done)
      if (chunk.length <= PIECE) {
        this.#endWith(chunk, encoding, done)
        if (this.writableLength > 0 && this.socket) this.#keep(this.writableLength)
        return this
      }
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, textOf(encoding)) : chunk
      const waiting = this.#keep(isShared(bytes) ? PIECE : bytes.length)
      this.#send(bytes, waiting, done)
      return this
    }

    #send(bytes: Uint8Array, waiting: Waiting, done: unknown): void {
      if (bytes.length <= PIECE) return void this.#endWith(bytes, undefined, done)
      this.write(bytes.subarray(0, PIECE), (error) => {
        if (error) return // who is gone has taken nothing
        waiting.moved()
        this.#send(bytes.subarray(PIECE), waiting, done)
      })
    }

    #keep(bytes: number): Waiting {
      const waiting = unread.keep(this.socket!, bytes)
      this.once('close', waiting.end)
      return waiting
    }

    #endWith(...given: unknown[]): this {
      return super.end(...(given as Parameters<ServerResponse['end']>))
    }
  }
}

const isContent = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === 'string' || chunk instanceof Uint8Array

const textOf = (encoding: unknown): BufferEncoding =>
  typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'
