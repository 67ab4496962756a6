import { DerReader, oid, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.1.5: what the issuer calls one thing and the subject another, as dotted identifiers. */
export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** That anyPolicy may not be mapped is for path validation to judge (§6.1.4 a), which can name the certificate. */
export const policyMappings: ExtensionCodec<readonly PolicyMapping[]> = {
  oid: '2.5.29.33',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'policyMappings', (reader) => {
      const mappings = reader.sequenceOf((item) =>
        item.sequence((fields) =>
          Object.freeze({ issuerDomainPolicy: fields.oid(), subjectDomainPolicy: fields.oid() }),
        ),
      )
      return mappings.length > 0 ? Object.freeze(mappings) : reader.malformed()
    }),
  write: (mappings) =>
    sequence(
      mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
        sequence(oid(issuerDomainPolicy), oid(subjectDomainPolicy)),
      ),
    ),
}
