import type { SignatureIdentifier } from '../algorithms/index.ts'
import type { Crl, ExtensionName, ExtensionValues, TbsCertificate } from '../x509/index.ts'
import type { LintProblems } from './problems.ts'

/** The documents that rules come from, and the folders they lie in. */
export type LintSuite = 'rfc5280' | 'cabf-smime' | 'scel'
/** An error breaks a "must" of the document, a warning a "should"; a notice is worth knowing. */
export type LintSeverity = 'error' | 'warning' | 'notice'
/** A finding's details: short texts and numbers, nothing secret. */
export type LintFacts = Readonly<Record<string, string | number>>

/** `document/rule`, such as `rfc5280/serial-number`: permanent. */
export type LintRuleName = keyof LintProblems
/** What a rule can find, such as `negative`: permanent. */
export type LintProblem<N extends LintRuleName = LintRuleName> = keyof LintProblems[N] & string

/** What a certificate is in its chain, as far as it says so itself. */
export type LintRole = 'end' | 'subordinate' | 'root'

/** What a certificate and the request for one have in common, as rules see it. */
export interface LintContent extends Pick<TbsCertificate, 'subject' | 'publicKey' | 'extensions'> {
  readonly signature: SignatureIdentifier
  readonly role: LintRole
  readonly isAuthority: boolean
  /** The value of an extension; undefined when it is absent or cannot be read. */
  value<N extends ExtensionName>(name: N): ExtensionValues[N] | undefined
  /** Whether the extension is there, and critical. An OID stands for one that has no name here. */
  criticality(extension: ExtensionName | { readonly oid: string }): 'critical' | 'not critical' | 'absent'
}

/** A certificate about to be signed, as rules see it. */
export interface LintSubject extends LintContent, TbsCertificate {
  /** The moment whose rules apply. */
  readonly at: Date
  /** Issuer and subject are one: a root, or an authority that changes its key. */
  readonly selfIssued: boolean
  /** Identifier octets of notBefore and notAfter, which dates no longer show. */
  readonly timeTags: readonly [notBefore: number, notAfter: number]
  readonly hasUniqueIdentifiers: boolean
}

/** A revocation list, as rules see it. */
export interface LintCrl extends Crl, Pick<LintContent, 'value' | 'criticality'> {
  readonly version: 1 | 2
  /** Identifier octets of thisUpdate and nextUpdate. */
  readonly timeTags: readonly [thisUpdate: number, nextUpdate?: number]
  /** Whether the field of entries is there without any. */
  readonly hasEmptyEntries: boolean
}

/** Tells of a breach. `clause` replaces that of the rule where a rule stands for several. */
export type Report<N extends LintRuleName> = <P extends LintProblem<N>>(
  problem: P,
  ...details: Details<LintProblems[N][P]>
) => void

type Details<F> = keyof F extends never ? [facts?: F, clause?: string] : [facts: F, clause?: string]

/**
 * One rule: one file, named after it, in the folder of the document that asks for it. `S` is what it looks at: a rule
 * that needs no more than a request has is for certificates too.
 */
export interface LintRule<N extends LintRuleName, S = LintSubject> {
  readonly clause: string
  /** What it can find, and how bad that is. */
  readonly problems: { readonly [P in LintProblem<N>]: LintSeverity }
  /** The certificates it looks at. @default all */
  readonly roles?: readonly LintRole[]
  readonly check: (subject: S, report: Report<N>) => void
}
