import { pemEncode, toHex } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import { fail, hasCode } from '@scel/pki/errors'
import { type CertificateRequest, parseRequest, verifyRequest } from '@scel/pki/x509'
import { isPrivateKey, objectsIn } from '../objects/index.ts'
import { RequestFileRefused } from './refusal.ts'
import { type RequestContent, requestContentOf } from './request-content.ts'

/** A certificate request that was found in a file. */
export interface RequestFile extends RequestContent {
  /** Whether the key in the request signed it: that whoever made it holds the key. */
  readonly possession: 'proved' | 'failed' | 'unsupported'
  /** SHA-256 of the SPKI, hex. */
  readonly fingerprint: string
  readonly der: Uint8Array
  /** One block, as it is sent: of whatever stood around it in the file, nothing. */
  readonly pem: string
}

/**
 * Reads the one certificate request of a file: DER, or PEM with any text around it. It verifies the proof of possession and judges nothing.
 * @throws RequestFileRefused; input_too_large, pem_malformed, pem_encryption_old, request_malformed and the other errors of what does not read
 */
export async function readRequestFile(file: Uint8Array): Promise<RequestFile> {
  if (file.length > LONGEST_FILE) fail('input_too_large', { what: 'CertificationRequest', limit: LONGEST_FILE })
  const found = objectsIn(file)
  if (found.some(isPrivateKey)) throw new RequestFileRefused('request_file_private_key')
  const [first, ...more] = found.flatMap((one) => (one.kind === 'request' ? [one.der] : []))
  if (!first) throw new RequestFileRefused('request_file_without')
  if (more.length > 0) throw new RequestFileRefused('request_file_several')
  if (first.length > LONGEST_REQUEST) fail('input_too_large', { what: 'CertificationRequest', limit: LONGEST_REQUEST })
  const der = Uint8Array.from(first)
  const request = parseRequest(der)
  return {
    ...requestContentOf(request),
    possession: await possessionOf(request),
    fingerprint: toHex(await digest('SHA-256', request.publicKey.spki)),
    der,
    pem: pemEncode('CERTIFICATE REQUEST', der),
  }
}

async function possessionOf(request: CertificateRequest): Promise<RequestFile['possession']> {
  try {
    return (await verifyRequest(request)) ? 'proved' : 'failed'
  } catch (error) {
    if (hasCode(error, 'algorithm_unsupported')) return 'unsupported'
    // A signature of another kind of key, or with a point that is on no curve: nobody holds that key.
    if (hasCode(error, 'key_mismatch') || hasCode(error, 'key_malformed')) return 'failed'
    throw error
  }
}

/** Octets of a request, before anything is read: one with a 4096-bit key, a dozen names and a proof has 3 KiB. */
export const LONGEST_REQUEST = 16_384
/** Of a file: `openssl req -text` writes some five letters for each octet, and PEM after them. */
const LONGEST_FILE = 16 * LONGEST_REQUEST
