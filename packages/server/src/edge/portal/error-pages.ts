import { type ErrorCode, SENTENCES } from '@scel/contract/errors'
import { refusalOf } from '../http/door/answer-error.ts'
import type { Door } from '../http/door/door.ts'
import { statusOf } from '../problems.ts'

/** Where the `type` of a problem leads (RFC 9457 §3.1.1): what the code means and what to do, in plain text. */
export function addErrorPages(door: Door): void {
  door.get<{ Params: { code: string } }>('/errors/:code', async (request, reply) => {
    const { code } = request.params
    const sentences = SENTENCES[request.language]
    if (!Object.hasOwn(sentences, code)) throw refusalOf.unknownRoute(request)
    const { says, hint } = sentences[code as ErrorCode]
    const text = `${code} (${statusOf(code as ErrorCode)})\n\n${says}\n${hint}\n`
    return reply.type('text/plain; charset=utf-8').header('content-language', request.language).send(text)
  })
}
