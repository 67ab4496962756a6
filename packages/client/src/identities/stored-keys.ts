import { type DecryptionKey, isRecipient, type SealedFacts } from '@scel/pki/cms'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import type { Identities } from './identities.ts'

/**
 * The keys in the stores that may open something, former ones too, because what was sealed for them is opened by nothing else.
 * @param sealed whom it was sealed for, where that is known already: then no other key is touched
 * @throws what the stores throw
 */
export async function storedKeys(identities: Identities, sealed: SealedFacts | undefined): Promise<DecryptionKey[]> {
  const found: DecryptionKey[] = []
  for (const { store, identity } of await identities.certified()) {
    const certificate = parseCertificate(identity.certificate)
    if (sealed && !names(sealed, certificate)) continue
    found.push({ certificate, key: await store.use(identity) })
  }
  return found
}

const names = ({ recipients }: SealedFacts, certificate: Certificate): boolean =>
  recipients.some((recipient) => isRecipient(certificate, recipient))
