// Which of the certificate profiles of these requirements a certificate claims (§7.1.6.1), and when rules began.

import type { LintSubject } from '../rule.ts'

export type SubscriberType = 'mailbox' | 'organization' | 'sponsor' | 'individual'
export type Generation = 'legacy' | 'multipurpose' | 'strict'

export interface SmimeProfile {
  readonly type: SubscriberType
  readonly generation: Generation
}

/** The reserved policies that a certificate has. */
export function reservedPolicies(certificate: LintSubject): string[] {
  const policies = certificate.value('certificatePolicies') ?? []
  return policies.flatMap(({ policy }) => (RESERVED.has(policy) ? [policy] : []))
}

/** The profile of a subscriber's certificate; undefined when it claims none, or more than one. */
export function profileOf(certificate: LintSubject): SmimeProfile | undefined {
  const [policy, second] = reservedPolicies(certificate)
  return policy === undefined || second !== undefined ? undefined : RESERVED.get(policy)
}

/** Every address must be one that can be fetched without further trust: plain HTTP. */
export const isHttp = (uri: string): boolean => /^http:\/\//i.test(uri)

/** SMC08: no more certificates of the legacy generation. */
export const NO_LEGACY_SINCE: Date = new Date('2025-07-15T00:00:00Z')
/** SMC017v2: authorities' RSA keys are of 4096 bits. */
export const LONG_AUTHORITY_KEYS_SINCE: Date = new Date('2026-09-15T00:00:00Z')
/** SMC018: no purposes beside e-mail protection and client authentication. */
export const TWO_PURPOSES_SINCE: Date = new Date('2027-07-01T00:00:00Z')

const TYPES: readonly SubscriberType[] = ['mailbox', 'organization', 'sponsor', 'individual']
const GENERATIONS: readonly Generation[] = ['legacy', 'multipurpose', 'strict']

const RESERVED: ReadonlyMap<string, SmimeProfile> = new Map(
  TYPES.flatMap((type, i) =>
    GENERATIONS.map((generation, j) => [`2.23.140.1.5.${i + 1}.${j + 1}`, { type, generation }] as const),
  ),
)
