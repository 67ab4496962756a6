import { equal } from '@scel/pki/bytes'
import { parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import type { Certificate } from '../certificates/certificate.ts'
import { type Intent, ownerOfIntent } from '../issuance/intent.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import { isSameParty } from '../keys/holder.ts'
import type { Owner } from '../owner.ts'
import { type Place, reaches, type Scope } from '../scope.ts'
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
 * was certified for. Of others who have it certified, from before a key had one applicant, nobody knows which of them holds it. Of what
 * an organisation has, it goes as far as the service that it is for, and as whoever says so may revoke.
 * @param may what they may revoke who say so
 */
export async function reachOf(stores: Readers, certificate: Certificate, now: Instant, may?: Scope): Promise<Reach> {
  const { spki } = parseCertificate(certificate.der).publicKey
  const everyone = await asSigned(stores, await stores.certificates.everyOfKey(certificate.key))
  const intents = (await stores.intents.open())
    .filter((one) => equal(parseTbsCertificate(one.tbs).publicKey.spki, spki))
    .map((intent) => ({ ...placeOf(intent), owner: ownerOfIntent(intent), intent }))
  const settled = await settling(stores, [certificate, ...everyone, ...intents])
  const owner = settled(certificate.owner)
  const isReached = (one: Place & { readonly owner: Owner }): boolean =>
    isSameParty(settled(one.owner), owner) ||
    (may !== undefined && isOfOrganisation(one.owner, owner) && reaches(may, placeOf(one)))
  const all = everyone.filter((one) => isReached({ ...placeOf(one), owner: one.owner }))
  const counts = ({ id, notAfter }: Certificate): boolean => id === certificate.id || notAfter >= now
  return {
    ending: all.filter((one) => !one.revoked && counts(one)),
    rewritten: all.filter((one) => one.revoked && one.revoked.reason !== 'keyCompromise' && counts(one)),
    past: all.filter((one) => !counts(one)),
    open: intents.filter(isReached).map(({ intent }) => intent),
  }
}

const isOfOrganisation = (one: Owner, other: Owner): boolean =>
  one.kind === 'organisation' && other.kind === 'organisation' && one.id === other.id

const placeOf = ({ environment, organisation, service }: Place): Place => ({
  environment,
  ...(organisation === undefined ? {} : { organisation }),
  ...(service === undefined ? {} : { service }),
})
