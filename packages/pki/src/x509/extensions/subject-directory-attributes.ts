import { DerReader, sequence } from '../../asn1/index.ts'
import type { Attribute } from '../name/attribute.ts'
import { readAttribute, writeAttribute } from '../name/attribute.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.8: facts about the subject, such as nationality; their values stay elements, DER. */
export const subjectDirectoryAttributes: ExtensionCodec<readonly Attribute[]> = {
  oid: '2.5.29.9',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'subjectDirectoryAttributes', (reader) => {
      const attributes = reader.sequenceOf(readAttribute)
      return attributes.length > 0 ? Object.freeze(attributes) : reader.malformed()
    }),
  write: (attributes) => sequence(attributes.map(writeAttribute)),
}
