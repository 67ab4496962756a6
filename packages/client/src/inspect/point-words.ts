import { toHex } from '@scel/pki/bytes'
import type { DistributionPoint, ExtensionValues } from '@scel/pki/x509'
import type { Voice } from '../ui/voice.ts'
import { generalNameLine } from './common.ts'

/** Where lists are: one line per point. */
export function pointLines(points: readonly DistributionPoint[], voice: Voice): string {
  return points
    .map(({ reasons, crlIssuer, ...name }) =>
      [
        ...placeTexts(name),
        ...(reasons ? [voice.text('extension_only_reasons', { reasons: reasonsText(reasons) })] : []),
        ...(crlIssuer ? [voice.text('extension_crl_issuer', { name: crlIssuer.map(generalNameLine).join(', ') })] : []),
      ].join(', '),
    )
    .join('\n')
}

/** What a list is about (RFC 5280 §5.2.5). */
export function scopeLines(point: ExtensionValues['issuingDistributionPoint'], voice: Voice): string {
  const { onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts, indirectCRL, onlySomeReasons } = point
  return [
    ...placeTexts(point),
    ...(onlyContainsUserCerts ? [voice.text('extension_only_users')] : []),
    ...(onlyContainsCACerts ? [voice.text('extension_only_authorities')] : []),
    ...(onlyContainsAttributeCerts ? [voice.text('extension_only_attributes')] : []),
    ...(onlySomeReasons ? [voice.text('extension_only_reasons', { reasons: reasonsText(onlySomeReasons) })] : []),
    ...(indirectCRL ? [voice.text('extension_indirect')] : []),
  ].join('\n')
}

function placeTexts({ fullName, relativeName }: Pick<DistributionPoint, 'fullName' | 'relativeName'>): string[] {
  if (fullName) return fullName.map(generalNameLine)
  return relativeName ? [`#${toHex(relativeName)}`] : []
}

const reasonsText = (bits: readonly number[]): string => bits.map((bit) => REASON_BITS[bit] ?? String(bit)).join(', ')

// ReasonFlags (RFC 5280 §4.2.1.13), in the order of the bits.
const REASON_BITS: readonly string[] = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
]
