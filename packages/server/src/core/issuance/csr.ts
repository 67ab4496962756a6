import { refuse } from '@scel/contract/errors'
import type { KeyChoice } from '@scel/contract/values'
import { judgeKey, LONGEST_REQUEST, requestKeyOf } from '@scel/files/request'
import { pemDecode } from '@scel/pki/bytes'
import { hasCode, isPkiError } from '@scel/pki/errors'
import { type CertificateRequest, extension, parseRequest, verifyRequest } from '@scel/pki/x509'
import { sha256 } from '../hash.ts'

/** A certificate request whose maker has proved that they hold its key, of a kind that is allowed. */
export interface ProvenCsr {
  readonly request: CertificateRequest
  readonly der: Uint8Array
  /** SHA-256 of the SPKI, hex. */
  readonly key: string
  readonly spec: KeyChoice
}

/**
 * Reads a request from PEM and checks what can be checked without knowing who asks.
 * @throws DeskError csr_unreadable, csr_signature_invalid, csr_key_not_allowed, csr_key_weak
 */
export async function proveCsr(pem: string, allowed: readonly KeyChoice[]): Promise<ProvenCsr> {
  return proveCsrDer(derOf(pem), allowed)
}

/** The same of one that was read from PEM before. @throws as `proveCsr` */
export async function proveCsrDer(der: Uint8Array, allowed: readonly KeyChoice[]): Promise<ProvenCsr> {
  if (der.length > LONGEST_REQUEST) refuse('csr_unreadable', { what: `more than ${LONGEST_REQUEST / 1_024} KiB` })
  const request = read(() => parseWhole(der))
  const judged = judgeKey(requestKeyOf(request.publicKey), allowed)
  if (judged.level === 'refused') return refuse(judged.code, judged.facts)
  if (!(await signatureHolds(request))) refuse('csr_signature_invalid', {})
  return { request, der, key: await sha256(request.publicKey.spki), spec: judged.facts.key }
}

/** One that was stored, as it is. @returns undefined when it is none that anybody could have submitted: somebody wrote over it */
export async function readStoredCsr(der: Uint8Array): Promise<Omit<ProvenCsr, 'spec'> | undefined> {
  if (der.length > LONGEST_REQUEST) return undefined
  try {
    const request = parseWhole(der)
    return { request, der, key: await sha256(request.publicKey.spki) }
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

function derOf(pem: string): Uint8Array {
  const blocks = read(() => pemDecode(pem))
  const [block] = blocks
  const isRequest = block?.label === 'CERTIFICATE REQUEST' || block?.label === 'NEW CERTIFICATE REQUEST'
  if (!block || blocks.length > 1 || !isRequest) {
    return refuse('csr_unreadable', { what: 'one PEM block CERTIFICATE REQUEST is expected' })
  }
  return block.der
}

/** With the wishes that the rules look at, so that none of them turns out unreadable later. */
function parseWhole(der: Uint8Array): CertificateRequest {
  const request = parseRequest(der)
  for (const name of ['keyUsage', 'extendedKeyUsage', 'basicConstraints', 'subjectAltName'] as const) {
    extension(request, name)
  }
  return request
}

/** Runs a reader of the library and says in the desk's words what it could not read. */
function read<T>(reader: () => T): T {
  try {
    return reader()
  } catch (error) {
    if (!isPkiError(error)) throw error
    const what = 'what' in error.facts ? String(error.facts.what) : error.message
    // The library refuses RSA exponents that are even or 1 while reading: that key is weak, not unreadable.
    if (hasCode(error, 'key_malformed') && what === 'RSA exponent') refuse('csr_key_weak', { what })
    return refuse('csr_unreadable', { what }, error)
  }
}

async function signatureHolds(request: CertificateRequest): Promise<boolean> {
  try {
    return await verifyRequest(request)
  } catch (error) {
    if (hasCode(error, 'algorithm_unsupported')) refuse('csr_unreadable', { what: `signature ${error.facts.oid}` })
    if (isPkiError(error)) return refuse('csr_signature_invalid', {}, error)
    throw error
  }
}
