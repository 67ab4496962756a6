import { TAG } from '@scel/pki/asn1'
import { pemDecode } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { CMS_LABELS, cmsKind } from '../kinds/index.ts'
import type { DerKind, FoundObject } from './found.ts'
import { kindOfDer } from './shape.ts'

/** All objects of a PEM, DER or JWK file, in order. @throws pem_malformed, pem_encryption_old, input_too_large */
export function objectsIn(content: Uint8Array): FoundObject[] {
  if (content[0] === TAG.sequence) {
    const kind = kindOfDer(content)
    return [kind ? { kind, der: content } : { kind: 'other', label: 'DER' }]
  }
  const text = new TextDecoder().decode(content)
  if (/^\s*\{/.test(text)) return keysIn(text)
  if (!text.includes('-----BEGIN ')) return []
  // RFC 1421 §4.6.1.1: a reason of its own, instead of a line that is no base64
  if (/^Proc-Type:\s*4,ENCRYPTED\s*$/m.test(text)) fail('pem_encryption_old', {})
  return pemDecode(text).map(({ label, der }): FoundObject => {
    const kind = kindOfPem(label, der)
    return kind ? { kind, der } : { kind: 'other', label }
  })
}

function kindOfPem(label: string, der: Uint8Array): DerKind | undefined {
  // One label for all of CMS. What is no such thing is for the reader of bags to refuse.
  if (CMS_LABELS.has(label)) return cmsKind(der) === 'sealed' ? 'sealed' : 'certificate bag'
  return LABELS[label] ?? (WITHOUT_KIND.has(label) ? kindOfDer(der) : undefined)
}

/** A JWK, or a set of them (RFC 7517 §4 and §5). */
function keysIn(text: string): FoundObject[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const keys = member(value, 'keys')
  const all = Array.isArray(keys) ? keys : [value]
  return all
    .filter((one) => typeof member(one, 'kty') === 'string')
    .map((one) => ({
      kind: 'jwk',
      text: JSON.stringify(one),
      private: PRIVATE.some((name) => member(one, name) !== undefined),
    }))
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

// Of RSA, EC and OKP keys (RFC 7518 §6, RFC 8037 §2), and of AKP keys (RFC 9964 §3).
const PRIVATE = ['d', 'priv']

// RFC 7468, with the older names that tools still write.
const LABELS: Readonly<Record<string, DerKind>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'CERTIFICATE REQUEST': 'request',
  'NEW CERTIFICATE REQUEST': 'request',
  'X509 CRL': 'crl',
  PKCS12: 'pkcs12',
  'PUBLIC KEY': 'public key',
  'RSA PUBLIC KEY': 'rsa public key',
  'PRIVATE KEY': 'private key',
  'ENCRYPTED PRIVATE KEY': 'encrypted private key',
  'RSA PRIVATE KEY': 'rsa private key',
  'EC PRIVATE KEY': 'ec private key',
}

// Labels that no standard has: what is inside decides.
const WITHOUT_KIND: ReadonlySet<string> = new Set([
  'OCSP REQUEST',
  'OCSP RESPONSE',
  'TIMESTAMP REQUEST',
  'TIMESTAMP RESPONSE',
  'TIME STAMP REQUEST',
  'TIME STAMP RESPONSE',
])
