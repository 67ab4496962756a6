// The written list of extensions. A new one is one file, one line in each table here, one test.

import type { AlternativeNames } from './alternative-names.ts'
import { issuerAltName, subjectAltName } from './alternative-names.ts'
import type { AccessDescription } from './authority-info-access.ts'
import { authorityInfoAccess } from './authority-info-access.ts'
import type { BasicConstraints } from './basic-constraints.ts'
import { basicConstraints } from './basic-constraints.ts'
import { certificateIssuer } from './certificate-issuer.ts'
import type { PolicyInformation } from './certificate-policies.ts'
import { certificatePolicies } from './certificate-policies.ts'
import type { RevocationReason } from './crl-extensions.ts'
import { cRLNumber, deltaCRLIndicator, invalidityDate, reasonCode } from './crl-extensions.ts'
import type { DistributionPoint } from './distribution-points.ts'
import { crlDistributionPoints } from './distribution-points.ts'
import type { ExtendedKeyUsage } from './extended-key-usage.ts'
import { extendedKeyUsage } from './extended-key-usage.ts'
import type { Extension, ExtensionCodec } from './extension.ts'
import { freshestCRL } from './freshest-crl.ts'
import { inhibitAnyPolicy } from './inhibit-any-policy.ts'
import type { IssuingDistributionPoint } from './issuing-distribution-point.ts'
import { issuingDistributionPoint } from './issuing-distribution-point.ts'
import type { AuthorityKeyIdentifier } from './key-identifiers.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from './key-identifiers.ts'
import type { KeyUsage } from './key-usage.ts'
import { keyUsage } from './key-usage.ts'
import type { NameConstraints } from './name-constraints.ts'
import { nameConstraints } from './name-constraints.ts'
import { ocspNoCheck } from './ocsp-no-check.ts'
import type { PolicyConstraints } from './policy-constraints.ts'
import { policyConstraints } from './policy-constraints.ts'
import type { PolicyMapping } from './policy-mappings.ts'
import { policyMappings } from './policy-mappings.ts'

/** The value that each known extension holds. */
export interface ExtensionValues {
  authorityInfoAccess: readonly AccessDescription[]
  authorityKeyIdentifier: AuthorityKeyIdentifier
  basicConstraints: BasicConstraints
  certificateIssuer: AlternativeNames
  certificatePolicies: readonly PolicyInformation[]
  cRLNumber: bigint
  crlDistributionPoints: readonly DistributionPoint[]
  deltaCRLIndicator: bigint
  extendedKeyUsage: ExtendedKeyUsage
  freshestCRL: readonly DistributionPoint[]
  inhibitAnyPolicy: number
  invalidityDate: Date
  issuerAltName: AlternativeNames
  issuingDistributionPoint: IssuingDistributionPoint
  keyUsage: KeyUsage
  nameConstraints: NameConstraints
  ocspNoCheck: true
  policyConstraints: PolicyConstraints
  policyMappings: readonly PolicyMapping[]
  reasonCode: RevocationReason
  subjectAltName: AlternativeNames
  subjectKeyIdentifier: Uint8Array
}

export type ExtensionName = keyof ExtensionValues

export const EXTENSIONS: { readonly [N in ExtensionName]: ExtensionCodec<ExtensionValues[N]> } = Object.freeze({
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificateIssuer,
  certificatePolicies,
  cRLNumber,
  crlDistributionPoints,
  deltaCRLIndicator,
  extendedKeyUsage,
  freshestCRL,
  inhibitAnyPolicy,
  invalidityDate,
  issuerAltName,
  issuingDistributionPoint,
  keyUsage,
  nameConstraints,
  ocspNoCheck,
  policyConstraints,
  policyMappings,
  reasonCode,
  subjectAltName,
  subjectKeyIdentifier,
})

const names = new Map(Object.entries(EXTENSIONS).map(([name, codec]) => [codec.oid, name as ExtensionName]))

/** The name of an extension that this library reads, by its OID. */
export const extensionName = (oid: string): ExtensionName | undefined => names.get(oid)

/** An extension ready to be written. `critical` is what the standard asks for unless told otherwise. */
export function makeExtension<N extends ExtensionName>(
  name: N,
  value: ExtensionValues[N],
  critical?: boolean,
): Extension {
  const codec: ExtensionCodec<ExtensionValues[N]> = EXTENSIONS[name]
  return Object.freeze({ oid: codec.oid, critical: critical ?? codec.critical(value), value: codec.write(value) })
}

/**
 * The value of an extension of a certificate, request, CRL or CRL entry; undefined when it has none.
 * @throws der_malformed and the errors of what is inside
 */
export function extension<N extends ExtensionName>(
  holder: { readonly extensions: readonly Extension[] },
  name: N,
): ExtensionValues[N] | undefined {
  const codec: ExtensionCodec<ExtensionValues[N]> = EXTENSIONS[name]
  const found = holder.extensions.find((one) => one.oid === codec.oid)
  return found && codec.parse(found.value)
}
