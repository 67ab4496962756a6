import type { Strength } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { isForSignIn } from '../issuance/is-for-sign-in.ts'
import { isOnesOwn, neededFor } from '../rights/rights.ts'

/**
 * How strong a session it takes to revoke a certificate: what the right takes, and less for one's own, unless that or what ends with it may
 * be shown at doors. Nobody ends what says better who is there than their session does.
 *
 * @param ending all that ends with it, itself among them
 */
export function neededToRevoke(
  actor: Pick<PersonActor, 'id' | 'environment' | 'grants'>,
  certificate: Certificate,
  ending: readonly Certificate[] = [certificate],
): Strength {
  const less = isOnesOwn(actor, 'revoke_certificates', certificate) && !ending.some(isForSignIn)
  return neededFor('revoke_certificates', less ? 'own' : 'others')
}
