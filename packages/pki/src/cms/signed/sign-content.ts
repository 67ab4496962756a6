// From a content that has passed to the SignerInfos over it.

import type { SignatureAlgorithm } from '../../algorithms/index.ts'
import { derOfBer } from '../../asn1/index.ts'
import { digest } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import type { Attribute } from '../../x509/index.ts'
import { algorithmProtectionAttribute } from '../attributes/algorithm-protection.ts'
import { attribute } from '../attributes/attribute.ts'
import { CAPABILITIES, capabilitiesAttribute } from '../attributes/capabilities.ts'
import { TIME_STAMP_TOKEN } from '../attributes/oids.ts'
import { contentTypeAttribute, messageDigestAttribute, signingTimeAttribute } from '../attributes/plain.ts'
import { signingCertificateAttribute } from '../attributes/signing-certificate.ts'
import { DATA } from '../oids.ts'
import { PassingContent } from './content.ts'
import type { MessageDigestName } from './message-digest.ts'
import { digestIdentifier } from './message-digest.ts'
import type { Signer, SignOptions } from './sign-options.ts'
import { checkSigner } from './signer-check.ts'
import { messageDigestOf } from './signer-digest.ts'
import type { Besides } from './write.ts'
import { signerInfo } from './write.ts'

/** Signers that were checked, and what is written around their signatures. */
export interface Signing {
  readonly options: SignOptions
  readonly signers: readonly ReadySigner[]
  readonly besides: Besides
}

interface ReadySigner {
  readonly signer: Signer
  readonly row: SignatureAlgorithm
  readonly digest: MessageDigestName
}

/** @throws signature_missing without signers, and what `checkSigner` throws */
export function prepare(options: SignOptions): Signing {
  if (options.signers.length === 0) fail('signature_missing', {})
  if (Number.isNaN(options.at.getTime())) fail('time_malformed', { what: 'at' })
  const signers = options.signers.map((signer) => {
    const row = checkSigner(signer, options.at)
    return { signer, row, digest: messageDigestOf(row) }
  })
  return {
    options,
    signers,
    besides: {
      contentType: options.contentType ?? DATA,
      digests: new Set(signers.map((one) => one.digest)),
      certificates: [
        ...(options.withoutSigners ? [] : options.signers.map(({ certificate }) => certificate)),
        ...(options.certificates ?? []),
      ],
      crls: options.crls ?? [],
    },
  }
}

export const passingFor = ({ besides }: Signing): PassingContent => new PassingContent(besides.digests, false)

/** One after the other: each may ask a key store or a time-stamp service. */
export async function signerInfos(
  { options, signers, besides }: Signing,
  content: PassingContent,
): Promise<Uint8Array[]> {
  const infos: Uint8Array[] = []
  for (const { signer, row, digest: name } of signers) {
    options.signal?.throwIfAborted()
    const attributes = [
      contentTypeAttribute(besides.contentType),
      messageDigestAttribute(await content.digest(name)),
      signingTimeAttribute(options.at),
      await signingCertificateAttribute(signer.certificate),
      ...capabilities(options),
      algorithmProtectionAttribute(digestIdentifier(name), row.identifier),
    ]
    infos.push(await signerInfo(signer, row, name, attributes, (signature) => stamped(signature, options)))
  }
  return infos
}

/** Nothing rather than an empty list, which would say that they can read nothing. */
const capabilities = ({ capabilities: named = CAPABILITIES }: SignOptions): readonly Attribute[] =>
  named.length > 0 ? [capabilitiesAttribute(named)] : []

async function stamped(signature: Uint8Array, { stamp }: SignOptions): Promise<readonly Attribute[]> {
  if (!stamp) return []
  const token = await stamp({ digest: 'SHA-256', value: await digest('SHA-256', signature) })
  // What is no element would break the whole; what it is worth is for those who verify to say.
  return [attribute(TIME_STAMP_TOKEN, derOfBer(token, 'TimeStampToken'))]
}
