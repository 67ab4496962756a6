// The outer layers of a PKCS #12 file (RFC 7292 §4): PFX, its authentication code, and the safes in it. BER is read,
// because Windows, old NSS and Java libraries write indefinite lengths and strings in pieces.

import { contextConstructed, contextPrimitive, DerReader, derOfBer, TAG } from '../asn1/index.ts'
import { concat } from '../bytes/index.ts'
import type { Encrypted } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Mac } from './mac.ts'
import { readMac } from './mac.ts'
import { DATA, ENCRYPTED_DATA } from './oids.ts'

export interface Pfx {
  /** AuthenticatedSafe, BER. */
  readonly content: Uint8Array
  /** What the MAC may be over: the content as the standard has it, or around it a string too many. */
  readonly macInputs: readonly Uint8Array[]
  readonly mac: Mac | undefined
}

/** One safe: SafeContents in BER, as it is or encrypted. */
export type Safe = { readonly plain: Uint8Array } | Encrypted

/** @throws pkcs12_malformed, der_malformed, der_too_deep, input_too_large, algorithm_unsupported */
export const readPfx = (file: Uint8Array): Pfx =>
  whole(derOfBer(file, 'PFX'), 'PFX', (reader) =>
    reader.sequence((fields) => {
      if (fields.smallInteger() !== 3) malformed('version')
      const outer = fields.sequence((info) => {
        const type = info.oid()
        // The other choice, integrity by signature, is a matter of certificates and not of a passphrase.
        if (type !== DATA) fail('algorithm_unsupported', { oid: type })
        return readData(info)
      })
      const content = withoutSurplus(outer)
      const macInputs = content === outer ? [outer] : [outer, content]
      return { content, macInputs, mac: fields.done ? undefined : readMac(fields) }
    }),
  )

/** @throws as {@link readPfx} */
export function readSafes(content: Uint8Array): Safe[] {
  const safes = whole(derOfBer(content, 'AuthenticatedSafe'), 'AuthenticatedSafe', (reader) =>
    reader.sequenceOf((item) =>
      item.sequence((info): Safe => {
        const type = info.oid()
        if (type === DATA) return { plain: withoutSurplus(readData(info)) }
        if (type !== ENCRYPTED_DATA) fail('algorithm_unsupported', { oid: type })
        return info.explicit(0, (inner) => inner.sequence(readEncryptedData))
      }),
    ),
  )
  return safes.length <= MOST_SAFES ? safes : fail('input_too_large', { what: 'AuthenticatedSafe', limit: MOST_SAFES })
}

/** The content is OPTIONAL in PKCS #7, and OpenSSL fell over a file without it (CVE-2024-0727). */
function readData(info: DerReader): Uint8Array {
  if (info.done) malformed('no content')
  return info.explicit(0, (inner) => (inner.tag === TAG.octetString ? inner.octetString() : malformed('content')))
}

/** A SEQUENCE must come; some libraries wrap it in one OCTET STRING more than there should be. */
const withoutSurplus = (content: Uint8Array): Uint8Array =>
  content[0] === TAG.octetString || content[0] === (TAG.octetString | CONSTRUCTED)
    ? whole(derOfBer(content, 'content'), 'content', (reader) => reader.octetString())
    : content

function readEncryptedData(fields: DerReader): Safe {
  fields.smallInteger(2)
  const safe = fields.sequence((info) => {
    if (info.oid() !== DATA) malformed('encrypted content')
    const algorithm = info.element()
    if (info.done) malformed('no content')
    // [0] IMPLICIT OCTET STRING: in BER it may be constructed of pieces, and only here is it known to be a string.
    if (info.tag !== contextConstructed(0)) return { algorithm, bytes: info.content(contextPrimitive(0)) }
    const pieces = info.constructed(contextConstructed(0), (inner) => inner.list((piece) => piece.octetString()))
    return { algorithm, bytes: concat(pieces) }
  })
  // Attributes outside the encryption say nothing that is needed.
  fields.optional(contextConstructed(1), (inner) => inner.element())
  return safe
}

const whole = <T>(der: Uint8Array, what: string, read: (reader: DerReader) => T): T =>
  DerReader.whole(der, what, read, { maxBytes: MAX_BYTES })
const malformed = (what: string): never => fail('pkcs12_malformed', { what })
const CONSTRUCTED = 0x20
const MOST_SAFES = 100
const MAX_BYTES = 16 * 1024 * 1024
