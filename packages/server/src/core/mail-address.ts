import { domainToUnicode } from 'node:url'
import { refuse } from '@scel/contract/errors'
import { isPkiError } from '@scel/pki/errors'
import { type GeneralName, mailAddressKey, makeMailName } from '@scel/pki/x509'

/** The keys under which an address may stand in a row: before A-labels were compared, it was kept as it was written. */
export const addressKeys = (email: string): readonly string[] => {
  const key = mailAddressKey(email)
  const at = key.lastIndexOf('@') + 1
  const folded = email.normalize('NFKC').toLowerCase().replace(/\.$/, '')
  return [...new Set([key, key.slice(0, at) + (domainToUnicode(key.slice(at)) || key.slice(at)), folded])]
}

/**
 * The name under which the address stands in a certificate of its holder: by that, who looks for a person by their address knows them.
 * @throws DeskError input_invalid on an address that no certificate can hold
 */
export function requireMailName(email: string): GeneralName {
  try {
    return makeMailName(email)
  } catch (error) {
    if (isPkiError(error)) return refuse('input_invalid', { where: 'email', what: 'wrong_form' })
    throw error
  }
}

/** For what names the address of whoever asks, as certificates do. @throws DeskError person_without_address */
export const requireAddress = ({ email }: { readonly email?: string }): string =>
  email ?? refuse('person_without_address', {})
