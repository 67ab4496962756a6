import { isPkiError } from '../../errors/index.ts'
import { checkLeafPurpose } from '../../path/purposes.ts'
import type { Certificate } from '../../x509/index.ts'

/**
 * Whether a certificate is made for receiving sealed content: its key usage, its purposes and the kind of its key allow it, by the
 * very rule that a path is judged by. Sealing asks less ({@link checkRecipients}): a certificate of a server can be sealed for, too.
 * @example
 * assert.ok(mayReceive(sample.person.certificate))
 * assert.ok(!mayReceive(sample.root.certificate))
 */
export function mayReceive(certificate: Certificate): boolean {
  try {
    checkLeafPurpose(certificate, 'emailEncryption')
    return true
  } catch (error) {
    // What cannot be read speaks against it, too.
    if (isPkiError(error)) return false
    throw error
  }
}
