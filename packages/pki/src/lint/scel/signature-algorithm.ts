import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const signatureAlgorithm: LintRule = {
  name: 'scel/signature-algorithm',
  clause: 'Scel: algorithms are allowed by list; no SHA-1, no MD5',
  severity: 'error',
  check: ({ signatureKnown, signatureOid }) => breaches([!signatureKnown, { oid: signatureOid }]),
}
