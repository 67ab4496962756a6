// Text beyond ASCII in header fields (RFC 2047).

import { fromBase64, GrowingBytes, toBase64, utf8 } from '../../bytes/index.ts'
import { isPkiError } from '../../errors/index.ts'
import { decodeCharset } from './charset.ts'

/**
 * The text of an unstructured field, such as Subject. Line ends and other control characters that were hidden in encoded
 * words become U+FFFD: a decoded text never starts a header field.
 */
export function decodeWords(text: string): string {
  const joined = text.replace(BETWEEN, '$1')
  // Words that stand together are one text: some programs cut a character in two between them.
  const runs = joined.replace(RUN, (run) => decodeRun(run))
  return runs.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, '\ufffd')
}

/** The text as it may stand in a header field: as it is in ASCII, otherwise in words of at most 75 characters. */
export function encodeWords(text: string): string {
  // What looks like a word would be read as one; a long text may have nowhere to be folded (RFC 5322 §2.1.1).
  if (/^[\t\x20-\x7e]*$/.test(text) && !text.includes('=?') && text.length <= LONGEST_PLAIN) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (utf8(piece + character).length > OCTETS_IN_WORD) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...words, piece].map((word) => `=?utf-8?B?${toBase64(utf8(word))}?=`).join(' ')
}

function decodeRun(run: string): string {
  let out = ''
  let held: { charset: string; octets: GrowingBytes } | undefined
  const flush = (): void => {
    if (held) out += decodeCharset(held.octets.view(), held.charset)
    held = undefined
  }
  for (const [word, named, kind, text] of run.matchAll(PARTS)) {
    // RFC 2231 §5 lets a language follow the character set.
    const charset = named!.split('*')[0]!.toLowerCase()
    const octets = kind!.toLowerCase() === 'b' ? base64Octets(text!) : quotedOctets(text!)
    if (!octets || held?.charset !== charset) flush()
    if (!octets) out += word
    else {
      held ??= { charset, octets: new GrowingBytes('header', run.length, octets.length) }
      held.octets.append(octets)
    }
  }
  flush()
  return out
}

function base64Octets(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='))
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

function quotedOctets(text: string): Uint8Array {
  const octets: number[] = []
  for (const [one, hex] of text.matchAll(/=([0-9a-f]{2})|./gi)) {
    octets.push(hex ? Number.parseInt(hex, 16) : one === '_' ? 0x20 : one.charCodeAt(0))
  }
  return Uint8Array.from(octets)
}

/** A word has nothing beyond ASCII in it (RFC 2047 §2): what has is text as it stands. */
const WORD = String.raw`=\?[!->@-~]+\?[bq]\?[!->@-~]*\?=`
const RUN = new RegExp(`(?:${WORD})+`, 'gi')
const BETWEEN = new RegExp(`(${WORD})[ \t]+(?=${WORD})`, 'gi')
const PARTS = /=\?([!->@-~]+)\?([bq])\?([!->@-~]*)\?=/gi

// Well below the 998 characters that a line may have.
const LONGEST_PLAIN = 900
// "=?utf-8?B?" and "?=" leave 63 characters of base64, which hold 45 octets.
const OCTETS_IN_WORD = 45
