import type { TextKey } from '../ui/messages/index.ts'
import { pairs, table } from '../ui/table.ts'
import type { Voice } from '../ui/voice.ts'
import type { CertificateFacts } from './certificate.ts'
import type { PublicKeyFacts } from './common.ts'
import type { CrlFacts } from './crl.ts'
import type { RequestFacts } from './request.ts'

/** What is said of one object of a file. */
export type ObjectFacts =
  | CertificateFacts
  | RequestFacts
  | CrlFacts
  | { readonly kind: 'private key' | 'other'; readonly label: string }

/** The object in words. */
export function objectLines(facts: ObjectFacts, voice: Voice, now: Date): string[] {
  switch (facts.kind) {
    case 'certificate':
      return [voice.text('inspect_certificate'), ...indent(certificatePairs(facts, voice, now))]
    case 'request':
      return [voice.text('inspect_request'), ...indent(requestPairs(facts, voice))]
    case 'crl':
      return [voice.text('inspect_crl'), ...indent(crlPairs(facts, voice)), ...entryLines(facts, voice)]
    case 'private key':
      return [voice.text('inspect_private_key')]
    case 'other':
      return [voice.plain('inspect_other', { label: facts.label })]
  }
}

type Pair = readonly [string, string]

function certificatePairs(facts: CertificateFacts, voice: Voice, now: Date): Pair[] {
  const list = lister(voice)
  return [
    [voice.text('label_subject'), facts.subject || '∅'],
    [voice.text('label_issuer'), facts.selfSigned ? voice.text('inspect_self_signed') : facts.issuer],
    [voice.text('label_serial'), facts.serial],
    [voice.text('label_valid_from'), voice.instant(facts.notBefore)],
    [voice.text('label_valid_until'), voice.instant(facts.notAfter)],
    [voice.text('label_valid'), validity(facts, voice, now)],
    [voice.text('label_key'), keyText(facts.key, voice)],
    ...list('label_names', facts.names),
    [voice.text('label_authority'), authority(facts, voice)],
    ...list('label_usages', facts.keyUsage),
    ...list('label_extended_usages', facts.extendedKeyUsage),
    ...list('label_crl', facts.crl),
    ...list('label_ocsp', facts.ocsp),
    ...list('label_issuer_certificate', facts.issuerCertificate),
    ...list('label_key_identifier', facts.keyIdentifier ? [facts.keyIdentifier] : []),
    ...list('label_issuer_key_identifier', facts.issuerKeyIdentifier ? [facts.issuerKeyIdentifier] : []),
    ...list('label_other_extensions', facts.otherExtensions),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [voice.text('label_key_fingerprint'), facts.key.fingerprint],
    [voice.text('label_fingerprint'), facts.fingerprint],
  ]
}

function requestPairs(facts: RequestFacts, voice: Voice): Pair[] {
  const list = lister(voice)
  const { signatureGood: good, applicant } = facts
  const check =
    good === undefined
      ? voice.text('inspect_signature_unknown', { reason: facts.signatureAlgorithm })
      : voice.text(good ? 'inspect_signature_good' : 'inspect_signature_bad')
  return [
    [voice.text('label_subject'), facts.subject || '∅'],
    [voice.text('label_key'), keyText(facts.key, voice)],
    ...list('label_names', facts.names),
    ...list('label_usages', facts.keyUsage),
    ...list('label_extended_usages', facts.extendedKeyUsage),
    ...list('label_other_extensions', facts.otherExtensions),
    ...list('label_attributes', [
      ...(applicant ? [voice.text('inspect_applicant', { thumbprint: applicant })] : []),
      ...facts.otherAttributes,
    ]),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [voice.text('label_signature_check'), check],
    [voice.text('label_key_fingerprint'), facts.key.fingerprint],
  ]
}

function crlPairs(facts: CrlFacts, voice: Voice): Pair[] {
  const list = lister(voice)
  const { nextUpdate, overdue } = facts
  const next = nextUpdate
    ? [overdue ? voice.text('inspect_outdated', { at: voice.instant(nextUpdate) }) : voice.instant(nextUpdate)]
    : []
  return [
    [voice.text('label_issuer'), facts.issuer],
    ...list('label_number', facts.number ? [facts.number] : []),
    [voice.text('label_this_update'), voice.instant(facts.thisUpdate)],
    ...list('label_next_update', next),
    ...list('label_issuer_key_identifier', facts.issuerKeyIdentifier ? [facts.issuerKeyIdentifier] : []),
    ...list('label_other_extensions', facts.otherExtensions),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [
      voice.text('label_entries'),
      facts.entries.length === 0 ? voice.text('inspect_none') : String(facts.entries.length),
    ],
  ]
}

function entryLines({ entries }: CrlFacts, voice: Voice): string[] {
  const shown = entries.slice(0, MOST_ENTRIES)
  if (shown.length === 0) return []
  const rows = shown.map(({ serial, revokedAt, reason }) => [serial, voice.instant(revokedAt), reason])
  const headings = [voice.text('label_serial'), voice.text('state_revoked'), voice.text('label_reason')]
  const more = entries.length - shown.length
  const lines = [...table(headings, rows), ...(more > 0 ? [voice.text('inspect_more_entries', { count: more })] : [])]
  return lines.map((line) => `    ${line}`)
}

function validity({ status, notBefore, notAfter }: CertificateFacts, voice: Voice, now: Date): string {
  if (status === 'expired') return voice.text('inspect_expired', { at: voice.instant(notAfter) })
  if (status === 'not yet valid') return voice.text('inspect_early', { at: voice.instant(notBefore) })
  return voice.text('inspect_valid', { days: Math.floor((Date.parse(notAfter) - now.getTime()) / DAY) })
}

function authority({ authority: is, pathLength }: CertificateFacts, voice: Voice): string {
  if (!is) return voice.text('inspect_not_authority')
  if (pathLength === undefined) return voice.text('inspect_authority')
  return voice.text('inspect_authority_path', { count: pathLength })
}

function keyText({ kind, bits, curve, weak }: PublicKeyFacts, voice: Voice): string {
  const name = curve ?? `${kind.toUpperCase()} ${bits || ''}`.trim()
  return weak ? `${name} (${voice.text('inspect_weak')})` : name
}

const lister =
  (voice: Voice) =>
  (label: TextKey & `label_${string}`, values: readonly string[]): Pair[] =>
    values.length === 0 ? [] : [[voice.text(label), values.join(', ')]]

const indent = (items: readonly Pair[]): string[] => pairs(items).map((line) => `  ${line}`)
const DAY = 86_400_000
// A list may have a hundred thousand entries; nobody reads them on a terminal.
const MOST_ENTRIES = 50
