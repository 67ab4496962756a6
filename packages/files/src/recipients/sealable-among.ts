import { isPkiError, type PkiError } from '@scel/pki/errors'
import type { Certificate } from '@scel/pki/x509'

/**
 * Of the certificates that one person has, those that something is sealed for: whoever works on several computers has one for each, and is to open it
 * on any of them. One that something speaks against is left out while another is good; one of which nobody says whether it is revoked is not, since
 * its computer would not open what was sealed, and nobody would know why.
 * @param check asks `checkRecipient` about one
 * @throws what speaks against the newest, where none is good; revocation_unknown, crl_outdated, ocsp_outdated, and what `check` throws beside errors of the library
 */
export async function sealableAmong<C extends Pick<Certificate, 'notBefore'>>(
  certificates: readonly C[],
  check: (certificate: C) => Promise<void>,
): Promise<readonly C[]> {
  const good: C[] = []
  let refusal: unknown
  for (const one of certificates.toSorted((a, b) => b.notBefore.getTime() - a.notBefore.getTime())) {
    try {
      await check(one)
      good.push(one)
    } catch (error) {
      if (!isPkiError(error) || isStatusUnknown(error)) throw error
      refusal ??= error
    }
  }
  if (good.length === 0 && refusal !== undefined) throw refusal
  return good
}

/** Whether it is that nobody says, or only an old list or answer does, whether a certificate is revoked. */
export const isStatusUnknown = (error: unknown): error is PkiError => isPkiError(error) && UNKNOWN.has(error.code)

const UNKNOWN: ReadonlySet<string> = new Set(['revocation_unknown', 'crl_outdated', 'ocsp_outdated'])
