import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certify, named } from '@scel/testkit/authority'
import { bench, EC, selfSigned } from '@scel/testkit/peers'
import { octetString, sequence, string } from '../../asn1/index.ts'
import { fromHex, pemEncode } from '../../bytes/index.ts'
import type { ExtensionName, ExtensionValues, GeneralName } from '../index.ts'
import { buildName, extension, extensionName, makeExtension, parseCertificate } from '../index.ts'

const uri = (value: string): GeneralName => ({ kind: 'uri', value })
const ca: GeneralName = { kind: 'directoryName', name: buildName([{ type: 'commonName', value: 'CA' }]) }

type Values = Partial<ExtensionValues>

/** Lines of an OpenSSL configuration, and what they mean. */
const CONFIGURED: readonly (readonly [line: string, value: Values])[] = [
  [
    'policyMappings=1.2.3:1.2.4,1.2.5:1.2.6',
    {
      policyMappings: [
        { issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.2.4' },
        { issuerDomainPolicy: '1.2.5', subjectDomainPolicy: '1.2.6' },
      ],
    },
  ],
  [
    'policyConstraints=requireExplicitPolicy:3,inhibitPolicyMapping:200',
    {
      policyConstraints: { requireExplicitPolicy: 3, inhibitPolicyMapping: 200 },
    },
  ],
  ['inhibitAnyPolicy=2', { inhibitAnyPolicy: 2 }],
  [
    'certificatePolicies=1.2.9,@policy',
    {
      certificatePolicies: [
        { policy: '1.2.9' },
        {
          policy: '1.2.10',
          qualifiers: [
            { kind: 'cps', uri: 'http://cps.example/' },
            {
              kind: 'userNotice',
              reference: { organization: 'Scel', noticeNumbers: [1, 300] },
              explicitText: 'read me',
            },
          ],
        },
      ],
    },
  ],
  ['freshestCRL=URI:http://delta.example/', { freshestCRL: [{ fullName: [uri('http://delta.example/')] }] }],
  [
    'crlDistributionPoints=point',
    {
      crlDistributionPoints: [{ fullName: [uri('http://crl.example/')], reasons: [1, 2], crlIssuer: [ca] }],
    },
  ],
  [
    'issuingDistributionPoint=critical,@idp',
    {
      issuingDistributionPoint: {
        fullName: [uri('http://crl.example/')],
        onlyContainsUserCerts: true,
        onlyContainsCACerts: false,
        onlySomeReasons: [1],
        indirectCRL: true,
        onlyContainsAttributeCerts: false,
      },
    },
  ],
  [
    'subjectInfoAccess=caRepository;URI:ldap://x/,1.3.6.1.5.5.7.48.3;URI:http://tsa.example/',
    {
      subjectInfoAccess: [
        { method: 'caRepository', location: uri('ldap://x/') },
        { method: 'timeStamping', location: uri('http://tsa.example/') },
      ],
    },
  ],
  ['tlsfeature=status_request,17', { tlsFeature: [5, 17] }],
  ['noCheck=ignored', { ocspNoCheck: true }],
  ['nsCertType=client,email,objCA', { netscapeCertType: ['sslClient', 'smime', 'objectSigningCA'] }],
  ['nsComment=from openssl', { netscapeComment: 'from openssl' }],
  [
    'nameConstraints=permitted;email:.example,excluded;IP:10.0.0.0/255.0.0.0',
    {
      nameConstraints: {
        permitted: [{ kind: 'rfc822Name', value: '.example' }],
        excluded: [{ kind: 'iPAddress', value: '10.0.0.0/255.0.0.0' }],
      },
    },
  ],
  [
    'issuerAltName=DNS:a.example,RID:1.2.3',
    {
      issuerAltName: [
        { kind: 'dNSName', value: 'a.example' },
        { kind: 'registeredID', oid: '1.2.3' },
      ],
    },
  ],
  // OpenSSL has no words for the rest; it writes the DER that a configuration spells out.
  [
    '2.5.29.16=ASN1:SEQUENCE:period',
    {
      privateKeyUsagePeriod: {
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2027-01-01T00:00:00Z'),
      },
    },
  ],
  ['2.5.29.60=ASN1:GENERALIZEDTIME:20260101000000Z', { expiredCertsOnCRL: new Date('2026-01-01T00:00:00Z') }],
  [
    '1.3.6.1.4.1.311.21.7=ASN1:SEQUENCE:template',
    {
      certificateTemplate: { id: '1.3.6.1.4.1.311.21.8.1', majorVersion: 100, minorVersion: 3 },
    },
  ],
  ['1.3.6.1.4.1.311.20.2=ASN1:BMPSTRING:User', { certificateTemplateName: 'User' }],
  ['1.3.6.1.4.1.311.25.2=ASN1:SEQUENCE:security', { ntdsCaSecurity: 'S-1-5-21-1-2-3-1104' }],
  [
    '1.3.6.1.5.5.7.1.3=ASN1:SEQUENCE:qc',
    {
      qcStatements: [
        { kind: 'compliance' },
        { kind: 'limitValue', currency: 'EUR', amount: 5n, exponent: 3 },
        { kind: 'retentionPeriod', years: 10 },
        { kind: 'sscd' },
        { kind: 'pds', locations: [{ url: 'http://pds.example/', language: 'en' }] },
        { kind: 'type', types: ['esign'] },
        { kind: 'legislation', countries: ['FR'] },
        { kind: 'semantics', syntax: 2, identifier: '0.4.0.194121.1.1' },
      ],
    },
  ],
  [
    '1.2.840.113549.1.9.15=ASN1:SEQUENCE:capabilities',
    {
      smimeCapabilities: [
        { oid: '2.16.840.1.101.3.4.1.46' },
        { oid: '1.2.840.113549.3.2', parameters: fromHex('02020080') },
      ],
    },
  ],
  [
    '2.5.29.9=ASN1:SEQUENCE:directory',
    {
      subjectDirectoryAttributes: [{ oid: '1.3.6.1.5.5.7.9.4', values: [string('PrintableString', 'FR')] }],
    },
  ],
]

const SECTIONS = `
[policy]
policyIdentifier=1.2.10
CPS.1=http://cps.example/
userNotice.1=@notice
[notice]
explicitText=UTF8:read me
organization=Scel
noticeNumbers=1,300
[point]
fullname=URI:http://crl.example/
CRLissuer=dirName:caname
reasons=keyCompromise,CACompromise
[caname]
CN=CA
[idp]
fullname=URI:http://crl.example/
onlyuser=TRUE
onlysomereasons=keyCompromise
indirectCRL=TRUE
[period]
a=IMPLICIT:0,GENERALIZEDTIME:20260101000000Z
b=IMPLICIT:1,GENERALIZEDTIME:20270101000000Z
[template]
a=OID:1.3.6.1.4.1.311.21.8.1
b=INTEGER:100
c=INTEGER:3
[security]
a=IMPLICIT:0,SEQUENCE:sid
[sid]
a=OID:1.3.6.1.4.1.311.25.2.1
b=EXPLICIT:0,FORMAT:ASCII,OCTETSTRING:S-1-5-21-1-2-3-1104
[qc]
1=SEQUENCE:qc1
2=SEQUENCE:qc2
3=SEQUENCE:qc3
4=SEQUENCE:qc4
5=SEQUENCE:qc5
6=SEQUENCE:qc6
7=SEQUENCE:qc7
8=SEQUENCE:qc8
[qc1]
a=OID:0.4.0.1862.1.1
[qc2]
a=OID:0.4.0.1862.1.2
b=SEQUENCE:money
[money]
a=PRINTABLESTRING:EUR
b=INTEGER:5
c=INTEGER:3
[qc3]
a=OID:0.4.0.1862.1.3
b=INTEGER:10
[qc4]
a=OID:0.4.0.1862.1.4
[qc5]
a=OID:0.4.0.1862.1.5
b=SEQUENCE:pdslist
[pdslist]
a=SEQUENCE:pds
[pds]
a=IA5STRING:http://pds.example/
b=PRINTABLESTRING:en
[qc6]
a=OID:0.4.0.1862.1.6
b=SEQUENCE:types
[types]
a=OID:0.4.0.1862.1.6.1
[qc7]
a=OID:0.4.0.1862.1.7
b=SEQUENCE:countries
[countries]
a=PRINTABLESTRING:FR
[qc8]
a=OID:1.3.6.1.5.5.7.11.2
b=SEQUENCE:natural
[natural]
a=OID:0.4.0.194121.1.1
[capabilities]
1=SEQUENCE:cap1
2=SEQUENCE:cap2
[cap1]
a=OID:2.16.840.1.101.3.4.1.46
[cap2]
a=OID:1.2.840.113549.3.2
b=INTEGER:128
[directory]
1=SEQUENCE:citizen
[citizen]
a=OID:1.3.6.1.5.5.7.9.4
b=SET:country
[country]
a=PRINTABLESTRING:FR
`

test('what openssl writes of each extension is what we read', (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const lines = CONFIGURED.map(([line]) => line).join('\n')
  peer.write('c.cnf', `[req]\ndistinguished_name=d\n[d]\n[x]\n${lines}\n${SECTIONS}`)
  const certificate = parseCertificate(selfSigned(peer, ['-config', 'c.cnf', '-extensions', 'x', '-subj', '/CN=a'], EC))
  for (const [line, values] of CONFIGURED) {
    for (const [name, value] of Object.entries(values)) {
      assert.deepEqual(extension(certificate, name as ExtensionName), value, line)
    }
  }
  assert.deepEqual(
    certificate.extensions.filter(({ oid: dotted }) => extensionName(dotted) === undefined),
    [],
  )
})

test('what we write of each extension is what openssl and GnuTLS read', async (t) => {
  const peer = bench(t, 'openssl', 'certtool')
  if (!peer) return
  const all = CONFIGURED.flatMap(([, values]) =>
    Object.entries(values).map(([name, value]) => makeExtension(name as ExtensionName, value as never)),
  )
  const timestamp = {
    version: 1,
    logId: new Uint8Array(32).fill(0xab),
    timestamp: new Date('2026-01-02T03:04:05.678Z'),
    extensions: new Uint8Array(0),
    hashAlgorithm: 4,
    signatureAlgorithm: 3,
    signature: sequence(octetString(fromHex('01'))),
  } as const
  const { certificate } = await certify({
    name: named('Everything'),
    only: [
      ...all,
      makeExtension('signedCertificateTimestamps', [timestamp]),
      makeExtension('precertificatePoison', true),
      makeExtension('certificateIssuer', [ca]),
      makeExtension('deltaCRLIndicator', 11n),
      makeExtension('applicationPolicies', [{ policy: '1.3.6.1.5.5.7.3.2' }]),
    ],
  })
  peer.write('c.pem', pemEncode('CERTIFICATE', certificate.der))
  const openssl = peer.run('openssl', 'x509', '-in', 'c.pem', '-noout', '-text').text.replace(/\s+/g, ' ')
  for (const words of [
    'Policy Mappings: critical 1.2.3:1.2.4, 1.2.5:1.2.6',
    'Policy Constraints: critical Require Explicit Policy:3, Inhibit Policy Mapping:200',
    'Inhibit Any Policy: critical 2',
    'Policy: 1.2.9 Policy: 1.2.10 CPS: http://cps.example/ User Notice: Organization: Scel Numbers: 1, 300 Explicit Text: read me',
    'Freshest CRL: Full Name: URI:http://delta.example/',
    'Full Name: URI:http://crl.example/ Reasons: Key Compromise, CA Compromise CRL Issuer: DirName:CN = CA',
    'Issuing Distribution Point: critical Full Name: URI:http://crl.example/ Only User Certificates Indirect CRL Only Some Reasons: Key Compromise',
    'Subject Information Access: CA Repository - URI:ldap://x/ AD Time Stamping - URI:http://tsa.example/',
    'TLS Feature: status_request, status_request_v2',
    'Netscape Cert Type: SSL Client, S/MIME, Object Signing CA',
    'Netscape Comment: from openssl',
    'Permitted: email:.example Excluded: IP:10.0.0.0/255.0.0.0',
    'Private Key Usage Period: Not Before: Jan 1 00:00:00 2026 GMT, Not After: Jan 1 00:00:00 2027 GMT',
    'Timestamp : Jan 2 03:04:05.678 2026 GMT',
    'Signature : ecdsa-with-SHA256',
    'CT Precertificate Poison: critical NULL',
    'X509v3 Certificate Issuer: critical DirName:/CN=CA',
    'X509v3 Delta CRL Indicator: critical 11',
  ]) {
    assert.ok(openssl.includes(words), `${words}\n${openssl}`)
  }
  const gnutls = peer.run('certtool', '--certificate-info', '--infile', 'c.pem').text.replace(/\s+/g, ' ')
  for (const words of [
    'Inhibit anyPolicy skip certs: 2 (critical)',
    'Private Key Usage Period (not critical): Not Before: Thu Jan 01 00:00:00 UTC 2026',
    'TLS Features (not critical): OCSP Status Request(5)',
    'URI: http://cps.example/',
    'Note: read me',
    'Signature algorithm: ECDSA-SHA256',
    'Time: Fri, Jan 02 03:04:05 UTC 2026',
  ]) {
    assert.ok(gnutls.includes(words), `${words}\n${gnutls}`)
  }
})
