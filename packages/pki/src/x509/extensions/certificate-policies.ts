import { DerReader, oid, sequence } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { ExtensionCodec } from './extension.ts'
import type { PolicyQualifier } from './policy-qualifiers.ts'
import { readPolicyQualifier, writePolicyQualifier } from './policy-qualifiers.ts'

/** RFC 5280 §4.2.1.4 */
export interface PolicyInformation {
  readonly policy: string
  readonly qualifiers?: readonly PolicyQualifier[]
}

/** The policy that stands for every policy (RFC 5280 §4.2.1.4). */
export const ANY_POLICY = '2.5.29.32.0'

/** An extension that lists policies: `certificatePolicies` here, Microsoft's `applicationPolicies` beside it. */
export const policies = (dotted: string, what: string): ExtensionCodec<readonly PolicyInformation[]> => ({
  oid: dotted,
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, what, (reader) => {
      const all = reader.sequenceOf((item) => item.sequence(readPolicy))
      if (all.length === 0) reader.malformed()
      // "A certificate policy OID MUST NOT appear more than once."
      if (new Set(all.map(({ policy }) => policy)).size !== all.length) fail('certificate_malformed', { what })
      return Object.freeze(all)
    }),
  write: (all) =>
    sequence(
      all.map(({ policy, qualifiers }) =>
        sequence(oid(policy), qualifiers ? [sequence(qualifiers.map(writePolicyQualifier))] : []),
      ),
    ),
})

export const certificatePolicies: ExtensionCodec<readonly PolicyInformation[]> = policies(
  '2.5.29.32',
  'certificatePolicies',
)

function readPolicy(fields: DerReader): PolicyInformation {
  const policy = fields.oid()
  if (fields.done) return Object.freeze({ policy })
  const qualifiers = fields.sequenceOf((item) => item.sequence(readPolicyQualifier))
  if (qualifiers.length === 0) fields.malformed()
  return Object.freeze({ policy, qualifiers: Object.freeze(qualifiers) })
}
