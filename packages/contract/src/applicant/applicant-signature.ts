import { fromBase64Url, toBase64Url, toHex, utf8 } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'

// Applicants (machines) sign each call with a P-256 key of their own, so that no bearer secret lies on disk. What is
// signed names the desk, the request, the method, the path and the body, and is good for one nonce: a signature taken
// from one call fits no other, and none fits twice.

/** Header that carries key, nonce and signature. */
export const APPLICANT_HEADER = 'scel-applicant'
/** Header of every answer to an applicant: the nonce for the next call. */
export const NONCE_HEADER = 'scel-nonce'
const PREFIX = 'scel-applicant-v1'

/**
 * Attribute of a CSR that binds it to the applicant: an OCTET STRING with the SHA-256 of the applicant key's SPKI. The
 * arc is a UUID (X.667), so nobody's registration is needed.
 */
export const APPLICANT_THUMBPRINT_OID = '2.25.259733166174934470826157131297262416741'

export interface ApplicantCall {
  readonly desk: string
  /** Number of the request concerned, or undefined for calls that concern none or several. */
  readonly request?: number
  readonly method: string
  /** Path with its query, as sent. */
  readonly path: string
  readonly body: Uint8Array
  readonly nonce: string
}

/** The bytes an applicant signs (ECDSA P-256 with SHA-256, DER signature). */
export async function applicantSignedBytes(call: ApplicantCall): Promise<Uint8Array> {
  const body = toHex(await digest('SHA-256', call.body))
  return utf8([PREFIX, call.desk, call.request ?? '-', call.method, call.path, body, call.nonce].join('\n'))
}

export interface ApplicantProof {
  /** SPKI, DER. */
  readonly key: Uint8Array
  readonly nonce: string
  readonly signature: Uint8Array
}

/** `v1 key=…, nonce=…, signature=…`, values in base64url. */
export function formatApplicantHeader(proof: ApplicantProof): string {
  return `v1 key=${toBase64Url(proof.key)}, nonce=${proof.nonce}, signature=${toBase64Url(proof.signature)}`
}

const HEADER = /^v1 key=([A-Za-z0-9_-]{40,400}), nonce=([A-Za-z0-9_-]{20,200}), signature=([A-Za-z0-9_-]{60,200})$/

/** @returns undefined when the header has another form */
export function parseApplicantHeader(text: string): ApplicantProof | undefined {
  const [, key, nonce, signature] = HEADER.exec(text) ?? []
  if (!key || !nonce || !signature) return undefined
  try {
    return { key: fromBase64Url(key), nonce, signature: fromBase64Url(signature) }
  } catch {
    return undefined // base64url with stray bits: not a form we write
  }
}

/** SHA-256 of the applicant key's SPKI, lower-case hex: how an applicant is named. */
export async function applicantThumbprint(spki: Uint8Array): Promise<string> {
  return toHex(await digest('SHA-256', spki))
}
