// Whether a signature and a content belong together (RFC 5652 §5.4 and §5.6).

import { DerReader, TAG } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { formatName } from '../../x509/index.ts'
import { protects } from '../attributes/algorithm-protection.ts'
import { readAttributes, singleValue } from '../attributes/attribute.ts'
import {
  ALGORITHM_PROTECTION,
  CONTENT_TYPE,
  MESSAGE_DIGEST,
  SIGNING_CERTIFICATE,
  SIGNING_CERTIFICATE_V2,
} from '../attributes/oids.ts'
import { readContentType, readMessageDigest } from '../attributes/plain.ts'
import { namesCertificate } from '../attributes/signing-certificate.ts'
import { DATA } from '../oids.ts'
import type { MessageDigestName } from './message-digest.ts'
import type { UsedAlgorithm } from './signature-algorithm.ts'
import { usedAlgorithm } from './signature-algorithm.ts'
import type { SignerInfo } from './signer-info.ts'

/** What a signature is about. */
export interface SignedThing {
  /** Undefined for a countersignature, which is about a signature and has no type (RFC 5652 §11.4). */
  readonly contentType: string | undefined
  digest(name: MessageDigestName): Promise<Uint8Array>
  whole(): Uint8Array
}

/**
 * Finds the certificate whose key made the signature, among those that it may name.
 * @throws content_altered, signature_invalid, cms_malformed, algorithm_unsupported, algorithm_weak, key_mismatch,
 *   key_malformed, input_too_large
 */
export async function checkIntegrity(
  info: SignerInfo,
  thing: SignedThing,
  candidates: readonly Certificate[],
  old: boolean,
): Promise<Certificate> {
  const algorithm = usedAlgorithm(info, old)
  const data = info.signed ? await checkAttributes(info, info.signed, thing, algorithm.digest) : bareContent(thing)
  let reason: unknown
  for (const certificate of candidates.slice(0, MOST_CANDIDATES)) {
    try {
      if (!(await signedBy(certificate, algorithm, data, info))) continue
      await checkSigningCertificate(info, certificate)
      return certificate
    } catch (error) {
      if (!isPkiError(error)) throw error
      reason ??= error
    }
  }
  const subject = candidates[0] ? formatName(candidates[0].subject, 'rfc4514') : ''
  throw reason ?? fail('signature_invalid', { what: subject })
}

const signedBy = (
  { publicKey }: Certificate,
  algorithm: UsedAlgorithm,
  data: Uint8Array,
  { signature }: SignerInfo,
): Promise<boolean> => algorithm.verify(publicKey.spki, data, signature)

/** What the signature is over, when the attributes fit the content. */
async function checkAttributes(
  info: SignerInfo,
  { attributes, der }: NonNullable<SignerInfo['signed']>,
  thing: SignedThing,
  digest: MessageDigestName,
): Promise<Uint8Array> {
  const type = singleValue(attributes, CONTENT_TYPE)
  // Of a countersignature there is none (§11.4); anywhere else it must be there, and say what is outside (§11.1).
  const said = type && readContentType(type)
  if (said !== thing.contentType) malformed('content type that was signed')
  const value = singleValue(attributes, MESSAGE_DIGEST) ?? malformed('message digest missing')
  const protection = singleValue(attributes, ALGORITHM_PROTECTION)
  if (protection && !protects(protection, info.digestAlgorithm, info.signatureAlgorithm)) {
    malformed('algorithms that were signed')
  }
  if (!equal(readMessageDigest(value), await thing.digest(digest))) fail('content_altered', {})
  return der
}

/**
 * A signature over the content itself. Without this check, the attributes of somebody's signature could be passed off as
 * a content that they signed: the octets that are signed are the same.
 */
function bareContent(thing: SignedThing): Uint8Array {
  // "MUST be present if the content type … is not id-data" (§5.3).
  if (thing.contentType !== undefined && thing.contentType !== DATA) malformed('signed attributes missing')
  const content = thing.whole()
  if (thing.contentType !== undefined && looksLikeAttributes(content)) malformed('signed attributes as content')
  return content
}

function looksLikeAttributes(content: Uint8Array): boolean {
  if (content[0] !== TAG.set) return false
  try {
    const limits = { maxBytes: content.length }
    const attributes = DerReader.whole(content, 'attributes', (reader) => readAttributes(reader, TAG.set), limits)
    return attributes.some(({ oid }) => oid === MESSAGE_DIGEST)
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** RFC 5035 §2: a signature that names its certificate is none by another, even for the same key. */
async function checkSigningCertificate({ signed }: SignerInfo, certificate: Certificate): Promise<void> {
  for (const [oid, version] of [
    [SIGNING_CERTIFICATE_V2, 2],
    [SIGNING_CERTIFICATE, 1],
  ] as const) {
    const value = signed && singleValue(signed.attributes, oid)
    if (value && !(await namesCertificate(value, version, certificate))) {
      fail('signature_invalid', { what: 'another certificate signed' })
    }
  }
}

const malformed = (what: string): never => fail('cms_malformed', { what })
// Whoever made the file may put in as many certificates of one name as they like, and each costs a verification.
const MOST_CANDIDATES = 8
