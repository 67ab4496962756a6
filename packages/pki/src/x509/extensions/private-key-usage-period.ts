import { contentOf, contextPrimitive, DerReader, generalizedTime, implicit, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 3280 §4.2.1.4: when the private key signs, shorter than the certificate's life; one end at least. */
export interface PrivateKeyUsagePeriod {
  readonly notBefore?: Date
  readonly notAfter?: Date
}

export const privateKeyUsagePeriod: ExtensionCodec<PrivateKeyUsagePeriod> = {
  oid: '2.5.29.16',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'privateKeyUsagePeriod', (reader) =>
      reader.sequence((fields) => {
        if (fields.done) fields.malformed()
        const notBefore = readEnd(fields, 0)
        const notAfter = readEnd(fields, 1)
        return Object.freeze({ ...(notBefore ? { notBefore } : {}), ...(notAfter ? { notAfter } : {}) })
      }),
    ),
  write: ({ notBefore, notAfter }) => sequence(writeEnd(0, notBefore), writeEnd(1, notAfter)),
}

const readEnd = (fields: DerReader, number: number): Date | undefined =>
  fields.optional(contextPrimitive(number), (inner) => inner.generalizedTime(contextPrimitive(number)))

const writeEnd = (number: number, date: Date | undefined): Uint8Array[] =>
  date ? [implicit(number, contentOf(generalizedTime(date)))] : []
