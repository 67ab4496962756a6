import { refuse } from '@scel/contract/errors'
import type { Environment, RevocationReason } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import type { Credential } from '../credentials/credential.ts'
import { madeFrom } from '../credentials/made-from.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { lastingAdministrators } from './administrators.ts'

/**
 * Without a certificate of an administrator that signs in, only the host's command would help. Whose grant has an end is not counted
 * on.
 * @param ending those that are about to be revoked, or to get another reason, of whatever environment
 * @param reason whether what was made with them ends as well
 * @throws DeskError last_administrator_certificate
 */
export async function requireNotLast(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials' | 'certificates'>,
  ending: readonly Certificate[],
  reason: RevocationReason,
  now: Instant,
): Promise<void> {
  const those = ending.filter(({ owner }) => owner.kind === 'person')
  for (const environment of new Set(those.map((one) => one.environment))) {
    const held: Credential[] = []
    for (const { id } of await lastingAdministrators(stores, environment, now)) {
      held.push(...(await stores.credentials.ofPerson({ environment }, id)))
    }
    const signsIn: Credential[] = []
    for (const one of held) if (await isGood(stores, one, now)) signsIn.push(one)
    const ids = those.map(({ id }) => id)
    const withMade = reason === 'keyCompromise' || reason === 'privilegeWithdrawn'
    const ends: ReadonlySet<string | undefined> = withMade ? madeFrom(held, ids) : new Set(ids)
    if (signsIn.length > 0 && signsIn.every(({ certificate }) => ends.has(certificate))) {
      refuse('last_administrator_certificate', {})
    }
  }
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

/**
 * After an end, in its unit: somebody is left who is an administrator as long as nobody ends it. So no end that comes by itself can
 * leave nobody.
 * @throws DeskError last_administrator
 */
export async function requireLasting(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
): Promise<void> {
  if ((await lastingAdministrators(stores, environment, now)).length === 0) refuse('last_administrator', {})
}
