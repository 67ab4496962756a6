import { type FoundObject, isPrivateKey, onePiece, type PrivateKeyKind } from '@scel/files/objects'
import type { ByteSource } from '@scel/pki/asn1'
import type { CertificateBag } from '@scel/pki/cms'
import { readSpki } from '@scel/pki/crypto'
import { TST_INFO } from '@scel/pki/tsp'
import { ownRecipients } from '../../identities/own-recipients.ts'
import { certificateFacts } from '../../inspect/certificate.ts'
import { crlFacts } from '../../inspect/crl.ts'
import { MOST_ENTRIES } from '../../inspect/crl-words.ts'
import { type KeyForm, keyFacts } from '../../inspect/key.ts'
import { ocspRequestFacts, ocspResponseFacts } from '../../inspect/ocsp.ts'
import { requestFacts } from '../../inspect/request.ts'
import { sealedFacts } from '../../inspect/sealed.ts'
import { signedFacts } from '../../inspect/signed.ts'
import { stampFacts, timeStampRequestFacts, timeStampResponseFacts } from '../../inspect/time-stamp.ts'
import type { ContainerFacts, ObjectFacts, SignedContainerFacts } from '../../inspect/words.ts'
import type { Given } from '../input/given.ts'
import type { CmsInput } from '../input/input.ts'
import type { Keys } from '../input/keys.ts'
import { tryKey } from '../input/open-key.ts'
import { openPkcs12File } from '../input/open-pkcs12.ts'
import type { Shell } from '../input/shell.ts'

/** What is to be said of one object of `file`; what is locked is opened with the passphrase that goes with the file. */
export async function factsOf(
  session: Shell & Keys,
  given: Given,
  file: string,
  found: FoundObject,
): Promise<ObjectFacts> {
  const now = session.outside.now()
  if (isPrivateKey(found)) {
    const form = found.kind === 'jwk' ? 'JWK' : FORMS[found.kind]
    return keyFacts('private key', form, (await tryKey(session, given, file, found))?.publicKey)
  }
  switch (found.kind) {
    case 'certificate':
      return certificateFacts(found.der, now)
    case 'request':
      return requestFacts(found.der)
    case 'crl':
      return crlFacts(found.der, now, session.voice.json ? undefined : MOST_ENTRIES)
    case 'public key':
      return keyFacts('public key', 'SubjectPublicKeyInfo', found.der)
    case 'rsa public key':
      return keyFacts('public key', 'PKCS #1', readSpki(found.der))
    case 'jwk':
      return keyFacts('public key', 'JWK', readSpki(found.text))
    case 'ocsp request':
      return ocspRequestFacts(found.der)
    case 'ocsp response':
      return ocspResponseFacts(found.der)
    case 'time-stamp request':
      return timeStampRequestFacts(found.der)
    case 'time-stamp response':
      return timeStampResponseFacts(found.der)
    case 'pkcs12':
      return pkcs12Facts(session, given, file, found.der)
    case 'certificate bag':
      return signedOrBagFacts(session, onePiece(found.der), found.der)
    case 'sealed':
      return cmsFacts(session, { kind: 'sealed', source: onePiece(found.der) })
    default:
      return found.kind === 'other' ? found : { kind: 'other', label: found.kind }
  }
}

async function pkcs12Facts(shell: Shell, given: Given, file: string, der: Uint8Array): Promise<ContainerFacts> {
  const { keys, certificates, crls, others, protection } = await openPkcs12File(shell, given, file, der)
  const now = shell.outside.now()
  const objects: ObjectFacts[] = []
  for (const { key } of keys) objects.push(await keyFacts('private key', 'PKCS #8', key.publicKey))
  for (const one of certificates) objects.push(await certificateFacts(one.der, now))
  for (const one of crls) objects.push(crlFacts(one, now, shell.voice.json ? undefined : MOST_ENTRIES))
  for (const label of others) objects.push({ kind: 'other', label })
  const friendlyName = keys[0]?.friendlyName ?? certificates.find((one) => one.friendlyName)?.friendlyName
  return { kind: 'pkcs12', ...(friendlyName === undefined ? {} : { friendlyName }), protection, objects }
}

/** A signed or sealed file, of any length. */
export const cmsFacts = async (session: Shell & Keys, { kind, source }: CmsInput): Promise<ObjectFacts> =>
  kind === 'sealed' ? sealedFacts(source, ownRecipients(session.identities)) : signedOrBagFacts(session, source)

/** `whole` is the same where it is at hand: what a time stamp says is read from it. */
async function signedOrBagFacts(
  shell: Shell,
  source: ByteSource,
  whole?: Uint8Array,
): Promise<ContainerFacts | SignedContainerFacts> {
  const { file, carried } = await signedFacts(source)
  const objects = await carriedFacts(shell, carried)
  // Nobody signed, and there is nothing to sign: what PKCS #7 is used for most.
  if (file.signatures.length === 0 && file.detached) return { kind: 'certificate bag', objects }
  const isStamp = whole && file.contentType === TST_INFO && !file.detached && file.signatures.length > 0
  return { kind: 'signed', ...file, ...(isStamp ? { stamp: await stampFacts(whole) } : {}), objects }
}

async function carriedFacts(shell: Shell, { certificates, crls }: CertificateBag): Promise<ObjectFacts[]> {
  const now = shell.outside.now()
  const objects: ObjectFacts[] = []
  for (const one of certificates) objects.push(await certificateFacts(one, now))
  for (const one of crls) objects.push(crlFacts(one, now, shell.voice.json ? undefined : MOST_ENTRIES))
  return objects
}

const FORMS = {
  'private key': 'PKCS #8',
  'encrypted private key': 'PKCS #8, encrypted',
  'rsa private key': 'PKCS #1',
  'ec private key': 'SEC 1',
} as const satisfies Record<PrivateKeyKind, KeyForm>
