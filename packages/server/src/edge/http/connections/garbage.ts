import type { Socket } from 'node:net'
import { DeskError } from '@scel/contract/errors'
import { toProblem } from '../../problems.ts'
import { letGo } from './let-go.ts'

/**
 * Answers what is not HTTP, or too much or too little of it, and hangs up. There is no request to read a language from,
 * so the words are English; the code is the same as everywhere.
 *
 * @param farewell milliseconds that the other side has to hang up as well
 */
export function refuseGarbage(error: Error & { code?: string }, socket: Socket, farewell: number): void {
  if (socket.writableEnded) return // it goes on talking to whoever has said their last word; that ends by itself
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, words, refusal } = kindOf(error.code)
  const problem = JSON.stringify({ ...toProblem(refusal, 'en'), status })
  socket.end(
    [
      `HTTP/1.1 ${status} ${words}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(problem)}`,
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      'Connection: close',
      '',
      problem,
    ].join('\r\n'),
  )
  letGo(socket, farewell)
}

function kindOf(code: string | undefined): { status: number; words: string; refusal: DeskError } {
  const refusal = new DeskError('input_invalid', { where: 'headers', what: 'bad_header' })
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, words: 'Request Header Fields Too Large', refusal }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, words: 'Request Timeout', refusal }
  return { status: 400, words: 'Bad Request', refusal }
}
