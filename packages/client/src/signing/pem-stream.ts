// PEM (RFC 7468) of any length, written and read while it passes.

import { CMS_LABELS, wrappingOf } from '@scel/files/kinds'
import type { ByteSource } from '@scel/pki/asn1'
import { fail } from '@scel/pki/errors'
import { peeked } from './peeked.ts'

/** `source` as PEM with the label CMS, which is the one of RFC 7468 §9. */
export async function* pemOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  yield Buffer.from('-----BEGIN CMS-----\n')
  let rest = Buffer.alloc(0)
  for await (const bytes of source) {
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : Buffer.from(bytes)
    const whole = all.length - (all.length % LINE)
    if (whole > 0) yield lines(all.subarray(0, whole))
    rest = Buffer.from(all.subarray(whole))
  }
  if (rest.length > 0) yield lines(rest)
  yield Buffer.from('-----END CMS-----\n')
}

/**
 * What `source` holds: PEM, base64 alone and a mail are taken off, everything else passes as it is. Only PEM may be of any length.
 * @throws pem_malformed for PEM of something else, that is damaged or cut, or that more follows than blanks; encoding_malformed, mime_malformed, input_too_large
 */
export async function* unwrapped(source: ByteSource): AsyncGenerator<Uint8Array> {
  const { head, source: whole } = await peeked(source)
  if (BEGIN.test(Buffer.from(head).toString('latin1'))) {
    yield* decoded(whole)
    return
  }
  const wrapping = wrappingOf(head)
  if (!wrapping) {
    yield* whole
    return
  }
  const { LONGEST_WRAPPED, unwrap } = await import('@scel/files/wrappings') // with the reader of mails
  yield unwrap(await all(whole, LONGEST_WRAPPED[wrapping]), wrapping)
}

async function all(source: ByteSource, limit: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of source) {
    length += part.length
    if (length > limit) fail('input_too_large', { what: 'text', limit })
    parts.push(Buffer.from(part)) // a source may use its memory again
  }
  return Buffer.concat(parts)
}

/** Whether something begins as the PEM does that `unwrapped` takes out of its envelope. */
export const beginsAsPem = (head: Uint8Array): boolean =>
  CMS_LABELS.has(BEGIN.exec(Buffer.from(head).toString('latin1'))?.[1] ?? '')

async function* decoded(source: ByteSource): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  const more = async (): Promise<string> => {
    const { value, done } = await iterator.next()
    return done ? damaged() : Buffer.from(value).toString('latin1')
  }
  try {
    let text = await more()
    const [begin, label = ''] = BEGIN.exec(text)!
    if (!CMS_LABELS.has(label)) fail('pem_malformed', { what: label })
    text = text.slice(begin.length)
    for (;;) {
      const end = text.indexOf('-')
      const body = (end < 0 ? text : text.slice(0, end)).replace(/[ \t\r\n]/g, '')
      const last = end >= 0
      // Four characters are three octets; what padding ends may only stand at the end.
      const whole = last ? body.length : body.length - (body.length % 4)
      const part = body.slice(0, whole)
      if (!(last ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9+/]*$/).test(part) || part.length % 4 !== 0) damaged()
      if (part.length > 0) yield Buffer.from(part, 'base64')
      text = last ? text.slice(end) : body.slice(whole)
      if (last) break
      text += await more()
    }
    while (text.length < `-----END ${label}-----`.length) text += await more()
    const ending = `-----END ${label}-----`
    if (!text.startsWith(ending)) damaged()
    // What stands behind it would pass for something that was signed with it.
    for (let after = text.slice(ending.length); ; ) {
      if (/[^ \t\r\n]/.test(after)) fail('pem_malformed', { what: 'more than one block' })
      const { value, done } = await iterator.next()
      if (done) break
      after = Buffer.from(value).toString('latin1')
    }
  } finally {
    await iterator.return?.()
  }
}

function lines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,64}/g, '$&\n'))
}

const damaged = (): never => fail('pem_malformed', { what: 'base64' })
const BEGIN = /^\s*-----BEGIN ([A-Z0-9 #]{1,40})-----[ \t]*\r?\n/
const LINE = 48
