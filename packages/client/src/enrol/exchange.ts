import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { growingBuffer } from './growing-buffer.ts'
import { limitTime, type TimeLimits } from './time-limits.ts'

export interface ExchangeLimits extends TimeLimits {
  /** Octets of the answer that are read at most. */
  readonly largest: number
}

export interface Exchanged {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Absent when there was more than was to be read. */
  readonly bytes?: Buffer
}

/**
 * Sends a call that was just made, and reads its answer; every call of scel goes through here. Whatever the other side does, it settles
 * within the whole time: an answer that wants to speak another protocol (101), which nobody asked for, is one without octets, and a
 * connection that ends without an answer is a failure.
 *
 * @param late makes the error for somebody who took more than so many seconds
 * @throws that error; failures of Node
 */
export function exchange(
  call: ClientRequest,
  { largest, ...times }: ExchangeLimits,
  late: (seconds: number) => Error,
  body?: Uint8Array,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      reject(error)
      call.destroy()
    }
    const lost = (): void => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }))
    let answered = false
    limitTime(call, times, (seconds) => failed(late(seconds)))
    call.on('error', failed)
    call.on('upgrade', (answer, socket) => {
      resolve({ ...headOf(answer), bytes: Buffer.alloc(0) })
      socket.destroy()
    })
    call.on('response', (answer) => {
      answered = true
      const body = growingBuffer(largest)
      answer.on('data', (piece: Buffer) => {
        if (body.take(piece)) return
        resolve(headOf(answer))
        call.destroy()
      })
      answer.on('error', failed)
      answer.on('end', () => resolve({ ...headOf(answer), bytes: body.bytes() }))
      answer.on('close', lost)
    })
    // Of an answer that has begun, its own end is told: octets that have come are still to be read.
    call.on('close', () => answered || lost())
    call.end(body)
  })
}

const headOf = ({ statusCode = 0, headers }: IncomingMessage): Omit<Exchanged, 'bytes'> => ({
  status: statusCode,
  headers,
})
