// Signed content, judged while it streams.

import type { ByteSource } from '../asn1/index.ts'
import { BerStream } from '../asn1/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import { PassingContent } from './signed/content.ts'
import { caseOf, judgeSigner } from './signed/judge.ts'
import type { MessageDigestName } from './signed/message-digest.ts'
import { messageDigestByOid } from './signed/message-digest.ts'
import type { SignedTail } from './signed/read.ts'
import { readSignedData } from './signed/read.ts'
import type { SignerVerdict, VerifiedContent } from './signed/verdict.ts'
import type { VerifyOptions } from './signed/verify-options.ts'
import type { ByteSink } from './sink.ts'

/**
 * Judges SignedData, DER or BER, of any size (RFC 5652 §5). Content that is inside goes to `sink` while it is read; a
 * detached signature takes it from `options.content`. The promise is fulfilled also when signatures do not hold: `valid`
 * tells, and whoever made the sink keeps what was written only when they are content with the verdicts.
 * @throws signature_missing when nobody signed; content_missing, content_twice; cms_malformed, der_malformed,
 *   der_too_deep, input_too_large; time_malformed when `at` is no date; the reason of `signal`
 * @example
 * const content = async function* () { yield utf8('a text') }
 * const signature = await signDetached(content(), { signers: [sample.person], at: sample.at })
 * const { valid, signers } = await verifyContent((async function* () { yield signature })(), {
 *   content: content(), anchors: [sample.root.certificate], intermediates: [sample.issuing.certificate],
 *   at: sample.at, revocation: 'not-asked', identity: { email: 'ana@example.org' },
 * })
 * assert.deepEqual([valid, signers[0]!.integrity, signers[0]!.identity], [true, { ok: true }, { ok: true }])
 */
export async function verifyContent(
  signed: ByteSource,
  options: VerifyOptions,
  sink?: ByteSink,
): Promise<VerifiedContent> {
  const stream = new BerStream(signed, 'ContentInfo')
  try {
    return await verifyStream(stream, options, sink)
  } finally {
    await stream.close()
  }
}

async function verifyStream(stream: BerStream, options: VerifyOptions, sink?: ByteSink): Promise<VerifiedContent> {
  const old = options.danger?.oldSignatures ?? false
  const { head, content, tail: readTail } = await readSignedData(stream)
  let passing: PassingContent
  let tail: SignedTail
  if (content) {
    // Two contents would be two truths (CVE-2018-18509): one says what is signed, the other is shown.
    if (options.content) fail('content_twice', {})
    passing = new PassingContent(known(head.digestOids, old), true)
    await pass(content, passing, options, sink)
    tail = await readTail()
    if (tail.signers.length === 0) fail('signature_missing', {})
  } else {
    tail = await readTail()
    if (tail.signers.length === 0) fail('signature_missing', {})
    const used = tail.signers.map(({ digestOid }) => digestOid)
    passing = new PassingContent(
      known(used, old),
      tail.signers.some((one) => !one.signed),
    )
    await pass(options.content ?? fail('content_missing', {}), passing, options)
  }
  const thing = {
    contentType: head.contentType,
    digest: (name: MessageDigestName) => passing.digest(name),
    whole: () => passing.whole(),
  }
  const file = caseOf(options, tail)
  const signers: SignerVerdict[] = []
  for (const info of tail.signers) {
    options.signal?.throwIfAborted()
    signers.push(await judgeSigner(info, thing, file))
  }
  return Object.freeze({
    contentType: head.contentType,
    detached: head.detached,
    length: passing.length,
    certificates: tail.certificates,
    crls: tail.crls,
    signers: Object.freeze(signers),
    valid: signers.every(holds),
  })
}

/** Every one of them, or the file would be as good as its weakest reader. */
const holds = ({ integrity, chain, identity, revocation }: SignerVerdict): boolean =>
  integrity.ok && chain.ok && [identity, revocation].every((one) => one === 'not-asked' || one.ok)

async function pass(
  content: ByteSource,
  passing: PassingContent,
  { signal, progress }: VerifyOptions,
  sink?: ByteSink,
): Promise<void> {
  signal?.throwIfAborted()
  for await (const bytes of content) {
    signal?.throwIfAborted()
    passing.update(bytes)
    await sink?.write(bytes)
    progress?.(passing.length)
  }
}

/** Digests that can be computed; a signer with another one fails by itself. */
const known = (oids: readonly string[], old: boolean): Set<MessageDigestName> =>
  new Set(
    oids.flatMap((oid) => {
      try {
        return [messageDigestByOid(oid, old)]
      } catch (error) {
        if (isPkiError(error)) return []
        throw error
      }
    }),
  )
