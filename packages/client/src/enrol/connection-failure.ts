import { CliError, isCliError } from '../ui/cli-error.ts'
import type { FailureCode } from '../ui/messages/index.ts'

/** A failed connection in plain words. What is known already (a `CliError`) stays as it is. */
export function connectionFailure(error: unknown, url: URL): Error {
  if (error instanceof CliError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const port = url.port || (url.protocol === 'http:' ? '80' : '443')
  const reason = code || (error instanceof Error ? error.message : String(error))
  const facts = { host: url.hostname.replace(/^\[|\]$/g, ''), port, reason }
  return new CliError(FAILURES[code] ?? byText(error) ?? 'connection_failed', facts, error)
}

/** The same for another server than the desk: what the sentences about TLS say of the desk does not hold for it. */
export function serviceFailure(error: unknown, url: URL): Error {
  const failure = connectionFailure(error, url)
  if (!isCliError(failure) || !failure.code.startsWith('desk_')) return failure
  return new CliError('service_not_trusted', { host: url.host }, error)
}

// Codes of Node's DNS, sockets and OpenSSL's certificate verification (openssl-verification-options(1)).
const FAILURES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'name_not_found',
  EAI_AGAIN: 'name_not_found',
  ECONNREFUSED: 'connection_refused',
  EHOSTUNREACH: 'network_unreachable',
  ENETUNREACH: 'network_unreachable',
  EADDRNOTAVAIL: 'network_unreachable',
  ETIMEDOUT: 'network_unreachable',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  CERT_HAS_EXPIRED: 'desk_certificate_expired',
  CERT_NOT_YET_VALID: 'desk_certificate_early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'desk_other_name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'desk_not_trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'desk_not_trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'desk_not_trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'desk_not_trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'desk_not_trusted',
  CERT_SIGNATURE_FAILURE: 'desk_not_trusted',
  CERT_UNTRUSTED: 'desk_not_trusted',
  INVALID_CA: 'desk_not_trusted',
  INVALID_PURPOSE: 'desk_not_trusted',
  PATH_LENGTH_EXCEEDED: 'desk_not_trusted',
  CERT_CHAIN_TOO_LONG: 'desk_not_trusted',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not_tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not_tls',
  ERR_SSL_HTTP_REQUEST: 'not_tls',
}

/** OpenSSL's alerts and protocol errors come as EPROTO or as ERR_SSL_…, with the reason in the code's tail. */
function byText(error: unknown): FailureCode | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EPROTO')
    return /wrong version number|packet length too long/.test(String(error)) ? 'not_tls' : 'tls_refused'
  return code.startsWith('ERR_SSL_') ? 'tls_refused' : undefined
}
