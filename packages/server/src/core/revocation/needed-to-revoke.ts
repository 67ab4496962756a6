import type { Strength } from '@scel/contract/values'
import { extension, parseTbsCertificate } from '@scel/pki/x509'
import type { PersonActor } from '../actor.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { type Intent, ownerOfIntent } from '../issuance/intent.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import { isForSignIn } from '../issuance/is-for-sign-in.ts'
import { isOnesOwn, neededFor } from '../rights/rights.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { reachOf } from './compromised-key.ts'

/**
 * How strong a session it takes to revoke a certificate: what the right takes, and less for one's own, unless that or another of its key may be
 * shown at doors, or is decided and will be, or is of the other environment. Nobody ends what says better who is there than their session does, nor
 * has the key of it known as one that lost its trust.
 */
export async function neededToRevoke(
  stores: Readers,
  actor: Pick<PersonActor, 'id' | 'environment' | 'grants'>,
  certificate: Certificate,
  now: Instant,
): Promise<Strength> {
  const others = neededFor('revoke_certificates', 'others')
  if (!isOnesOwn(actor, 'revoke_certificates', certificate)) return others
  if ((await asSigned(stores, [certificate])).length === 0) return others
  const { ending, rewritten, past, open } = await reachOf(stores, certificate, now)
  const isLess = (one: Certificate): boolean => isOnesOwn(actor, 'revoke_certificates', one) && !isForSignIn(one)
  const isLessOpen = (intent: Intent): boolean =>
    isOnesOwn(actor, 'revoke_certificates', { environment: intent.environment, owner: ownerOfIntent(intent) }) &&
    !saysSignIn(intent)
  const less = [certificate, ...ending, ...rewritten, ...past].every(isLess) && open.every(isLessOpen)
  return less ? neededFor('revoke_certificates', 'own') : others
}

const saysSignIn = ({ tbs }: Intent): boolean =>
  (extension(parseTbsCertificate(tbs), 'extendedKeyUsage') ?? []).includes('clientAuth')
