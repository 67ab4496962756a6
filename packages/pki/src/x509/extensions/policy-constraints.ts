import { contentOf, contextPrimitive, DerReader, implicit, integer, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.11: how many more certificates may follow before the constraint begins; undefined for never. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number
  readonly inhibitPolicyMapping?: number
}

export const policyConstraints: ExtensionCodec<PolicyConstraints> = {
  oid: '2.5.29.36',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'policyConstraints', (reader) =>
      reader.sequence((fields) => {
        if (fields.done) fields.malformed() // "CAs MUST NOT issue certificates where policy constraints is an empty sequence"
        const requireExplicitPolicy = readSkip(fields, 0)
        const inhibitPolicyMapping = readSkip(fields, 1)
        return Object.freeze({
          ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
          ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
        })
      }),
    ),
  write: ({ requireExplicitPolicy, inhibitPolicyMapping }) =>
    sequence(writeSkip(0, requireExplicitPolicy), writeSkip(1, inhibitPolicyMapping)),
}

const readSkip = (fields: DerReader, number: number): number | undefined =>
  fields.optional(contextPrimitive(number), (inner) => inner.smallInteger(undefined, contextPrimitive(number)))

const writeSkip = (number: number, skip: number | undefined): Uint8Array[] =>
  skip === undefined ? [] : [implicit(number, contentOf(integer(skip)))]
