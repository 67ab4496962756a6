import { refuse } from '@scel/contract/errors'
import type { Certificate } from '../certificates/certificate.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'

/**
 * Without a certificate of an administrator that signs in, only the host's command would help.
 * @param ending those that are about to be revoked, of whatever environment
 * @throws DeskError last_administrator_certificate
 */
export async function requireNotLast(
  stores: Pick<Readers, 'people'>,
  ending: readonly Certificate[],
  now: Instant,
): Promise<void> {
  for (const { environment, id, owner } of ending) {
    if (owner.kind !== 'person') continue
    const filter = { role: 'administrator', state: 'active', size: 200 } as const
    const { items } = await stores.people.page({ environment }, filter)
    const signsIn = items.flatMap(({ certificateState: one }) => (one && isGood(one, now) ? [one.id] : []))
    if (!signsIn.includes(id)) continue
    if (signsIn.every((one) => ending.some((other) => other.id === one))) refuse('last_administrator_certificate', {})
  }
}

const isGood = ({ notAfter, revokedAt }: { notAfter: Instant; revokedAt?: Instant }, now: Instant): boolean =>
  revokedAt === undefined && notAfter >= now
