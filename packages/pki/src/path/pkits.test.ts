// NIST PKITS, the sections about paths: signatures, dates, names, constraints, usages. Revocation and policies have
// inputs of their own; a case of a section below that needs them is excused with its reason.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exception } from '../../test/vectors.ts'
import { judge, vectors } from '../../test/vectors.ts'
import { isPkiError } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { validatePath } from './index.ts'

interface Case {
  readonly id: string
  readonly certificates: readonly string[]
  readonly accept: boolean
}

const SECTIONS = /^4\.(1|2|3|5|6|7|13|16)\./

const DSA = { reason: 'DSA is not supported: it is gone from FIPS 186-5' }
const CRL = { reason: 'refused because of a CRL, and the revocation callback of this test knows none' }
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  '4.1.4 Section1ValidDSASignaturesTest4': DSA,
  '4.1.5 Section1ValidDSAParameterInheritanceTest5': DSA,
  '4.5.2 Section5InvalidBasicSelfIssuedOldWithNewTest2': CRL,
  '4.5.5 Section5InvalidBasicSelfIssuedNewWithOldTest5': CRL,
  '4.5.7 Section5InvalidBasicSelfIssuedCRLSigningKeyTest7': CRL,
  '4.7.4 Section7InvalidkeyUsageCriticalcRLSignFalseTest4': CRL,
  '4.7.5 Section7InvalidkeyUsageNotCriticalcRLSignFalseTest5': CRL,
}

test('PKITS: every path case as NIST judges it, and no stale excuse', async (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const cases = suite.json<Case[]>('tests.json').filter(({ id }) => SECTIONS.test(id))
  assert.ok(cases.length > 90)
  const verdicts = new Map<string, boolean>()
  for (const { id, certificates } of cases) {
    try {
      const [anchor, ...rest] = certificates.map((name) => parseCertificate(suite.read(`certs/${name}.crt`)))
      await validatePath({
        leaf: rest.at(-1)!,
        intermediates: rest.slice(0, -1),
        anchors: [anchor!],
        at: new Date('2020-01-01T00:00:00Z'),
        purpose: 'any',
        revocation: () => 'good',
      })
      verdicts.set(id, true)
    } catch (error) {
      assert.ok(isPkiError(error), `${id}: ${error}`)
      verdicts.set(id, false)
    }
  }
  assert.deepEqual(
    judge(cases, EXCEPTIONS, verdicts).filter(({ kind }) => kind === 'differs' || kind === 'stale excuse'),
    [],
  )
})
