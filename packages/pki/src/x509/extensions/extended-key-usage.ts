import { DerReader, oid, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** Purposes by name where they have one here, otherwise as dotted identifiers. */
export type ExtendedKeyUsage = readonly string[]

/** RFC 5280 §4.2.1.12 */
export const PURPOSES: Readonly<Record<string, string>> = Object.freeze({
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
})

const names = new Map(Object.entries(PURPOSES).map(([name, dotted]) => [dotted, name]))

export const extendedKeyUsage: ExtensionCodec<ExtendedKeyUsage> = {
  oid: '2.5.29.37',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'extendedKeyUsage', (reader) => {
      const purposes = reader.sequenceOf((item) => item.oid())
      if (purposes.length === 0) reader.malformed()
      return Object.freeze(purposes.map((dotted) => names.get(dotted) ?? dotted))
    }),
  write: (purposes) =>
    sequence(purposes.map((purpose) => oid(Object.hasOwn(PURPOSES, purpose) ? PURPOSES[purpose]! : purpose))),
}
