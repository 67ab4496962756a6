// Certificate revocation lists (RFC 5280 §5.1).

import type { SignatureAlgorithm } from '../algorithms/index.ts'
import { readSignatureIdentifier } from '../algorithms/index.ts'
import { contextConstructed, DerReader, explicit, integer, sequence, TAG, time } from '../asn1/index.ts'
import { concat, equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import type { RevocationReason } from './extensions/crl-extensions.ts'
import type { Extension } from './extensions/extension.ts'
import { readExtensions, writeExtensions } from './extensions/extension.ts'
import { extension, makeExtension } from './extensions/index.ts'
import type { Name } from './name.ts'
import { parseName } from './name.ts'
import { serialHex } from './serial.ts'
import type { Signed } from './signed.ts'
import { parseSigned } from './signed.ts'

export interface CrlEntry {
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array
  readonly revokedAt: Date
  /** Undefined when the entry gives none, which means unspecified. */
  readonly reason?: RevocationReason
  readonly extensions: readonly Extension[]
}

export interface Crl extends Signed {
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly entries: readonly CrlEntry[]
  readonly extensions: readonly Extension[]
}

/** @throws crl_malformed, der_malformed, extension_duplicate, name_malformed, time_malformed, input_too_large */
export function parseCrl(der: Uint8Array): Crl {
  const signed = parseSigned(der, 'CertificateList', MAX_CRL_BYTES)
  const content = DerReader.whole(
    signed.signedBytes,
    'TBSCertList',
    (reader) =>
      reader.sequence((fields) => {
        const version = fields.optional(TAG.integer, (inner) => inner.smallInteger())
        if (version !== undefined && version !== 1) malformed('version') // v2 is written as 1; v1 leaves it out
        const inner = readSignatureIdentifier(fields.element())
        if (!equal(inner.identifier, signed.signatureAlgorithm.identifier)) malformed('signatureAlgorithm')
        const issuer = parseName(fields.element())
        const thisUpdate = fields.time()
        const nextUpdate = isTime(fields.tag) ? fields.time() : undefined
        const entries = fields.optional(TAG.sequence, (list) => list.sequenceOf((item) => readEntry(item))) ?? []
        const extensions = fields.optional(contextConstructed(0), (last) => last.explicit(0, readExtensions))
        if (extensions && version === undefined) malformed('extensions in version 1')
        const dates = { thisUpdate, ...(nextUpdate ? { nextUpdate } : {}) }
        return { issuer, ...dates, entries: Object.freeze(entries), extensions: extensions ?? NONE }
      }),
    { maxBytes: MAX_CRL_BYTES },
  )
  return Object.freeze({ ...content, ...signed })
}

/** The entry of a serial number (content octets of the INTEGER), or undefined when the CRL does not list it. */
export function crlEntry(crl: Crl, serial: Uint8Array): CrlEntry | undefined {
  let index = indexes.get(crl)
  if (!index) {
    index = new Map(crl.entries.map((entry) => [serialHex(entry.serial), entry]))
    indexes.set(crl, index)
  }
  return index.get(serialHex(serial))
}

export interface TbsCrlInput {
  readonly signature: SignatureAlgorithm
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly entries: readonly {
    readonly serial: Uint8Array
    readonly revokedAt: Date
    readonly reason?: RevocationReason
  }[]
  /** authorityKeyIdentifier and cRLNumber at least (§5.2). */
  readonly extensions: readonly Extension[]
}

/** The bytes of a version 2 TBSCertList; sign them and join with `assembleSigned`. @throws extension_duplicate */
export function buildTbsCrl(input: TbsCrlInput): Uint8Array {
  const entries = input.entries.map(({ serial, revokedAt, reason }) =>
    sequence(
      integer(serial),
      time(revokedAt),
      // "the reason code CRL entry extension SHOULD be absent instead of using the unspecified (0) reasonCode value"
      ...(reason && reason !== 'unspecified' ? [writeExtensions([makeExtension('reasonCode', reason)])] : []),
    ),
  )
  return sequence(
    integer(1),
    input.signature.identifier,
    input.issuer.der,
    time(input.thisUpdate),
    time(input.nextUpdate),
    // "When there are no revoked certificates, the revoked certificates list MUST be absent" (§5.1.2.6)
    ...(entries.length > 0 ? [joinEntries(entries)] : []),
    ...(input.extensions.length > 0 ? [explicit(0, writeExtensions(input.extensions))] : []),
  )
}

// A call with a hundred thousand arguments would overflow the stack, so entries are joined in blocks.
function joinEntries(entries: readonly Uint8Array[]): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let i = 0; i < entries.length; i += BLOCK) blocks.push(concat(...entries.slice(i, i + BLOCK)))
  return sequence(...blocks)
}

function readEntry(reader: DerReader): CrlEntry {
  return reader.sequence((fields) => {
    const serial = fields.integerBytes()
    const revokedAt = fields.time()
    const extensions = fields.done ? NONE : readExtensions(fields)
    const reason = extension({ extensions }, 'reasonCode')
    return Object.freeze({ serial, revokedAt, ...(reason ? { reason } : {}), extensions })
  })
}

const isTime = (tag: number | undefined): boolean => tag === TAG.utcTime || tag === TAG.generalizedTime
const malformed = (what: string): never => fail('crl_malformed', { what })
const indexes = new WeakMap<Crl, Map<string, CrlEntry>>()
const NONE: readonly Extension[] = Object.freeze([])
const BLOCK = 1_000
// Room for about two million entries.
const MAX_CRL_BYTES = 64 * 1024 * 1024
