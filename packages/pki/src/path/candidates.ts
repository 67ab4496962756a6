import { equal } from '../bytes/index.ts'
import type { Certificate } from '../x509/index.ts'
import { extension, sameName } from '../x509/index.ts'
import type { Budget } from './budget.ts'

/** Certificates that may have issued `certificate`, the likeliest first; `seen` are already in the path. */
export function candidatesFor(
  certificate: Certificate,
  pool: readonly Certificate[],
  seen: readonly Certificate[],
  budget: Budget,
): Certificate[] {
  const wanted = extension(certificate, 'authorityKeyIdentifier')?.keyIdentifier
  const found = pool.filter((one) => {
    budget.spend('steps')
    return sameName(one.subject, certificate.issuer) && !seen.some((other) => isSameAuthority(other, one))
  })
  // The key identifier is a hint and no proof, so it orders and does not exclude.
  const rank = (one: Certificate): number => {
    const offered = wanted && extension(one, 'subjectKeyIdentifier')
    if (!wanted || !offered) return 1
    return equal(wanted, offered) ? 0 : 2
  }
  return found.toSorted((a, b) => rank(a) - rank(b))
}

/** Same name and key is the same authority, however many certificates it has: a path through it twice is a circle. */
const isSameAuthority = (a: Certificate, b: Certificate): boolean =>
  equal(a.publicKey.spki, b.publicKey.spki) && sameName(a.subject, b.subject)
