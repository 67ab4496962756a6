import type { LintContent, LintRule } from '../rule.ts'

export const publicKey: LintRule<'rfc5280/public-key', LintContent> = {
  clause: 'RFC 9881 §2 and RFC 9909 §3',
  problems: { 'pre-hash': 'error' },
  check: ({ publicKey: { oid } }, report) => {
    if (PRE_HASH.test(oid)) report('pre-hash', { oid })
  },
}

// HashML-DSA is sigAlgs 32 to 34, HashSLH-DSA 35 to 46: both were left out of certificates.
const PRE_HASH = /^2\.16\.840\.1\.101\.3\.4\.3\.(?:3[2-9]|4[0-6])$/
