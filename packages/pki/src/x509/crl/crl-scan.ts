// One pass over the entries of a CRL that checks every octet and makes no value: of a million entries most programs
// want to know about a handful, and a value costs fifty times what the check does.

import { DerReader, TAG } from '../../asn1/index.ts'
import { fromHex } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import { readExtensions } from '../extensions/extension.ts'
import { EXTENSIONS, extension } from '../extensions/index.ts'
import type { Name } from '../name/name.ts'

export interface ScannedEntries {
  /** Where each entry starts, in revokedCertificates with its header. */
  readonly starts: Uint32Array
  /** Whose certificates the entries from number `first` on speak of, in an indirect CRL (RFC 5280 §5.3.3). */
  readonly issuers: readonly { readonly first: number; readonly name: Name }[]
  /** Critical extensions of entries that this library does not know. */
  readonly unknownCritical: readonly string[]
}

/**
 * `list` is the SEQUENCE OF, whole. Entries of a version 1 CRL have no extensions.
 * @throws crl_malformed, der_malformed, time_malformed, extension_duplicate, input_too_large
 */
export function scanEntries(list: Uint8Array, version: 1 | 2): ScannedEntries {
  return DerReader.whole(list, 'revokedCertificates', (reader) => scan(reader, version), {
    maxBytes: Number.POSITIVE_INFINITY, // the CRL's own bound held already
    maxElements: Number.POSITIVE_INFINITY,
  })
}

function scan(reader: DerReader, version: 1 | 2): ScannedEntries {
  let starts = new Uint32Array(64)
  let count = 0
  const issuers: { first: number; name: Name }[] = []
  const unknownCritical = new Set<string>()
  const list = reader.enter(TAG.sequence)
  while (!reader.done) {
    if (count === starts.length) starts = doubled(starts)
    starts[count] = reader.offset
    const entry = reader.enter(TAG.sequence)
    reader.skipInteger()
    reader.skipTime()
    if (!reader.done) {
      if (version === 1) malformed('entry extensions in version 1')
      if (!takesReason(reader)) {
        const found = checkExtensions(reader)
        if (found.issuer) issuers.push({ first: count, name: found.issuer })
        if (unknownCritical.size < MOST_UNKNOWN) for (const oid of found.unknownCritical) unknownCritical.add(oid)
      }
    }
    reader.leave(entry)
    count++
  }
  reader.leave(list)
  return { starts: starts.slice(0, count), issuers, unknownCritical: [...unknownCritical] }
}

/** Passes over the extensions of an entry that has a reason code and nothing else. */
function takesReason(reader: DerReader): boolean {
  const known = REASONS[reader.peek(REASON_AT) ?? REASONS.length]
  return known !== undefined && reader.takes(known)
}

function checkExtensions(reader: DerReader): { readonly issuer?: Name; readonly unknownCritical: readonly string[] } {
  const extensions = readExtensions(reader)
  const holder = { extensions }
  extension(holder, 'reasonCode')
  extension(holder, 'invalidityDate')
  const issuers = extension(holder, 'certificateIssuer')
  const unknownCritical = extensions.filter(({ oid, critical }) => critical && !KNOWN.has(oid)).map(({ oid }) => oid)
  if (!issuers) return { unknownCritical }
  const named = issuers.find((name) => name.kind === 'directoryName')
  // "Conforming CRL issuers MUST include in this extension the distinguished name" (§5.3.3)
  return { issuer: named ? named.name : malformed('certificateIssuer'), unknownCritical }
}

function doubled(starts: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(starts.length * 2)
  larger.set(starts)
  return larger
}

const malformed = (what: string): never => fail('crl_malformed', { what })

const KNOWN: ReadonlySet<string> = new Set(
  [EXTENSIONS.reasonCode, EXTENSIONS.invalidityDate, EXTENSIONS.certificateIssuer].map(({ oid }) => oid),
)
// SEQUENCE { SEQUENCE { 2.5.29.21, OCTET STRING { ENUMERATED n } } } for each n of RFC 5280 §5.3.1; 7 is not used.
const REASONS: readonly (Uint8Array | undefined)[] = Array.from({ length: 11 }, (_, reason) =>
  reason === 7 ? undefined : fromHex(`300c300a0603551d1504030a01${reason.toString(16).padStart(2, '0')}`),
)
const REASON_AT = 13
// What a message can use; a list of a million different ones is no more refused than this.
const MOST_UNKNOWN = 16
