// The written list of extensions. A new one is one file, one line in each table here, one row of values in the test.

import type { Attribute } from '../name/attribute.ts'
import type { AlternativeNames } from './alternative-names.ts'
import { issuerAltName, subjectAltName } from './alternative-names.ts'
import { applicationPolicies } from './application-policies.ts'
import type { BasicConstraints } from './basic-constraints.ts'
import { basicConstraints } from './basic-constraints.ts'
import { certificateIssuer } from './certificate-issuer.ts'
import type { PolicyInformation } from './certificate-policies.ts'
import { certificatePolicies } from './certificate-policies.ts'
import type { CertificateTemplate } from './certificate-template.ts'
import { certificateTemplate } from './certificate-template.ts'
import { certificateTemplateName } from './certificate-template-name.ts'
import type { RevocationReason } from './crl-extensions.ts'
import { cRLNumber, deltaCRLIndicator, invalidityDate, reasonCode } from './crl-extensions.ts'
import type { DistributionPoint } from './distribution-points.ts'
import { crlDistributionPoints } from './distribution-points.ts'
import { expiredCertsOnCRL } from './expired-certs-on-crl.ts'
import type { ExtendedKeyUsage } from './extended-key-usage.ts'
import { extendedKeyUsage } from './extended-key-usage.ts'
import type { ExtensionCodec } from './extension.ts'
import { freshestCRL } from './freshest-crl.ts'
import type { AccessDescription } from './info-access.ts'
import { authorityInfoAccess, subjectInfoAccess } from './info-access.ts'
import { inhibitAnyPolicy } from './inhibit-any-policy.ts'
import type { IssuingDistributionPoint } from './issuing-distribution-point.ts'
import { issuingDistributionPoint } from './issuing-distribution-point.ts'
import type { AuthorityKeyIdentifier } from './key-identifiers.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from './key-identifiers.ts'
import type { KeyUsage } from './key-usage.ts'
import { keyUsage } from './key-usage.ts'
import type { NameConstraints } from './name-constraints.ts'
import { nameConstraints } from './name-constraints.ts'
import type { NetscapeCertTypeBit } from './netscape.ts'
import { netscapeCertType, netscapeComment } from './netscape.ts'
import { ntdsCaSecurity } from './ntds-ca-security.ts'
import { ocspNoCheck } from './ocsp-no-check.ts'
import type { PolicyConstraints } from './policy-constraints.ts'
import { policyConstraints } from './policy-constraints.ts'
import type { PolicyMapping } from './policy-mappings.ts'
import { policyMappings } from './policy-mappings.ts'
import type { PrivateKeyUsagePeriod } from './private-key-usage-period.ts'
import { privateKeyUsagePeriod } from './private-key-usage-period.ts'
import type { QcStatement } from './qc-statement.ts'
import { qcStatements } from './qc-statements.ts'
import type { SignedCertificateTimestamp } from './signed-certificate-timestamps.ts'
import { precertificatePoison, signedCertificateTimestamps } from './signed-certificate-timestamps.ts'
import type { SmimeCapability } from './smime-capabilities.ts'
import { smimeCapabilities } from './smime-capabilities.ts'
import { subjectDirectoryAttributes } from './subject-directory-attributes.ts'
import { tlsFeature } from './tls-feature.ts'

/** The value that each known extension holds. */
export interface ExtensionValues {
  applicationPolicies: readonly PolicyInformation[]
  authorityInfoAccess: readonly AccessDescription[]
  authorityKeyIdentifier: AuthorityKeyIdentifier
  basicConstraints: BasicConstraints
  certificateIssuer: AlternativeNames
  certificatePolicies: readonly PolicyInformation[]
  certificateTemplate: CertificateTemplate
  certificateTemplateName: string
  cRLNumber: bigint
  crlDistributionPoints: readonly DistributionPoint[]
  deltaCRLIndicator: bigint
  expiredCertsOnCRL: Date
  extendedKeyUsage: ExtendedKeyUsage
  freshestCRL: readonly DistributionPoint[]
  inhibitAnyPolicy: number
  invalidityDate: Date
  issuerAltName: AlternativeNames
  issuingDistributionPoint: IssuingDistributionPoint
  keyUsage: KeyUsage
  nameConstraints: NameConstraints
  netscapeCertType: readonly NetscapeCertTypeBit[]
  netscapeComment: string
  ntdsCaSecurity: string
  ocspNoCheck: true
  policyConstraints: PolicyConstraints
  policyMappings: readonly PolicyMapping[]
  precertificatePoison: true
  privateKeyUsagePeriod: PrivateKeyUsagePeriod
  qcStatements: readonly QcStatement[]
  reasonCode: RevocationReason
  signedCertificateTimestamps: readonly SignedCertificateTimestamp[]
  smimeCapabilities: readonly SmimeCapability[]
  subjectAltName: AlternativeNames
  subjectDirectoryAttributes: readonly Attribute[]
  subjectInfoAccess: readonly AccessDescription[]
  subjectKeyIdentifier: Uint8Array
  tlsFeature: readonly number[]
}

/** The extensions that are read and written with typed values. */
export type ExtensionName = keyof ExtensionValues

/** How each extension is read and written. */
export const EXTENSIONS: { readonly [N in ExtensionName]: ExtensionCodec<ExtensionValues[N]> } = Object.freeze({
  applicationPolicies,
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificateIssuer,
  certificatePolicies,
  certificateTemplate,
  certificateTemplateName,
  cRLNumber,
  crlDistributionPoints,
  deltaCRLIndicator,
  expiredCertsOnCRL,
  extendedKeyUsage,
  freshestCRL,
  inhibitAnyPolicy,
  invalidityDate,
  issuerAltName,
  issuingDistributionPoint,
  keyUsage,
  nameConstraints,
  netscapeCertType,
  netscapeComment,
  ntdsCaSecurity,
  ocspNoCheck,
  policyConstraints,
  policyMappings,
  precertificatePoison,
  privateKeyUsagePeriod,
  qcStatements,
  reasonCode,
  signedCertificateTimestamps,
  smimeCapabilities,
  subjectAltName,
  subjectDirectoryAttributes,
  subjectInfoAccess,
  subjectKeyIdentifier,
  tlsFeature,
})
