import type { LintContent, LintRule } from '../rule.ts'

export const signatureAlgorithm: LintRule<'scel/signature-algorithm', LintContent> = {
  clause: 'Scel: algorithms are allowed by list; no SHA-1, no MD5',
  problems: { 'not-allowed': 'error' },
  check: ({ signature }, report) => {
    if (!signature.row) report('not-allowed', { oid: signature.oid })
  },
}
