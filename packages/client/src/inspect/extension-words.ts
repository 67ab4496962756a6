// One row per extension: its value in words. The type asks for a row when the library learns a new one.

import { toHex } from '@scel/pki/bytes'
import type { ExtensionName, ExtensionValues } from '@scel/pki/x509'
import type { TextKey } from '../ui/messages/index.ts'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'
import { generalNameLine, type Pair } from './common.ts'
import type { ReadExtension } from './extensions.ts'
import { attributeText, capabilitiesText, featuresText, templateText, timestampText } from './other-words.ts'
import { pointLines, scopeLines } from './point-words.ts'
import { constraintLines, policyLines, policyName } from './policy-words.ts'
import { qcLines } from './qualified-words.ts'

/** The extensions in words, in the order in which people ask about them, each with the mark of a critical one. */
export const extensionPairs = (extensions: readonly ReadExtension[], voice: Voice): Pair[] =>
  extensions.toSorted((one, other) => rank(one) - rank(other)).flatMap((one) => pairsOf(one, voice))

const rank = (one: ReadExtension): number => ('name' in one ? (RANKS[one.name] ?? OTHERS) : UNKNOWN)

function pairsOf(one: ReadExtension, voice: Voice): readonly Pair[] {
  const mark = one.critical ? ` (${voice.text('extension_critical')})` : ''
  const marked = ([label, value]: Pair): Pair => [label, value.replace(/(?=\n|$)/, mark)]
  if (!('name' in one)) return [marked([one.oid, shortHex(one.value)])]
  if ('error' in one) {
    const reason = voice.words(one.error).message
    return [marked([one.name, voice.text('extension_malformed', { reason })])]
  }
  const words = WORDS[one.name] as Words<ExtensionName>
  return words(one.value as never, voice).map(marked)
}

type Words<N extends ExtensionName> = (value: ExtensionValues[N], voice: Voice) => readonly Pair[]

/** Words for one line under a label. */
const under =
  <V>(label: TextKey & `${'label' | 'extension'}_${string}`, text: (value: V, voice: Voice) => string) =>
  (value: V, voice: Voice): readonly Pair[] => [[voice.text(label as 'label_names'), text(value, voice)]]

const namesText = (names: ExtensionValues['subjectAltName']): string => names.map(generalNameLine).join(', ')
const joined = (values: readonly string[]): string => values.join(', ')

const WORDS: { readonly [N in ExtensionName]: Words<N> } = {
  applicationPolicies: under('extension_application_policies', policyLines),
  authorityInfoAccess: accessPairs,
  authorityKeyIdentifier: under('label_issuer_key_identifier', ({ keyIdentifier, issuer, serial }) =>
    [
      ...(keyIdentifier ? [toHex(keyIdentifier)] : []),
      ...(issuer ? [namesText(issuer)] : []),
      ...(serial ? [toHex(serial)] : []),
    ].join(', '),
  ),
  basicConstraints: under('label_authority', ({ ca, pathLength }, voice) => {
    if (!ca) return voice.text('inspect_not_authority')
    if (pathLength === undefined) return voice.text('inspect_authority')
    return voice.text('inspect_authority_path', { count: pathLength })
  }),
  certificateIssuer: under('label_issuer', namesText),
  certificatePolicies: under('extension_policies', policyLines),
  certificateTemplate: under('extension_template', templateText),
  certificateTemplateName: under('extension_template', plain),
  cRLNumber: under('label_number', String),
  crlDistributionPoints: under('label_crl', pointLines),
  deltaCRLIndicator: under('extension_delta', (base, voice) =>
    voice.text('extension_delta_base', { number: String(base) }),
  ),
  expiredCertsOnCRL: under('extension_expired_since', (date, voice) => voice.instant(date)),
  extendedKeyUsage: under('label_extended_usages', joined),
  freshestCRL: under('extension_freshest', pointLines),
  inhibitAnyPolicy: under('extension_inhibit_any_policy', skipText),
  invalidityDate: under('extension_invalid_since', (date, voice) => voice.instant(date)),
  issuerAltName: under('extension_issuer_names', namesText),
  issuingDistributionPoint: under('extension_scope', scopeLines),
  keyUsage: under('label_usages', joined),
  nameConstraints: under('extension_name_constraints', constraintLines),
  netscapeCertType: under('extension_netscape_type', joined),
  netscapeComment: under('extension_netscape_comment', plain),
  ntdsCaSecurity: under('extension_account', plain),
  ocspNoCheck: under('extension_ocsp_no_check', (_, voice) => voice.text('yes')),
  policyConstraints: ({ requireExplicitPolicy: require, inhibitPolicyMapping: inhibit }, voice) => [
    ...(require === undefined ? [] : under('extension_require_policy', skipText)(require, voice)),
    ...(inhibit === undefined ? [] : under('extension_inhibit_mapping', skipText)(inhibit, voice)),
  ],
  policyMappings: under('extension_policy_mappings', (mappings) =>
    mappings.map((one) => `${policyName(one.issuerDomainPolicy)} → ${policyName(one.subjectDomainPolicy)}`).join('\n'),
  ),
  precertificatePoison: under('extension_precertificate', (_, voice) => voice.text('extension_precertificate_yes')),
  privateKeyUsagePeriod: under('extension_key_period', ({ notBefore, notAfter }, voice) =>
    [
      ...(notBefore ? [voice.text('extension_from', { at: voice.instant(notBefore) })] : []),
      ...(notAfter ? [voice.text('extension_until', { at: voice.instant(notAfter) })] : []),
    ].join(' '),
  ),
  qcStatements: under('extension_qualified', qcLines),
  reasonCode: under('label_reason', String),
  signedCertificateTimestamps: under('extension_transparency', (timestamps, voice) =>
    timestamps.map((one) => timestampText(one, voice)).join('\n'),
  ),
  smimeCapabilities: under('extension_capabilities', capabilitiesText),
  subjectAltName: under('label_names', namesText),
  subjectDirectoryAttributes: under('extension_directory', (attributes) => attributes.map(attributeText).join('\n')),
  subjectInfoAccess: accessPairs,
  subjectKeyIdentifier: under('label_key_identifier', toHex),
  tlsFeature: under('extension_tls_feature', featuresText),
}

/** OCSP and issuer certificate have lines of their own; other methods show their identifier. */
function accessPairs(access: ExtensionValues['authorityInfoAccess'], voice: Voice): readonly Pair[] {
  const methods = [...new Set(access.map(({ method }) => method))]
  return methods.map((method): Pair => {
    const label = ACCESS[method]
    const places = access.filter((one) => one.method === method).map(({ location }) => generalNameLine(location))
    return [label ? voice.text(label as 'label_ocsp') : method, places.join(', ')]
  })
}

function skipText(count: number, voice: Voice): string {
  return voice.text('extension_after', { count })
}

const shortHex = (bytes: Uint8Array): string =>
  bytes.length > MOST_BYTES ? `#${toHex(bytes.subarray(0, MOST_BYTES))}…` : `#${toHex(bytes)}`

const ACCESS: Readonly<Record<string, TextKey & `${'label' | 'extension'}_${string}`>> = {
  ocsp: 'label_ocsp',
  caIssuers: 'label_issuer_certificate',
  caRepository: 'extension_repository',
  timeStamping: 'extension_time_stamping',
}
const MOST_BYTES = 48
// For whom, for what, under which rules, where to ask; then what has no place here, key identifiers, unknown ones.
const FIRST: readonly ExtensionName[] = [
  ...(['cRLNumber', 'deltaCRLIndicator', 'issuingDistributionPoint'] as const),
  ...(['subjectAltName', 'basicConstraints', 'keyUsage', 'extendedKeyUsage', 'certificatePolicies'] as const),
  ...(['policyMappings', 'policyConstraints', 'inhibitAnyPolicy', 'nameConstraints'] as const),
  ...(['crlDistributionPoints', 'freshestCRL', 'authorityInfoAccess'] as const),
]
const OTHERS = FIRST.length
const UNKNOWN = OTHERS + 3
const RANKS: { readonly [N in ExtensionName]?: number } = {
  ...Object.fromEntries(FIRST.map((name, index) => [name, index])),
  subjectKeyIdentifier: OTHERS + 1,
  authorityKeyIdentifier: OTHERS + 2,
}
