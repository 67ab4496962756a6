// Whether a CRL speaks of a certificate, and about which reasons (RFC 5280 §6.3.3 b and d).

import { contentOf, sequence } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import type { Certificate, Crl, DistributionPoint, GeneralName, Name } from '../x509/index.ts'
import { parseName, writeGeneralName } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import { crlFacts } from './crl-facts.ts'
import { lengthCost, same } from './names.ts'
import { readExtension } from './read-extension.ts'

/** All reasons of ReasonFlags, one bit each; bit 0 is "unused" (§4.2.1.13). */
export const ALL_REASONS = 0b1_1111_1110

/**
 * Reasons that the CRL covers for the certificate by way of this point; 0 when it says nothing about it. The issuer of
 * the CRL is the one that the point names, or that of the certificate.
 */
export function scopeOf(crl: Crl, point: DistributionPoint, certificate: Certificate, budget: Budget): number {
  const { point: scope } = crlFacts(crl)
  // Another issuer than the certificate's own must also say itself that it speaks for others (b 1).
  if (point.crlIssuer && !scope?.indirectCRL) return 0
  if (!scope) return reasonBits(point.reasons)
  if (scope.onlyContainsAttributeCerts) return 0
  if (scope.onlyContainsUserCerts && isAuthority(certificate)) return 0
  if (scope.onlyContainsCACerts && !isAuthority(certificate)) return 0
  const published = namesOf(scope, crl.issuer)
  if (published) {
    const wanted = namesOf(point, point.crlIssuer ? crl.issuer : certificate.issuer) ?? point.crlIssuer ?? []
    if (!published.some((one) => wanted.some((other) => sameGeneralName(one, other, budget)))) return 0
  }
  return reasonBits(scope.onlySomeReasons) & reasonBits(point.reasons)
}

const isAuthority = (certificate: Certificate): boolean => readExtension(certificate, 'basicConstraints')?.ca === true

function reasonBits(reasons: readonly number[] | undefined): number {
  if (!reasons) return ALL_REASONS
  return reasons.reduce((mask, bit) => mask | (1 << bit), 0) & ALL_REASONS
}

/** The names of a distribution point. A relative one goes on from the name of whoever issues the CRL (§4.2.1.13). */
function namesOf(
  point: Pick<DistributionPoint, 'fullName' | 'relativeName'>,
  from: Name,
): readonly GeneralName[] | undefined {
  if (!point.relativeName) return point.fullName
  const step = new Uint8Array(point.relativeName)
  step[0] = SET // written as [1] IMPLICIT
  return [{ kind: 'directoryName', name: parseName(sequence(contentOf(from.der), step)) }]
}

function sameGeneralName(a: GeneralName, b: GeneralName, budget: Budget): boolean {
  if (a.kind === 'directoryName' && b.kind === 'directoryName') return same(a.name, b.name, budget)
  budget.spend('nameComparisons')
  if (a.kind !== b.kind) return false
  const [one, other] = [writeGeneralName(a), writeGeneralName(b)]
  budget.spend('nameComparisons', lengthCost(one.length + other.length))
  return equal(one, other)
}

const SET = 0x31
