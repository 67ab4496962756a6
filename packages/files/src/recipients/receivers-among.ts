import { mayReceive } from '@scel/pki/cms'
import { type Certificate, extension } from '@scel/pki/x509'

/**
 * Those that a file of certificates is meant for when something is sealed to it: the holders' that may receive. Authorities
 * come along in such files, and of somebody who signs with one key and receives with another there may be both. Where none may receive,
 * those that would be taken all the same: what speaks against them is for `checkRecipient` to say.
 */
export function receiversAmong(certificates: readonly Certificate[]): readonly Certificate[] {
  const holders = certificates.filter((one) => extension(one, 'basicConstraints')?.ca !== true)
  const receivers = holders.filter(mayReceive)
  if (receivers.length > 0) return receivers
  return holders.length > 0 ? holders : certificates.slice(0, 1)
}
