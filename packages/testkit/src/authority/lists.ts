// Revocation lists and OCSP responses for tests, good and bad ones, around the moment NOW of certify.ts.

import { defaultSignature } from '@scel/pki/algorithms'
import { sign } from '@scel/pki/crypto'
import {
  assembleOcspResponse,
  buildTbsOcspResponse,
  makeCertId,
  type OcspResponse,
  parseOcspResponse,
  type SingleResponse,
} from '@scel/pki/ocsp'
import {
  assembleSigned,
  buildTbsCrl,
  type Crl,
  type CrlEntryInput,
  type Extension,
  type IssuingDistributionPoint,
  keyIdentifier,
  makeExtension,
  type Name,
  parseCrl,
  type RevocationReason,
} from '@scel/pki/x509'
import { type Holder, NOW } from './certify.ts'

const DAY = 86_400_000
export const daysFromNow = (days: number): Date => new Date(NOW.getTime() + days * DAY)

export interface CrlWish {
  readonly signer: Holder
  /** Another name than the signer's. */
  readonly issuer?: Name
  readonly entries?: readonly (Holder | CrlEntryInput)[]
  readonly number?: bigint | 'none'
  /** The key identifier that it names. @default the signer's own */
  readonly authority?: Uint8Array | 'none'
  /** Makes it a delta. */
  readonly base?: bigint
  readonly point?: Partial<IssuingDistributionPoint>
  readonly extensions?: readonly Extension[]
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
}

/** A list of the signer's, a day old and good for a week unless told otherwise; nothing is on it unless told. */
export async function makeCrl(wish: CrlWish): Promise<Crl> {
  const { signer, number = 1n } = wish
  const authority = wish.authority ?? (await keyIdentifier(signer.keys.publicKey))
  const row = defaultSignature(signer.keys.privateKey.spec!)
  const tbs = buildTbsCrl({
    signature: row,
    issuer: wish.issuer ?? signer.certificate.subject,
    thisUpdate: wish.thisUpdate ?? daysFromNow(-1),
    nextUpdate: wish.nextUpdate ?? daysFromNow(7),
    entries: (wish.entries ?? []).map((one) => ('serial' in one ? one : revoked(one))),
    extensions: [
      ...(authority === 'none' ? [] : [makeExtension('authorityKeyIdentifier', { keyIdentifier: authority })]),
      ...(number === 'none' ? [] : [makeExtension('cRLNumber', number)]),
      ...(wish.base === undefined ? [] : [makeExtension('deltaCRLIndicator', wish.base)]),
      ...(wish.point ? [makeExtension('issuingDistributionPoint', { ...WHOLE, ...wish.point })] : []),
      ...(wish.extensions ?? []),
    ],
  })
  return parseCrl(assembleSigned(tbs, row, await sign(signer.keys.privateKey, tbs, row)))
}

/** An entry for a certificate; `issuer` for indirect lists. */
export const revoked = (
  { certificate }: Holder,
  reason: RevocationReason = 'keyCompromise',
  more: Partial<CrlEntryInput> = {},
): CrlEntryInput => ({ serial: certificate.serial, revokedAt: daysFromNow(-2), reason, ...more })

export interface OcspWish {
  readonly about: Holder
  readonly issuer: Holder
  /** A delegate, whose certificate is sent along. @default the issuer */
  readonly signer?: Holder
  readonly status?: 'good' | 'unknown' | 'revoked'
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
}

export async function makeOcsp({ about, issuer, signer = issuer, ...wish }: OcspWish): Promise<OcspResponse> {
  const row = defaultSignature(signer.keys.privateKey.spec!)
  const { status = 'good', thisUpdate = daysFromNow(-1), nextUpdate = daysFromNow(1) } = wish
  const facts =
    status === 'revoked' ? { status, revokedAt: daysFromNow(-2), reason: 'keyCompromise' as const } : { status }
  const single = {
    certId: await makeCertId(issuer.certificate, about.certificate.serial),
    thisUpdate,
    nextUpdate,
    ...facts,
  }
  const tbs = buildTbsOcspResponse({
    responder: signer.certificate.subject,
    producedAt: thisUpdate,
    responses: [single as SingleResponse],
  })
  const certificates = signer === issuer ? [] : [signer.certificate.der]
  return parseOcspResponse(
    assembleOcspResponse({ tbs, row, signature: await sign(signer.keys.privateKey, tbs, row), certificates }),
  )
}

const WHOLE: IssuingDistributionPoint = {
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  indirectCRL: false,
  onlyContainsAttributeCerts: false,
}
