// Certificate transparency (RFC 6962). Inside the OCTET STRING stands TLS's encoding and not ASN.1: big-endian
// numbers, and a length before everything that has none of its own.

import { DerReader, nullValue, octetString } from '../../asn1/index.ts'
import { concat } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** A log's promise to publish the certificate (RFC 6962 §3.2). */
export type SignedCertificateTimestamp =
  | {
      readonly version: 1
      /** SHA-256 of the log's public key, 32 octets. */
      readonly logId: Uint8Array
      readonly timestamp: Date
      readonly extensions: Uint8Array
      /** HashAlgorithm of RFC 5246 §7.4.1.4.1: 4 is SHA-256. */
      readonly hashAlgorithm: number
      /** SignatureAlgorithm of the same place: 1 is RSA, 3 is ECDSA. */
      readonly signatureAlgorithm: number
      readonly signature: Uint8Array
    }
  /** Of a version that is not known here: to be passed over (§3.3). */
  | { readonly version: 'unread'; readonly bytes: Uint8Array }

/**
 * RFC 6962 §3.3: a list of log promises under an identifier; the same shape stands in certificates and OCSP responses.
 * @example
 * const inOcsp = timestampList('1.3.6.1.4.1.11129.2.4.5')
 * assert.deepEqual(inOcsp.parse(inOcsp.write([{ version: 'unread', bytes: Uint8Array.of(7) }])).length, 1)
 */
export const timestampList = (oid: string): ExtensionCodec<readonly SignedCertificateTimestamp[]> => ({
  oid,
  critical: () => false,
  parse: (der) => {
    const list = new Cursor(DerReader.whole(der, WHAT, (reader) => reader.octetString())).whole((all) => all.vector(2))
    if (list.length === 0) malformed()
    return Object.freeze(
      new Cursor(list).whole((all) => {
        const timestamps: SignedCertificateTimestamp[] = []
        while (!all.done) timestamps.push(readTimestamp(all.vector(2)))
        return timestamps
      }),
    )
  },
  write: (timestamps) => octetString(vector(concat(timestamps.map((one) => vector(writeTimestamp(one)))))),
})

export const signedCertificateTimestamps: ExtensionCodec<readonly SignedCertificateTimestamp[]> =
  timestampList('1.3.6.1.4.1.11129.2.4.2')

/** RFC 6962 §3.1: marks what is shown to a log and is no certificate; critical, so that nobody takes it for one. */
export const precertificatePoison: ExtensionCodec<true> = {
  oid: '1.3.6.1.4.1.11129.2.4.3',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'precertificatePoison', (reader) => {
      reader.null()
      return true
    }),
  write: () => nullValue(),
}

function readTimestamp(bytes: Uint8Array): SignedCertificateTimestamp {
  if (bytes.length === 0) malformed()
  if (bytes[0] !== VERSION_1) return Object.freeze({ version: 'unread', bytes })
  return new Cursor(bytes.subarray(1)).whole((fields) => {
    const logId = fields.take(32)
    const milliseconds = fields.number(8)
    if (milliseconds > LAST_DATE) malformed()
    return Object.freeze({
      version: 1,
      logId,
      timestamp: new Date(milliseconds),
      extensions: fields.vector(2),
      hashAlgorithm: fields.number(1),
      signatureAlgorithm: fields.number(1),
      signature: fields.vector(2),
    })
  })
}

function writeTimestamp(one: SignedCertificateTimestamp): Uint8Array {
  if (one.version === 'unread') return one.bytes
  if (one.logId.length !== 32) malformed()
  return concat(
    Uint8Array.of(VERSION_1),
    one.logId,
    bigEndian(one.timestamp.getTime(), 8),
    vector(one.extensions),
    Uint8Array.of(one.hashAlgorithm, one.signatureAlgorithm),
    vector(one.signature),
  )
}

class Cursor {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#offset === this.#bytes.length
  }

  whole<T>(read: (fields: Cursor) => T): T {
    const value = read(this)
    return this.done ? value : malformed()
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#offset) malformed()
    this.#offset += length
    return this.#bytes.subarray(this.#offset - length, this.#offset)
  }

  number(octets: number): number {
    return this.take(octets).reduce((value, octet) => value * 256 + octet, 0)
  }

  vector(octets: number): Uint8Array {
    return this.take(this.number(octets))
  }
}

const vector = (content: Uint8Array): Uint8Array =>
  content.length < 0x10000 ? concat(bigEndian(content.length, 2), content) : malformed()

const bigEndian = (value: number, octets: number): Uint8Array =>
  Uint8Array.from({ length: octets }, (_, index) => Math.floor(value / 256 ** (octets - 1 - index)) % 256)

const WHAT = 'signedCertificateTimestamps'
const malformed = (): never => fail('certificate_malformed', { what: WHAT })
const VERSION_1 = 0
// The last moment that a Date holds; numbers below it are exact.
const LAST_DATE = 8_640_000_000_000_000
