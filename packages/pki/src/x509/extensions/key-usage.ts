import { DerReader, namedBits } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** What a key may be used for (RFC 5280 §4.2.1.3). */
export type KeyUsageBit =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

/** The bits that are set, in the order of the standard. */
export type KeyUsage = readonly KeyUsageBit[]

/** Bit numbers are positions in this list (RFC 5280 §4.2.1.3). */
export const KEY_USAGE_BITS: readonly KeyUsageBit[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

export const keyUsage: ExtensionCodec<KeyUsage> = {
  oid: '2.5.29.15',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'keyUsage', (reader) =>
      // Bits without a name are those of a later edition; they allow nothing here.
      Object.freeze(reader.namedBits().flatMap((bit) => KEY_USAGE_BITS[bit] ?? [])),
    ),
  write: (usages) => namedBits(usages.map((usage) => KEY_USAGE_BITS.indexOf(usage))),
}
