// What a TimeStampToken is worth (RFC 3161 §2.2 and §2.4.2): the signature of a service that may stamp, over the imprint
// that was asked for.

import type { ByteSource } from '../asn1/index.ts'
import { equal, GrowingBytes } from '../bytes/index.ts'
import type { ChainVerdict, SignerVerdict, VerifiedContent } from '../cms/index.ts'
import { verifyContent } from '../cms/index.ts'
import { digestStream } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Budget, TrustAnchor, ValidatePathOptions } from '../path/index.ts'
import type { Certificate } from '../x509/index.ts'
import { extension, sameName, writeGeneralName } from '../x509/index.ts'
import { checkTimeStamp } from './check.ts'
import type { MessageImprint } from './message-imprint.ts'
import type { TstInfo } from './tst-info.ts'
import { parseTstInfo, TST_INFO } from './tst-info.ts'

/** Trust, time and revocation of a service, and the moment to judge at. */
export interface TimeStampTrust {
  readonly anchors: readonly TrustAnchor[]
  /** Certificates at hand besides those in the token. */
  readonly intermediates?: readonly Certificate[]
  /** The certificate of the service must be in force then, and the stamp not be later. */
  readonly at: Date
  readonly revocation: ValidatePathOptions['revocation']
  /** Shared with other chains of one message. */
  readonly budget?: Budget
}

/** What a token is held against. */
export interface VerifyTimeStampOptions extends TimeStampTrust {
  /** What was stamped, or the imprint that was sent; one of the two. */
  readonly data?: Uint8Array | ByteSource
  readonly imprint?: MessageImprint
  /** Those of the request, where there was one. */
  readonly nonce?: bigint
  readonly policy?: string
}

/** A time stamp that holds. */
export interface TimeStamp {
  /** The moment that is proved: what was stamped existed then. */
  readonly at: Date
  readonly accuracy?: TstInfo['accuracy']
  readonly serial: Uint8Array
  readonly serialHex: string
  readonly policy: string
  /** The certificate of the service. */
  readonly tsa: Certificate
  readonly info: TstInfo
}

/** As far as a token was read before it was refused. */
export interface ReadSoFar {
  info?: TstInfo
  tsa?: Certificate
  chain?: ChainVerdict
}

/**
 * Judges a TimeStampToken, DER or BER.
 * @throws time_stamp_malformed when it stamps something else, or is signed by more or fewer than one; content_altered,
 *   signature_invalid, signer_unknown, signature_missing; usage_not_allowed for a certificate that is not for time
 *   stamping alone; algorithm_weak, extension_critical_unknown; what `validatePath` and reading throw
 * @example
 * const trust = { anchors: [sample.root.certificate], at: sample.at, revocation: 'not-asked' as const }
 * const token = await signBytes(utf8('no time stamp'), { signers: [sample.person], at: sample.at })
 * await assert.rejects(verifyTimeStampToken(token, { ...trust, data: utf8('a text') }), { code: 'time_stamp_malformed' })
 */
export const verifyTimeStampToken = (token: Uint8Array, options: VerifyTimeStampOptions): Promise<TimeStamp> =>
  judgeToken(token, options, {})

/** The same, telling `seen` what it read on the way. */
export async function judgeToken(
  token: Uint8Array,
  options: VerifyTimeStampOptions,
  seen: ReadSoFar,
): Promise<TimeStamp> {
  const { verified, content } = await verifySignature(token, options)
  if (verified.contentType !== TST_INFO) differs('content type')
  const info = parseTstInfo(content)
  seen.info = info
  // "MUST NOT contain any signatures other than the signature of the TSA" (§2.4.2).
  const [signer, another] = verified.signers
  if (another) differs('several signers')
  const tsa = checkSigner(signer!, seen)
  await checkImprint(info, options)
  checkMoment(info, tsa, options.at)
  checkName(info, tsa)
  for (const { oid, critical } of info.extensions) {
    if (critical) fail('extension_critical_unknown', { subject: 'TSTInfo', oid })
  }
  const { genTime: at, accuracy, serial, serialHex, policy } = info
  return Object.freeze({ at, ...(accuracy ? { accuracy } : {}), serial, serialHex, policy, tsa, info })
}

async function verifySignature(
  token: Uint8Array,
  { anchors, intermediates = [], at, revocation, budget }: TimeStampTrust,
): Promise<{ verified: VerifiedContent; content: Uint8Array }> {
  const content = new GrowingBytes('TSTInfo', MAX_BYTES)
  const sink = { write: async (bytes: Uint8Array) => content.append(bytes) }
  const source = (async function* () {
    yield token
  })()
  const question = {
    anchors,
    intermediates,
    at,
    revocation,
    purpose: 'timeStamping',
    ...(budget ? { budget } : {}),
  } as const
  return { verified: await verifyContent(source, question, sink), content: content.view() }
}

function checkSigner(
  { signer, integrity, namesCertificate, chain, revocation }: SignerVerdict,
  seen: ReadSoFar,
): Certificate {
  if (signer) seen.tsa = signer
  seen.chain = chain
  if (!integrity.ok) throw integrity.error
  // "The certificate identifier (ESSCertID) of the TSA certificate MUST be included" (§2.4.2).
  if (!namesCertificate) differs('signing certificate missing')
  if (!chain.ok) throw chain.error
  if (revocation !== 'not-asked' && !revocation.ok) throw revocation.error
  return signer!
}

async function checkImprint(info: TstInfo, { data, imprint, nonce, policy }: VerifyTimeStampOptions): Promise<void> {
  // What collides proves nothing about which of two things was stamped.
  if (info.imprint.digest === 'SHA-1') fail('algorithm_weak', { name: 'SHA-1' })
  const wanted = imprint ?? (await imprintIn(info, data ?? differs('message imprint')))
  checkTimeStamp(info, {
    imprint: wanted,
    ...(nonce === undefined ? {} : { nonce }),
    ...(policy === undefined ? {} : { policy }),
  })
}

async function imprintIn({ imprint }: TstInfo, data: Uint8Array | ByteSource): Promise<MessageImprint> {
  const stream = digestStream(imprint.digest)
  if (data instanceof Uint8Array) stream.update(data)
  else for await (const bytes of data) stream.update(bytes)
  return { digest: imprint.digest, hash: await stream.digest() }
}

/** The service stamps while its certificate is in force, and not the future. */
function checkMoment({ genTime }: TstInfo, tsa: Certificate, at: Date): void {
  if (genTime < tsa.notBefore || genTime.getTime() >= tsa.notAfter.getTime() + 1_000)
    differs('moment outside of its dates')
  if (genTime.getTime() > at.getTime() + SKEW) differs('moment in the future')
}

/** "If present, it MUST correspond to one of the subject names included in the certificate" (§2.4.2). */
function checkName({ tsa: named }: TstInfo, certificate: Certificate): void {
  if (!named) return
  if (named.kind === 'directoryName' && sameName(named.name, certificate.subject)) return
  const wanted = writeGeneralName(named)
  const names = extension(certificate, 'subjectAltName') ?? []
  if (!names.some((one) => equal(writeGeneralName(one), wanted))) differs('name of the service')
}

const differs = (what: string): never => fail('time_stamp_malformed', { what })
// A digest, a few numbers, a name.
const MAX_BYTES = 64 * 1024
// Clocks differ by minutes; the same as for revocation lists.
const SKEW = 5 * 60_000
