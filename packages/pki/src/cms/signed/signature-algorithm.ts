// What a SignerInfo says about its algorithms. CMS writes a signature algorithm in more ways than certificates do, and
// says its digest twice: both must agree, or a weaker one could be slipped in.

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import { DIGESTS, RSA_ENCRYPTION, readSignatureIdentifier, SIGNATURES } from '../../algorithms/index.ts'
import { nullValue, oid, sequence } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import type { DangerousSignatureAlgorithm } from '../../crypto/index.ts'
import { DANGEROUS_SIGNATURES, verify, verifyDangerously } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import type { MessageDigestName } from './message-digest.ts'
import { messageDigestByOid } from './message-digest.ts'
import type { SignerInfo } from './signer-info.ts'

export interface UsedAlgorithm {
  readonly digest: MessageDigestName
  verify(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

type Fields = Pick<SignerInfo, 'signatureAlgorithm' | 'digestOid'>

/** The name of the algorithm, or its OID when it has none here. */
export function algorithmName(fields: Fields): string {
  const row = rowOf(fields)
  return row?.name ?? oidOf(fields.signatureAlgorithm)
}

/**
 * @param old whether SHA-1 is taken
 * @throws algorithm_unsupported, algorithm_weak, cms_malformed when the digests differ
 */
export function usedAlgorithm(fields: Fields, old: boolean): UsedAlgorithm {
  const row = rowOf(fields) ?? unsupported(fields)
  if ('weakness' in row) {
    // MD5 is not computed over content: what it says today is nothing.
    if (!old || row.weakness !== 'SHA-1 collides') fail('algorithm_weak', { name: row.name })
    if (fields.digestOid !== SHA1) differ()
    return { digest: 'SHA-1', verify: (spki, data, signature) => verifyDangerously(row.oid, spki, data, signature) }
  }
  const digest = messageDigestByOid(fields.digestOid, old)
  // Ed25519, Ed448, ML-DSA and SLH-DSA hash by themselves; any strong digest may stand for the content.
  if (row.digest && row.digest !== digest) differ()
  if (!STRONG.has(digest)) fail('algorithm_weak', { name: digest })
  return { digest, verify: (spki, data, signature) => verify(row, spki, data, signature) }
}

/** Where the signature names the key's algorithm alone, what is not known is the digest beside it. */
function unsupported({ signatureAlgorithm, digestOid }: Fields): never {
  const own = oidOf(signatureAlgorithm)
  const byDigest = own === RSA_ENCRYPTION && withoutParameters(signatureAlgorithm, own)
  return fail('algorithm_unsupported', { oid: byDigest ? digestOid : own })
}

function rowOf({
  signatureAlgorithm,
  digestOid,
}: Fields): SignatureAlgorithm | DangerousSignatureAlgorithm | undefined {
  const { row, oid: dotted } = readSignatureIdentifier(signatureAlgorithm)
  if (row) return row
  // The algorithm of the key, with the digest said apart, as PKCS #7 had it (RFC 5754 §3.2).
  if (dotted === RSA_ENCRYPTION && withoutParameters(signatureAlgorithm, dotted)) return rsaWith(digestOid)
  return DANGEROUS_SIGNATURES.find((one) => one.oid === dotted && withoutParameters(signatureAlgorithm, dotted))
}

function rsaWith(digestOid: string): SignatureAlgorithm | DangerousSignatureAlgorithm | undefined {
  const digest = DIGESTS.find((one) => one.oid === digestOid)?.name
  return (
    SIGNATURES.find((one) => one.scheme === 'pkcs1' && one.digest === digest) ??
    DANGEROUS_SIGNATURES.find(({ name }) => name === OLD_RSA[digestOid])
  )
}

const withoutParameters = (identifier: Uint8Array, dotted: string): boolean =>
  equal(identifier, sequence(oid(dotted))) || equal(identifier, sequence(oid(dotted), nullValue()))

const differ = (): never => fail('cms_malformed', { what: 'digest and signature algorithm differ' })
const SHA1 = '1.3.14.3.2.26'
const OLD_RSA: Readonly<Record<string, DangerousSignatureAlgorithm['name']>> = {
  [SHA1]: 'RSA with SHA-1',
  '1.2.840.113549.2.5': 'RSA with MD5',
}
const STRONG: ReadonlySet<MessageDigestName> = new Set<MessageDigestName>([
  ...(['SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'] as const),
  ...(['SHAKE128', 'SHAKE256'] as const),
])
