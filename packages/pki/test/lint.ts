// Certificates for tests of lint: some in order, and ways to spoil them. Nobody signs them, so their keys need not work.

import type { RawKeySpec } from '../src/algorithms/index.ts'
import { RAW_KEYS, signatureByName } from '../src/algorithms/index.ts'
import { bitString, integer, nullValue, oid, sequence } from '../src/asn1/index.ts'
import { fromHex } from '../src/bytes/index.ts'
import type { LintFinding, LintOptions } from '../src/lint/index.ts'
import { lintCertificate } from '../src/lint/index.ts'
import type { Extension, ExtensionName, ExtensionValues, NameStep, TbsCertificateInput } from '../src/x509/index.ts'
import { buildName, buildTbsCertificate, EXTENSIONS, makeExtension } from '../src/x509/index.ts'

export type Change = (input: TbsCertificateInput) => Partial<TbsCertificateInput>

/** None. */
export const same: Change = () => ({})

/** Several changes, one after another. */
export const all =
  (...changes: readonly Change[]): Change =>
  (input) => {
    let changed = input
    for (const change of changes) changed = { ...changed, ...change(changed) }
    return changed
  }

const replace =
  (made: Extension): Change =>
  ({ extensions }) => ({ extensions: [...extensions.filter(({ oid }) => oid !== made.oid), made] })

/** An extension with this value, in place of the one there was. */
export const put = <N extends ExtensionName>(name: N, value: ExtensionValues[N], critical?: boolean): Change =>
  replace(makeExtension(name, value, critical))

/** An extension with these bytes. */
export const putDer = (extension: ExtensionName | `${number}.${string}`, der: Uint8Array, critical = false): Change =>
  replace({
    oid: extension in EXTENSIONS ? EXTENSIONS[extension as ExtensionName].oid : extension,
    critical,
    value: der,
  })

export const without =
  (name: ExtensionName): Change =>
  ({ extensions }) => ({ extensions: extensions.filter(({ oid }) => oid !== EXTENSIONS[name].oid) })

export const subject =
  (...steps: readonly NameStep[]): Change =>
  () => ({ subject: buildName(steps) })

export const dates =
  (notBefore: string, notAfter: string): Change =>
  () => ({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) })

export const serial =
  (hex: string): Change =>
  () => ({ serial: fromHex(hex) })

/** Signed with this AlgorithmIdentifier. */
export const signedBy =
  (identifier: Uint8Array): Change =>
  ({ signature }) => ({ signature: { ...signature, identifier } })

export const rsaKey =
  (modulus: bigint, exponent = 65537n): Change =>
  () => ({
    publicKey: sequence(
      sequence(oid('1.2.840.113549.1.1.1'), nullValue()),
      bitString(sequence(integer(modulus), integer(exponent))),
    ),
  })

/** An odd number of so many bits that no number below 752 divides. */
export function modulusOf(bits: number): bigint {
  let modulus = (1n << BigInt(bits - 1)) + 1n
  while (SMALL.some((factor) => modulus % factor === 0n)) modulus += 2n
  return modulus
}
const SMALL = Array.from({ length: 376 }, (_, index) => BigInt(2 * index + 3))

export const rawKey =
  (spec: RawKeySpec): Change =>
  () => {
    const row = RAW_KEYS.find((one) => one.spec === spec)!
    return { publicKey: sequence(sequence(oid(row.oid)), bitString(new Uint8Array(row.length).fill(1))) }
  }

export const curveKey =
  (curve: string, size: number): Change =>
  () => ({
    publicKey: sequence(
      sequence(oid('1.2.840.10045.2.1'), oid(curve)),
      bitString(Uint8Array.of(4, ...new Uint8Array(2 * size).fill(1))),
    ),
  })

const IDENTIFIER = fromHex('00112233445566778899aabbccddeeff00112233')
const ISSUER: readonly NameStep[] = [
  { type: 'countryName', value: 'FR' },
  { type: 'organizationName', value: 'Scel' },
  { type: 'commonName', value: 'Scel Issuing' },
]

const common = {
  serial: fromHex('41000000000000000000000000000001'),
  signature: signatureByName('ECDSA with SHA-256'),
  issuer: buildName(ISSUER),
  ...dates('2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z')({} as TbsCertificateInput),
  ...curveKey('1.2.840.10045.3.1.7', 32)({} as TbsCertificateInput),
} as Omit<TbsCertificateInput, 'subject' | 'extensions'>

const http = (value: string): { kind: 'uri'; value: string } => ({ kind: 'uri', value })
const fromIssuer: readonly Extension[] = [
  makeExtension('authorityKeyIdentifier', { keyIdentifier: IDENTIFIER }),
  makeExtension('crlDistributionPoints', [{ fullName: [http('http://pki.example/1.crl')] }]),
  makeExtension('authorityInfoAccess', [
    { method: 'ocsp', location: http('http://pki.example/ocsp') },
    { method: 'caIssuers', location: http('http://pki.example/1.cer') },
  ]),
]
const authority: readonly Extension[] = [
  makeExtension('basicConstraints', { ca: true }),
  makeExtension('keyUsage', ['keyCertSign', 'cRLSign']),
  makeExtension('subjectKeyIdentifier', IDENTIFIER),
]

/** A machine, as the desk certifies it. */
export const MACHINE: TbsCertificateInput = {
  ...common,
  subject: buildName([...ISSUER.slice(0, 2), { type: 'commonName', value: 'pc-1' }]),
  extensions: [
    ...fromIssuer,
    makeExtension('basicConstraints', { ca: false }),
    makeExtension('keyUsage', ['digitalSignature']),
    makeExtension('extendedKeyUsage', ['clientAuth']),
    makeExtension('subjectKeyIdentifier', IDENTIFIER),
    makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'pc-1.example' }]),
  ],
}

/** A mailbox, in the strict generation of the CA/Browser Forum. */
export const MAILBOX: TbsCertificateInput = {
  ...common,
  subject: buildName([{ type: 'commonName', value: 'ana@scel.example' }]),
  extensions: [
    ...fromIssuer,
    makeExtension('certificatePolicies', [{ policy: '2.23.140.1.5.1.3' }]),
    makeExtension('keyUsage', ['digitalSignature', 'keyAgreement']),
    makeExtension('extendedKeyUsage', ['emailProtection']),
    makeExtension('subjectKeyIdentifier', IDENTIFIER),
    makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: 'ana@scel.example' }]),
  ],
}

/** The authority that issues such certificates. */
export const ISSUING: TbsCertificateInput = {
  ...common,
  issuer: buildName([...ISSUER.slice(0, 2), { type: 'commonName', value: 'Scel Root' }]),
  subject: buildName(ISSUER),
  extensions: [
    ...fromIssuer,
    ...authority,
    makeExtension('certificatePolicies', [{ policy: '2.23.140.1.5.1.3' }]),
    makeExtension('extendedKeyUsage', ['emailProtection', 'clientAuth']),
  ],
}

export const ROOT: TbsCertificateInput = { ...common, subject: common.issuer, extensions: authority }

export const lint = (input: TbsCertificateInput, options?: LintOptions): readonly LintFinding[] =>
  lintCertificate(buildTbsCertificate(input), options)
