import { refuse } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Deeper than any body of the contract by far; a deeper one is refused before anything walks it. */
const DEEPEST = 32

/** More than any body of the contract has, by far: a megabyte of nothing but commas is half a million values to make. */
const MOST_VALUES = 5_000

/**
 * Reads a JSON body and keeps its bytes, which applicants sign. No body is no value. `__proto__` as a field is refused:
 * `JSON.parse` makes it an own field, and a later copy would make it a prototype.
 *
 * @throws DeskError input_invalid when it is not UTF-8, not JSON, nested too deeply, or of too many values
 */
export async function parseJson(request: FastifyRequest, body: Buffer): Promise<unknown> {
  request.rawBody = body
  if (body.length === 0) return undefined
  let text: string
  try {
    text = utf8.decode(body)
  } catch {
    return refuse('input_invalid', { where: 'body', what: 'not_utf8' })
  }
  const excess = excessOf(text)
  if (excess) refuse('input_invalid', { where: 'body', what: excess })
  try {
    return JSON.parse(text, mayNamePrototype(text) ? refusePrototype : undefined)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refuse('input_invalid', { where: 'body', what: 'not_json' })
  }
}

/** A field can only be called so in these letters or with an escape in them; looking at every field costs far more. */
const mayNamePrototype = (text: string): boolean => text.includes('__proto__') || text.includes('\\u')

const refusePrototype = (key: string, value: unknown): unknown =>
  key === '__proto__' ? refuse('input_invalid', STRAY) : value

const STRAY = { where: 'body/__proto__', what: 'unknown_field' } as const

// Counts brackets and commas outside strings, without building anything.
function excessOf(text: string): 'too_deep' | 'too_long' | undefined {
  let depth = 0
  let values = 1
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (quoted) {
      if (letter === BACKSLASH) at++
      else if (letter === QUOTE) quoted = false
    } else if (letter === QUOTE) quoted = true
    else if (letter === OPEN_BRACE || letter === OPEN_BRACKET) {
      if (++depth > DEEPEST) return 'too_deep'
      if (++values > MOST_VALUES) return 'too_long'
    } else if (letter === CLOSE_BRACE || letter === CLOSE_BRACKET) depth--
    else if (letter === COMMA && ++values > MOST_VALUES) return 'too_long'
  }
  return undefined
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d]
