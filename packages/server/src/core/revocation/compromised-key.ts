import { equal } from '@scel/pki/bytes'
import { parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import type { Actor } from '../actor.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { recordGivenUp } from '../issuance/given-up.ts'
import type { Intent } from '../issuance/intent.ts'
import { holderOfIntent } from '../issuance/intent-holder.ts'
import { isSameParty, partyOf } from '../keys/holder.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import { distrust, revokeWithin, tell } from './revoke.ts'

/** All that the compromise of a certificate's key is about, in every environment. */
export interface Reach {
  /** Valid, or valid some day: they end. */
  readonly ending: readonly Certificate[]
  /** Revoked for another reason, and not past their end, or the one that is asked about: they get this reason. */
  readonly rewritten: readonly Certificate[]
  /** Past their end: what stood behind them is marked. */
  readonly past: readonly Certificate[]
  /** Decided and not signed. */
  readonly open: readonly Intent[]
}

/**
 * What one key stands behind, for whoever has shown that they hold it: a key that somebody else may have is that, whatever it
 * was certified for. Of others who have it certified, from before a key had one applicant, nobody knows which of them holds it.
 */
export async function reachOf(stores: Stores, certificate: Certificate, now: Instant): Promise<Reach> {
  const { spki } = parseCertificate(certificate.der).publicKey
  const party = partyOf(certificate)
  const everyone = await stores.certificates.everyOfKey(certificate.key)
  const all = everyone.filter((one) => isSameParty(partyOf(one), party))
  const counts = ({ id, notAfter }: Certificate): boolean => id === certificate.id || notAfter >= now
  const intents = await stores.intents.open()
  return {
    ending: all.filter((one) => !one.revoked && counts(one)),
    rewritten: all.filter((one) => one.revoked && one.revoked.reason !== 'keyCompromise' && counts(one)),
    past: all.filter((one) => !counts(one)),
    open: intents.filter(
      (one) => equal(parseTbsCertificate(one.tbs).publicKey.spki, spki) && isSameParty(holderOfIntent(one), party),
    ),
  }
}

/**
 * Ends everything that a compromised key stands behind, in the caller's unit: certificates are revoked, those that were
 * revoked for another reason get this one and keep their date (RFC 5280 §5.3.1), what was decided is not signed. Each is
 * told in the log of its environment. The lists are drawn up after the commit.
 */
export async function compromiseWithin(stores: Stores, actor: Actor, reach: Reach, at: Instant): Promise<void> {
  for (const one of reach.ending) await revokeWithin(stores, actor, one, at, 'keyCompromise')
  for (const one of reach.rewritten) {
    await stores.certificates.compromise(one, one.id, at)
    await distrust(stores, actor, one, at)
    await tell(stores, actor, one, at, 'keyCompromise', 'certificate.compromised')
  }
  for (const one of reach.past) await distrust(stores, actor, one, at)
  for (const intent of reach.open) {
    if (await stores.intents.close(intent.id)) await recordGivenUp(stores, actor, intent, at)
  }
}
