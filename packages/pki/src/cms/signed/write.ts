// SignedData as it is written (RFC 5652 §5).

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import {
  contentOf,
  explicit,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
} from '../../asn1/index.ts'
import { latin1 } from '../../bytes/index.ts'
import { sign } from '../../crypto/index.ts'
import type { Attribute, Certificate } from '../../x509/index.ts'
import { attributeSet } from '../attributes/attribute.ts'
import { writeIdentifier } from '../certificate-identifier.ts'
import { DATA, SIGNED_DATA } from '../oids.ts'
import type { MessageDigestName } from './message-digest.ts'
import { digestIdentifier } from './message-digest.ts'
import type { Signer } from './sign-options.ts'
import { tagged } from './signer-info.ts'

/** What stands beside content and signatures. */
export interface Besides {
  readonly contentType: string
  readonly digests: Iterable<MessageDigestName>
  readonly certificates: readonly Certificate[]
  readonly crls: readonly Uint8Array[]
}

/** "If … version 3 is in the SignerInfos or eContentType is other than id-data then 3, else 1" (§5.1). */
export const versionFor = (contentType: string): Uint8Array => integer(contentType === DATA ? 1 : 3)

export const digestAlgorithms = (digests: Iterable<MessageDigestName>): Uint8Array =>
  setOf([...new Set(digests)].map(digestIdentifier))

/** What follows the content. */
export const afterContent = (
  { certificates, crls }: Pick<Besides, 'certificates' | 'crls'>,
  infos: readonly Uint8Array[],
): readonly Uint8Array[] => [
  ...(certificates.length > 0 ? [implicitSet(0, once(certificates.map(({ der }) => der)))] : []),
  ...(crls.length > 0 ? [implicitSet(1, once(crls))] : []),
  setOf(infos),
]

/** The whole in DER; detached without `content`. */
export const signedDataDer = (besides: Besides, infos: readonly Uint8Array[], content?: Uint8Array): Uint8Array =>
  sequence(
    oid(SIGNED_DATA),
    explicit(
      0,
      sequence(
        versionFor(besides.contentType),
        digestAlgorithms(besides.digests),
        sequence(oid(besides.contentType), content ? [explicit(0, octetString(content))] : []),
        afterContent(besides, infos),
      ),
    ),
  )

/** Signs the attributes. `unsigned` is asked for with the signature in hand. */
export async function signerInfo(
  { certificate, key }: Pick<Signer, 'certificate' | 'key'>,
  row: SignatureAlgorithm,
  digest: MessageDigestName,
  signed: readonly Attribute[],
  unsigned: (signature: Uint8Array) => Promise<readonly Attribute[]> = async () => [],
): Promise<Uint8Array> {
  const set = attributeSet(signed)
  const signature = await sign(key, set, row)
  const later = await unsigned(signature)
  return sequence(
    integer(1),
    writeIdentifier(certificate),
    digestIdentifier(digest),
    tagged(0, set),
    row.identifier,
    octetString(signature),
    later.length > 0 ? [tagged(1, attributeSet(later))] : [],
  )
}

const implicitSet = (number: number, members: readonly Uint8Array[]): Uint8Array =>
  implicitConstructed(number, contentOf(setOf(members)))

/** Each once: a chain often names its signer. */
function once(ders: readonly Uint8Array[]): Uint8Array[] {
  const seen = new Map(ders.map((der) => [latin1(der), der]))
  return [...seen.values()]
}
