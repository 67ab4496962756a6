import { DerReader, integer } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.14: after how many more certificates anyPolicy no longer means any policy. */
export const inhibitAnyPolicy: ExtensionCodec<number> = {
  oid: '2.5.29.54',
  critical: () => true,
  parse: (der) => DerReader.whole(der, 'inhibitAnyPolicy', (reader) => reader.smallInteger()),
  write: (skip) => integer(skip),
}
