import { toHex } from '@scel/pki/bytes'
import { extension, extensionName, formatName, parseCrl, serialHex } from '@scel/pki/x509'
import { signatureName } from './common.ts'

/** A revocation list as `scel inspect --json` prints it. */
export interface CrlFacts {
  readonly kind: 'crl'
  readonly issuer: string
  readonly number?: string
  readonly thisUpdate: string
  readonly nextUpdate?: string
  readonly overdue: boolean
  readonly signatureAlgorithm: string
  readonly issuerKeyIdentifier?: string
  readonly otherExtensions: readonly string[]
  readonly entries: readonly { readonly serial: string; readonly revokedAt: string; readonly reason: string }[]
}

/** @throws crl_malformed, der_malformed and the errors of malformed extensions */
export function crlFacts(der: Uint8Array, now: Date): CrlFacts {
  const crl = parseCrl(der)
  const number = extension(crl, 'cRLNumber')
  const issuerKeyIdentifier = extension(crl, 'authorityKeyIdentifier')?.keyIdentifier
  return {
    kind: 'crl',
    issuer: formatName(crl.issuer, 'rfc4514'),
    ...(number === undefined ? {} : { number: String(number) }),
    thisUpdate: crl.thisUpdate.toISOString(),
    ...(crl.nextUpdate ? { nextUpdate: crl.nextUpdate.toISOString() } : {}),
    overdue: crl.nextUpdate !== undefined && crl.nextUpdate < now,
    signatureAlgorithm: signatureName(crl.signatureAlgorithm),
    ...(issuerKeyIdentifier ? { issuerKeyIdentifier: toHex(issuerKeyIdentifier) } : {}),
    otherExtensions: crl.extensions.map(({ oid }) => oid).filter((oid) => !SHOWN.has(extensionName(oid))),
    entries: crl.entries.map((entry) => ({
      serial: serialHex(entry.serial),
      revokedAt: entry.revokedAt.toISOString(),
      reason: entry.reason ?? 'unspecified',
    })),
  }
}

const SHOWN: ReadonlySet<string | undefined> = new Set(['cRLNumber', 'authorityKeyIdentifier'])
