import { toHex } from '@scel/pki/bytes'
import { type Crl, type CrlEntry, formatName, parseCrl, sameName, serialHex } from '@scel/pki/x509'
import { signatureName } from './common.ts'
import { extensionValue, type ReadExtension, readExtensions, unknownIn } from './extensions.ts'

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
  /** Number of the full list that a delta is about (RFC 5280 §5.2.4). */
  readonly baseNumber?: string
  /** Whether entries may be of other authorities (RFC 5280 §5.2.5). */
  readonly indirect: boolean
  readonly extensions: readonly ReadExtension[]
  readonly otherExtensions: readonly string[]
  /** How many entries the list has. */
  readonly count: number
  /** As many of them as were asked for. */
  readonly entries: readonly CrlEntryFacts[]
}

export interface CrlEntryFacts {
  readonly serial: string
  readonly revokedAt: string
  readonly reason: string
  /** Since when the key is suspected. */
  readonly invalidSince?: string
  /** The authority of the certificate, where it is another than that of the list. */
  readonly issuer?: string
}

/** @param most how many entries to read @throws crl_malformed, der_malformed, and what malformed extensions of entries throw */
export function crlFacts(der: Uint8Array, now: Date, most: number = Number.POSITIVE_INFINITY): CrlFacts {
  const crl = parseCrl(der)
  const extensions = readExtensions(crl)
  const number = extensionValue(extensions, 'cRLNumber')
  const base = extensionValue(extensions, 'deltaCRLIndicator')
  const issuerKeyIdentifier = extensionValue(extensions, 'authorityKeyIdentifier')?.keyIdentifier
  return {
    kind: 'crl',
    issuer: formatName(crl.issuer, 'rfc4514'),
    ...(number === undefined ? {} : { number: String(number) }),
    ...(base === undefined ? {} : { baseNumber: String(base) }),
    indirect: extensionValue(extensions, 'issuingDistributionPoint')?.indirectCRL ?? false,
    thisUpdate: crl.thisUpdate.toISOString(),
    ...(crl.nextUpdate ? { nextUpdate: crl.nextUpdate.toISOString() } : {}),
    overdue: crl.nextUpdate !== undefined && crl.nextUpdate < now,
    signatureAlgorithm: signatureName(crl.signatureAlgorithm),
    ...(issuerKeyIdentifier ? { issuerKeyIdentifier: toHex(issuerKeyIdentifier) } : {}),
    extensions,
    otherExtensions: unknownIn(extensions),
    count: crl.entries.length,
    entries: Array.from({ length: Math.min(most, crl.entries.length) }, (_, at) =>
      entryFacts(crl, crl.entries.at(at)!),
    ),
  }
}

function entryFacts(crl: Crl, entry: CrlEntry): CrlEntryFacts {
  const since = entry.extensions.length > 0 ? extensionValue(readExtensions(entry), 'invalidityDate') : undefined
  return {
    serial: serialHex(entry.serial),
    revokedAt: entry.revokedAt.toISOString(),
    reason: entry.reason ?? 'unspecified',
    ...(since ? { invalidSince: since.toISOString() } : {}),
    ...(sameName(entry.issuer, crl.issuer) ? {} : { issuer: formatName(entry.issuer, 'rfc4514') }),
  }
}
