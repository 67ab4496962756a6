import { DerReader, nullValue } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 6960 §4.2.2.2.1: trust this responder's certificate for its lifetime without asking about it. */
export const ocspNoCheck: ExtensionCodec<true> = {
  oid: '1.3.6.1.5.5.7.48.1.5',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'ocspNoCheck', (reader) => {
      reader.null()
      return true
    }),
  write: () => nullValue(),
}
