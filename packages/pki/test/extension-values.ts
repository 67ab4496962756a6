// Any value of any extension. The type has a row for each in the list, so a new extension without one does not compile.

import fc from 'fast-check'
import { bitString, integer, nullValue, octetString, sequence, string } from '../src/asn1/index.ts'
import type { Attribute, ExtensionName, ExtensionValues, GeneralName, QcStatement } from '../src/x509/index.ts'
import {
  buildName,
  formatIpAddress,
  KEY_USAGE_BITS,
  PURPOSES,
  QC_TYPES,
  REVOCATION_REASONS,
} from '../src/x509/index.ts'

const octets = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength, maxLength })
const list = <T>(item: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> => fc.array(item, { minLength, maxLength: 4 })
const record = <T extends object>(model: { [P in keyof T]: fc.Arbitrary<T[P]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>
/** Fields that are absent rather than undefined, as our values have them. */
const some = <T extends object, K extends keyof T = never>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  requiredKeys: K[] = [],
): fc.Arbitrary<Pick<T, K> & Partial<T>> =>
  fc.record(model, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<Pick<T, K> & Partial<T>>

export const dotted: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('1.2', '2.999', '0.4', '2.5'), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([root, arcs]) => [root, ...arcs].join('.'))
const ascii = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~%:/?@ '), minLength: 1, maxLength: 20 })
const anyText = fc.string({ unit: fc.constantFrom(...'aZ 0é€漢😀"\\'), minLength: 1, maxLength: 20 })
const seconds = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1_000) * 1_000))
const integers = fc.bigInt({ min: -(1n << 80n), max: 1n << 80n })
/** An element of which no schema is known. */
const element: fc.Arbitrary<Uint8Array> = fc.oneof(
  octets(0, 8).map((bytes) => octetString(bytes)),
  octets(1, 4).map((bytes) => bitString(bytes)),
  integers.map((value) => integer(value)),
  anyText.map((text) => sequence(string('UTF8String', text), nullValue())),
)

const name = list(record({ oid: fc.constantFrom('2.5.4.3', '2.5.4.10', '1.2.3'), value: anyText }), 0).map(buildName)
const directoryName = name.map((one): GeneralName => ({ kind: 'directoryName', name: one }))
export const generalName: fc.Arbitrary<GeneralName> = fc.oneof(
  record({ kind: fc.constantFrom('dNSName', 'rfc822Name', 'uri'), value: ascii }),
  fc.oneof(octets(4, 4), octets(16, 16)).map(
    (bytes): GeneralName => ({
      kind: 'iPAddress',
      value: formatIpAddress(bytes),
    }),
  ),
  directoryName,
  record({ kind: fc.constant('otherName'), oid: dotted, value: element }),
  record({ kind: fc.constant('registeredID'), oid: dotted }),
  fc.constant<GeneralName>({ kind: 'unread', der: Uint8Array.of(0xa5, 2, 5, 0) }),
)
const names = list(generalName)
const network = fc.oneof(octets(8, 8), octets(32, 32)).map(
  (bytes): GeneralName => ({
    kind: 'iPAddress',
    value: formatIpAddress(bytes),
  }),
)
const bases = fc.array(
  fc.oneof(
    generalName.filter(({ kind }) => kind !== 'iPAddress'),
    network,
  ),
  { maxLength: 3 },
)

const bits = fc
  .uniqueArray(fc.nat({ max: 8 }), { minLength: 1, maxLength: 9 })
  .map((all) => all.toSorted((a, b) => a - b))
const crlNumber = fc.bigInt({ min: 0n, max: (1n << 159n) - 1n })
const skip = fc.nat({ max: 10_000 })

const pointName = fc.oneof(record({ fullName: names }), fc.constant({ relativeName: Uint8Array.of(0xa1, 0) }))
const points = list(
  fc
    .tuple(fc.oneof(pointName, fc.constant({})), some({ reasons: bits, crlIssuer: list(directoryName) }, []))
    .map(([point, rest]) => ({ ...point, ...rest })),
)

const userNotice = some(
  {
    kind: fc.constant('userNotice' as const),
    reference: record({ organization: anyText, noticeNumbers: fc.array(fc.nat(), { maxLength: 3 }) }),
    explicitText: ascii,
  },
  ['kind'],
).chain((notice) =>
  notice.explicitText === undefined
    ? fc.constant(notice)
    : some({ explicitTextType: fc.constantFrom('IA5String', 'VisibleString', 'BMPString') }, []).map((type) => ({
        ...notice,
        ...type,
      })),
)
const qualifier = fc.oneof(
  record({ kind: fc.constant('cps'), uri: ascii }),
  userNotice,
  record({ kind: fc.constant('other'), oid: fc.constant('1.2.3.4'), value: element }),
)
const policyList = fc.uniqueArray(some({ policy: dotted, qualifiers: list(qualifier) }, ['policy']), {
  minLength: 1,
  maxLength: 4,
  selector: ({ policy }) => policy,
}) as fc.Arbitrary<ExtensionValues['certificatePolicies']>

const infoAccess = list(
  record({
    method: fc.constantFrom('ocsp', 'caIssuers', 'timeStamping', 'caRepository', '1.2.3'),
    location: generalName,
  }),
)
const attribute: fc.Arbitrary<Attribute> = record({ oid: dotted, values: element.map((one) => [one]) })
const letters = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'ABCDEFRU'), minLength: length, maxLength: length })

const QC: { readonly [K in QcStatement['kind']]: fc.Arbitrary<Extract<QcStatement, { kind: K }>> } = {
  compliance: fc.constant({ kind: 'compliance' }),
  limitValue: record({
    kind: fc.constant('limitValue'),
    currency: fc.oneof(letters(3), fc.integer({ min: 1, max: 999 })),
    amount: integers,
    exponent: fc.integer({ min: -20, max: 20 }),
  }),
  retentionPeriod: record({ kind: fc.constant('retentionPeriod'), years: fc.nat() }),
  sscd: fc.constant({ kind: 'sscd' }),
  pds: record({ kind: fc.constant('pds'), locations: list(record({ url: ascii, language: letters(2) })) }),
  type: record({
    kind: fc.constant('type'),
    types: list(fc.oneof(fc.constantFrom(...Object.keys(QC_TYPES)), dotted)),
  }),
  legislation: record({ kind: fc.constant('legislation'), countries: list(letters(2)) }),
  semantics: some(
    {
      kind: fc.constant('semantics' as const),
      syntax: fc.constantFrom(1 as const, 2 as const),
      identifier: dotted,
      registrationAuthorities: names,
    },
    ['kind', 'syntax'],
  ),
  other: some({ kind: fc.constant('other' as const), oid: fc.constant('1.2.3'), info: element }, ['kind', 'oid']),
}

export const EXTENSION_VALUES: { readonly [N in ExtensionName]: fc.Arbitrary<ExtensionValues[N]> } = {
  applicationPolicies: policyList,
  authorityInfoAccess: infoAccess,
  authorityKeyIdentifier: some(
    { keyIdentifier: octets(0, 24), issuer: names, serial: fc.constant(Uint8Array.of(0, 0x80)) },
    [],
  ),
  basicConstraints: some({ ca: fc.boolean(), pathLength: skip }, ['ca']),
  certificateIssuer: names,
  certificatePolicies: policyList,
  certificateTemplate: fc.oneof(
    record({ id: dotted }),
    record({ id: dotted, majorVersion: fc.nat(0xffff_ffff) }),
    record({ id: dotted, majorVersion: fc.nat(0xffff_ffff), minorVersion: fc.nat(0xffff_ffff) }),
  ),
  certificateTemplateName: anyText,
  cRLNumber: crlNumber,
  crlDistributionPoints: points,
  deltaCRLIndicator: crlNumber,
  expiredCertsOnCRL: seconds,
  extendedKeyUsage: list(fc.oneof(fc.constantFrom(...Object.keys(PURPOSES)), dotted)),
  freshestCRL: points,
  inhibitAnyPolicy: skip,
  invalidityDate: seconds,
  issuerAltName: names,
  issuingDistributionPoint: fc
    .tuple(
      pointName,
      some({ onlySomeReasons: bits }, []),
      record({
        onlyContainsUserCerts: fc.boolean(),
        onlyContainsCACerts: fc.boolean(),
        indirectCRL: fc.boolean(),
        onlyContainsAttributeCerts: fc.boolean(),
      }),
    )
    .map(([point, reasons, flags]) => ({ ...point, ...reasons, ...flags })),
  keyUsage: fc.subarray([...KEY_USAGE_BITS], { minLength: 1 }),
  nameConstraints: record({ permitted: bases, excluded: bases }).filter(
    ({ permitted, excluded }) => permitted.length + excluded.length > 0,
  ),
  netscapeCertType: fc.subarray(['sslClient', 'sslServer', 'smime', 'reserved', 'objectSigningCA'], { minLength: 1 }),
  netscapeComment: ascii,
  ntdsCaSecurity: list(fc.nat()).map((parts) => `S-1-5-${parts.join('-')}`),
  ocspNoCheck: fc.constant(true),
  policyConstraints: some({ requireExplicitPolicy: skip, inhibitPolicyMapping: skip }, []).filter(
    (value) => Object.keys(value).length > 0,
  ),
  policyMappings: list(record({ issuerDomainPolicy: dotted, subjectDomainPolicy: dotted })),
  precertificatePoison: fc.constant(true),
  privateKeyUsagePeriod: some({ notBefore: seconds, notAfter: seconds }, []).filter(
    (value) => Object.keys(value).length > 0,
  ),
  qcStatements: list(fc.oneof(...Object.values(QC))),
  reasonCode: fc.constantFrom(...REVOCATION_REASONS),
  signedCertificateTimestamps: list(
    fc.oneof(
      record({
        version: fc.constant(1 as const),
        logId: octets(32, 32),
        timestamp: fc.date({ min: new Date(0), noInvalidDate: true }),
        extensions: octets(0, 8),
        hashAlgorithm: fc.nat(255),
        signatureAlgorithm: fc.nat(255),
        signature: octets(0, 80),
      }),
      record({
        version: fc.constant('unread' as const),
        bytes: octets(0, 8).map((bytes) => Uint8Array.of(7, ...bytes)),
      }),
    ),
  ),
  smimeCapabilities: list(some({ oid: dotted, parameters: element }, ['oid']), 0),
  subjectAltName: names,
  subjectDirectoryAttributes: list(attribute),
  subjectInfoAccess: infoAccess,
  subjectKeyIdentifier: octets(0, 24),
  tlsFeature: list(fc.nat(0xffff), 0),
}
