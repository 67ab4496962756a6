// Writing CRLs (RFC 5280 §5.1). A list may have a million entries, so each is written into one growing buffer as it
// comes, and the headers in front of them, whose lengths are known last, go into room that was left for them.

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import { appendHeader, explicit, headerOf, integer, TAG, time } from '../../asn1/index.ts'
import { concat, GrowingBytes } from '../../bytes/index.ts'
import type { RevocationReason } from '../extensions/crl-extensions.ts'
import type { Extension } from '../extensions/extension.ts'
import { writeExtensions } from '../extensions/extension.ts'
import { makeExtension } from '../extensions/index.ts'
import type { Name } from '../name/name.ts'
import { sameName } from '../name/name.ts'

/** One revoked certificate. A `CrlEntry` that was read is one too. */
export interface CrlEntryInput {
  /** Big-endian two's complement. */
  readonly serial: Uint8Array
  readonly revokedAt: Date
  /** `removeFromCRL` is for delta CRLs (RFC 5280 §5.3.1). */
  readonly reason?: RevocationReason
  /** Who issued the certificate, in an indirect CRL. @default the issuer of the CRL */
  readonly issuer?: Name
  /** Further extensions; one that stands here already is not written a second time for `reason` or `issuer`. */
  readonly extensions?: readonly Extension[]
}

/** What stands in a CRL that is about to be signed. */
export interface TbsCrlInput {
  readonly signature: SignatureAlgorithm
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /** Asked for one at a time, so a generator over a database will do. */
  readonly entries: Iterable<CrlEntryInput>
  /** authorityKeyIdentifier and cRLNumber at least (RFC 5280 §5.2). */
  readonly extensions: readonly Extension[]
}

/**
 * The bytes of a version 2 TBSCertList; sign them and join with `assembleSigned`. A delta CRL, an indirect or a
 * partitioned one is made by its extensions: deltaCRLIndicator, issuingDistributionPoint.
 * @throws extension_duplicate, time_malformed, input_too_large above 64 MiB
 * @example
 * const tbs = buildTbsCrl({
 *   signature: defaultSignature('ec-p256'),
 *   issuer: sample.issuing.certificate.subject,
 *   thisUpdate: sample.at,
 *   nextUpdate: new Date(sample.at.getTime() + 7 * 86_400_000),
 *   entries: [{ serial: sample.revoked.certificate.serial, revokedAt: sample.at, reason: 'keyCompromise' }],
 *   extensions: [makeExtension('cRLNumber', 8n)],
 * })
 * assert.equal(tbs[0], 0x30)
 */
export function buildTbsCrl(input: TbsCrlInput): Uint8Array {
  const front = concat(
    VERSION_2,
    input.signature.identifier,
    input.issuer.der,
    time(input.thisUpdate),
    time(input.nextUpdate),
  )
  const out = new GrowingBytes('CRL', MAX_CRL_BYTES)
  for (let i = 0; i < 2 * LONGEST_HEADER; i++) out.push(0)
  out.append(front)
  const entriesStart = out.length
  writeEntries(out, input)
  const entriesLength = out.length - entriesStart
  // "When there are no revoked certificates, the revoked certificates list MUST be absent" (§5.1.2.6)
  const entriesHeader = entriesLength > 0 ? headerOf(TAG.sequence, entriesLength) : NOTHING
  if (input.extensions.length > 0) out.append(explicit(0, writeExtensions(input.extensions)))
  const frontStart = entriesStart - entriesHeader.length - front.length
  const header = headerOf(TAG.sequence, out.length - frontStart)
  const start = frontStart - header.length
  out.overwrite(start, concat(header, front, entriesHeader))
  return out.view(start)
}

function writeEntries(out: GrowingBytes, input: TbsCrlInput): void {
  let issuer = input.issuer
  for (const entry of input.entries) {
    const serial = integer(entry.serial)
    const revokedAt = time(entry.revokedAt)
    const extensions = entryExtensions(entry, issuer, input.issuer)
    const length = serial.length + revokedAt.length + extensions.length
    appendHeader(out, TAG.sequence, length)
    out.append(serial)
    out.append(revokedAt)
    out.append(extensions)
    issuer = entry.issuer ?? input.issuer
  }
}

/** `previous` is the issuer that the entry before spoke of, which holds on until another is named (§5.3.3). */
function entryExtensions(entry: CrlEntryInput, previous: Name, crlIssuer: Name): Uint8Array {
  const given = entry.extensions ?? NONE
  // "the reason code CRL entry extension SHOULD be absent instead of using the unspecified (0) reasonCode value"
  const reason = entry.reason === 'unspecified' ? undefined : entry.reason
  const issuer = entry.issuer ?? crlIssuer
  const issuerChanges = issuer !== previous && !sameName(issuer, previous)
  if (given.length === 0 && !issuerChanges) return reason ? reasonExtensions(reason) : NOTHING
  const all = [...given]
  if (reason && !has(given, REASON_OID)) all.push(makeExtension('reasonCode', reason))
  if (issuerChanges && !has(given, ISSUER_OID)) {
    all.push(makeExtension('certificateIssuer', [{ kind: 'directoryName', name: issuer }]))
  }
  return all.length > 0 ? writeExtensions(all) : NOTHING
}

/** The extensions of an entry that has a reason and nothing else, as nearly all have; written once per reason. */
function reasonExtensions(reason: RevocationReason): Uint8Array {
  let der = reasons.get(reason)
  if (!der) {
    der = writeExtensions([makeExtension('reasonCode', reason)])
    reasons.set(reason, der)
  }
  return der
}

const has = (extensions: readonly Extension[], dotted: string): boolean => extensions.some(({ oid }) => oid === dotted)

const VERSION_2 = integer(1)
const NOTHING = new Uint8Array(0)
const NONE: readonly Extension[] = Object.freeze([])
const REASON_OID = '2.5.29.21'
const ISSUER_OID = '2.5.29.29'
// Identifier, first length octet, and the four that a length below 2^32 can need.
const LONGEST_HEADER = 6
const reasons = new Map<RevocationReason, Uint8Array>()
/** Room for a million entries and more; what is written must be readable by `parseCrl`. */
export const MAX_CRL_BYTES: number = 64 * 1024 * 1024
