import { toHex } from '@scel/pki/bytes'
import type { ExtensionValues, GeneralName, PolicyInformation, PolicyQualifier } from '@scel/pki/x509'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'
import { generalNameLine } from './common.ts'

/** A policy by the name that people know, else its identifier. */
export const policyName = (oid: string): string => (NAMES[oid] ? `${NAMES[oid]} (${oid})` : oid)

export function policyLines(policies: readonly PolicyInformation[], voice: Voice): string {
  return policies
    .flatMap(({ policy, qualifiers = [] }) => [
      policyName(policy),
      ...qualifiers.map((one) => `  ${qualifierText(one, voice)}`),
    ])
    .join('\n')
}

function qualifierText(qualifier: PolicyQualifier, voice: Voice): string {
  if (qualifier.kind === 'cps') return plain(qualifier.uri)
  if (qualifier.kind === 'other') return `${qualifier.oid} #${toHex(qualifier.value)}`
  const { reference, explicitText = '' } = qualifier
  const numbers = reference ? `${reference.organization} ${reference.noticeNumbers.join(', ')} ` : ''
  return voice.text('extension_policy_notice', { text: plain(`${numbers}${explicitText}`.trim()) })
}

export function constraintLines({ permitted, excluded }: ExtensionValues['nameConstraints'], voice: Voice): string {
  return [
    ...permitted.map((base) => voice.text('extension_permitted', { name: baseText(base, voice) })),
    ...excluded.map((base) => voice.text('extension_excluded', { name: baseText(base, voice) })),
  ].join('\n')
}

/** An empty base stands for every name of its kind. */
function baseText(base: GeneralName, voice: Voice): string {
  const text = generalNameLine(base)
  return text.endsWith(':') || text === '' ? `${text}${voice.text('extension_every_name')}` : text
}

// Of those that end in certificates of the public, from the CA/Browser Forum's arc.
const NAMES: Readonly<Record<string, string>> = {
  '2.5.29.32.0': 'anyPolicy',
  '2.23.140.1.1': 'CABF extended-validation',
  '2.23.140.1.2.1': 'CABF domain-validated',
  '2.23.140.1.2.2': 'CABF organization-validated',
  '2.23.140.1.2.3': 'CABF individual-validated',
  '2.23.140.1.4.1': 'CABF code-signing',
  '2.23.140.1.5.1.1': 'CABF S/MIME mailbox-validated legacy',
  '2.23.140.1.5.1.2': 'CABF S/MIME mailbox-validated multipurpose',
  '2.23.140.1.5.1.3': 'CABF S/MIME mailbox-validated strict',
  '2.23.140.1.5.2.1': 'CABF S/MIME organization-validated legacy',
  '2.23.140.1.5.2.2': 'CABF S/MIME organization-validated multipurpose',
  '2.23.140.1.5.2.3': 'CABF S/MIME organization-validated strict',
  '2.23.140.1.5.3.1': 'CABF S/MIME sponsor-validated legacy',
  '2.23.140.1.5.3.2': 'CABF S/MIME sponsor-validated multipurpose',
  '2.23.140.1.5.3.3': 'CABF S/MIME sponsor-validated strict',
  '2.23.140.1.5.4.1': 'CABF S/MIME individual-validated legacy',
  '2.23.140.1.5.4.2': 'CABF S/MIME individual-validated multipurpose',
  '2.23.140.1.5.4.3': 'CABF S/MIME individual-validated strict',
}
