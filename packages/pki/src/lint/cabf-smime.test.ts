import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../test/lint.ts'
import {
  all,
  curveKey,
  dates,
  ISSUING,
  lint,
  MAILBOX,
  modulusOf,
  put,
  putDer,
  ROOT,
  rawKey,
  rsaKey,
  same,
  serial,
  signedBy,
  subject,
  without,
} from '../../test/lint.ts'
import type { Case } from '../../test/lint-judge.ts'
import { casesOf, judgeRules } from '../../test/lint-judge.ts'
import { contentOf, DerReader, nullValue, oid, sequence, string } from '../asn1/index.ts'
import { fromHex, toHex } from '../bytes/index.ts'
import type { GeneralName, NameStep } from '../x509/index.ts'
import { buildName, makeSmtpUtf8Mailbox } from '../x509/index.ts'

const { passes, finds } = casesOf(MAILBOX)
const at = (moment: string, one: Case): Case => ({ ...one, at: new Date(moment) })

const policies = (...all: readonly string[]): Change =>
  put(
    'certificatePolicies',
    all.map((policy) => ({ policy })),
  )
const STRICT = {
  mailbox: '2.23.140.1.5.1.3',
  organization: '2.23.140.1.5.2.3',
  sponsor: '2.23.140.1.5.3.3',
  individual: '2.23.140.1.5.4.3',
}
const MULTIPURPOSE = policies('2.23.140.1.5.1.2')
const LEGACY = policies('2.23.140.1.5.1.1')

const CN: NameStep = { type: 'commonName', value: 'ana@scel.example' }
const SCEL: readonly NameStep[] = [
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel' },
  { type: 'organizationIdentifier', value: 'NTRFR-123456789' },
]
const ANA: readonly NameStep[] = [
  { type: 'givenName', value: 'Ana' },
  { type: 'surname', value: 'Silva' },
]
const organization = (...more: readonly NameStep[]): Change =>
  all(policies(STRICT.organization), subject(...SCEL, ...more))
const sponsor = (...more: readonly NameStep[]): Change => all(policies(STRICT.sponsor), subject(...SCEL, ...more))
const registered = (value: string, country = 'FR'): Change =>
  all(
    policies(STRICT.organization),
    subject(
      { type: 'countryName', value: country },
      { type: 'organizationName', value: 'Scel' },
      { type: 'organizationIdentifier', value },
    ),
  )
const names = (...all: readonly GeneralName[]): Change => put('subjectAltName', all)
const MAIL: GeneralName = { kind: 'rfc822Name', value: 'ana@scel.example' }
const points = (...values: readonly string[]): Change =>
  put('crlDistributionPoints', [{ fullName: values.map((value) => ({ kind: 'uri', value })) }])
const access = (...all: readonly (readonly [method: string, value: string])[]): Change =>
  put(
    'authorityInfoAccess',
    all.map(([method, value]) => ({ method, location: { kind: 'uri', value } })),
  )

const POLICIES: readonly Case[] = [
  passes('cabf-smime/policy', policies(STRICT.sponsor, '1.2.3')),
  finds('cabf-smime/policy', 'absent', without('certificatePolicies')),
  finds('cabf-smime/policy', 'no-reserved', policies('1.2.3')),
  finds('cabf-smime/policy', 'several-reserved', policies(STRICT.mailbox, STRICT.sponsor), {
    policies: '2.23.140.1.5.1.3, 2.23.140.1.5.3.3',
  }),
  finds('cabf-smime/policy', 'legacy', LEGACY, { policy: '2.23.140.1.5.1.1' }),
  passes('cabf-smime/policy', all(LEGACY, dates('2025-07-14T23:59:59Z', '2026-07-14T23:59:59Z'))),
  at('2025-07-15T00:00:00Z', finds('cabf-smime/policy', 'legacy', LEGACY)),
  finds('cabf-smime/policy', 'critical', put('certificatePolicies', [{ policy: STRICT.mailbox }], true)),
  passes('cabf-smime/authority-policy', policies('2.5.29.32.0'), ISSUING),
  passes('cabf-smime/authority-policy', same, ROOT),
  finds('cabf-smime/authority-policy', 'absent', without('certificatePolicies'), {}, ISSUING),
  finds('cabf-smime/authority-policy', 'neither-reserved-nor-any', policies('1.2.3'), {}, ISSUING),
  finds('cabf-smime/authority-policy', 'any-beside-others', policies('2.5.29.32.0', STRICT.mailbox), {}, ISSUING),
  finds('cabf-smime/authority-policy', 'root-has-policies', policies('2.5.29.32.0'), {}, ROOT),
  passes(
    'cabf-smime/policy-qualifiers',
    put('certificatePolicies', [
      {
        policy: STRICT.mailbox,
        qualifiers: [
          { kind: 'cps', uri: 'https://scel.example/cps' },
          { kind: 'userNotice', explicitText: 'x' },
        ],
      },
    ]),
  ),
  finds(
    'cabf-smime/policy-qualifiers',
    'not-http',
    put('certificatePolicies', [
      { policy: STRICT.mailbox, qualifiers: [{ kind: 'cps', uri: 'ftp://scel.example/cps' }] },
    ]),
    { name: 'ftp://scel.example/cps' },
  ),
  ...(['notice-without-text', 'notice-reference'] as const).map((problem) =>
    finds(
      'cabf-smime/policy-qualifiers',
      problem,
      put('certificatePolicies', [
        {
          policy: STRICT.mailbox,
          qualifiers: [{ kind: 'userNotice', reference: { organization: 'Scel', noticeNumbers: [1] } }],
        },
      ]),
    ),
  ),
]

const FIELDS: readonly Case[] = [
  passes('cabf-smime/validity', dates('2026-01-01T00:00:00Z', '2028-04-03T23:59:59Z')),
  // 825 days of 86,400 seconds, the last second counted
  finds('cabf-smime/validity', 'at-maximum', dates('2026-01-01T00:00:00Z', '2028-04-04T23:59:59Z'), { days: 825 }),
  finds('cabf-smime/validity', 'too-long', dates('2026-01-01T00:00:00Z', '2028-04-05T00:00:00Z'), {
    days: 826,
    most: 825,
  }),
  finds('cabf-smime/validity', 'too-long', all(LEGACY, dates('2025-01-01T00:00:00Z', '2028-04-01T00:00:00Z')), {
    days: 1187,
    most: 1185,
  }),
  passes('cabf-smime/serial-number'),
  finds('cabf-smime/serial-number', 'short', serial('41000000000000'), { length: 7 }),
  passes('cabf-smime/key', rsaKey(modulusOf(2048))),
  passes('cabf-smime/key', curveKey('1.3.132.0.34', 48)),
  passes('cabf-smime/key', curveKey('1.3.132.0.35', 66)),
  ...(
    ['ed25519', 'ed448', 'ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'ml-kem-512', 'ml-kem-768', 'ml-kem-1024'] as const
  ).map((spec) => passes('cabf-smime/key', rawKey(spec))),
  passes('cabf-smime/key', rsaKey(modulusOf(4096)), ISSUING),
  ...(['x25519', 'slh-dsa-sha2-128s'] as const).map((spec) => finds('cabf-smime/key', 'not-allowed', rawKey(spec))),
  finds('cabf-smime/key', 'rsa-too-short', rsaKey(modulusOf(2040)), { bits: 2040, least: 2048 }),
  at('2026-09-14T23:59:59Z', passes('cabf-smime/key', rsaKey(modulusOf(2048)), ISSUING)),
  at(
    '2026-09-15T00:00:00Z',
    finds('cabf-smime/key', 'rsa-too-short', rsaKey(modulusOf(3072)), { bits: 3072, least: 4096 }, ISSUING),
  ),
  at('2026-09-15T00:00:00Z', passes('cabf-smime/key', rsaKey(modulusOf(2048)))),
  finds('cabf-smime/key', 'rsa-size', rsaKey(modulusOf(2049)), { bits: 2049 }),
  finds('cabf-smime/key', 'rsa-exponent', rsaKey(modulusOf(2048), 3n), { exponent: '3' }),
  finds('cabf-smime/key', 'rsa-small-factor', rsaKey(modulusOf(2048) * 751n), { factor: 751 }),
  finds('cabf-smime/key', 'rsa-close-primes', rsaKey(modulusOf(1025) * (modulusOf(1025) + 100n))),
  finds('cabf-smime/key', 'rsa-roca', rsaKey(65537n ** 128n)),
  passes('cabf-smime/signature', signedBy(fromHex('300b0609608648016503040312'))),
  finds('cabf-smime/signature', 'not-allowed', signedBy(sequence(oid('1.2.840.113549.1.1.5'), nullValue())), {
    oid: '1.2.840.113549.1.1.5',
  }),
  finds('cabf-smime/signature', 'not-allowed', signedBy(sequence(oid('1.2.840.113549.1.1.11')))),
  passes('cabf-smime/basic-constraints', same, ROOT),
  finds(
    'cabf-smime/basic-constraints',
    'root-path-length',
    put('basicConstraints', { ca: true, pathLength: 1 }),
    {},
    ROOT,
  ),
  passes('cabf-smime/authority-key-identifier'),
  finds('cabf-smime/authority-key-identifier', 'absent', without('authorityKeyIdentifier'), {}, ISSUING),
  ...(['no-key-identifier', 'issuer-and-serial'] as const).map((problem) =>
    finds(
      'cabf-smime/authority-key-identifier',
      problem,
      put('authorityKeyIdentifier', {
        issuer: [{ kind: 'directoryName', name: ROOT.subject }],
        serial: fromHex('01'),
      }),
    ),
  ),
  passes(
    'cabf-smime/name-constraints',
    put('nameConstraints', { permitted: [{ kind: 'rfc822Name', value: '.scel.example' }], excluded: [] }),
    ISSUING,
  ),
  finds(
    'cabf-smime/name-constraints',
    'mailbox',
    put('nameConstraints', { permitted: [MAIL], excluded: [] }),
    { name: 'ana@scel.example' },
    ISSUING,
  ),
]

const ADDRESSES: readonly Case[] = [
  passes('cabf-smime/crl-distribution-points'),
  passes('cabf-smime/crl-distribution-points', all(LEGACY, points('http://a.example/1', 'ldap://a.example/1'))),
  finds('cabf-smime/crl-distribution-points', 'absent', without('crlDistributionPoints')),
  finds(
    'cabf-smime/crl-distribution-points',
    'critical',
    put('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'http://a.example/1' }] }], true),
    {},
    ISSUING,
  ),
  finds('cabf-smime/crl-distribution-points', 'no-http', points('https://a.example/1')),
  finds('cabf-smime/crl-distribution-points', 'other-scheme', points('http://a.example/1', 'ldap://a.example/1'), {
    name: 'ldap://a.example/1',
  }),
  passes('cabf-smime/authority-info-access'),
  finds('cabf-smime/authority-info-access', 'absent', without('authorityInfoAccess')),
  finds('cabf-smime/authority-info-access', 'no-ca-issuers', access(['ocsp', 'http://a.example/ocsp'])),
  finds(
    'cabf-smime/authority-info-access',
    'not-an-address',
    put('authorityInfoAccess', [{ method: 'caIssuers', location: { kind: 'directoryName', name: ROOT.subject } }]),
    { method: 'caIssuers' },
  ),
  finds('cabf-smime/authority-info-access', 'other-scheme', access(['caIssuers', 'https://a.example/ca.cer'])),
  finds(
    'cabf-smime/authority-info-access',
    'no-http',
    access(['caIssuers', 'ldap://a.example/ca.cer']),
    { method: 'caIssuers' },
    ISSUING,
  ),
]

const usage = 'cabf-smime/key-usage'
const rsa = rsaKey(modulusOf(2048))
const purposes = (...all: readonly string[]): Change => put('extendedKeyUsage', all)
const USAGES: readonly Case[] = [
  passes(usage, all(rsa, put('keyUsage', ['digitalSignature', 'nonRepudiation', 'keyEncipherment']))),
  passes(usage, all(rsa, MULTIPURPOSE, put('keyUsage', ['keyEncipherment', 'dataEncipherment']))),
  passes(usage, put('keyUsage', ['keyAgreement', 'decipherOnly'])),
  passes(usage, all(rawKey('ml-kem-768'), put('keyUsage', ['keyEncipherment']))),
  passes(usage, same, ROOT),
  finds(usage, 'absent', without('keyUsage')),
  finds(usage, 'not-critical', put('keyUsage', ['keyCertSign', 'cRLSign'], false), {}, ISSUING),
  finds(usage, 'authority-without', put('keyUsage', ['keyCertSign']), { usage: 'cRLSign' }, ROOT),
  finds(usage, 'forbidden', all(rsa, put('keyUsage', ['keyEncipherment', 'dataEncipherment'])), {
    kind: 'rsa',
    usage: 'dataEncipherment',
  }),
  finds(usage, 'forbidden', put('keyUsage', ['digitalSignature', 'keyEncipherment'])),
  finds(usage, 'forbidden', all(rawKey('ed25519'), put('keyUsage', ['digitalSignature', 'keyAgreement']))),
  finds(usage, 'forbidden', all(rawKey('ml-kem-512'), put('keyUsage', ['keyEncipherment', 'digitalSignature']))),
  finds(usage, 'none-of', all(rsa, put('keyUsage', ['nonRepudiation'])), {
    kind: 'rsa',
    usages: 'digitalSignature, keyEncipherment',
  }),
  finds(usage, 'needs', put('keyUsage', ['keyAgreement', 'nonRepudiation']), {
    usage: 'nonRepudiation',
    needed: 'digitalSignature',
  }),
  finds(usage, 'needs', put('keyUsage', ['digitalSignature', 'encipherOnly'])),
  passes('cabf-smime/extended-key-usage', all(MULTIPURPOSE, purposes('emailProtection', 'clientAuth', '1.2.3'))),
  passes('cabf-smime/extended-key-usage', same, ROOT),
  finds('cabf-smime/extended-key-usage', 'absent', without('extendedKeyUsage'), {}, ISSUING),
  finds('cabf-smime/extended-key-usage', 'no-email-protection', purposes('clientAuth')),
  ...['serverAuth', 'codeSigning', 'timeStamping', 'anyExtendedKeyUsage'].map((purpose) =>
    finds('cabf-smime/extended-key-usage', 'forbidden', all(MULTIPURPOSE, purposes('emailProtection', purpose)), {
      purpose,
    }),
  ),
  finds('cabf-smime/extended-key-usage', 'not-strict', purposes('emailProtection', 'clientAuth'), {
    purpose: 'clientAuth',
  }),
  at(
    '2027-07-01T00:00:00Z',
    finds('cabf-smime/extended-key-usage', 'since-2027', all(MULTIPURPOSE, purposes('emailProtection', '1.2.3')), {
      purpose: '1.2.3',
    }),
  ),
  at(
    '2027-07-01T00:00:00Z',
    finds('cabf-smime/extended-key-usage', 'since-2027', purposes('emailProtection', '1.2.3'), {}, ISSUING),
  ),
  at('2027-07-01T00:00:00Z', passes('cabf-smime/extended-key-usage', same, ISSUING)),
  finds(
    'cabf-smime/extended-key-usage',
    'authority-critical',
    put('extendedKeyUsage', ['emailProtection'], true),
    {},
    ISSUING,
  ),
  finds('cabf-smime/extended-key-usage', 'root-has-purposes', purposes('emailProtection'), {}, ROOT),
]

const alternative = 'cabf-smime/alternative-names'
const extensions = 'cabf-smime/extensions'
const LEI = string('PrintableString', '529900T8BM49AURSDO55')
const attributes = 'cabf-smime/subject-attributes'
const contents = 'cabf-smime/subject-contents'
const identifier = 'cabf-smime/organization-identifier'
const SUBJECTS: readonly Case[] = [
  passes(alternative, names(MAIL, makeSmtpUtf8Mailbox('éloïse@scel.example'))),
  passes(alternative, all(MULTIPURPOSE, names(MAIL, { kind: 'otherName', oid: '1.2.3', value: nullValue() }))),
  finds(alternative, 'absent', without('subjectAltName')),
  finds(alternative, 'no-mailbox', names({ kind: 'directoryName', name: ROOT.subject })),
  finds(alternative, 'forbidden-name', names(MAIL, { kind: 'dNSName', value: 'a.example' }), { kind: 'dNSName' }),
  finds(alternative, 'forbidden-other-name', names(MAIL, { kind: 'otherName', oid: '1.2.3', value: nullValue() })),
  finds(alternative, 'not-repeated', subject({ type: 'commonName', value: 'eva@scel.example' })),
  finds(alternative, 'not-repeated', subject({ type: 'emailAddress', value: 'eva@scel.example' })),
  finds(
    alternative,
    'not-repeated',
    names(MAIL, { kind: 'directoryName', name: buildName([{ type: 'emailAddress', value: 'eva@scel.example' }]) }),
    { address: 'eva@scel.example' },
  ),
  passes(extensions, all(policies(STRICT.sponsor), putDer('1.3.6.1.4.1.52266.1', LEI))),
  passes(extensions, all(MULTIPURPOSE, putDer('1.2.840.113583.1.1.9.2', nullValue()))),
  finds(extensions, 'forbidden', putDer('1.3.6.1.4.1.52266.1', LEI), { extension: 'LEI' }),
  finds(extensions, 'forbidden', all(policies(STRICT.organization), putDer('1.3.6.1.4.1.52266.2', LEI))),
  finds(extensions, 'forbidden', putDer('1.2.840.113583.1.1.9.1', nullValue())),
  finds(extensions, 'forbidden', all(MULTIPURPOSE, putDer('subjectDirectoryAttributes', nullValue()))),
  finds(extensions, 'critical', putDer('qcStatements', nullValue(), true), { extension: 'qcStatements' }),
  ...['529900T8BM49AURSDO56', '529900t8bm49aursdo55', '529900T8BM49AURSDO5'].map((text) =>
    finds(
      extensions,
      'lei-syntax',
      all(policies(STRICT.sponsor), putDer('1.3.6.1.4.1.52266.1', string('PrintableString', text))),
    ),
  ),
  passes(attributes, all(policies(STRICT.individual), subject(...ANA, CN))),
  passes(attributes, sponsor(...ANA, { type: 'title', value: 'Director' })),
  passes(attributes, organization({ type: 'localityName', value: 'Paris' })),
  passes(attributes, all(policies('2.23.140.1.5.2.1'), subject(...SCEL, { type: 'description', value: 'x' }))),
  finds(attributes, 'forbidden', subject(CN, { type: 'countryName', value: 'FR' }), { attribute: 'countryName' }),
  finds(attributes, 'forbidden', organization(...ANA), { attribute: 'givenName' }),
  finds(attributes, 'forbidden', sponsor(...ANA, { type: 'postalCode', value: '75000' })),
  finds(attributes, 'forbidden', sponsor(...ANA, { type: 'description', value: 'x' })),
  finds(attributes, 'forbidden', all(policies(STRICT.individual), subject(...SCEL, ...ANA)), {
    attribute: 'organizationIdentifier',
  }),
  finds(
    attributes,
    'forbidden',
    names(MAIL, { kind: 'directoryName', name: buildName([{ type: 'organizationName', value: 'Scel' }]) }),
  ),
  finds(attributes, 'required', all(policies(STRICT.sponsor), subject(...ANA)), { attribute: 'organizationName' }),
  finds(attributes, 'required', all(policies(STRICT.organization), subject(...SCEL.slice(0, 2))), {
    attribute: 'organizationIdentifier',
  }),
  finds(attributes, 'no-name', sponsor(CN)),
  finds(attributes, 'name-and-pseudonym', sponsor(...ANA, { type: 'pseudonym', value: 'Nana' })),
  passes(contents, organization({ type: 'commonName', value: 'Scel' }, { type: 'localityName', value: 'Paris' })),
  passes(contents, sponsor(...ANA, { type: 'commonName', value: 'Ana Silva' })),
  finds(contents, 'insignificant', organization({ type: 'localityName', value: ' - ' }), {
    attribute: 'localityName',
  }),
  finds(contents, 'common-name', subject({ type: 'commonName', value: 'Ana' }), { value: 'Ana' }),
  finds(contents, 'common-name', organization({ type: 'commonName', value: 'Scel Club' })),
  finds(contents, 'common-name', sponsor({ type: 'pseudonym', value: 'Nana' }, { type: 'commonName', value: 'Ana' })),
  finds(
    contents,
    'needs',
    all(policies(STRICT.individual), subject(...ANA, { type: 'localityName', value: 'Paris' })),
    {
      attribute: 'localityName',
      needed: 'countryName',
    },
  ),
  passes(contents, registered('GOVFR', 'XX')),
  finds(contents, 'country', registered('GOVFR', 'UK'), { value: 'UK' }),
  finds(contents, 'several-mailboxes', subject({ type: 'emailAddress', value: 'a@b.example, c@d.example' })),
  ...[
    'NTRFR-123456789',
    'PSDFR-ACPR-123-4',
    'LEIXG-529900T8BM49AURSDO55',
    'GOVFR',
    'GOVFR+75',
    'INTXG',
    'NTRFR+75-1',
  ].map((value) => passes(identifier, registered(value))),
  passes(identifier, registered('VATEL-123456789', 'GR')),
  passes(identifier, registered('NTRDE-DER3306.HRB12345', 'DE')),
  ...['123456789', 'NTRFR123', 'ntrFR-1', 'XYZFR-1', 'LEIFR-529900T8BM49AURSDO55', 'NTRFR-', 'GOVFR-1'].map((value) =>
    finds(identifier, 'syntax', registered(value), { value }),
  ),
  finds(identifier, 'country', registered('NTRDE-DER3306.HRB12345'), {
    value: 'NTRDE-DER3306.HRB12345',
    country: 'FR',
  }),
  finds(identifier, 'euid', registered('NTRDE-HRB12345', 'DE')),
  passes('cabf-smime/authority-subject', same, ISSUING),
  finds('cabf-smime/authority-subject', 'required', subject(CN), { attribute: 'countryName' }, ROOT),
]

judgeRules('cabf-smime', [...POLICIES, ...FIELDS, ...ADDRESSES, ...USAGES, ...SUBJECTS])

test('keys are read in the encodings of §7.1.3.1 only', () => {
  const encodings: readonly (readonly [Change, string])[] = [
    [rsaKey(modulusOf(2048)), '300d06092a864886f70d0101010500'],
    [curveKey('1.2.840.10045.3.1.7', 32), '301306072a8648ce3d020106082a8648ce3d030107'],
    [curveKey('1.3.132.0.34', 48), '301006072a8648ce3d020106052b81040022'],
    [curveKey('1.3.132.0.35', 66), '301006072a8648ce3d020106052b81040023'],
    [rawKey('ed25519'), '300506032b6570'],
    [rawKey('ed448'), '300506032b6571'],
    [rawKey('ml-dsa-44'), '300b0609608648016503040311'],
    [rawKey('ml-dsa-65'), '300b0609608648016503040312'],
    [rawKey('ml-dsa-87'), '300b0609608648016503040313'],
    [rawKey('ml-kem-512'), '300b0609608648016503040401'],
    [rawKey('ml-kem-768'), '300b0609608648016503040402'],
    [rawKey('ml-kem-1024'), '300b0609608648016503040403'],
  ]
  for (const [change, expected] of encodings) {
    const input = { ...MAILBOX, ...change(MAILBOX) }
    const [identifier, bits] = DerReader.whole(input.publicKey, 'key', (reader) =>
      reader.sequence((fields) => [fields.element(), fields.element()] as const),
    )
    assert.equal(toHex(identifier), expected)
    // NULL where nothing belongs, or nothing where NULL belongs
    const content = contentOf(identifier)
    const other = expected.endsWith('0500') ? sequence(content.subarray(0, -2)) : sequence(content, nullValue())
    const [finding] = lint({ ...input, publicKey: sequence(other, bits) }, { suites: ['cabf-smime'] })
    assert.deepEqual(
      [finding?.rule, finding?.facts.code],
      ['rfc5280/well-formed', /06072a/.test(expected) ? 'der_malformed' : 'key_malformed'],
    )
  }
})
