// Sealed and signed files as mail programs and openssl wrap them in text, taken out of it. In memory, as such files are
// made: the library reads 64 MiB of a mail and 96 MiB of PEM, and refuses what is longer.

import { fromBase64, fromUtf8, pemDecode } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { partContent, readMime } from '@scel/pki/smime'
import type { Wrapping } from '../kinds/index.ts'

/**
 * What is in the text.
 * @throws pem_malformed, mime_malformed, encoding_malformed
 */
export const unwrap = (text: Uint8Array, wrapping: Wrapping): Uint8Array => UNWRAP[wrapping](text)

const UNWRAP: Readonly<Record<Wrapping, (bytes: Uint8Array) => Uint8Array>> = {
  pem: (bytes) => onlyBlock(fromUtf8(bytes)),
  base64: (bytes) => fromBase64(fromUtf8(bytes).replace(/\s+/g, '')),
  mail: (bytes) => partContent(readMime(bytes)),
}

/**
 * The one block that the text is. RFC 7468 §2 lets text stand before a block, for people: here it would pass for something that was
 * signed with it, as a second block would.
 */
function onlyBlock(text: string): Uint8Array {
  const [block, ...more] = pemDecode(text)
  const { label, der } = block!
  const end = `-----END ${label}-----`
  const [first = ''] = text.trimStart().split('\n', 1)
  const after = text.slice(text.indexOf(end) + end.length)
  if (more.length > 0 || first.trim() !== `-----BEGIN ${label}-----` || after.trim() !== '')
    fail('pem_malformed', { what: 'more than one block' })
  return der
}

const MIB = 1024 * 1024
/** Octets of text that are taken at most. */
export const LONGEST_WRAPPED: Readonly<Record<Wrapping, number>> = { pem: 96 * MIB, base64: 96 * MIB, mail: 64 * MIB }
