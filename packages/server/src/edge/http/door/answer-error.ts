import { DeskError } from '@scel/contract/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { internal, sayable, toProblem } from '../../problems.ts'

/** Refusals that the door itself has for what Fastify noticed. */
export const refusalOf = {
  unknownRoute: ({ method, url }: FastifyRequest): DeskError =>
    new DeskError('route_unknown', { method, path: pathOnly(url).slice(0, 200) }),
}

/** The one error handler of every door. Whoever caused it reads a problem; the log has the cause when it was not they. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = sayable(error) ?? refusedByFastify(error as FastifyFault, request)
  const said = known ?? internal(request.id)
  if (!known) request.log.error({ err: error }, 'internal error')
  const problem = toProblem(said, request.language ?? 'en')
  if (problem.status >= 500 && known) request.log.error({ err: error }, problem.title)
  if (problem.status === 429) reply.header('retry-after', String((said.facts as { seconds: number }).seconds))
  if (said.code === 'storage_unavailable' || said.code === 'storage_contended') reply.header('retry-after', SOON)
  if (isLong(request)) reply.header('connection', 'close') // nobody reads the rest of what is sent
  reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-language', request.language ?? 'en')
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify as (payload: unknown) => string)
    .send(problem)
}

/** In seconds: a database that was away, or had no connection to spare, may be back by then. */
const SOON = '5'

/** Whether more of the body is to come than is worth swallowing so that the connection can go on. */
function isLong({ raw, headers, routeOptions }: FastifyRequest): boolean {
  if (raw.complete) return false
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > routeOptions.bodyLimit
}

interface FastifyFault {
  readonly code?: string
  readonly statusCode?: number
}

// Fastify's own refusals, by code; its texts never travel.
function refusedByFastify({ code, statusCode }: FastifyFault, request: FastifyRequest): DeskError | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DeskError('body_too_large', { limit: request.routeOptions.bodyLimit })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return new DeskError('media_type_unsupported', {
        expected: request.routeOptions.config.bodyType ?? 'application/json',
      })
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new DeskError('input_invalid', { where: 'headers', what: 'bad_header' })
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_ASYNC_CONSTRAINT':
      return new DeskError('input_invalid', { where: 'path', what: 'bad_address' })
    case 'FST_ERR_NOT_FOUND':
      return new DeskError('not_found', { what: 'file' })
    default:
      // A peer that hung up in the middle of a body, and whatever else a plugin calls the caller's own fault.
      return statusCode && statusCode >= 400 && statusCode < 500
        ? new DeskError('input_invalid', { where: 'call', what: 'invalid' })
        : undefined
  }
}

/** An address without its query: what is searched for is nobody's business in a log. */
export const pathOnly = (url: string): string => url.split('?', 1)[0]!
