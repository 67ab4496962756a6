import { equal } from '@scel/pki/bytes'
import { parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import { type Intent, ownerOfIntent } from '../issuance/intent.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import { isSameParty } from '../keys/holder.ts'
import type { Owner } from '../owner.ts'
import type { Place } from '../scope.ts'
import { settling } from '../services/settling.ts'
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
 * was certified for. Of what an organisation has, it goes as far as the service that it is for.
 */
export async function reachOf(stores: Readers, certificate: Certificate, now: Instant): Promise<Reach> {
  const { spki } = parseCertificate(certificate.der).publicKey
  const everyone = await asSigned(stores, await stores.certificates.everyOfKey(certificate.key))
  const intents = (await stores.intents.open())
    .filter((one) => equal(parseTbsCertificate(one.tbs).publicKey.spki, spki))
    .map((intent) => ({ ...placeOf(intent), owner: ownerOfIntent(intent), intent }))
  const settled = await settling(stores, [certificate, ...everyone, ...intents])
  const owner = settled(certificate.owner)
  const isReached = (one: { readonly owner: Owner }): boolean => isSameParty(settled(one.owner), owner)
  const all = everyone.filter(isReached)
  const counts = ({ id, notAfter }: Certificate): boolean => id === certificate.id || notAfter >= now
  return {
    ending: all.filter((one) => !one.revoked && counts(one)),
    rewritten: all.filter((one) => one.revoked && one.revoked.reason !== 'keyCompromise' && counts(one)),
    past: all.filter((one) => !counts(one)),
    open: intents.filter(isReached).map(({ intent }) => intent),
  }
}

const placeOf = ({ environment, organisation, service }: Place): Place => ({
  environment,
  ...(organisation === undefined ? {} : { organisation }),
  ...(service === undefined ? {} : { service }),
})
