// What outside judges found in the rules: work that grows with the square of a list, and things that were missed or
// called by another name.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../test/lint.ts'
import { all, ISSUING, lint, MACHINE, MAILBOX, put, putDer, subject, without } from '../../test/lint.ts'
import { nullValue } from '../asn1/index.ts'
import { fromHex } from '../bytes/index.ts'
import type { NameStep, TbsCertificateInput } from '../x509/index.ts'
import { buildName } from '../x509/index.ts'

const SUITES = ['rfc5280', 'cabf-smime'] as const
const found = (of: TbsCertificateInput, ...changes: readonly Change[]): string[] =>
  lint({ ...of, ...all(...changes)(of) }, { suites: SUITES }).map(({ rule, problem }) => `${rule} ${problem}`)

/** How often a list of more than a thousand was searched from its beginning while `work` ran. */
function searchesDuring(work: () => unknown): number {
  let searches = 0
  const prototype = Array.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
  const own = ['indexOf', 'includes', 'find', 'findIndex', 'some'].map((name) => [name, prototype[name]!] as const)
  for (const [name, search] of own) {
    prototype[name] = function (this: unknown[], ...given: unknown[]) {
      if (this.length > 1_000) searches++
      return search.apply(this, given)
    }
  }
  try {
    work()
  } finally {
    for (const [name, search] of own) prototype[name] = search
  }
  return searches
}

const many = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, i) => `${prefix}.${i}`)

test('many purposes, policies, mappings and addresses: no list is searched once for each of another', () => {
  const policies = many(3_000, '1.2.3')
  const addresses = Array.from(
    { length: 40 },
    (_, i): NameStep => Array.from({ length: 32 }, (_, j) => ({ type: 'emailAddress', value: `${i}.${j}@a.example` })),
  )
  const cases: readonly [TbsCertificateInput, Change][] = [
    [MACHINE, put('extendedKeyUsage', many(3_000, '1.2.3'))],
    [
      ISSUING,
      all(
        put(
          'policyMappings',
          policies.map((policy) => ({ issuerDomainPolicy: policy, subjectDomainPolicy: policy })),
        ),
        put(
          'certificatePolicies',
          policies.map((policy) => ({ policy })),
        ),
      ),
    ],
    [
      MAILBOX,
      all(
        subject(...addresses),
        put(
          'subjectAltName',
          policies.map((_, i) => ({ kind: 'rfc822Name', value: `${i}@b.example` })),
        ),
      ),
    ],
  ]
  for (const [of, change] of cases) {
    const searches = searchesDuring(() => found(of, change))
    assert.ok(searches < 100, `${searches}`)
  }
})

test('text that is nearly an address does not keep the linter busy', () => {
  const step: NameStep = { type: 'commonName', value: `${'a@'.repeat(120_000)} ` }
  assert.ok(found(MAILBOX, subject(step)).length > 0)
})

const ORGANIZATION: Change = put('certificatePolicies', [{ policy: '2.23.140.1.5.2.3' }])
const organization = (value: string): string[] =>
  found(
    MAILBOX,
    ORGANIZATION,
    subject({ type: 'organizationName', value: 'Scel' }, { type: 'organizationIdentifier', value }),
  ).filter((one) => one.startsWith('cabf-smime/organization-identifier'))

test('an organization’s identifier names a country that is one, with or without a countryName beside it', () => {
  for (const value of ['GOVXG', 'NTRZZ-1', 'VATXG-123', 'VATUS+PA-123', 'PSDXG-1', 'NTRXG-1']) {
    assert.deepEqual(organization(value), ['cabf-smime/organization-identifier syntax'], value)
  }
  for (const value of ['GOVUS+CA', 'NTRUS+PA-1', 'VATEL-1', 'VATXI-1', 'INTXG', 'LEIXG-529900T8BM49AURSDO55']) {
    assert.deepEqual(organization(value), [], value)
  }
})

test('a German register is that of the country where it is named by the European identifier', () => {
  const euid = ['cabf-smime/organization-identifier euid']
  assert.deepEqual(organization('NTRDE+BE-DER3306.HRB12345'), euid)
  assert.deepEqual(organization('NTRDE-HRB12345'), euid)
  assert.deepEqual(organization('NTRDE-DER3306.HRB12345'), [])
})

test('a mailbox in any attribute of the subject or of a directory name is repeated', () => {
  const surname: NameStep = { type: 'surname', value: 'foo@example.com' }
  const missing = 'cabf-smime/alternative-names not-repeated'
  assert.ok(found(MAILBOX, subject(surname)).includes(missing))
  const mail = { kind: 'rfc822Name', value: 'ana@scel.example' } as const
  const inside = put('subjectAltName', [mail, { kind: 'directoryName', name: buildName([surname]) }])
  assert.ok(found(MAILBOX, inside).includes(missing))
})

test('what is there and cannot be read is unreadable, and not absent', () => {
  const spoilt = [
    putDer('keyUsage', fromHex('03020080'), true),
    putDer('subjectAltName', nullValue()),
    putDer('authorityKeyIdentifier', nullValue()),
  ]
  const problems = [MAILBOX, ISSUING].flatMap((of) => spoilt.flatMap((change) => found(of, change)))
  assert.ok(problems.includes('rfc5280/well-formed extension'))
  assert.deepEqual(
    problems.filter((one) => /absent|authority-without-keyCertSign/.test(one)),
    [],
  )
  assert.ok(found(MAILBOX, without('keyUsage')).includes('cabf-smime/key-usage absent'))
  assert.ok(found(ISSUING, without('keyUsage')).includes('rfc5280/key-usage authority-without-keyCertSign'))
})

test('a URI constraint is a fully qualified domain name, or what begins with a dot', () => {
  const limited = (value: string): boolean =>
    found(ISSUING, put('nameConstraints', { permitted: [{ kind: 'uri', value }], excluded: [] })).includes(
      'rfc5280/name-constraints base-syntax',
    )
  for (const value of ['example', 'wrongHostConstraintExample']) assert.equal(limited(value), true, value)
  for (const value of ['host.example', '.example', '.host.example']) assert.equal(limited(value), false, value)
})

test('a mailbox as common name is not wrong where all that is missing is the alternative name', () => {
  const called = (value: string) => subject({ type: 'commonName', value })
  const wrong = 'cabf-smime/subject-contents common-name'
  const bare = found(MAILBOX, called('user@example.com'), without('subjectAltName'))
  assert.ok(bare.includes('cabf-smime/alternative-names absent') && !bare.includes(wrong))
  assert.ok(found(MAILBOX, called('Ana'), without('subjectAltName')).includes(wrong))
  assert.ok(found(MAILBOX, called('user@example.com')).includes(wrong))
})

test('the domain of a mailbox has a limit, as a host has', () => {
  const mail = (domain: string): boolean =>
    found(MAILBOX, put('subjectAltName', [{ kind: 'rfc822Name', value: `a@${domain}` }])).includes(
      'rfc5280/alternative-names mail-syntax',
    )
  const label = 'a'.repeat(49)
  assert.equal(mail([label, label, label, label, label].join('.')), false)
  assert.equal(mail(`${[label, label, label, label, label].join('.')}.example`), true)
  assert.equal(mail(Array(6).fill('b'.repeat(51)).join('.')), true)
})
