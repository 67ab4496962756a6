import { certificateFacts } from '../inspect/certificate.ts'
import { crlFacts } from '../inspect/crl.ts'
import { MOST_ENTRIES } from '../inspect/crl-words.ts'
import { type KeyForm, keyFacts } from '../inspect/key.ts'
import { ocspRequestFacts, ocspResponseFacts } from '../inspect/ocsp.ts'
import { requestFacts } from '../inspect/request.ts'
import type { ContainerFacts, ObjectFacts } from '../inspect/words.ts'
import type { Found } from '../objects/index.ts'
import type { Given } from './given.ts'
import { tryKey } from './open-key.ts'
import { openPkcs12 } from './open-pkcs12.ts'
import type { Session } from './session.ts'

/** What is to be said of one object of `file`; what is locked is opened with the passphrase that goes with the file. */
export async function factsOf(session: Session, given: Given, file: string, found: Found): Promise<ObjectFacts> {
  const now = session.outside.now()
  switch (found.kind) {
    case 'certificate':
      return certificateFacts(found.der, now)
    case 'request':
      return requestFacts(found.der)
    case 'crl':
      return crlFacts(found.der, now, session.voice.json ? undefined : MOST_ENTRIES)
    case 'private key':
    case 'encrypted private key':
    case 'rsa private key':
    case 'ec private key':
      return keyFacts('private key', FORMS[found.kind], (await tryKey(session, given, file, found))?.publicKey)
    case 'public key':
      return keyFacts('public key', 'SubjectPublicKeyInfo', found.der)
    case 'ocsp request':
      return ocspRequestFacts(found.der)
    case 'ocsp response':
      return ocspResponseFacts(found.der)
    case 'pkcs12':
      return pkcs12Facts(session, given, file, found.der)
    default:
      return { kind: 'other', label: found.kind === 'other' ? found.label : found.kind }
  }
}

async function pkcs12Facts(session: Session, given: Given, file: string, der: Uint8Array): Promise<ContainerFacts> {
  const { key, certificate, chain, friendlyName } = await openPkcs12(session, given, file, der)
  const now = session.outside.now()
  const objects: ObjectFacts[] = [await keyFacts('private key', 'PKCS #8', key.publicKey)]
  for (const one of [certificate, ...chain]) objects.push(await certificateFacts(one, now))
  return { kind: 'pkcs12', ...(friendlyName === undefined ? {} : { friendlyName }), objects }
}

const FORMS = {
  'private key': 'PKCS #8',
  'encrypted private key': 'PKCS #8, encrypted',
  'rsa private key': 'PKCS #1',
  'ec private key': 'SEC 1',
} as const satisfies Record<string, KeyForm>
