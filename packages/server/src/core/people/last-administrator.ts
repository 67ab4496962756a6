import { refuse } from '@scel/contract/errors'
import type { RevocationReason } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import type { Credential } from '../credentials/credential.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { activeAdministrators } from './administrators.ts'

/**
 * Without a certificate of an administrator that signs in, only the host's command would help.
 * @param ending those that are about to be revoked, of whatever environment
 * @param reason whether what was made with them ends as well
 * @throws DeskError last_administrator_certificate
 */
export async function requireNotLast(
  stores: Pick<Readers, 'people' | 'credentials' | 'certificates'>,
  ending: readonly Certificate[],
  reason: RevocationReason,
  now: Instant,
): Promise<void> {
  for (const { environment, id, owner } of ending) {
    if (owner.kind !== 'person') continue
    const signsIn: Credential[] = []
    for (const administrator of await activeAdministrators(stores, environment)) {
      for (const one of await stores.credentials.ofPerson({ environment }, administrator)) {
        if (await isGood(stores, one, now)) signsIn.push(one)
      }
    }
    if (!signsIn.some(({ certificate }) => certificate === id)) continue
    const ends = withWhatWasMade(signsIn, new Set(ending.map((one) => one.id)), reason)
    if (signsIn.every(({ certificate }) => ends.has(certificate))) refuse('last_administrator_certificate', {})
  }
}

/** Those that end too, because they were made with one that does and is not trusted any more. */
function withWhatWasMade(
  signsIn: readonly Credential[],
  ending: Set<string | undefined>,
  reason: RevocationReason,
): ReadonlySet<string | undefined> {
  if (reason !== 'keyCompromise' && reason !== 'privilegeWithdrawn') return ending
  const more = signsIn.filter(
    ({ certificate, madeWith }) => madeWith !== undefined && ending.has(madeWith) && !ending.has(certificate),
  )
  if (more.length === 0) return ending
  return withWhatWasMade(signsIn, new Set([...ending, ...more.map(({ certificate }) => certificate)]), reason)
}

async function isGood(
  stores: Pick<Readers, 'certificates'>,
  { environment, certificate: id, ended }: Credential,
  now: Instant,
): Promise<boolean> {
  if (ended || id === undefined) return false
  const certificate = await stores.certificates.find({ environment }, id)
  return certificate !== undefined && !certificate.revoked && certificate.notAfter >= now
}
