// Two extensions of the nineties that certificates still carry. Nothing here acts on them.

import { DerReader, namedBits, string, TAG } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** What Netscape's programs took a certificate for. */
export type NetscapeCertTypeBit =
  | 'sslClient'
  | 'sslServer'
  | 'smime'
  | 'objectSigning'
  | 'reserved'
  | 'sslCA'
  | 'smimeCA'
  | 'objectSigningCA'

/** Bit numbers are positions in this list. */
const BITS: readonly NetscapeCertTypeBit[] = [
  'sslClient',
  'sslServer',
  'smime',
  'objectSigning',
  'reserved',
  'sslCA',
  'smimeCA',
  'objectSigningCA',
]

/** What the extended key usage says today. */
export const netscapeCertType: ExtensionCodec<readonly NetscapeCertTypeBit[]> = {
  oid: '2.16.840.1.113730.1.1',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'netscapeCertType', (reader) =>
      Object.freeze(reader.namedBits().flatMap((bit) => BITS[bit] ?? [])),
    ),
  write: (bits) => namedBits(bits.map((bit) => BITS.indexOf(bit))),
}

/** Words for people. */
export const netscapeComment: ExtensionCodec<string> = {
  oid: '2.16.840.1.113730.1.13',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'netscapeComment', (reader) =>
      reader.tag === TAG.ia5String ? reader.string().text : reader.malformed(),
    ),
  write: (comment) => string('IA5String', comment),
}
