import { partName } from '../mime/content.ts'
import { malformed } from '../mime/malformed.ts'
import type { MimePart } from '../mime/part.ts'

/** What S/MIME makes of an entity, by its type alone (RFC 8551 §3.2, §3.5). */
export function smimeKind(part: MimePart): 'detached' | 'enclosed' | undefined {
  const { value, parameters } = part.type
  if (value === 'multipart/signed') return SIGNATURE.test(parameters.get('protocol') ?? '') ? 'detached' : undefined
  if (/^application\/(x-)?pkcs7-mime$/.test(value)) return 'enclosed'
  // Gateways that know no better (RFC 8551 §3.2.1).
  return value === 'application/octet-stream' && /\.p7m$/i.test(partName(part) ?? '') ? 'enclosed' : undefined
}

/** The two parts of multipart/signed. @throws mime_malformed when there are others: what is signed would be a guess */
export function signedParts(part: MimePart): { readonly content: MimePart; readonly signature: MimePart } {
  const [content, signature, ...others] = part.parts
  if (!content || !signature || others.length > 0) return malformed('multipart/signed without exactly two parts')
  if (signature.type.value !== part.type.parameters.get('protocol')?.toLowerCase())
    malformed('multipart/signed protocol')
  return { content, signature }
}

/** Parts that are protected by themselves, at any depth. */
export function protectedParts(part: MimePart): MimePart[] {
  const own = smimeKind(part) || part.type.value === 'multipart/encrypted' ? [part] : []
  return [...own, ...part.parts.flatMap(protectedParts)]
}

const SIGNATURE = /^application\/(x-)?pkcs7-signature$/i
