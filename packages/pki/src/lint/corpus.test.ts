// Certificates and lists that other people made. NIST's PKITS is a corpus of known faults: what lint calls an error
// there must be what the case is about.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vectors } from '@scel/testkit/vectors'
import { unzip } from '../../test/unzip.ts'
import { parseCertificate } from '../x509/index.ts'
import type { LintFinding } from './index.ts'
import { LINT_SUITES, lintCertificate, lintCrl } from './index.ts'

const ERRORS: Readonly<Record<string, readonly string[]>> = {
  'rfc5280/basic-constraints keyCertSign-without-cA': [
    'MissingbasicConstraintsCACert.crt',
    'basicConstraintsCriticalcAFalseCACert.crt',
    'basicConstraintsNotCriticalcAFalseCACert.crt',
  ],
  'rfc5280/basic-constraints not-critical': ['basicConstraintsNotCriticalCACert.crt'],
  'rfc5280/distribution-points not-all-reasons': [
    'InvalidonlySomeReasonsTest20EE.crt',
    'InvalidonlySomeReasonsTest21EE.crt',
    'ValidonlySomeReasonsTest19EE.crt',
  ],
  'rfc5280/key-usage authority-without-keyCertSign': [
    'keyUsageCriticalkeyCertSignFalseCACert.crt',
    'keyUsageNotCriticalkeyCertSignFalseCACert.crt',
  ],
  'rfc5280/policy-mappings any-policy': ['MappingFromanyPolicyCACert.crt', 'MappingToanyPolicyCACert.crt'],
  'rfc5280/serial-number negative': ['InvalidNegativeSerialNumberTest15EE.crt'],
  'rfc5280/subject-mail not-repeated': ['InvalidDNandRFC822nameConstraintsTest29EE.crt'],
  'rfc5280/unique-identifiers present': ['UIDCACert.crt', 'ValidNameUIDsTest6EE.crt'],
  'rfc5280/validity wrong-time-type': [
    'Invalidpre2000UTCEEnotAfterDateTest7EE.crt',
    'ValidGeneralizedTimenotBeforeDateTest4EE.crt',
  ],
}

/** The files by what was found in them, errors only. */
function tally(files: readonly string[], lint: (name: string) => readonly LintFinding[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of files) {
    for (const { rule, problem, severity } of lint(name)) {
      if (severity !== 'error') continue
      const key = `${rule} ${problem}`
      if (found.get(key)?.at(-1) !== name) found.set(key, [...(found.get(key) ?? []), name])
    }
  }
  return found
}

test('PKITS: the errors that lint finds in certificates are those the cases were made for', (t) => {
  const folder = vectors(t, 'pkits')
  if (!folder) return
  const found = tally(folder.list('certs'), (name) =>
    lintCertificate(parseCertificate(folder.read(`certs/${name}`)).signedBytes, { suites: ['rfc5280'] }),
  )
  // RFC 3280 let policyConstraints be not critical, and these certificates are of its time.
  assert.equal(found.get('rfc5280/criticality must-be')?.length, 16)
  found.delete('rfc5280/criticality must-be')
  assert.deepEqual(Object.fromEntries([...found].map(([key, files]) => [key, files.toSorted()])), ERRORS)
})

test('PKITS: no revocation list has an error', (t) => {
  const folder = vectors(t, 'pkits')
  if (!folder) return
  const found = tally(folder.list('crls'), (name) => lintCrl(folder.read(`crls/${name}`)))
  assert.deepEqual([...found], [])
})

test('OpenSSL 3.5: its post-quantum certificates break no rule of RFC 5280', (t) => {
  const folder = vectors(t, 'pqc')
  if (!folder) return
  const files = unzip(folder.read('openssl35-certificates-r5.zip'))
  const certificates = [...files.keys()].filter((name) => /_(?:ta|ee)\.der$/.test(name))
  assert.ok(certificates.length > 15)
  const lint = (name: string): readonly LintFinding[] => lintCertificate(parseCertificate(files.get(name)!).signedBytes)
  const found = tally(certificates, lint)
  for (const key of found.keys()) assert.doesNotMatch(key, /^rfc5280/)
  for (const name of certificates)
    lintCertificate(parseCertificate(files.get(name)!).signedBytes, { suites: LINT_SUITES })
})
