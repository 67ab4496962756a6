import { nameOf } from '@scel/files/certificates'
import { isRecipient, type RecipientFacts } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import type { FindOwn } from '../inspect/sealed.ts'
import { isCliError } from '../ui/cli-error.ts'
import type { Identities } from './identities.ts'

/** Which recipients of a sealed file have their certificate in a store of this machine. */
export const ownRecipients =
  (identities: Identities): FindOwn =>
  async (recipients) => {
    if (!recipients.some(isOfCertificate)) return () => undefined
    const own = await stored(identities)
    return (recipient) => {
      const found = own.find((one) => isRecipient(one, recipient))
      return found && nameOf(found)
    }
  }

// A secret key has an identifier too, which says nothing of a certificate.
const isOfCertificate = ({ kind, issuer, keyIdentifier }: RecipientFacts): boolean =>
  kind !== 'secret-key' && (issuer !== undefined || keyIdentifier !== undefined)

/** What a file says can be told without the stores: those that cannot be read know of nobody. */
async function stored(identities: Identities): Promise<readonly Certificate[]> {
  try {
    return (await identities.certified()).map(({ identity }) => parseCertificate(identity.certificate))
  } catch (error) {
    if (isCliError(error) || isPkiError(error)) return []
    throw error
  }
}
