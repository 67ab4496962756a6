import { CertificateStatus, type CertificateSummary, isProfileName, type ProfileName } from '@scel/contract/values'
import type { Tone } from '../../ui/tag.tsx'

export const STATUS_TONES: Readonly<Record<CertificateStatus, Tone>> = {
  valid: 'good',
  expired: 'neutral',
  revoked: 'bad',
}

export const STATUSES: readonly CertificateStatus[] = CertificateStatus.enum

export interface CertificateSearch {
  readonly search?: string
  readonly status?: CertificateStatus
  readonly profile?: ProfileName
  readonly organisation?: string
  readonly service?: string
}

/** The filters as they stand in the address: anything else in it is dropped. */
export function parseCertificateSearch(raw: Readonly<Record<string, unknown>>): CertificateSearch {
  const search = typeof raw.search === 'number' ? String(raw.search) : raw.search
  const status = STATUSES.find((known) => known === raw.status)
  return {
    ...(typeof search === 'string' && search ? { search: search.slice(0, 100) } : {}),
    ...(status ? { status } : {}),
    ...(isProfileName(raw.profile) ? { profile: raw.profile } : {}),
    ...(typeof raw.organisation === 'string' && raw.organisation ? { organisation: raw.organisation } : {}),
    ...(typeof raw.service === 'string' && raw.service ? { service: raw.service } : {}),
  }
}

const DAY = 86_400_000

export interface Validity {
  /** How much of the period is over, 0 … 1. */
  readonly passed: number
  readonly tone: 'good' | 'notice' | 'bad' | 'neutral'
  readonly state:
    | { readonly kind: 'not-yet' }
    | { readonly kind: 'left'; readonly days: number }
    | { readonly kind: 'expired'; readonly days: number }
}

/**
 * Where a certificate stands in its time. It deserves notice in its last tenth, at most the last 30 days, which is
 * when it should be renewed.
 */
export function validityOf(
  certificate: Pick<CertificateSummary, 'notBefore' | 'notAfter' | 'status'>,
  now: number,
): Validity {
  const from = Date.parse(certificate.notBefore)
  const until = Date.parse(certificate.notAfter)
  const passed = until > from ? (now - from) / (until - from) : 1
  const revoked = certificate.status === 'revoked'
  if (now < from) return { passed: 0, tone: revoked ? 'bad' : 'neutral', state: { kind: 'not-yet' } }
  if (now > until) {
    return {
      passed: 1,
      tone: revoked ? 'bad' : 'neutral',
      state: { kind: 'expired', days: Math.floor((now - until) / DAY) },
    }
  }
  const soon = until - now < Math.min(30 * DAY, (until - from) / 10)
  return {
    passed,
    tone: revoked ? 'bad' : soon ? 'notice' : 'good',
    state: { kind: 'left', days: Math.floor((until - now) / DAY) },
  }
}
