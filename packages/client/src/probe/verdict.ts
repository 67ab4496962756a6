import { isPkiError } from '@scel/pki/errors'
import { isCliError, isDeskRefusal } from '../ui/cli-error.ts'
import type { StepName, Verdict } from './report.ts'

/** The verdict that an error of a step stands for. */
export function verdictOf(error: unknown, step: StepName): Verdict {
  if (isDeskRefusal(error)) return BY_PROBLEM[error.problem.code] ?? 'refused'
  if (isPkiError(error)) return BY_PKI_ERROR[error.code] ?? 'refused'
  if (!isCliError(error)) return 'refused'
  if (error.code === 'tls_refused') return byAlert(String(error.facts.reason))
  return (step === 'key' ? KEY_FAILURES[error.code] : BY_FAILURE[error.code]) ?? 'unreachable'
}

/** How the desk judges a certificate at the mutual-TLS door, by the codes of the contract. */
const BY_PROBLEM: Readonly<Record<string, Verdict>> = {
  certificate_missing: 'no_certificate_seen',
  certificate_expired_at: 'expired',
  certificate_not_valid_before: 'not_yet_valid',
  certificate_is_revoked: 'revoked',
  certificate_unknown_authority: 'unknown_authority',
  certificate_not_issued_here: 'unknown_authority',
  certificate_wrong_purpose: 'wrong_purpose',
}

const BY_PKI_ERROR: Readonly<Record<string, Verdict>> = {
  certificate_expired: 'expired',
  certificate_not_yet_valid: 'not_yet_valid',
  certificate_revoked: 'revoked',
  key_unavailable: 'key_unavailable',
  revocation_unknown: 'unknown_authority',
  issuer_unknown: 'unknown_authority',
}

const BY_FAILURE: Readonly<Record<string, Verdict>> = {
  desk_not_trusted: 'server_not_trusted',
  desk_other_name: 'server_not_trusted',
  desk_certificate_expired: 'server_not_trusted',
  desk_certificate_early: 'server_not_trusted',
  desk_changed: 'server_not_trusted',
  clock_ahead: 'server_not_trusted',
  clock_behind: 'server_not_trusted',
  answer_unreadable: 'refused',
  certificate_not_accepted: 'refused',
  certificate_mistaken: 'refused',
  certificate_other_served: 'other_certificate',
}

const KEY_FAILURES: Readonly<Record<string, Verdict>> = {
  no_certificate: 'no_key',
  key_file_malformed: 'no_key',
  file_missing: 'no_key',
  file_unreadable: 'no_key',
}

/** Other servers say it with a TLS alert (RFC 8446 §6.2), which OpenSSL puts into the error's code. */
function byAlert(code: string): Verdict {
  if (/CERTIFICATE_EXPIRED/.test(code)) return 'expired'
  if (/CERTIFICATE_REVOKED/.test(code)) return 'revoked'
  if (/UNKNOWN_CA/.test(code)) return 'unknown_authority'
  return /CERTIFICATE_REQUIRED/.test(code) ? 'no_certificate_seen' : 'refused'
}
