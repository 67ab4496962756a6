import { checkRecipients } from '@scel/pki/cms'
import { type ValidatePathOptions, validatePath } from '@scel/pki/path'
import type { Certificate } from '@scel/pki/x509'

/** How the chain of a certificate is followed that a directory named. */
export type RecipientPath = Pick<ValidatePathOptions, 'anchors' | 'intermediates' | 'revocation'>

export interface RecipientQuestion {
  /** The moment to judge at. */
  readonly at: Date
  /** Of a certificate that a directory named. Without it only sealing itself is asked: whom a person brought is their choice. */
  readonly path?: RecipientPath
}

/**
 * Whether something may be sealed for the holder of a certificate: its chain and purpose, where a directory named it, and what
 * sealing refuses of any. The error's code and facts are the reason.
 * @throws recipient_not_usable, certificate_expired, certificate_not_yet_valid, and the errors of path validation
 */
export async function checkRecipient(certificate: Certificate, { at, path }: RecipientQuestion): Promise<void> {
  if (path) await validatePath({ ...path, leaf: certificate, at, purpose: 'emailEncryption' })
  checkRecipients({ recipients: [{ kind: 'certificate', certificate }], at })
}
