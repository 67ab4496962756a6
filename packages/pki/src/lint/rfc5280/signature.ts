import type { SignatureIdentifier } from '../../algorithms/index.ts'
import { SIGNATURES } from '../../algorithms/index.ts'
import { equal } from '../../bytes/index.ts'
import type { LintContent, LintRule } from '../rule.ts'

export const signature: LintRule<'rfc5280/signature', LintContent> = {
  clause: 'RFC 5280 §4.1.1.2',
  problems: { parameters: 'error' },
  check: ({ signature: identifier }, report) => {
    if (hasWrongParameters(identifier)) report('parameters', { oid: identifier.oid })
  },
}

/**
 * RFC 4055 has NULL with RSA and its own parameters with PSS; RFC 5758, 8410, 9881 and 9909 have none at all. A row is
 * found by the whole identifier, so one that is known by its OID alone carries parameters it must not. Absent ones of RSA
 * are read and may not be written.
 */
export function hasWrongParameters({ oid, identifier, row }: SignatureIdentifier): boolean {
  if (row) return row.scheme === 'pkcs1' && !equal(identifier, row.identifier)
  return SIGNATURES.some((known) => known.oid === oid)
}
