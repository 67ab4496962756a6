import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { refuse } from '@scel/contract/errors'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Logger } from 'pino'
import { callerLanguage } from '../../words/language.ts'
import { BODY_LIMIT } from '../input/body-limit.ts'
import { parseJson } from '../input/json-body.ts'
import { readBody } from '../input/read-body.ts'
import { answerError, refusalOf } from './answer-error.ts'
import { watchCalls } from './watch-calls.ts'

/** No browser sends more than half of them. */
const MOST_HEADERS = 100

/** One door without a listener: what it does with a call that has arrived. */
export type Door = FastifyInstance

/**
 * Makes a door: limits, JSON, words for every error, one line of log per call. What stands behind it is registered by
 * the caller.
 *
 * @param name portal, mutual or public: how the log calls it
 */
export function makeDoor(name: string, log: Logger): Door {
  const door = fastify({
    loggerInstance: log.child({ door: name }),
    // Fastify's own line holds the address with its query; ours is in watch-calls.ts.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomBytes(12).toString('base64url'), // callers read it: it says nothing of how many there are
    requestIdHeader: false, // a caller's id in our log could be anything
    exposeHeadRoutes: true,
    trustProxy: false, // `from` is the peer of the connection; a header would let anybody choose it
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: true,
    routerOptions: {
      maxParamLength: 8_192, // an OCSP request in an address (RFC 6960 §A.1)
      ignoreTrailingSlash: false,
      caseSensitive: true,
    },
    frameworkErrors: (error, request, reply) => answerError(error, request as FastifyRequest, reply as FastifyReply),
  }) as unknown as Door
  door.decorateRequest('language', 'en')
  door.decorateRequest('rawBody', undefined)
  door.addHook('onRequest', async (request, reply) => {
    request.language = callerLanguage(request.headers['accept-language'])
    reply.header('x-request-id', request.id)
    const { rawHeaders, httpVersion } = request.raw
    if (rawHeaders.length > 2 * MOST_HEADERS || !namesOneHost(rawHeaders, httpVersion === '1.0'))
      refuse('input_invalid', { where: 'headers', what: 'bad_header' })
    // A GET has no body here (RFC 9110 §9.3.1): one that nobody reads is one that nobody checked.
    const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.headers
    if (READING.has(request.method) && (length !== '0' || chunked !== undefined)) {
      refuse('input_invalid', { where: 'body', what: 'unknown_field' })
    }
  })
  door.removeAllContentTypeParsers()
  door.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) =>
    parseJson(request, await readBody(request, payload)),
  )
  door.setErrorHandler(answerError)
  watchCalls(door)
  return door
}

/** Answers what has no route. The portal has pages there instead. Call after the limit of calls is set. */
export function refuseUnknownRoutes(door: Door): void {
  answerUnknownRoutes(door, async (request) => {
    throw refusalOf.unknownRoute(request)
  })
}

/** The same with an answer for those who read, such as a page; who sends something is refused before it is read. */
export function answerUnknownRoutes(
  door: Door,
  answer: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
  const limit = door.rateLimit()
  door.addHook('preParsing', async function (request, reply) {
    if (!request.is404) return
    await limit.call(this, request, reply)
    if (!READING.has(request.method)) throw refusalOf.unknownRoute(request)
  })
  door.setNotFoundHandler(answer)
}

const READING = new Set(['GET', 'HEAD'])

/**
 * RFC 9112 §3.2: one `Host` line, whose value is a host; a relay in front may have believed the other one. Node keeps the first.
 *
 * @param without may do so, as HTTP/1.0 does
 */
function namesOneHost(rawHeaders: readonly string[], without: boolean): boolean {
  let lines = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]!.length !== 4 || rawHeaders[at]!.toLowerCase() !== 'host') continue
    if (++lines > 1 || !HOST.test(rawHeaders[at + 1]!)) return false
  }
  return lines === 1 || without
}

// RFC 3986 §3.2.2: a name or an IPv4 address, or an IPv6 address in brackets; a port may follow.
const HOST = /^(?:\[[0-9A-Fa-f:.]{2,45}\]|[\w.~!$&'()*+,;=%-]*)(?::\d{0,5})?$/

declare module 'fastify' {
  interface FastifyRequest {
    /** What the caller reads, from `Accept-Language`. */
    language: 'en' | 'fr'
    /** The body as it arrived: applicants sign these bytes. */
    rawBody: Uint8Array | undefined
  }
}
