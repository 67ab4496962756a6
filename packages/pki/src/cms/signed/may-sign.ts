import { isPkiError } from '../../errors/index.ts'
import { checkLeafPurpose } from '../../path/purposes.ts'
import type { Certificate } from '../../x509/index.ts'

/**
 * Whether a certificate is made for signing content: others refuse a signature when its key usage, its purposes or the kind
 * of its key speak against that, by this very rule.
 * @example
 * assert.ok(maySign(sample.person.certificate))
 * assert.ok(!maySign(sample.root.certificate))
 */
export function maySign(certificate: Certificate): boolean {
  try {
    checkLeafPurpose(certificate, 'emailSigning')
    return true
  } catch (error) {
    // What cannot be read speaks against it, too.
    if (isPkiError(error)) return false
    throw error
  }
}
