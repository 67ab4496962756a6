import { checkDer, DerReader, oid, sequence } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.4 */
export interface PolicyInformation {
  readonly policy: string
  /** Qualifiers as they came; `value` is DER. */
  readonly qualifiers?: readonly { readonly oid: string; readonly value: Uint8Array }[]
}

export const ANY_POLICY = '2.5.29.32.0'

export const certificatePolicies: ExtensionCodec<readonly PolicyInformation[]> = {
  oid: '2.5.29.32',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'certificatePolicies', (reader) => {
      const policies = reader.sequenceOf((item) => item.sequence(readPolicy))
      if (policies.length === 0) reader.malformed()
      // "A certificate policy OID MUST NOT appear more than once."
      if (new Set(policies.map(({ policy }) => policy)).size !== policies.length) {
        fail('certificate_malformed', { what: 'certificatePolicies' })
      }
      return Object.freeze(policies)
    }),
  write: (policies) =>
    sequence(
      ...policies.map(({ policy, qualifiers }) =>
        sequence(
          oid(policy),
          ...(qualifiers ? [sequence(...qualifiers.map((one) => sequence(oid(one.oid), one.value)))] : []),
        ),
      ),
    ),
}

function readPolicy(fields: DerReader): PolicyInformation {
  const policy = fields.oid()
  if (fields.done) return Object.freeze({ policy })
  const qualifiers = fields.sequenceOf((item) =>
    item.sequence((one) => {
      const dotted = one.oid()
      const value = one.element()
      checkDer(value, 'policy qualifier')
      return Object.freeze({ oid: dotted, value })
    }),
  )
  return Object.freeze({ policy, qualifiers: Object.freeze(qualifiers) })
}
