import { DerReader, decodeString } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import {
  type Attribute,
  attributeByOid,
  type CertificateTemplate,
  type SignedCertificateTimestamp,
  type SmimeCapability,
} from '@scel/pki/x509'
import { plain } from '../ui/plain.ts'
import type { Voice } from '../ui/voice.ts'

/** Microsoft's template, with its version where there is one. */
export function templateText({ id, majorVersion, minorVersion = 0 }: CertificateTemplate, voice: Voice): string {
  if (majorVersion === undefined) return id
  return voice.text('extension_template_version', { id, major: String(majorVersion), minor: String(minorVersion) })
}

/** Which log saw the certificate, and when (RFC 6962 §3.2). */
export function timestampText(one: SignedCertificateTimestamp, voice: Voice): string {
  if (one.version === 'unread') return voice.text('extension_log_unknown')
  return voice.text('extension_log', { log: toHex(one.logId), at: voice.instant(one.timestamp) })
}

export const capabilitiesText = (capabilities: readonly SmimeCapability[]): string =>
  capabilities.map(({ oid }) => CAPABILITIES[oid] ?? oid).join(', ')

export const featuresText = (features: readonly number[], voice: Voice): string =>
  features.map((one) => (one === STATUS_REQUEST ? voice.text('extension_must_staple') : String(one))).join(', ')

/** `gender: F`: the text where the value is one, else its bytes. */
export function attributeText({ oid, values }: Attribute): string {
  const label = attributeByOid(oid)?.type ?? oid
  return plain(`${label}: ${values.map(valueText).join(', ')}`)
}

function valueText(der: Uint8Array): string {
  try {
    return DerReader.whole(der, 'attribute', (reader) => {
      const tag = reader.tag ?? 0
      return decodeString(tag, reader.content(tag))
    })
  } catch {
    return `#${toHex(der)}` // not a text, or not a good one: its bytes say it all
  }
}

// status_request (RFC 7633 §4.2.3.1)
const STATUS_REQUEST = 5
const CAPABILITIES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.1.2': 'AES-128-CBC',
  '2.16.840.1.101.3.4.1.22': 'AES-192-CBC',
  '2.16.840.1.101.3.4.1.42': 'AES-256-CBC',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.26': 'AES-192-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '1.2.840.113549.3.7': '3DES',
  '1.2.840.113549.3.2': 'RC2',
  '1.3.14.3.2.7': 'DES',
}
