// Reading certificate revocation lists (RFC 5280 §5.1).

import { readSignatureIdentifier } from '../../algorithms/index.ts'
import { contextConstructed, DerReader, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { Extension } from '../extensions/extension.ts'
import { readExtensions } from '../extensions/extension.ts'
import type { Name } from '../name/name.ts'
import { parseName } from '../name/name.ts'
import type { Signed } from '../signed.ts'
import { parseSigned } from '../signed.ts'
import { MAX_CRL_BYTES } from './crl-builder.ts'
import type { CrlEntry } from './crl-entries.ts'
import { CrlEntries } from './crl-entries.ts'
import type { ScannedEntries } from './crl-scan.ts'
import { scanEntries } from './crl-scan.ts'

/** A certificate revocation list as it was received. */
export interface Crl extends Signed {
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly entries: CrlEntries
  /**
   * Critical extensions of entries that this library does not know, dotted. A CRL that has one must not be used to
   * tell the status of any certificate (RFC 5280 §5.3).
   */
  readonly unknownCriticalInEntries: readonly string[]
  readonly extensions: readonly Extension[]
}

/**
 * Reads a CRL: full, delta, indirect or partitioned. Every octet of every entry is checked here; entries become values
 * when they are asked for.
 * @throws crl_malformed, der_malformed, extension_duplicate, name_malformed, time_malformed, input_too_large
 * @example
 * const crl = parseCrl(sample.crl)
 * assert.equal(crl.entries.length, 1)
 * assert.equal(extension(crl, 'cRLNumber'), 7n)
 */
export function parseCrl(der: Uint8Array): Crl {
  const signed = parseSigned(der, 'CertificateList', MAX_CRL_BYTES)
  const { list, extensions, version, ...dates } = DerReader.whole(
    signed.signedBytes,
    'TBSCertList',
    (reader) => reader.sequence((fields) => readFields(fields, signed)),
    { maxBytes: MAX_CRL_BYTES },
  )
  const scanned = list ? scanEntries(list, version) : NO_ENTRIES
  return Object.freeze({
    ...dates,
    entries: new CrlEntries(list ?? NOTHING, scanned, dates.issuer),
    unknownCriticalInEntries: scanned.unknownCritical,
    extensions: extensions ?? NONE,
    ...signed,
  })
}

/**
 * The entry of a serial number (content octets of the INTEGER), or undefined when the CRL does not list it. `issuer` is
 * who issued the certificate; for an indirect CRL that may be another than the CRL's own issuer.
 * @example
 * const crl = parseCrl(sample.crl)
 * assert.equal(crlEntry(crl, sample.revoked.certificate.serial)?.reason, 'superseded')
 * assert.equal(crlEntry(crl, sample.person.certificate.serial), undefined)
 */
export function crlEntry(crl: Crl, serial: Uint8Array, issuer: Name = crl.issuer): CrlEntry | undefined {
  return crl.entries.find(serial, issuer)
}

interface Fields extends Pick<Crl, 'issuer' | 'thisUpdate' | 'nextUpdate'> {
  readonly version: 1 | 2
  readonly list: Uint8Array | undefined
  readonly extensions: readonly Extension[] | undefined
}

function readFields(fields: DerReader, signed: Signed): Fields {
  const version = fields.optional(TAG.integer, (inner) => inner.smallInteger())
  if (version !== undefined && version !== 1) malformed('version') // v2 is written as 1; v1 leaves it out
  const inner = readSignatureIdentifier(fields.element())
  if (!equal(inner.identifier, signed.signatureAlgorithm.identifier)) malformed('signatureAlgorithm')
  const issuer = parseName(fields.element())
  const thisUpdate = fields.time()
  const nextUpdate = isTime(fields.tag) ? { nextUpdate: fields.time() } : {}
  const list = fields.optional(TAG.sequence, (entries) => entries.element())
  const extensions = fields.optional(contextConstructed(0), (last) => last.explicit(0, readExtensions))
  if (extensions && version === undefined) malformed('extensions in version 1')
  return { version: version === undefined ? 1 : 2, issuer, thisUpdate, ...nextUpdate, list, extensions }
}

const isTime = (tag: number | undefined): boolean => tag === TAG.utcTime || tag === TAG.generalizedTime
const malformed = (what: string): never => fail('crl_malformed', { what })
const NONE: readonly Extension[] = Object.freeze([])
const NOTHING = new Uint8Array(0)
const NO_ENTRIES: ScannedEntries = { starts: new Uint32Array(0), issuers: [], unknownCritical: [] }
