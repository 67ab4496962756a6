import { DeskError } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'

const FIRST = 1_024

/** Of a body that broke off: nobody is there to read it. */
const gone = (): DeskError => new DeskError('input_invalid', { where: 'call', what: 'invalid' })

/**
 * Reads the body of a call into one buffer that grows with it, in however many pieces it comes, up to the limit of its route.
 *
 * @param payload what Fastify's content-type parsers are given
 * @throws DeskError body_too_large, before anything is read where the call says how long it is
 */
export async function readBody(
  { headers, routeOptions }: Pick<FastifyRequest, 'headers' | 'routeOptions'>,
  payload: NodeJS.ReadableStream,
): Promise<Buffer> {
  const limit = routeOptions.bodyLimit
  const told = Number(headers['content-length'] ?? FIRST)
  if (told > limit) throw new DeskError('body_too_large', { limit })
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // A buffer of its own: small ones would hold a share of memory that others keep as well.
  let body = Buffer.allocUnsafeSlow(Math.min(told, FIRST))
  let length = 0

  const take = (piece: Buffer): void => {
    const needed = length + piece.length
    if (needed > limit) {
      payload.off('data', take)
      reject(new DeskError('body_too_large', { limit }))
      return
    }
    if (needed > body.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(needed, 2 * body.length)))
      body.copy(larger, 0, 0, length)
      body = larger
    }
    piece.copy(body, length)
    length = needed
  }
  payload.on('data', take)
  const brokeOff = (): void => reject(gone())
  payload.once('end', () => {
    payload.off('close', brokeOff) // it comes after each call: an error that nobody gets costs more than the reading
    resolve(body.subarray(0, length))
  })
  payload.once('error', brokeOff)
  payload.once('close', brokeOff)
  return promise
}
