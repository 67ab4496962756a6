import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, makeChain, named } from '@scel/testkit/authority'
import { ISSUING, lint, MACHINE, MAILBOX, put, putDer, ROOT } from '../../test/lint.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import { buildTbsCertificate } from '../x509/index.ts'
import { LINT_SUITES, lintCertificate } from './index.ts'

test('certificates in order have no findings', async () => {
  for (const input of [MACHINE, ISSUING, ROOT]) assert.deepEqual(lint(input), [])
  for (const input of [MAILBOX, ISSUING, ROOT]) assert.deepEqual(lint(input, { suites: ['rfc5280', 'cabf-smime'] }), [])
  for (const { certificate } of Object.values(await makeChain())) {
    const errors = lintCertificate(certificate.signedBytes).filter(({ severity }) => severity === 'error')
    assert.deepEqual(errors, [])
  }
})

test('a certificate is judged by RFC 5280 and by Scel unless other documents are named', () => {
  const spoiled = { ...MACHINE, serial: fromHex('00') }
  assert.deepEqual(
    lint(spoiled).map(({ rule }) => rule),
    ['rfc5280/serial-number', 'scel/serial-entropy'],
  )
  assert.deepEqual(
    lint(spoiled, { suites: ['scel'] }).map(({ rule }) => rule),
    ['scel/serial-entropy'],
  )
  assert.deepEqual(lint(spoiled, { suites: [] }), [])
})

test('a finding has its rule, problem, clause, severity and facts, and cannot be changed', () => {
  const [finding] = lint({ ...MACHINE, ...put('nameConstraints', { permitted: [], excluded: [] }, false)(MACHINE) })
  assert.deepEqual(
    [finding?.rule, finding?.problem, finding?.clause],
    ['rfc5280/well-formed', 'extension', 'RFC 5280 §4.2'],
  )
  const [other] = lint({ ...MACHINE, ...put('extendedKeyUsage', ['clientAuth', 'timeStamping'])(MACHINE) })
  assert.deepEqual(other, {
    rule: 'rfc5280/extended-key-usage',
    problem: 'time-stamping-not-critical',
    clause: 'RFC 3161 §2.3',
    severity: 'error',
    facts: {},
  })
  assert.ok(Object.isFrozen(other) && Object.isFrozen(other.facts))
})

test('what cannot be read at all is one finding', () => {
  const [finding, second] = lintCertificate(new Uint8Array(3))
  assert.deepEqual(
    [finding?.rule, finding?.problem, finding?.facts.code],
    ['rfc5280/well-formed', 'unreadable', 'der_malformed'],
  )
  assert.equal(second, undefined)
})

test('an extension that stands there twice is found', async () => {
  const { certificate } = await certify({ name: named('x'), issuer: await certify({ name: named('issuer') }) })
  const twice = toHex(certificate.signedBytes).replace('0603551d23', '0603551d0e')
  const [finding] = lintCertificate(fromHex(twice))
  assert.deepEqual(finding?.facts, { code: 'extension_duplicate', oid: '2.5.29.14' })
})

test('an extension that cannot be read is a finding, and the rest is judged all the same', () => {
  const spoiled = { ...MACHINE, serial: fromHex('00'), ...putDer('keyUsage', fromHex('0500'), true)(MACHINE) }
  const findings = lint(spoiled, { suites: ['rfc5280'] })
  assert.deepEqual(
    findings.map(({ rule, facts }) => [rule, facts.extension]),
    [
      ['rfc5280/well-formed', 'keyUsage'],
      ['rfc5280/serial-number', undefined],
    ],
  )
})

test('no byte of a certificate can be changed so that lint fails itself', () => {
  const tbs = buildTbsCertificate(MAILBOX)
  for (let offset = 0; offset < tbs.length; offset++) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const changed = tbs.slice()
      changed[offset]! ^= mask
      lintCertificate(changed, { suites: LINT_SUITES })
    }
    lintCertificate(tbs.subarray(0, offset), { suites: LINT_SUITES })
  }
})
