import { BerStream, contextConstructed, oid, TAG } from '@scel/pki/asn1'
import { equal } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { TST_INFO } from '@scel/pki/tsp'
import { cmsKind } from './cms-kind.ts'
import { isSignedMail } from './wrapping.ts'

/**
 * `signature` is a signed file without its content, `stamp` a time stamp by itself, `mail` a mail with its signature
 * beside the text, `key` a PKCS #12 file. Anything that is none of ours is `plain`.
 */
export type FileKind = 'sealed' | 'signed' | 'signature' | 'stamp' | 'mail' | 'key' | 'certificate' | 'plain'

/** Octets that suffice to tell, also where hundreds of digest algorithms stand before the content. */
export const HEAD = 8192

/**
 * What a file is, by its first `HEAD` octets. It is told by structure, never by octets found somewhere: what is signed may
 * hold any. Whether the rest is well-formed is for its reader to say.
 */
export async function fileKind(head: Uint8Array): Promise<FileKind> {
  if (head[0] !== TAG.sequence) return kindOfText(head)
  const kind = cmsKind(head)
  if (kind === 'sealed') return 'sealed'
  if (kind === 'signed') return kindOfSigned(ber(head))
  try {
    return await kindOfOther(head)
  } catch (error) {
    return told(error, 'plain')
  }
}

function kindOfText(head: Uint8Array): FileKind {
  const text = new TextDecoder('latin1').decode(head)
  if (/^\s*-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text)) return 'certificate'
  return isSignedMail(head) ? 'mail' : 'plain'
}

/**
 * SignedData up to its content, which is missing in a detached signature (RFC 5652 §5.1, §5.2). What is damaged before
 * that is a signed file all the same: its reader says what is wrong with it.
 */
async function kindOfSigned(stream: BerStream): Promise<FileKind> {
  try {
    await stream.enter(TAG.sequence)
    await stream.element(SMALL)
    await stream.enter(contextConstructed(0))
    await stream.enter(TAG.sequence)
    await stream.element(SMALL)
    await stream.element(HEAD)
    await stream.enter(TAG.sequence)
    if (equal(await stream.element(SMALL), STAMP)) return 'stamp'
    return (await stream.peek()) === undefined ? 'signature' : 'signed'
  } catch (error) {
    return told(error, 'signed')
  }
}

/** What is no CMS: a PFX begins with its version, 3 (RFC 7292 §4), certificates and responses with a SEQUENCE. */
async function kindOfOther(head: Uint8Array): Promise<FileKind> {
  const stream = ber(head)
  await stream.enter(TAG.sequence)
  const first = await stream.peek()
  if (first === TAG.integer) {
    const version = await stream.element(SMALL)
    return version.length === 3 && version[2] === 3 && (await stream.peek()) === TAG.sequence ? 'key' : 'plain'
  }
  if (first !== TAG.sequence) return 'plain'
  if (isCertificate(head)) return 'certificate'
  return (await holdsStamp(stream)) ? 'stamp' : 'plain'
}

/** A TimeStampResp: a status, which begins with a number, and then the time stamp, if it was granted (RFC 3161 §2.4.2). */
async function holdsStamp(stream: BerStream): Promise<boolean> {
  const status = await stream.verbatim(HEAD)
  if (status[header(status, 0)] !== TAG.integer) return false
  if ((await stream.peek()) !== TAG.sequence) return false
  return (await kindOfSigned(stream)) === 'stamp'
}

/** A SEQUENCE in a SEQUENCE that begins with its version: TBSCertificate (RFC 5280 §4.1), of version 3 as all are. */
function isCertificate(head: Uint8Array): boolean {
  const inner = header(head, header(head, 0))
  return head[inner] === contextConstructed(0) && head[inner + 1] === 3
}

/** Where the content of the element at this offset begins. */
const header = (bytes: Uint8Array, at: number): number => at + 2 + (bytes[at + 1]! > 0x80 ? bytes[at + 1]! & 0x7f : 0)

/** What cannot be read on is what it was until there; anything else is a defect. */
function told(error: unknown, kind: FileKind): FileKind {
  if (isPkiError(error)) return kind
  throw error
}

const ber = (head: Uint8Array): BerStream => new BerStream(one(head), 'file')

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const STAMP = oid(TST_INFO)
/** An identifier or a version. */
const SMALL = 32
