import { isPkiError, PkiError } from '../../errors/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { fingerprint, formatName, mailAddresses, sameMailbox } from '../../x509/index.ts'
import type { Verdict } from './verdict.ts'
import type { ExpectedSigner } from './verify-options.ts'

/**
 * Whether the signer is who was expected: by the address in their certificate (RFC 8550 §3), its fingerprint, or both. For
 * callers who learn only from the content whom to expect, as readers of mail do.
 * @example
 * const { certificate } = sample.person
 * assert.deepEqual(await checkIdentity(certificate, { email: 'ana@example.org' }), { ok: true })
 * assert.equal((await checkIdentity(certificate, { email: 'bob@example.org' })).ok, false)
 */
export async function checkIdentity(certificate: Certificate, expected: ExpectedSigner): Promise<Verdict> {
  const { email, fingerprint: print } = expected
  const subject = formatName(certificate.subject, 'rfc4514')
  const differs = (wanted: string): Verdict => ({
    ok: false,
    error: new PkiError('identity_mismatch', { subject, wanted }),
  })
  if (print !== undefined && (await fingerprint(certificate.der)) !== print.toLowerCase()) return differs(print)
  if (email === undefined) return { ok: true }
  try {
    return mailAddresses(certificate).some((one) => sameMailbox(one, email)) ? { ok: true } : differs(email)
  } catch (error) {
    if (isPkiError(error)) return { ok: false, error }
    throw error
  }
}
