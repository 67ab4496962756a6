import type { DeskActor } from '../../actor.ts'
import { certificatesOf } from '../../credentials/certificate/certificates-of.ts'
import { drawOrder, endCredentials, forgetLost, placeCredential } from '../../credentials/change-credentials.ts'
import type { EveryCredential } from '../../credentials/credential.port.ts'
import type { Credential } from '../../credentials/credential.ts'
import { isAsSigned } from '../../issuance/is-as-signed.ts'
import { isForSignIn } from '../../issuance/is-for-sign-in.ts'
import type { Revoker } from '../../revocation/revoke.ts'
import type { Readers, Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import type { Person } from '../person.ts'

/** Something to sign in with that takes the place of all that its person had, of whatever kind. */
export interface Replacing {
  readonly person: Person
  readonly credential: Credential
  /**
   * Which of several came last is said by what each drew in the unit that decided it (`drawOrder`): clocks go back, and rows are taken away.
   * @default drawn now, for what is decided in this very unit
   */
  readonly order?: number
  /** The number of the request that it was decided by, where there was one. */
  readonly request?: number
}

/**
 * Lets somebody in with something new: they are active, all that they had ends, with its sessions and with the links that they made for themselves,
 * and certificates among it are revoked.
 * @returns false where something that was decided later has taken the place already: then nothing was done
 */
export type ReplaceSignIn = (stores: Stores, replacing: Replacing, at: Instant) => Promise<boolean>

export const createReplaceSignIn =
  (revoker: Pick<Revoker, 'revokeWithin' | 'endWithin'>): ReplaceSignIn =>
  async (stores, { person, credential, order: drawn, request }, at) => {
    const { environment, id } = person
    const scope = { environment }
    const order = drawn ?? (await drawOrder(stores, scope, id, credential.id))
    const every = await stores.credentials.everyOf(scope, id)
    if (await isLate(stores, credential, { order, request }, every)) return false
    const lost = await forgetLost(stores, scope, id, every)
    await stores.people.update({ ...person, state: 'active' })
    await placeCredential(stores, credential)
    const ended = await endCredentials(stores, every.rows, at, 'replaced')
    for (const one of ended) if (one.certificate === undefined) await revoker.endWithin(stores, DESK, one, at, false)
    for (const earlier of await certificatesOf(stores, scope, ended, lost))
      await revoker.revokeWithin(stores, DESK, earlier, at, 'superseded')
    await stores.outbox.append({ environment, kind: 'person', target: id, state: 'active', at })
    return true
  }

/**
 * Whether another was decided later: as it is noted, or by a certificate to sign in with that an authority of the desk has signed. One of another
 * profile is what they have besides.
 */
async function isLate(
  stores: Readers,
  { environment, id, certificate: own }: Credential,
  { order, request = Number.POSITIVE_INFINITY }: { readonly order: number; readonly request: number | undefined },
  { last, later }: EveryCredential,
): Promise<boolean> {
  // Where somebody put an older note back, two may have drawn the same.
  if (order < last.order || (order === last.order && (last.credential ?? id) !== id)) return true
  const { profile } = (own === undefined ? undefined : await stores.certificates.find({ environment }, own)) ?? {}
  for (const one of later) {
    if (one.request <= request) continue
    const certificate = await stores.certificates.find({ environment }, one.certificate)
    if (!certificate || !isForSignIn(certificate)) continue
    if (profile !== undefined && certificate.profile !== profile) continue
    if (await isAsSigned(stores, certificate)) return true
    stores.certificates.tellPlanted(certificate)
  }
  return false
}

const DESK: DeskActor = { kind: 'desk', name: 'people' }
