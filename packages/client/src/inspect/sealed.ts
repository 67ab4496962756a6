import type { ByteSource } from '@scel/pki/asn1'
import { toHex } from '@scel/pki/bytes'
import { describeSealed, type RecipientFacts, type RecipientKind, type SealedStructure } from '@scel/pki/cms'
import { formatName } from '@scel/pki/x509'

/** A sealed file as `scel inspect --json` prints it: what it says of itself, and no key is needed for that. */
export interface SealedFileFacts {
  readonly kind: 'sealed'
  readonly structure: SealedStructure
  /** OID of the content. */
  readonly contentType: string
  /** Whether the recipients notice when somebody changes it. */
  readonly authenticated: boolean
  /** Absent where nothing is encrypted. */
  readonly cipher?: string
  /** A cipher for archives only. */
  readonly weak: boolean
  readonly recipients: readonly RecipientLine[]
}

export interface RecipientLine {
  readonly kind: RecipientKind
  readonly algorithm: string
  readonly issuer?: string
  readonly serial?: string
  readonly keyIdentifier?: string
  /** Subject of the certificate in a store of this machine that is meant. */
  readonly own?: string
}

/** Says of a recipient whose it is, where that is known here. */
export type FindOwn = (recipients: readonly RecipientFacts[]) => Promise<(one: RecipientFacts) => string | undefined>

/** Only the beginning is read, so that the length does not matter. @throws what `describeSealed` throws */
export async function sealedFacts(source: ByteSource, findOwn: FindOwn): Promise<SealedFileFacts> {
  const { structure, contentType, cipher, recipients } = await describeSealed(source)
  const own = await findOwn(recipients)
  return {
    kind: 'sealed',
    structure,
    contentType,
    authenticated: structure === 'authEnvelopedData' || structure === 'authenticatedData',
    ...(cipher ? { cipher } : {}),
    weak: /^(3DES|DES|RC2)/.test(cipher),
    recipients: recipients.map((one) => recipientLine(one, own(one))),
  }
}

const recipientLine = (
  { kind, algorithm, issuer, serialHex, keyIdentifier }: RecipientFacts,
  own: string | undefined,
): RecipientLine => ({
  kind,
  algorithm,
  ...(issuer ? { issuer: formatName(issuer, 'rfc4514') } : {}),
  ...(serialHex === undefined ? {} : { serial: serialHex }),
  ...(keyIdentifier ? { keyIdentifier: toHex(keyIdentifier) } : {}),
  ...(own === undefined ? {} : { own }),
})
