import { equal } from '@scel/pki/bytes'
import { parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import { type Intent, ownerOfIntent } from '../issuance/intent.ts'
import { isSameParty } from '../keys/holder.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'

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
export async function reachOf(stores: Readers, certificate: Certificate, now: Instant): Promise<Reach> {
  const { spki } = parseCertificate(certificate.der).publicKey
  const { owner } = certificate
  const everyone = await stores.certificates.everyOfKey(certificate.key)
  const all = everyone.filter((one) => isSameParty(one.owner, owner))
  const counts = ({ id, notAfter }: Certificate): boolean => id === certificate.id || notAfter >= now
  const intents = await stores.intents.open()
  return {
    ending: all.filter((one) => !one.revoked && counts(one)),
    rewritten: all.filter((one) => one.revoked && one.revoked.reason !== 'keyCompromise' && counts(one)),
    past: all.filter((one) => !counts(one)),
    open: intents.filter(
      (one) => equal(parseTbsCertificate(one.tbs).publicKey.spki, spki) && isSameParty(ownerOfIntent(one), owner),
    ),
  }
}
