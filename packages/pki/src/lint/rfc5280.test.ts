import type { Change } from '../../test/lint.ts'
import {
  all,
  curveKey,
  dates,
  ISSUING,
  MACHINE,
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
import { bitString, contentOf, nullValue, oid, sequence, string } from '../asn1/index.ts'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import type { GeneralName } from '../x509/index.ts'
import { buildName, makeSmtpUtf8Mailbox } from '../x509/index.ts'

const withoutExtensions: Change = () => ({ extensions: [] })
const { passes, finds } = casesOf(MACHINE)
const named = (...names: GeneralName[]): Change => put('subjectAltName', names)
const dns = (value: string): Change => named({ kind: 'dNSName', value })
const mail = (value: string): Change => named({ kind: 'rfc822Name', value })
const uri = (value: string): Change => named({ kind: 'uri', value })
const other = (text: string): Change =>
  named({ kind: 'otherName', oid: '1.3.6.1.5.5.7.8.9', value: string('UTF8String', text) })
const directory = buildName([{ type: 'commonName', value: 'x' }])
const constraint = (base: GeneralName, critical = true): Change =>
  put('nameConstraints', { permitted: [base], excluded: [] }, critical)
const notice = (text: string, explicitTextType?: 'IA5String' | 'BMPString'): Change =>
  put('certificatePolicies', [
    {
      policy: '1.2.3',
      qualifiers: [{ kind: 'userNotice', explicitText: text, ...(explicitTextType ? { explicitTextType } : {}) }],
    },
  ])
const rawAttribute = (dotted: string, valueDer: Uint8Array): Change => subject({ oid: dotted, valueDer })
const http = { kind: 'uri', value: 'http://x.example/1.crl' } as const

const FIELDS: readonly Case[] = [
  passes('rfc5280/version'),
  {
    ...finds('rfc5280/version', 'not-3', withoutExtensions, { version: 1 }),
    spoil: (tbs) => sequence(contentOf(tbs).subarray(5)), // without a0 03 02 01 02
  },
  passes('rfc5280/serial-number', serial('7fffffffffffffffffffffffffffffffffffffff')),
  finds('rfc5280/serial-number', 'negative', serial('ff00000000000000')),
  finds('rfc5280/serial-number', 'zero', serial('00')),
  finds('rfc5280/serial-number', 'too-long', serial('41'.repeat(21)), { length: 21 }),
  passes('rfc5280/signature', signedBy(sequence(oid('1.2.840.113549.1.1.11'), nullValue()))),
  finds('rfc5280/signature', 'parameters', signedBy(sequence(oid('1.2.840.10045.4.3.2'), nullValue()))),
  finds('rfc5280/signature', 'parameters', signedBy(sequence(oid('1.2.840.113549.1.1.11')))),
  passes('rfc5280/validity', dates('2049-12-31T23:59:59Z', '2050-01-01T00:00:00Z')),
  finds('rfc5280/validity', 'ends-before-it-begins', dates('2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z')),
  {
    ...finds('rfc5280/validity', 'wrong-time-type', dates('2050-01-01T00:00:00Z', '2051-01-01T00:00:00Z'), {
      field: 'notBefore',
    }),
    spoil: (tbs) => fromHex(toHex(tbs).replace('180f32303530', '180f32303439')),
  },
  {
    ...finds('rfc5280/validity', 'wrong-time-type', dates('2026-01-01T00:00:00Z', '2050-01-01T00:00:00Z'), {
      field: 'notAfter',
    }),
    // 2050 becomes 2049, still GeneralizedTime
    spoil: (tbs) => fromHex(toHex(tbs).replace('180f32303530', '180f32303439')),
  },
  passes('rfc5280/subject', all(subject(), put('subjectAltName', [{ kind: 'dNSName', value: 'a.example' }], true))),
  finds('rfc5280/subject', 'no-critical-alternative-name', subject()),
  finds('rfc5280/subject', 'empty-issuer', () => ({ issuer: buildName([]) })),
  finds('rfc5280/subject', 'authority-without-name', subject(), {}, ISSUING),
  finds('rfc5280/subject', 'crl-signer-without-name', all(subject(), put('keyUsage', ['cRLSign']))),
  passes('rfc5280/subject-mail'),
  finds('rfc5280/subject-mail', 'deprecated', subject({ type: 'emailAddress', value: 'ana@scel.example' })),
  finds('rfc5280/subject-mail', 'not-repeated', subject({ type: 'emailAddress', value: 'ana@scel.example' }), {
    address: 'ana@scel.example',
  }),
  passes('rfc5280/public-key', rawKey('ml-dsa-65')),
  finds('rfc5280/public-key', 'pre-hash', () => ({
    publicKey: sequence(sequence(oid('2.16.840.1.101.3.4.3.33')), bitString(new Uint8Array(1952))),
  })),
  passes('rfc5280/unique-identifiers'),
  {
    ...finds('rfc5280/unique-identifiers', 'present', withoutExtensions),
    spoil: (tbs) => sequence(contentOf(tbs), fromHex('810200aa')),
  },
]

const NAMES: readonly Case[] = [
  passes(
    'rfc5280/attribute-values',
    subject({ type: 'countryName', value: 'FR' }, { type: 'commonName', value: '😀'.repeat(64) }),
  ),
  finds('rfc5280/attribute-values', 'country', subject({ type: 'countryName', value: 'fr' }), {
    attribute: 'countryName',
    value: 'fr',
  }),
  finds('rfc5280/attribute-values', 'too-long', subject({ type: 'commonName', value: 'x'.repeat(65) }), {
    attribute: 'commonName',
    length: 65,
    longest: 64,
  }),
  finds('rfc5280/attribute-values', 'empty', subject({ type: 'organizationName', value: ' ' })),
  finds('rfc5280/attribute-values', 'outer-spaces', subject({ type: 'organizationName', value: 'Scel ' })),
  finds('rfc5280/attribute-values', 'control-character', subject({ type: 'organizationName', value: 'Sc\u0007el' })),
  finds('rfc5280/attribute-values', 'not-a-string', rawAttribute('2.5.4.3', nullValue())),
  finds('rfc5280/attribute-values', 'string-type', rawAttribute('2.5.4.3', string('TeletexString', 'x')), {
    attribute: 'commonName',
    type: 'TeletexString',
  }),
  finds('rfc5280/attribute-values', 'string-type', rawAttribute('2.5.4.6', string('UTF8String', 'FR'))),
  finds(
    'rfc5280/attribute-values',
    'string-type',
    named({ kind: 'directoryName', name: buildName([{ oid: '2.5.4.3', valueDer: string('BMPString', 'x') }]) }),
  ),
  passes('rfc5280/issuer-values'),
  finds('rfc5280/issuer-values', 'string-type', () => ({
    issuer: buildName([{ oid: '2.5.4.10', valueDer: string('TeletexString', 'Scel') }]),
  })),
  finds(
    'rfc5280/attribute-values',
    'twice-in-step',
    subject([
      { type: 'commonName', value: 'a' },
      { type: 'commonName', value: 'b' },
    ]),
  ),
  passes(
    'rfc5280/alternative-names',
    named(
      { kind: 'dNSName', value: '*.xn--exmple-cua.org' },
      { kind: 'rfc822Name', value: '"ana maria"@[192.0.2.1]' },
      { kind: 'rfc822Name', value: 'ana+news@mail.scel.example' },
      { kind: 'uri', value: 'https://user@www.scel.example:8443/a%20b?c#d' },
      { kind: 'uri', value: 'ldap://[2001:db8::1]/cn=x' },
      { kind: 'uri', value: 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6' },
      { kind: 'iPAddress', value: '2001:db8::1' },
      { kind: 'directoryName', name: directory },
      makeSmtpUtf8Mailbox('éloïse@xn--exmple-cua.org'),
    ),
  ),
  ...['a..example', 'a.example.', 'a.*.example', '*', ' ', 'a_b.example', `${'a'.repeat(64)}.example`].map((name) =>
    finds('rfc5280/alternative-names', 'dns-syntax', dns(name), { extension: 'subjectAltName', name }),
  ),
  ...['Ana <a@b>', 'ana', 'a..b@scel.example', '.a@scel.example', '@scel.example', 'a@scel.example.', 'a@b@c'].map(
    (name) => finds('rfc5280/alternative-names', 'mail-syntax', mail(name), { extension: 'subjectAltName', name }),
  ),
  finds('rfc5280/alternative-names', 'mail-syntax', put('issuerAltName', [{ kind: 'rfc822Name', value: 'ana' }]), {
    extension: 'issuerAltName',
    name: 'ana',
  }),
  ...['/relative', 'http:', 'http://a.example/a b', 'http://a.example/%zz'].map((name) =>
    finds('rfc5280/alternative-names', 'uri-syntax', uri(name), { extension: 'subjectAltName', name }),
  ),
  ...['http:///x', 'http://a_b.example/', 'https://user@/'].map((name) =>
    finds('rfc5280/alternative-names', 'uri-without-host', uri(name), { extension: 'subjectAltName', name }),
  ),
  finds('rfc5280/alternative-names', 'address-with-mask', named({ kind: 'iPAddress', value: '10.0.0.0/255.0.0.0' })),
  finds('rfc5280/alternative-names', 'empty-directory-name', named({ kind: 'directoryName', name: buildName([]) })),
  finds('rfc5280/alternative-names', 'utf8-mail-syntax', other('éloïse')),
  finds('rfc5280/alternative-names', 'utf8-mail-syntax', other('\ufeffélo@a.example')),
  finds(
    'rfc5280/alternative-names',
    'utf8-mail-syntax',
    named({ kind: 'otherName', oid: '1.3.6.1.5.5.7.8.9', value: fromHex('0c02c328') }), // no UTF-8
  ),
  finds('rfc5280/alternative-names', 'utf8-mail-is-ascii', other('ana@a.example')),
  finds('rfc5280/alternative-names', 'utf8-mail-domain', other('élo@exämple.org')),
  finds('rfc5280/alternative-names', 'utf8-mail-domain', other('élo@Example.org')),
  finds(
    'rfc5280/alternative-names',
    'critical-beside-subject',
    put('subjectAltName', [{ kind: 'dNSName', value: 'a.example' }], true),
  ),
  passes(
    'rfc5280/name-constraints',
    put('nameConstraints', {
      permitted: [
        { kind: 'dNSName', value: 'scel.example' },
        { kind: 'rfc822Name', value: '.scel.example' },
        { kind: 'rfc822Name', value: 'ana@scel.example' },
        { kind: 'uri', value: '.scel.example' },
        { kind: 'iPAddress', value: '10.0.0.0/255.192.0.0' },
        { kind: 'directoryName', name: directory },
      ],
      excluded: [
        { kind: 'dNSName', value: '' },
        { kind: 'iPAddress', value: '::/::' },
      ],
    }),
    ISSUING,
  ),
  finds('rfc5280/name-constraints', 'not-critical', constraint({ kind: 'dNSName', value: 'a' }, false), {}, ISSUING),
  finds('rfc5280/name-constraints', 'only-for-authorities', constraint({ kind: 'dNSName', value: 'a' })),
  finds('rfc5280/name-constraints', 'unusual-name-form', constraint({ kind: 'registeredID', oid: '1.2.3' }), {
    kind: 'registeredID',
  }),
  ...['.scel.example', '*.scel.example', 'scel.example.'].map((name) =>
    finds('rfc5280/name-constraints', 'base-syntax', constraint({ kind: 'dNSName', value: name }), { name }),
  ),
  finds('rfc5280/name-constraints', 'base-syntax', constraint({ kind: 'uri', value: 'http://scel.example' })),
  finds('rfc5280/name-constraints', 'base-syntax', constraint({ kind: 'rfc822Name', value: 'scel.example.' })),
  finds('rfc5280/name-constraints', 'address-without-mask', constraint({ kind: 'iPAddress', value: '10.0.0.0' })),
  finds(
    'rfc5280/name-constraints',
    'mask-not-contiguous',
    constraint({ kind: 'iPAddress', value: '10.0.0.0/255.0.255.0' }),
  ),
]

const usage = 'rfc5280/key-usage-of-key'
const KEYS: readonly Case[] = [
  passes('rfc5280/key-identifiers', without('authorityKeyIdentifier'), ROOT),
  finds('rfc5280/key-identifiers', 'absent', without('authorityKeyIdentifier'), {
    extension: 'authorityKeyIdentifier',
  }),
  finds(
    'rfc5280/key-identifiers',
    'absent',
    without('subjectKeyIdentifier'),
    { extension: 'subjectKeyIdentifier' },
    ISSUING,
  ),
  finds('rfc5280/key-identifiers', 'should-be-present', without('subjectKeyIdentifier')),
  finds('rfc5280/key-identifiers', 'critical', put('subjectKeyIdentifier', fromHex('aa'), true), {
    extension: 'subjectKeyIdentifier',
  }),
  finds('rfc5280/key-identifiers', 'critical', put('authorityKeyIdentifier', { keyIdentifier: fromHex('aa') }, true), {
    extension: 'authorityKeyIdentifier',
  }),
  passes('rfc5280/basic-constraints', put('basicConstraints', { ca: true, pathLength: 0 }), ISSUING),
  finds('rfc5280/basic-constraints', 'not-critical', put('basicConstraints', { ca: true }, false)),
  finds('rfc5280/basic-constraints', 'keyCertSign-without-cA', put('keyUsage', ['keyCertSign'])),
  finds('rfc5280/basic-constraints', 'path-length-without-cA', put('basicConstraints', { ca: false, pathLength: 1 })),
  finds(
    'rfc5280/basic-constraints',
    'path-length-without-keyCertSign',
    put('basicConstraints', { ca: true, pathLength: 1 }),
  ),
  passes('rfc5280/key-usage', put('keyUsage', ['digitalSignature', 'keyAgreement', 'encipherOnly'])),
  finds('rfc5280/key-usage', 'authority-without-keyCertSign', put('basicConstraints', { ca: true })),
  finds('rfc5280/key-usage', 'no-bit', put('keyUsage', [])),
  finds('rfc5280/key-usage', 'not-critical', put('keyUsage', ['digitalSignature'], false)),
  finds('rfc5280/key-usage', 'only-without-agreement', put('keyUsage', ['decipherOnly'])),
  finds(
    'rfc5280/key-usage',
    'encipherOnly-and-decipherOnly',
    put('keyUsage', ['keyAgreement', 'encipherOnly', 'decipherOnly']),
  ),
  passes(usage, all(rsaKey(modulusOf(2048)), put('keyUsage', ['digitalSignature', 'keyEncipherment']))),
  passes(usage, all(rawKey('x25519'), put('keyUsage', ['keyAgreement', 'decipherOnly']))),
  passes(usage, all(rawKey('ml-kem-768'), put('keyUsage', ['keyEncipherment']))),
  passes(usage, all(rawKey('slh-dsa-sha2-128s'), put('keyUsage', ['keyCertSign', 'cRLSign'])), ISSUING),
  ...(
    [
      [rsaKey(modulusOf(2048)), 'rsa', 'keyAgreement'],
      [same, 'ec', 'keyEncipherment'],
      [curveKey('1.3.132.0.34', 48), 'ec', 'dataEncipherment'],
      [rawKey('ed25519'), 'ed25519', 'keyEncipherment'],
      [rawKey('ed448'), 'ed448', 'keyAgreement'],
      [rawKey('x25519'), 'x25519', 'digitalSignature'],
      [rawKey('x448'), 'x448', 'keyEncipherment'],
      [rawKey('ml-dsa-44'), 'ml-dsa', 'keyEncipherment'],
      [rawKey('slh-dsa-shake-256f'), 'slh-dsa', 'keyAgreement'],
      [rawKey('ml-kem-512'), 'ml-kem', 'digitalSignature'],
    ] as const
  ).map(([key, kind, bit]) => finds(usage, 'forbidden', all(key, put('keyUsage', [bit])), { kind, usage: bit })),
  finds(usage, 'required', all(rawKey('x448'), put('keyUsage', ['encipherOnly'])), {
    kind: 'x448',
    usage: 'keyAgreement',
  }),
  finds(usage, 'required', all(rawKey('ml-dsa-87'), put('keyUsage', ['keyAgreement']))),
  finds(usage, 'mixed', all(rsaKey(modulusOf(2048)), put('keyUsage', ['keyCertSign', 'keyEncipherment'])), {
    kind: 'rsa',
    usage: 'keyEncipherment',
  }),
  finds(usage, 'mixed', put('keyUsage', ['cRLSign', 'keyAgreement'])),
  passes('rfc5280/extended-key-usage', put('extendedKeyUsage', ['timeStamping'], true)),
  finds('rfc5280/extended-key-usage', 'no-matching-key-usage', put('keyUsage', ['nonRepudiation'])),
  finds('rfc5280/extended-key-usage', 'twice', put('extendedKeyUsage', ['clientAuth', 'clientAuth'])),
  finds('rfc5280/extended-key-usage', 'critical-with-any', put('extendedKeyUsage', ['anyExtendedKeyUsage'], true)),
  finds('rfc5280/extended-key-usage', 'time-stamping-not-critical', put('extendedKeyUsage', ['timeStamping'])),
  finds(
    'rfc5280/extended-key-usage',
    'time-stamping-not-alone',
    put('extendedKeyUsage', ['timeStamping', 'codeSigning'], true),
  ),
]

const points = 'rfc5280/distribution-points'
// nameRelativeToCRLIssuer [1]: commonName x
const RELATIVE = fromHex('a10a30080603550403130178')
const OTHERS: readonly Case[] = [
  passes(
    'rfc5280/certificate-policies',
    put('certificatePolicies', [
      {
        policy: '2.5.29.32.0',
        qualifiers: [
          { kind: 'cps', uri: 'https://scel.example/cps' },
          { kind: 'userNotice', explicitText: 'é'.repeat(200) },
        ],
      },
      { policy: '1.2.3', qualifiers: [{ kind: 'other', oid: '1.2.4', value: nullValue() }] },
    ]),
  ),
  finds(
    'rfc5280/certificate-policies',
    'any-policy-qualifier',
    put('certificatePolicies', [
      { policy: '2.5.29.32.0', qualifiers: [{ kind: 'other', oid: '1.2.4', value: nullValue() }] },
    ]),
  ),
  finds(
    'rfc5280/certificate-policies',
    'notice-reference',
    put('certificatePolicies', [
      {
        policy: '1.2.3',
        qualifiers: [{ kind: 'userNotice', reference: { organization: 'Scel', noticeNumbers: [1] } }],
      },
    ]),
  ),
  finds('rfc5280/certificate-policies', 'notice-text-type', notice('x', 'IA5String')),
  finds('rfc5280/certificate-policies', 'notice-text-less-preferred', notice('x', 'BMPString')),
  finds('rfc5280/certificate-policies', 'notice-text-too-long', notice('x'.repeat(201)), { length: 201 }),
  finds('rfc5280/certificate-policies', 'notice-text-control-character', notice('a\nb')),
  finds('rfc5280/certificate-policies', 'notice-text-not-normalized', notice('e\u0301')),
  finds(
    'rfc5280/certificate-policies',
    'address-syntax',
    put('certificatePolicies', [{ policy: '1.2.3', qualifiers: [{ kind: 'cps', uri: 'scel.example/cps' }] }]),
  ),
  passes(
    'rfc5280/policy-mappings',
    all(
      put('certificatePolicies', [{ policy: '1.2.3' }]),
      put('policyMappings', [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]),
    ),
    ISSUING,
  ),
  finds(
    'rfc5280/policy-mappings',
    'any-policy',
    put('policyMappings', [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '2.5.29.32.0' }]),
  ),
  finds(
    'rfc5280/policy-mappings',
    'not-asserted',
    put('policyMappings', [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }]),
    { policy: '1.2.3' },
  ),
  passes(
    points,
    put('crlDistributionPoints', [
      { fullName: [http, { kind: 'uri', value: 'ldap:///cn=x,o=Scel?certificateRevocationList' }] },
      { crlIssuer: [{ kind: 'directoryName', name: directory }], reasons: [1] },
    ]),
  ),
  finds(points, 'no-name-and-no-issuer', put('crlDistributionPoints', [{ reasons: [1] }])),
  finds(points, 'no-name-and-no-issuer', put('freshestCRL', [{}]), { extension: 'freshestCRL' }),
  finds(points, 'not-all-reasons', put('crlDistributionPoints', [{ fullName: [http], reasons: [1] }])),
  finds(points, 'relative-name', put('crlDistributionPoints', [{ relativeName: RELATIVE }])),
  finds(
    points,
    'relative-to-several',
    put('crlDistributionPoints', [
      {
        relativeName: RELATIVE,
        crlIssuer: [
          { kind: 'directoryName', name: directory },
          { kind: 'directoryName', name: directory },
        ],
      },
    ]),
  ),
  finds(points, 'issuer-is-no-directory-name', put('crlDistributionPoints', [{ crlIssuer: [http] }])),
  finds(
    points,
    'no-http-or-ldap',
    put('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'ftp://x.example/1.crl' }] }]),
  ),
  finds(points, 'address-syntax', put('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: '1.crl' }] }])),
  passes(
    'rfc5280/information-access',
    put('subjectInfoAccess', [{ method: 'caRepository', location: { kind: 'uri', value: 'http://x.example/' } }]),
    ISSUING,
  ),
  finds(
    'rfc5280/information-access',
    'ocsp-is-no-address',
    put('authorityInfoAccess', [{ method: 'ocsp', location: { kind: 'dNSName', value: 'ocsp.example' } }]),
  ),
  finds(
    'rfc5280/information-access',
    'ca-issuers-no-http-or-ldap',
    put('authorityInfoAccess', [{ method: 'caIssuers', location: { kind: 'uri', value: 'ftp://x.example/ca.cer' } }]),
  ),
  finds(
    'rfc5280/information-access',
    'address-syntax',
    put('authorityInfoAccess', [{ method: 'caIssuers', location: { kind: 'uri', value: 'ca.cer' } }]),
  ),
  passes(
    'rfc5280/criticality',
    all(
      put('policyConstraints', { requireExplicitPolicy: 0 }),
      put('inhibitAnyPolicy', 0),
      putDer('1.2.3', nullValue()),
    ),
    ISSUING,
  ),
  finds('rfc5280/criticality', 'must-not-be', put('authorityInfoAccess', [{ method: 'ocsp', location: http }], true), {
    extension: 'authorityInfoAccess',
  }),
  finds('rfc5280/criticality', 'must-not-be', put('freshestCRL', [{ fullName: [http] }], true)),
  finds('rfc5280/criticality', 'must-not-be', put('smimeCapabilities', [{ oid: '1.2.3' }], true)),
  finds(
    'rfc5280/criticality',
    'must-be',
    put('inhibitAnyPolicy', 0, false),
    { extension: 'inhibitAnyPolicy' },
    ISSUING,
  ),
  finds(
    'rfc5280/criticality',
    'should-be',
    put('policyMappings', [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' }], false),
    { extension: 'policyMappings' },
    ISSUING,
  ),
  finds('rfc5280/criticality', 'should-not-be', put('issuerAltName', [{ kind: 'dNSName', value: 'a' }], true)),
  finds('rfc5280/criticality', 'unknown', putDer('1.2.3', utf8('x'), true), { oid: '1.2.3' }),
  passes('rfc5280/certificate-transparency', put('precertificatePoison', true)),
  finds(
    'rfc5280/certificate-transparency',
    'poison-and-timestamps',
    all(put('precertificatePoison', true), putDer('signedCertificateTimestamps', fromHex('0402'))),
  ),
  finds('rfc5280/criticality', 'must-be', put('precertificatePoison', true, false), {
    extension: 'precertificatePoison',
  }),
  passes('rfc5280/authority-extensions'),
  finds('rfc5280/authority-extensions', 'only-for-authorities', put('inhibitAnyPolicy', 0), {
    extension: 'inhibitAnyPolicy',
  }),
]

judgeRules('rfc5280', [...FIELDS, ...NAMES, ...KEYS, ...OTHERS])
