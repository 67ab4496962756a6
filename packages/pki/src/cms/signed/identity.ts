import { isPkiError, PkiError } from '../../errors/index.ts'
import type { Certificate, GeneralName } from '../../x509/index.ts'
import { extension, fingerprint, formatName, nameValues, smtpUtf8Mailbox } from '../../x509/index.ts'
import type { Verdict } from './verdict.ts'
import type { ExpectedSigner } from './verify-options.ts'

/**
 * Whether the signer is who was expected: by the address in his certificate (RFC 8550 §3), its fingerprint, or both. For
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
    const wanted = comparable(email)
    return addressesOf(certificate).some((one) => comparable(one) === wanted) ? { ok: true } : differs(email)
  } catch (error) {
    if (isPkiError(error)) return { ok: false, error }
    throw error
  }
}

/** Those of subjectAltName; in the subject only when there are none, as old certificates have it (RFC 8550 §3). */
function addressesOf(certificate: Certificate): readonly string[] {
  const alternative = (extension(certificate, 'subjectAltName') ?? []).flatMap(addressOf)
  return alternative.length > 0 ? alternative : nameValues(certificate.subject, 'emailAddress')
}

function addressOf(name: GeneralName): string[] {
  if (name.kind === 'rfc822Name') return [name.value]
  const mailbox = smtpUtf8Mailbox(name)
  return mailbox === undefined ? [] : [mailbox]
}

/** "the local-part … exact, the host-part ASCII case-insensitive" (RFC 5280 §7.5). */
function comparable(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at) + address.slice(at).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
