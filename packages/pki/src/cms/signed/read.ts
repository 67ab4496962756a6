// SignedData as it arrives (RFC 5652 §5.1): what comes before the content, the content, what comes after it.

import type { BerStream, ByteSource } from '../../asn1/index.ts'
import { contextConstructed, DerReader, TAG } from '../../asn1/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { parseCertificate } from '../../x509/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import { SIGNED_DATA } from '../oids.ts'
import type { SignerInfo } from './signer-info.ts'
import { MAX_BYTES, readSignerInfo } from './signer-info.ts'

/** What is known before the content. */
export interface SignedHead {
  readonly contentType: string
  /** OIDs of the digests that signers use. */
  readonly digestOids: readonly string[]
  readonly detached: boolean
}

/** What follows the content. */
export interface SignedTail {
  /** Certificates, DER each, whether they can be read or not. */
  readonly carried: readonly Uint8Array[]
  /** Those that can be read. */
  readonly certificates: readonly Certificate[]
  /** DER each. */
  readonly crls: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
}

/**
 * Reads to the end of the content, which `head` hands over; the rest is read by `tail`, when the content is through.
 * @throws cms_malformed, der_malformed, der_too_deep, input_too_large
 */
export async function readSignedData(stream: BerStream): Promise<{
  readonly head: SignedHead
  /** Of content that is inside; to be read to its end before the tail. */
  readonly content: ByteSource | undefined
  tail(): Promise<SignedTail>
}> {
  await stream.enter(TAG.sequence)
  if ((await dotted(stream)) !== SIGNED_DATA) malformed('content type')
  await stream.enter(contextConstructed(0))
  await stream.enter(TAG.sequence)
  const version = await stream.element(SMALL)
  // The version follows from what is inside (§5.1), and programs get it wrong; beyond 5 it is another standard.
  DerReader.whole(version, 'SignedData', (reader) => reader.smallInteger(5))
  const digestOids = await set(stream, TAG.set, async () => oidOf(await stream.element(SMALL)), MOST_SIGNERS)
  await stream.enter(TAG.sequence)
  const contentType = await dotted(stream)
  const detached = (await stream.peek()) === undefined
  if (!detached) await stream.enter(contextConstructed(0))
  return {
    head: Object.freeze({ contentType, digestOids: Object.freeze(digestOids), detached }),
    content: detached ? undefined : stream.octets(),
    async tail() {
      if (!detached) await stream.leave()
      await stream.leave()
      const budget = { left: MOST_BESIDES }
      const carried = await members(stream, 0, budget)
      const crls = await members(stream, 1, budget)
      const signers = await set(
        stream,
        TAG.set,
        async () => readSignerInfo(await stream.element(MAX_BYTES)),
        MOST_SIGNERS,
      )
      for (let open = 0; open < 3; open++) await stream.leave()
      await stream.end()
      return Object.freeze({
        carried: Object.freeze(carried),
        certificates: Object.freeze(carried.flatMap(readable)),
        crls: Object.freeze(crls),
        signers: Object.freeze(signers),
      })
    },
  }
}

const dotted = async (stream: BerStream): Promise<string> =>
  DerReader.whole(await stream.element(SMALL), 'ContentInfo', (reader) => reader.oid())

/** A set in any order: what is not signed need not be DER. */
async function set<T>(stream: BerStream, tag: number, read: () => Promise<T>, most: number): Promise<T[]> {
  await stream.enter(tag)
  const items: T[] = []
  while ((await stream.peek()) !== undefined) {
    if (items.length >= most) fail('input_too_large', { what: 'SignedData', limit: most })
    items.push(await read())
  }
  await stream.leave()
  return items
}

/** Certificates or lists; other kinds have tags of their own and are read over (RFC 5652 §10.2.1, §10.2.2). */
async function members(stream: BerStream, number: 0 | 1, budget: { left: number }): Promise<Uint8Array[]> {
  const tag = contextConstructed(number)
  if ((await stream.peek()) !== tag) return []
  const read = async (): Promise<Uint8Array> => {
    // Octet for octet: a certificate in another encoding would have another fingerprint.
    const member = await stream.verbatim(budget.left)
    budget.left -= member.length
    return member
  }
  return (await set(stream, tag, read, MOST_MEMBERS)).filter((member) => member[0] === TAG.sequence)
}

/** A certificate that cannot be read is one that is not there: whoever needs it says so. */
function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (isPkiError(error)) return []
    throw error
  }
}

const malformed = (what: string): never => fail('cms_malformed', { what })
// Identifiers of algorithms and types.
const SMALL = 4096
// Each is verified, with a chain of its own.
const MOST_SIGNERS = 64
const MOST_MEMBERS = 10_000
/** Certificates and lists together, in bytes. */
const MOST_BESIDES = 64 * 1024 * 1024
