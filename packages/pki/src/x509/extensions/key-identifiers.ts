import {
  contextConstructed,
  contextPrimitive,
  DerReader,
  implicit,
  implicitConstructed,
  octetString,
  sequence,
} from '../../asn1/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralNames, writeGeneralName } from '../general-name/general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.2 */
export const subjectKeyIdentifier: ExtensionCodec<Uint8Array> = {
  oid: '2.5.29.14',
  critical: () => false,
  parse: (der) => DerReader.whole(der, 'subjectKeyIdentifier', (reader) => reader.octetString()),
  write: (identifier) => octetString(identifier),
}

/** RFC 5280 §4.2.1.1: issuer and serial stand together or not at all. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier?: Uint8Array
  readonly issuer?: readonly GeneralName[]
  /** Content octets of the INTEGER. */
  readonly serial?: Uint8Array
}

export const authorityKeyIdentifier: ExtensionCodec<AuthorityKeyIdentifier> = {
  oid: '2.5.29.35',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'authorityKeyIdentifier', (reader) =>
      reader.sequence((fields) => {
        const keyIdentifier = fields.optional(contextPrimitive(0), (inner) => inner.content(contextPrimitive(0)))
        const issuer = fields.optional(contextConstructed(1), (inner) => readGeneralNames(inner, contextConstructed(1)))
        const serial = fields.optional(contextPrimitive(2), (inner) => inner.integerBytes(contextPrimitive(2)))
        return Object.freeze({
          ...(keyIdentifier ? { keyIdentifier } : {}),
          ...(issuer ? { issuer } : {}),
          ...(serial ? { serial } : {}),
        })
      }),
    ),
  write: ({ keyIdentifier, issuer, serial }) =>
    sequence(
      keyIdentifier ? [implicit(0, keyIdentifier)] : [],
      issuer ? [implicitConstructed(1, issuer.map(writeGeneralName))] : [],
      serial ? [implicit(2, serial)] : [],
    ),
}
