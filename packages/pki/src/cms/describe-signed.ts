import type { ByteSource } from '../asn1/index.ts'
import { BerStream } from '../asn1/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate, Name } from '../x509/index.ts'
import { allValues } from './attributes/attribute.ts'
import { TIME_STAMP_TOKEN } from './attributes/oids.ts'
import { isNamed } from './certificate-identifier.ts'
import { identifierFacts } from './recipients/found.ts'
import { statedTime } from './signed/judge.ts'
import { messageDigestByOid } from './signed/message-digest.ts'
import { readSignedData } from './signed/read.ts'
import { algorithmName } from './signed/signature-algorithm.ts'
import type { SignerInfo } from './signed/signer-info.ts'

/** What a signature says of itself. Nobody vouches for it. */
export interface SignerFacts {
  /** Issuer and serial number of the certificate, … */
  readonly issuer?: Name
  readonly serialHex?: string
  /** … or its key identifier. */
  readonly keyIdentifier?: Uint8Array
  /** The certificate of that name which the file carries. */
  readonly certificate?: Certificate
  /** Name of the digest of the content, or its OID where it is not known here. */
  readonly digest: string
  /** Name of the signature algorithm, or its OID where it is not known here. */
  readonly algorithm: string
  /** What the signature says of its moment. */
  readonly signingTime?: Date
  /** How many time stamps are attached. */
  readonly timeStamps: number
}

/** What can be told of a signed file without judging it. */
export interface SignedFacts {
  /** OID of what was signed; id-data for files. */
  readonly contentType: string
  /** Whether the signature stands apart from its content. */
  readonly detached: boolean
  /** Of the content that is inside, in octets. */
  readonly length: number
  /** As they stand in the file, in its order; whether one can be read, its reader says. */
  readonly certificates: readonly Uint8Array[]
  /** Revocation lists in the file. */
  readonly crls: readonly Uint8Array[]
  /** Empty in a bag of certificates, which nobody signs. */
  readonly signers: readonly SignerFacts[]
}

/**
 * What SignedData, DER or BER, of any size says of itself. Nothing is computed over the content, which only passes, and
 * no signature is looked at: `verifyContent` judges.
 * @throws cms_malformed, der_malformed, der_too_deep, oid_malformed, name_malformed, input_too_large
 * @example
 * const signature = await signBytes(utf8('a text'), { signers: [sample.person], at: sample.at })
 * const { detached, length, signers } = await describeSigned((async function* () { yield signature })())
 * assert.deepEqual([detached, length, signers[0]?.serialHex], [false, 6, sample.person.certificate.serialHex])
 */
export async function describeSigned(signed: ByteSource): Promise<SignedFacts> {
  const stream = new BerStream(signed, 'ContentInfo')
  try {
    const { head, content, tail: readTail } = await readSignedData(stream)
    let length = 0
    for await (const bytes of content ?? []) length += bytes.length
    const { carried, certificates, crls, signers } = await readTail()
    const { contentType, detached } = head
    return Object.freeze({
      ...{ contentType, detached, length, certificates: carried, crls },
      signers: Object.freeze(signers.map((info) => signerFacts(info, certificates))),
    })
  } finally {
    await stream.close()
  }
}

function signerFacts(info: SignerInfo, certificates: readonly Certificate[]): SignerFacts {
  const certificate = certificates.find((one) => isNamed(one, info.signer))
  return Object.freeze({
    ...identifierFacts(info.signer),
    ...(certificate ? { certificate } : {}),
    digest: digestName(info.digestOid),
    algorithm: algorithmName(info),
    ...statedTime(info),
    timeStamps: allValues(info.unsigned, TIME_STAMP_TOKEN).length,
  })
}

function digestName(dotted: string): string {
  try {
    return messageDigestByOid(dotted, true)
  } catch (error) {
    if (isPkiError(error)) return dotted
    throw error
  }
}
