// NIST PKITS, all of it: https://csrc.nist.gov/projects/pki-testing. Verdicts with revocation by the CRLs of each case,
// and for what is accepted the set of policies that the user is left with.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Exception, judge, settle, type Vectors, vectors } from '@scel/testkit/vectors'
import type { PkiErrorCode } from '../errors/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, Crl } from '../x509/index.ts'
import { parseCertificate, parseCrl } from '../x509/index.ts'
import type { ValidatePathOptions } from './index.ts'
import { validatePath } from './index.ts'

interface Case {
  readonly id: string
  readonly certificates: readonly string[]
  readonly crls: readonly string[]
  readonly accept: boolean
  readonly initialPolicySet?: readonly string[]
  readonly initialExplicitPolicy?: boolean
  readonly initialPolicyMappingInhibit?: boolean
  readonly initialInhibitAnyPolicy?: boolean
  /** NIST-test-policy-1 where the list leaves it out. */
  readonly expectedUserConstrainedPolicySet?: readonly string[]
}

const DSA: Exception = { reason: 'DSA is not supported: it is gone from FIPS 186-5' }
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  '4.1.4 Section1ValidDSASignaturesTest4': DSA,
  '4.1.5 Section1ValidDSAParameterInheritanceTest5': DSA,
}
// Refused is not enough: each section is about something, and that must be the reason.
const REVOCATION: readonly PkiErrorCode[] = ['certificate_revoked', 'revocation_unknown', 'crl_outdated']
const POLICY: readonly PkiErrorCode[] = ['policy_missing', 'certificate_malformed']
const REASONS: Readonly<Record<number, readonly PkiErrorCode[]>> = {
  1: ['signature_invalid', 'algorithm_unsupported'],
  2: ['certificate_expired', 'certificate_not_yet_valid'],
  3: ['issuer_unknown'],
  4: REVOCATION,
  5: [...REVOCATION, 'not_an_authority'],
  6: ['not_an_authority', 'path_length_exceeded'],
  7: ['key_usage_missing', 'revocation_unknown'],
  ...{ 8: POLICY, 9: POLICY, 10: POLICY, 11: POLICY, 12: POLICY },
  13: ['name_constraint_violated'],
  ...{ 14: REVOCATION, 15: REVOCATION },
  16: ['extension_critical_unknown'],
}
const NIST_TEST_POLICY_1 = '2.16.840.1.101.3.2.1.48.1'
// Which case it is does not depend on the order of the bag.
const ORDERS: readonly (<T>(all: readonly T[]) => readonly T[])[] = [(all) => all, (all) => all.toReversed()]

test('PKITS: every case as NIST judges it', async (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const cases = suite.json<Case[]>('tests.json')
  assert.equal(cases.length, 249)
  const verdicts = new Map<string, boolean>()
  for (const one of cases) {
    const found: (readonly string[] | undefined)[] = await Promise.all(
      ORDERS.map((order) => policiesOf(suite, one, order)),
    )
    assert.deepEqual(found[0], found[1], `${one.id} depends on the order`)
    verdicts.set(one.id, found[0] !== undefined)
    if (one.accept && found[0]) {
      assert.deepEqual(found[0], one.expectedUserConstrainedPolicySet ?? [NIST_TEST_POLICY_1], one.id)
    }
  }
  settle(t, 'PKITS', judge(cases, EXCEPTIONS, verdicts))
})

async function policiesOf(
  suite: Vectors,
  one: Case,
  order: <T>(all: readonly T[]) => readonly T[],
): Promise<readonly string[] | undefined> {
  try {
    const certificates = one.certificates.map((name) => certificateOf(suite, name))
    const options: ValidatePathOptions = {
      leaf: certificates.at(-1)!,
      intermediates: order(certificates.slice(1, -1)),
      anchors: certificates.slice(0, 1),
      at: new Date('2020-01-01T00:00:00Z'),
      purpose: 'any',
      revocation: { mode: 'required', crls: order(one.crls.map((name) => crlOf(suite, name))) },
      policy: {
        ...(one.initialPolicySet ? { initialPolicySet: one.initialPolicySet } : {}),
        requireExplicitPolicy: one.initialExplicitPolicy ?? false,
        inhibitPolicyMapping: one.initialPolicyMappingInhibit ?? false,
        inhibitAnyPolicy: one.initialInhibitAnyPolicy ?? false,
      },
    }
    return (await validatePath(options)).policies.userConstrained
  } catch (error) {
    assert.ok(isPkiError(error), `${one.id}: ${error}`)
    const section = Number(/^4\.(\d+)/.exec(one.id)?.[1])
    assert.ok(REASONS[section]?.includes(error.code), `${one.id}: ${error.code}`)
    return undefined
  }
}

const certificates = new Map<string, Certificate>()
function certificateOf(suite: Vectors, name: string): Certificate {
  const known = certificates.get(name) ?? parseCertificate(suite.read(`certs/${name}.crt`))
  certificates.set(name, known)
  return known
}

const lists = new Map<string, Crl>()
function crlOf(suite: Vectors, name: string): Crl {
  const known = lists.get(name) ?? parseCrl(suite.read(`crls/${name}.crl`))
  lists.set(name, known)
  return known
}
