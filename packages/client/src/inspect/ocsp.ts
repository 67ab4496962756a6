import { toHex } from '@scel/pki/bytes'
import {
  type CertId,
  type OcspResponse,
  parseOcspRequest,
  parseOcspResponse,
  type SingleResponse,
} from '@scel/pki/ocsp'
import { formatName, serialHex } from '@scel/pki/x509'
import { signatureName } from './common.ts'

/** The certificate in question, as the protocol names it. */
export interface CertIdFacts {
  readonly serial: string
  readonly hash: string
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
}

export interface OcspRequestFacts {
  readonly kind: 'ocsp request'
  readonly certificates: readonly CertIdFacts[]
  readonly nonce?: string
}

export interface OcspResponseFacts {
  readonly kind: 'ocsp response'
  readonly status: string
  readonly responder?: string
  readonly producedAt?: string
  readonly answers: readonly OcspAnswerFacts[]
  readonly nonce?: string
  readonly signatureAlgorithm?: string
  readonly certificates: number
}

export interface OcspAnswerFacts extends CertIdFacts {
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revokedAt?: string
  readonly reason?: string
  readonly thisUpdate: string
  readonly nextUpdate?: string
}

/** @throws ocsp_malformed, der_malformed, algorithm_unsupported */
export function ocspRequestFacts(der: Uint8Array): OcspRequestFacts {
  const { certIds, nonce } = parseOcspRequest(der)
  return { kind: 'ocsp request', certificates: certIds.map(certIdFacts), ...(nonce ? { nonce: toHex(nonce) } : {}) }
}

/** Who answered is not judged here: that is for `scel verify --ocsp`. @throws ocsp_malformed, der_malformed */
export function ocspResponseFacts(der: Uint8Array): OcspResponseFacts {
  const { status, basic } = parseOcspResponse(der)
  if (!basic) return { kind: 'ocsp response', status, answers: [], certificates: 0 }
  return {
    kind: 'ocsp response',
    status,
    responder: responderText(basic),
    producedAt: basic.producedAt.toISOString(),
    answers: basic.responses.map(answerFacts),
    ...(basic.nonce ? { nonce: toHex(basic.nonce) } : {}),
    signatureAlgorithm: signatureName(basic.signatureAlgorithm),
    certificates: basic.certificates.length,
  }
}

function answerFacts(single: SingleResponse): OcspAnswerFacts {
  return {
    ...certIdFacts(single.certId),
    status: single.status,
    ...(single.status === 'revoked'
      ? { revokedAt: single.revokedAt.toISOString(), reason: single.reason ?? 'unspecified' }
      : {}),
    thisUpdate: single.thisUpdate.toISOString(),
    ...(single.nextUpdate ? { nextUpdate: single.nextUpdate.toISOString() } : {}),
  }
}

const certIdFacts = ({ serial, hash, issuerNameHash, issuerKeyHash }: CertId): CertIdFacts => ({
  serial: serialHex(serial),
  hash,
  issuerNameHash: toHex(issuerNameHash),
  issuerKeyHash: toHex(issuerKeyHash),
})

const responderText = ({ responderId }: NonNullable<OcspResponse['basic']>): string =>
  'name' in responderId ? formatName(responderId.name, 'rfc4514') : `#${toHex(responderId.keyHash)}`
