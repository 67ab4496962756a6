import type { ExtensionName, ExtensionValues, TbsCertificate } from '../x509/index.ts'

/** A finding's details: short texts and numbers, nothing secret. */
export type LintFacts = Readonly<Record<string, string | number>>

/** A certificate about to be signed, as rules see it. */
export interface LintSubject extends TbsCertificate {
  /** TBSCertificate, DER. */
  readonly tbs: Uint8Array
  readonly signatureOid: string
  /** Whether this library knows and allows the signature algorithm. */
  readonly signatureKnown: boolean
  readonly isAuthority: boolean
  /** The value of an extension, or undefined. */
  value<N extends ExtensionName>(name: N): ExtensionValues[N] | undefined
  /** Whether the extension is there, and critical. */
  criticality(name: ExtensionName): 'critical' | 'not critical' | 'absent'
}

/** One rule: one file, named after it, in the folder of the document that asks for it. */
export interface LintRule {
  readonly name: string
  readonly clause: string
  readonly severity: 'error' | 'warning'
  /** One entry for each breach; none when all is well. */
  readonly check: (certificate: LintSubject) => readonly LintFacts[]
}

/** Breaches from a list of conditions, each with the facts to report when it holds. */
export const breaches = (...conditions: readonly (readonly [boolean, LintFacts])[]): LintFacts[] =>
  conditions.filter(([holds]) => holds).map(([, facts]) => facts)
