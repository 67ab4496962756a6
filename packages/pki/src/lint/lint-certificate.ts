// Judges a certificate before it is signed. After the signature it is too late: it exists.

import { isPkiError } from '../errors/index.ts'
import type { BasicConstraints, ExtensionName } from '../x509/index.ts'
import { EXTENSIONS, extensionName, parseTbsCertificate } from '../x509/index.ts'
import type { LintFacts, LintRule, LintSubject } from './rule.ts'
import { RULES } from './rules.ts'

export interface LintFinding {
  /** `document/rule`, such as `rfc5280/serial-number`: permanent. */
  readonly rule: string
  readonly clause: string
  readonly severity: 'error' | 'warning'
  readonly facts: LintFacts
}

/** Findings over a TBSCertificate (DER), in the order of the rules; empty when it may be signed.. */
export function lintCertificate(tbs: Uint8Array): readonly LintFinding[] {
  let subject: LintSubject
  try {
    subject = lintSubject(tbs)
  } catch (error) {
    if (!isPkiError(error)) throw error
    const facts: LintFacts = { code: error.code, ...error.facts }
    return [{ rule: 'rfc5280/well-formed', clause: 'RFC 5280 §4.1', severity: 'error', facts }]
  }
  return RULES.flatMap((rule) => apply(rule, subject))
}

function apply({ name, clause, severity, check }: LintRule, subject: LintSubject): LintFinding[] {
  return check(subject).map((facts) => Object.freeze({ rule: name, clause, severity, facts: Object.freeze(facts) }))
}

function lintSubject(tbs: Uint8Array): LintSubject {
  const certificate = parseTbsCertificate(tbs)
  // Every known extension is read now, so that a malformed one is a finding and rules need not expect it.
  const known = new Map<ExtensionName, { value: unknown; critical: boolean }>()
  for (const { oid, critical, value } of certificate.extensions) {
    const name = extensionName(oid)
    if (name) known.set(name, { value: EXTENSIONS[name].parse(value), critical })
  }
  return {
    ...certificate,
    tbs,
    signatureOid: certificate.signature.oid,
    signatureKnown: certificate.signature.row !== undefined,
    isAuthority: (known.get('basicConstraints')?.value as BasicConstraints | undefined)?.ca === true,
    value: (name) => known.get(name)?.value as never,
    criticality(name) {
      const found = known.get(name)
      if (!found) return 'absent'
      return found.critical ? 'critical' : 'not critical'
    },
  }
}
