import type { Certificate } from '../certificates/certificate.ts'
import type { Reading } from '../work.ts'
import { type Instant, MINUTE, nowOf, type World } from '../world.ts'

/** The certificates that OCSP answers are signed under. */
export interface Responders {
  /** The one in use of an issuing authority, undefined when none is valid now. */
  current(authorityId: string): Promise<Certificate | undefined>
}

/** Key of an authority's responder in the signers; it is kept over renewals, because the desk alone holds it. */
export const responderKey = (authorityId: string): string => `ocsp-${authorityId}`

export const isResponderKey = (keyId: string): boolean => keyId.startsWith(responderKey(''))

/** Remembers each for a minute: whoever renews them may be another thread, or another desk on the same database. */
export function createResponders({
  work,
  world,
}: {
  work: Reading
  world: Pick<World, 'now' | 'elapsed'>
}): Responders {
  const known = new Map<string, { readonly certificate: Certificate; readonly since: number }>()
  return {
    current: async (authorityId) => {
      const now = nowOf(world)
      const seen = known.get(authorityId)
      if (seen && world.elapsed() - seen.since < MINUTE && isValid(seen.certificate, now)) return seen.certificate
      const certificate = await work.read((stores) => stores.certificates.latestOf(authorityId, 'ocsp-responder', now))
      if (certificate) known.set(authorityId, { certificate, since: world.elapsed() })
      return certificate
    },
  }
}

const isValid = ({ notBefore, notAfter }: Certificate, now: Instant): boolean => notBefore <= now && now < notAfter
