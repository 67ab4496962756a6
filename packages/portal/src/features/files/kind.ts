// What a file is, by what it begins with: names lie, and .p7m is both sealed and signed.

import { BerStream } from '@scel/pki/asn1'
import { fromUtf8, toHex } from '@scel/pki/bytes'
import { isSignedMail } from './wrapping.ts'

export type FileKind = 'sealed' | 'signed' | 'signature' | 'stamp' | 'mail' | 'key' | 'certificate' | 'plain'

/** Octets that suffice to tell, also where hundreds of digest algorithms stand before the content. */
export const HEAD = 8192

/**
 * `signature` is a signed file without its content, `stamp` a time stamp by itself, `mail` a mail with its signature
 * beside the text. Anything that is not one of ours is `plain`.
 */
export async function kindOf(head: Uint8Array): Promise<FileKind> {
  if (head[0] === 0x2d)
    return /^-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text(head)) ? 'certificate' : 'plain'
  if (head[0] !== 0x30) return isSignedMail(head) ? 'mail' : 'plain'
  const stream = new BerStream(one(head), 'file')
  try {
    await stream.enter(0x30)
    const first = await stream.peek()
    // PFX begins with its version, 3 (RFC 7292 §4).
    if (first === 0x02) {
      const version = await stream.element(8)
      return version.length === 3 && version[2] === 3 && (await stream.peek()) === 0x30 ? 'key' : 'plain'
    }
    if (first === 0x30) return isCertificate(head) ? 'certificate' : 'plain'
    const type = toHex(await stream.element(32))
    if (type === SIGNED_DATA) return await signedKind(stream)
    return SEALED.has(type) ? 'sealed' : 'plain'
  } catch {
    return 'plain'
  }
}

/** SignedData up to its content, which is missing in a detached signature (RFC 5652 §5.1, §5.2). */
async function signedKind(stream: BerStream): Promise<FileKind> {
  await stream.enter(0xa0)
  await stream.enter(0x30)
  await stream.element(8)
  await stream.element(HEAD)
  await stream.enter(0x30)
  if (toHex(await stream.element(32)) === TST_INFO) return 'stamp'
  return (await stream.peek()) === undefined ? 'signature' : 'signed'
}

/** A SEQUENCE in a SEQUENCE that begins with its version: TBSCertificate (RFC 5280 §4.1), of version 3 as all are. */
function isCertificate(head: Uint8Array): boolean {
  const inner = header(head, header(head, 0))
  return head[inner] === 0xa0 && head[inner + 1] === 3
}

/** Where the content of the element at this offset begins. */
const header = (bytes: Uint8Array, at: number): number => at + 2 + (bytes[at + 1]! > 0x80 ? bytes[at + 1]! & 0x7f : 0)

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const text = (bytes: Uint8Array): string => fromUtf8(bytes.subarray(0, 64).filter((byte) => byte < 0x80))

const SIGNED_DATA = '06092a864886f70d010702'
const TST_INFO = '060b2a864886f70d0109100104'
// EnvelopedData, EncryptedData and AuthEnvelopedData.
const SEALED: ReadonlySet<string> = new Set([
  '06092a864886f70d010703',
  '06092a864886f70d010706',
  '060b2a864886f70d0109100117',
])
