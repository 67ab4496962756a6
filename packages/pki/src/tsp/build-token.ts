import type { SignatureAlgorithm } from '../algorithms/index.ts'
import type { Signer } from '../cms/index.ts'
import { signBytes } from '../cms/index.ts'
import { fail } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { EXTENSIONS, extension, formatName } from '../x509/index.ts'
import type { TstInfoInput } from './tst-info.ts'
import { buildTstInfo, TST_INFO } from './tst-info.ts'

/** What a time-stamp service puts into a token. */
export interface TimeStampTokenInput {
  readonly tst: TstInfoInput
  /** Of the service: for time stamping alone, said in a critical extension (RFC 3161 §2.3). */
  readonly certificate: Certificate
  readonly key: Signer['key']
  /** @default the usual one of the key's kind */
  readonly algorithm?: SignatureAlgorithm
  /** Certificates to carry, without the service's own. */
  readonly chain?: readonly Certificate[]
  /** Leaves the service's own certificate out, as it must be unless it was asked for (§2.4.1 certReq). */
  readonly withoutCertificate?: true
}

/**
 * A TimeStampToken, DER (RFC 3161 §2.4.2), with the certificate of the service inside unless told otherwise; it goes into a response by
 * `buildTimeStampResponse`.
 * @throws usage_not_allowed for a certificate that is for anything else; key_mismatch, certificate_expired,
 *   certificate_not_yet_valid at `genTime`, and what `buildTstInfo` throws
 * @example
 * const imprint = await imprintOf(sample.crl)
 * const tst = { policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: sample.at }
 * await assert.rejects(buildTimeStampToken({ tst, ...sample.person }), { code: 'usage_not_allowed' })
 */
export async function buildTimeStampToken(input: TimeStampTokenInput): Promise<Uint8Array> {
  const { tst, certificate, key, algorithm, chain = [], withoutCertificate } = input
  if (!isForTimeStamping(certificate)) {
    fail('usage_not_allowed', { subject: formatName(certificate.subject, 'rfc4514'), purpose: 'timeStamping' })
  }
  return signBytes(buildTstInfo(tst), {
    contentType: TST_INFO,
    signers: [{ certificate, key, ...(algorithm ? { algorithm } : {}) }],
    certificates: chain,
    ...(withoutCertificate ? { withoutSigners: true } : {}),
    at: tst.genTime,
    // A service reads nothing that is sealed.
    capabilities: [],
  })
}

function isForTimeStamping(certificate: Certificate): boolean {
  const usage = EXTENSIONS.extendedKeyUsage.oid
  const critical = certificate.extensions.some((one) => one.oid === usage && one.critical)
  return critical && extension(certificate, 'extendedKeyUsage')?.join() === 'timeStamping'
}
