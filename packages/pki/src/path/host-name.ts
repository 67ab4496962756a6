// Whether a server's certificate is for the host that was asked for (RFC 9525). Only the alternative names count: a
// common name was never meant to be one (§2), and clients that fall back to it are led astray by it.

import { equal } from '../bytes/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { extension, formatIpAddress, parseIpAddress } from '../x509/index.ts'
import { subjectText } from './certificate-checks.ts'
import { hostOf } from './name-match.ts'

/**
 * Whether a certificate is for a host: a name (`www.example.org`, in A-labels, any case, with or without the dot at its
 * end) or an address (`192.0.2.1`, `2001:db8::1`). A name is sought among the dNSNames, an address among the
 * iPAddresses, neither in the subject. `*.example.org` stands for exactly one label, and only in front of two others
 * (RFC 9525 §6.3). The chain is another matter: {@link validatePath}.
 * @throws host_mismatch, its `names` being the hosts that the certificate is for; name_malformed when `host` is none
 * @example
 * checkHostName(sample.server.certificate, 'WWW.example.org')
 * assert.throws(() => checkHostName(sample.server.certificate, 'example.org'), (error) => hasCode(error, 'host_mismatch'))
 */
export function checkHostName(certificate: Certificate, host: string): void {
  const names = extension(certificate, 'subjectAltName') ?? []
  const address = addressOf(host)
  if (address) {
    if (names.some((name) => name.kind === 'iPAddress' && sameAddress(name.value, address))) return
  } else {
    const wanted = nameOf(host)
    if (names.some((name) => name.kind === 'dNSName' && standsFor(name.value, wanted))) return
  }
  const hosts = names.flatMap((name) => (name.kind === 'dNSName' || name.kind === 'iPAddress' ? [name.value] : []))
  const wanted = address ? formatIpAddress(address) : host
  fail('host_mismatch', { subject: subjectText(certificate), wanted, names: hosts.join(', ') || '—' })
}

/** The octets of an address, IPv4 or IPv6; undefined for any other text. */
export function addressOf(host: string): Uint8Array | undefined {
  try {
    const bytes = parseIpAddress(host)
    return bytes.length === 4 || bytes.length === 16 ? bytes : undefined
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** Compared as octets: an IPv6 address has many spellings (RFC 9525 §6.4). */
const sameAddress = (name: string, address: Uint8Array): boolean => equal(parseIpAddress(name), address)

/** The name in lower case, without the dot that says it is complete. */
function nameOf(host: string): string {
  const name = hostOf(host.endsWith('.') ? host.slice(0, -1) : host)
  // 127.1 and 0x7f.0.0.1 are addresses to some programs and names to others, so they are neither here.
  return name === undefined || NUMERIC_END.test(name) ? fail('name_malformed', { what: 'host' }) : name
}

function standsFor(pattern: string, wanted: string): boolean {
  if (!pattern.startsWith('*.')) return hostOf(pattern) === wanted
  const rest = hostOf(pattern.slice(2))
  // Nobody holds all names below a top-level one; OpenSSL, GnuTLS and browsers do not take *.org either.
  return rest?.includes('.') === true && wanted.slice(wanted.indexOf('.') + 1) === rest
}

const NUMERIC_END = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/
