import type { Certificate } from '../certificates/certificate.ts'
import type { Instant } from '../world.ts'

/** Less than a third of its life is left, or none of it has come. */
export function isDue(certificate: Certificate, now: Instant): boolean {
  if (certificate.notBefore > now) return true
  const [start, end, at] = [certificate.notBefore, certificate.notAfter, now].map((text) => Date.parse(text))
  return end! - at! < (end! - start!) / 3
}
