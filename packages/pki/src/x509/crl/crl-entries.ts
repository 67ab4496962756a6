import { DerReader } from '../../asn1/index.ts'
import type { RevocationReason } from '../extensions/crl-extensions.ts'
import type { Extension } from '../extensions/extension.ts'
import { readExtensions } from '../extensions/extension.ts'
import { extension } from '../extensions/index.ts'
import type { Name } from '../name/name.ts'
import { sameName } from '../name/name.ts'
import { CrlIndex } from './crl-index.ts'
import type { ScannedEntries } from './crl-scan.ts'

/** What a CRL says of one certificate. */
export interface CrlEntry {
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array
  readonly revokedAt: Date
  /** Undefined when the entry gives none, which means unspecified. */
  readonly reason?: RevocationReason
  /** Who issued the certificate: the issuer of the CRL, unless it is an indirect one that names another. */
  readonly issuer: Name
  readonly extensions: readonly Extension[]
}

/**
 * The entries of a CRL, in its order. They were checked when it was read; each becomes a value when it is asked for.
 * @example
 * const { entries } = parseCrl(sample.crl)
 * assert.deepEqual(Array.from(entries, ({ reason }) => reason), ['superseded'])
 * assert.equal(entries.at(0)?.revokedAt.getUTCFullYear(), 2026)
 */
export class CrlEntries implements Iterable<CrlEntry> {
  readonly length: number
  readonly #list: Uint8Array
  readonly #scanned: ScannedEntries
  readonly #crlIssuer: Name
  #index: CrlIndex | undefined

  /** `list` is revokedCertificates, whole, and `scanned` what `scanEntries` found in it. */
  constructor(list: Uint8Array, scanned: ScannedEntries, crlIssuer: Name) {
    this.#list = list
    this.#scanned = scanned
    this.#crlIssuer = crlIssuer
    this.length = scanned.starts.length
    Object.freeze(this)
  }

  /** Entry number `position`, from 0; undefined beyond the last. */
  at(position: number): CrlEntry | undefined {
    const start = this.#scanned.starts[position]
    if (start === undefined) return undefined
    const end = this.#scanned.starts[position + 1] ?? this.#list.length
    const issuer = this.#issuerOf(position)
    return DerReader.whole(this.#list.subarray(start, end), 'CRL entry', (reader) => readEntry(reader, issuer))
  }

  *[Symbol.iterator](): IterableIterator<CrlEntry> {
    for (let position = 0; position < this.length; position++) yield this.at(position)!
  }

  /**
   * What the list says about the certificate of this serial number (content octets of the INTEGER) and issuer. Where
   * it speaks of one twice, a revocation counts before a removal.
   */
  find(serial: Uint8Array, issuer: Name): CrlEntry | undefined {
    this.#index ??= new CrlIndex(this.#list, this.#scanned.starts)
    let removed: CrlEntry | undefined
    for (const position of this.#index.positions(serial)) {
      if (!sameName(this.#issuerOf(position), issuer)) continue
      const entry = this.at(position)!
      if (entry.reason !== 'removeFromCRL') return entry
      removed ??= entry
    }
    return removed
  }

  /** The last issuer named at or before `position`. */
  #issuerOf(position: number): Name {
    const { issuers } = this.#scanned
    let from = 0
    let to = issuers.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (issuers[middle]!.first <= position) from = middle + 1
      else to = middle
    }
    return from === 0 ? this.#crlIssuer : issuers[from - 1]!.name
  }
}

function readEntry(reader: DerReader, issuer: Name): CrlEntry {
  return reader.sequence((fields) => {
    const serial = fields.integerBytes()
    const revokedAt = fields.time()
    const extensions = fields.done ? NONE : readExtensions(fields)
    const reason = extension({ extensions }, 'reasonCode')
    return Object.freeze({ serial, revokedAt, ...(reason ? { reason } : {}), issuer, extensions })
  })
}

const NONE: readonly Extension[] = Object.freeze([])
