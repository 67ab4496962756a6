// The written list of rules, by the document that asks for them. A new one is a file, a line here, its problems in
// problems.ts and a certificate that has them in a test.

import { alternativeNames as smimeAlternativeNames } from './cabf-smime/alternative-names.ts'
import { authorityInfoAccess } from './cabf-smime/authority-info-access.ts'
import { authorityKeyIdentifier } from './cabf-smime/authority-key-identifier.ts'
import { authorityPolicy } from './cabf-smime/authority-policy.ts'
import { authoritySubject } from './cabf-smime/authority-subject.ts'
import { basicConstraints as smimeBasicConstraints } from './cabf-smime/basic-constraints.ts'
import { crl } from './cabf-smime/crl.ts'
import { crlDistributionPoints } from './cabf-smime/crl-distribution-points.ts'
import { extendedKeyUsage as smimeExtendedKeyUsage } from './cabf-smime/extended-key-usage.ts'
import { extensions } from './cabf-smime/extensions.ts'
import { key } from './cabf-smime/key.ts'
import { keyUsage as smimeKeyUsage } from './cabf-smime/key-usage.ts'
import { nameConstraints as smimeNameConstraints } from './cabf-smime/name-constraints.ts'
import { organizationIdentifier } from './cabf-smime/organization-identifier.ts'
import { policy } from './cabf-smime/policy.ts'
import { policyQualifiers } from './cabf-smime/policy-qualifiers.ts'
import { serialNumber as smimeSerialNumber } from './cabf-smime/serial-number.ts'
import { signature as smimeSignature } from './cabf-smime/signature.ts'
import { subjectAttributes } from './cabf-smime/subject-attributes.ts'
import { subjectContents } from './cabf-smime/subject-contents.ts'
import { validity as smimeValidity } from './cabf-smime/validity.ts'
import { alternativeNames } from './rfc5280/alternative-names.ts'
import { attributeValues } from './rfc5280/attribute-values.ts'
import { authorityExtensions } from './rfc5280/authority-extensions.ts'
import { basicConstraints } from './rfc5280/basic-constraints.ts'
import { certificatePolicies } from './rfc5280/certificate-policies.ts'
import { certificateTransparency } from './rfc5280/certificate-transparency.ts'
import { criticality } from './rfc5280/criticality.ts'
import { crlEntries } from './rfc5280/crl-entries.ts'
import { crlExtensions } from './rfc5280/crl-extensions.ts'
import { crlFields } from './rfc5280/crl-fields.ts'
import type { CrlProblems } from './rfc5280/crl-problems.ts'
import { distributionPoints } from './rfc5280/distribution-points.ts'
import { extendedKeyUsage } from './rfc5280/extended-key-usage.ts'
import { informationAccess } from './rfc5280/information-access.ts'
import { issuerValues } from './rfc5280/issuer-values.ts'
import { keyIdentifiers } from './rfc5280/key-identifiers.ts'
import { keyUsage } from './rfc5280/key-usage.ts'
import { keyUsageOfKey } from './rfc5280/key-usage-of-key.ts'
import { nameConstraints } from './rfc5280/name-constraints.ts'
import { policyMappings } from './rfc5280/policy-mappings.ts'
import { publicKey } from './rfc5280/public-key.ts'
import { serialNumber } from './rfc5280/serial-number.ts'
import { signature } from './rfc5280/signature.ts'
import { subject } from './rfc5280/subject.ts'
import { subjectMail } from './rfc5280/subject-mail.ts'
import { uniqueIdentifiers } from './rfc5280/unique-identifiers.ts'
import { validity } from './rfc5280/validity.ts'
import { version } from './rfc5280/version.ts'
import type { LintContent, LintCrl, LintRule, LintRuleName, LintSuite } from './rule.ts'
import { keyStrength } from './scel/key-strength.ts'
import { leafPurpose } from './scel/leaf-purpose.ts'
import { revocationAddresses } from './scel/revocation-addresses.ts'
import { serialEntropy } from './scel/serial-entropy.ts'
import { serverNames } from './scel/server-names.ts'
import { signatureAlgorithm } from './scel/signature-algorithm.ts'

/** Every document that certificates can be judged by. */
export const LINT_SUITES: readonly LintSuite[] = Object.freeze(['rfc5280', 'cabf-smime', 'scel'])

type CrlRuleName = keyof CrlProblems | 'cabf-smime/crl'
type CertificateRuleName = Exclude<LintRuleName, 'rfc5280/well-formed' | CrlRuleName>

/** All rules for certificates, in the order of a certificate's fields, document by document. */
export const RULES: { readonly [N in CertificateRuleName]: LintRule<N> } = Object.freeze({
  'rfc5280/version': version,
  'rfc5280/serial-number': serialNumber,
  'rfc5280/signature': signature,
  'rfc5280/validity': validity,
  'rfc5280/subject': subject,
  'rfc5280/subject-mail': subjectMail,
  'rfc5280/attribute-values': attributeValues,
  'rfc5280/issuer-values': issuerValues,
  'rfc5280/public-key': publicKey,
  'rfc5280/unique-identifiers': uniqueIdentifiers,
  'rfc5280/key-identifiers': keyIdentifiers,
  'rfc5280/basic-constraints': basicConstraints,
  'rfc5280/key-usage': keyUsage,
  'rfc5280/key-usage-of-key': keyUsageOfKey,
  'rfc5280/extended-key-usage': extendedKeyUsage,
  'rfc5280/certificate-policies': certificatePolicies,
  'rfc5280/policy-mappings': policyMappings,
  'rfc5280/alternative-names': alternativeNames,
  'rfc5280/name-constraints': nameConstraints,
  'rfc5280/distribution-points': distributionPoints,
  'rfc5280/information-access': informationAccess,
  'rfc5280/criticality': criticality,
  'rfc5280/certificate-transparency': certificateTransparency,
  'rfc5280/authority-extensions': authorityExtensions,
  'cabf-smime/policy': policy,
  'cabf-smime/authority-policy': authorityPolicy,
  'cabf-smime/policy-qualifiers': policyQualifiers,
  'cabf-smime/validity': smimeValidity,
  'cabf-smime/serial-number': smimeSerialNumber,
  'cabf-smime/key': key,
  'cabf-smime/signature': smimeSignature,
  'cabf-smime/crl-distribution-points': crlDistributionPoints,
  'cabf-smime/authority-info-access': authorityInfoAccess,
  'cabf-smime/basic-constraints': smimeBasicConstraints,
  'cabf-smime/key-usage': smimeKeyUsage,
  'cabf-smime/extended-key-usage': smimeExtendedKeyUsage,
  'cabf-smime/authority-key-identifier': authorityKeyIdentifier,
  'cabf-smime/alternative-names': smimeAlternativeNames,
  'cabf-smime/extensions': extensions,
  'cabf-smime/subject-attributes': subjectAttributes,
  'cabf-smime/subject-contents': subjectContents,
  'cabf-smime/organization-identifier': organizationIdentifier,
  'cabf-smime/authority-subject': authoritySubject,
  'cabf-smime/name-constraints': smimeNameConstraints,
  'scel/serial-entropy': serialEntropy,
  'scel/key-strength': keyStrength,
  'scel/signature-algorithm': signatureAlgorithm,
  'scel/server-names': serverNames,
  'scel/leaf-purpose': leafPurpose,
  'scel/revocation-addresses': revocationAddresses,
})

/** Those that a request can already meet or break. */
export const REQUEST_RULES: { readonly [N in CertificateRuleName]?: LintRule<N, LintContent> } = Object.freeze({
  'rfc5280/signature': signature,
  'rfc5280/attribute-values': attributeValues,
  'rfc5280/public-key': publicKey,
  'rfc5280/basic-constraints': basicConstraints,
  'rfc5280/key-usage': keyUsage,
  'rfc5280/key-usage-of-key': keyUsageOfKey,
  'rfc5280/extended-key-usage': extendedKeyUsage,
  'rfc5280/certificate-policies': certificatePolicies,
  'rfc5280/alternative-names': alternativeNames,
  'rfc5280/name-constraints': nameConstraints,
  'scel/key-strength': keyStrength,
  'scel/signature-algorithm': signatureAlgorithm,
  'scel/server-names': serverNames,
})

/** Those for revocation lists. */
export const CRL_RULES: { readonly [N in CrlRuleName]: LintRule<N, LintCrl> } = Object.freeze({
  'rfc5280/crl-fields': crlFields,
  'rfc5280/crl-extensions': crlExtensions,
  'rfc5280/crl-entries': crlEntries,
  'cabf-smime/crl': crl,
})
