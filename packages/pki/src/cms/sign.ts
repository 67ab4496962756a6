// Signs content of any size: it passes once, and only its digests stay.

import type { ByteSource } from '../asn1/index.ts'
import { contextConstructed, END_OF_CONTENTS, indefiniteStart, octetPieces, oid, TAG } from '../asn1/index.ts'
import { concat } from '../bytes/index.ts'
import { SIGNED_DATA } from './oids.ts'
import type { PassingContent } from './signed/content.ts'
import type { Signing } from './signed/sign-content.ts'
import { passingFor, prepare, signerInfos } from './signed/sign-content.ts'
import type { SignOptions } from './signed/sign-options.ts'
import { afterContent, digestAlgorithms, signedDataDer, versionFor } from './signed/write.ts'

/**
 * Signs content that stays apart: SignedData without it, DER (RFC 5652 §5). What is signed besides the content is its
 * type, the moment, the certificate, the algorithms, and what the signers can read.
 * @throws signature_missing without signers; key_mismatch, key_usage_missing, certificate_expired,
 *   certificate_not_yet_valid for a signer that cannot sign; what `stamp` throws; the reason of `signal`
 * @example
 * const content = (async function* () { yield utf8('a text') })()
 * const signature = await signDetached(content, { signers: [sample.person], at: sample.at })
 * assert.deepEqual(readCertificateBag(signature).certificates, [sample.person.certificate.der])
 */
export async function signDetached(content: ByteSource, options: SignOptions): Promise<Uint8Array> {
  const signing = prepare(options)
  const passing = passingFor(signing)
  for await (const _ of through(content, passing, signing));
  return signedDataDer(signing.besides, await signerInfos(signing, passing))
}

/**
 * Signs content and holds it: SignedData in BER of indefinite length, while the content comes. Signers are checked at
 * once; what goes wrong later, the source throws.
 * @throws what {@link signDetached} throws
 * @example
 * const signed = signContent((async function* () { yield utf8('a text') })(), { signers: [sample.person], at: sample.at })
 * const { length, detached } = await verifyContent(signed, {
 *   anchors: [sample.root.certificate], at: sample.at, revocation: 'not-asked',
 * })
 * assert.deepEqual([length, detached], [6, false])
 */
export function signContent(content: ByteSource, options: SignOptions): ByteSource {
  return written(content, prepare(options))
}

/**
 * Signs content that is in memory, and holds it: SignedData in DER, as time stamps and small messages want it.
 * @throws what {@link signDetached} throws
 * @example
 * const signed = await signBytes(utf8('a text'), { signers: [sample.person], at: sample.at })
 * assert.deepEqual(readCertificateBag(signed).certificates, [sample.person.certificate.der])
 */
export async function signBytes(content: Uint8Array, options: SignOptions): Promise<Uint8Array> {
  const signing = prepare(options)
  const passing = passingFor(signing)
  passing.update(content)
  return signedDataDer(signing.besides, await signerInfos(signing, passing), content)
}

async function* written(content: ByteSource, signing: Signing): AsyncGenerator<Uint8Array, void, undefined> {
  const { besides } = signing
  const passing = passingFor(signing)
  const inside = indefiniteStart(contextConstructed(0))
  yield concat(
    [indefiniteStart(TAG.sequence), oid(SIGNED_DATA), inside, indefiniteStart(TAG.sequence)],
    [versionFor(besides.contentType), digestAlgorithms(besides.digests)],
    [indefiniteStart(TAG.sequence), oid(besides.contentType), inside, indefiniteStart(OCTETS_IN_PIECES)],
  )
  yield* octetPieces(through(content, passing, signing))
  yield concat(
    [END_OF_CONTENTS, END_OF_CONTENTS, END_OF_CONTENTS],
    afterContent(besides, await signerInfos(signing, passing)),
    [END_OF_CONTENTS, END_OF_CONTENTS, END_OF_CONTENTS],
  )
}

/** The same content, looked at on its way. */
async function* through(
  content: ByteSource,
  passing: PassingContent,
  { options: { signal } }: Signing,
): AsyncGenerator<Uint8Array, void, undefined> {
  signal?.throwIfAborted()
  for await (const bytes of content) {
    signal?.throwIfAborted()
    passing.update(bytes)
    yield bytes
  }
}

const OCTETS_IN_PIECES = TAG.octetString | 0x20
