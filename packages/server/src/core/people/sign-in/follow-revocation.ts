import { actorName } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import type { Certificate } from '../../certificates/certificate.ts'
import { credentialOf } from '../../credentials/certificate/certificate-credential.ts'
import { certificateOf } from '../../credentials/certificate/certificate-of.ts'
import { endCredentials, forgetCredential, forgetLost } from '../../credentials/change-credentials.ts'
import type { Credential } from '../../credentials/credential.ts'
import { madeFrom } from '../../credentials/made-from.ts'
import { isForSignIn } from '../../issuance/is-for-sign-in.ts'
import type { Begun, RevocationFollowers } from '../../revocation/revoke.ts'
import type { Scope } from '../../scope.ts'
import type { Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import { recordGrant } from '../grants/grants.ts'

/**
 * What people signed in with takes with it, in the unit that ends it or revokes its certificate: the credential itself, the links that its holder made
 * for themselves while signed in with it, and the sessions of both.
 */
export const endSessions: RevocationFollowers['ended'] = async (stores, begun, at) => {
  const { environment } = begun
  const { own, id } = await credentialBegun(stores, begun)
  const links = await stores.credentials.passingMadeWith({ environment }, id)
  const those = own ? [own, ...links] : links
  await endCredentials(stores, those, at, 'revoked')
  await endSessionsOf(stores, those, at, own && own.certificate === undefined ? 'credential' : 'certificate')
  await stores.invitations.withdrawMadeWith({ environment }, id, true)
}

/** Ends what is open of sessions that were begun with these. */
export async function endSessionsOf(
  stores: Pick<Stores, 'sessions' | 'outbox'>,
  credentials: readonly Credential[],
  at: Instant,
  reason: 'certificate' | 'credential',
): Promise<void> {
  for (const { environment, id } of credentials) {
    for (const session of await stores.sessions.endOfCredential({ environment }, id, at, reason)) {
      await stores.outbox.append({ environment, kind: 'session', target: session, state: 'ended', at })
    }
  }
}

/**
 * What whoever had it made to sign in with: other computers of its holder, also through what has ended, because whoever stole the first can end
 * the second, and also where a row was taken away that would say so: nobody knows of those that they were not.
 */
export const credentialsMadeWith: RevocationFollowers['made'] = async (stores, begun) => {
  const scope = { environment: begun.environment }
  const { own, id } = await credentialBegun(stores, begun)
  const person = own?.person ?? (await signedIn(stores, scope, id))
  if (person === undefined) return { certificates: [], others: [] }
  const every = await stores.credentials.everyOf(scope, person)
  const lost = await forgetLost(stores, scope, person, every)
  const reached = new Set([...lost, ...madeFrom(every.lasting, [id])])
  reached.delete(id)
  const others = every.lasting.filter((one) => reached.has(one.id) && one.certificate === undefined)
  for (const one of others) reached.delete(one.id)
  const certificates: Certificate[] = []
  const known = new Map(every.lasting.map((one) => [one.id, one]))
  for (const one of reached) {
    const credential = known.get(one)
    const found = credential ? await certificateOf(stores, credential) : await stores.certificates.find(scope, one)
    if (found) certificates.push(found)
    // Whose own row somebody took away is of no use once it is back.
    else await forgetCredential(stores, scope, person, one)
  }
  return { certificates, others }
}

/** What people signed in with, by what is revoked or ended: of a certificate by its issuer and serial, because its row has no code. */
async function credentialBegun(stores: Stores, begun: Begun | Certificate): Promise<{ own?: Credential; id: string }> {
  const { environment } = begun
  const named = 'serial' in begun ? await credentialOf(stores, begun) : undefined
  const own = named ?? (await stores.credentials.find({ environment }, begun.id))
  return own ? { own, id: own.id } : { id: begun.id }
}

/** Whose a certificate to sign in with is whose row as a credential somebody took away. */
async function signedIn(stores: Stores, scope: Scope, id: string): Promise<string | undefined> {
  const certificate = await stores.certificates.find(scope, id)
  return certificate?.owner.kind === 'person' && isForSignIn(certificate) ? certificate.owner.id : undefined
}

/** Of what somebody else may have had, links that were made with it and are still open are taken back. */
export const withdrawLinks: RevocationFollowers['distrusted'] = async (stores, actor, begun, at) => {
  const { environment } = begun
  const { id } = await credentialBegun(stores, begun)
  for (const invited of await stores.invitations.withdrawMadeWith({ environment }, id)) {
    const found = await stores.people.find({ environment }, invited)
    const target = { kind: 'person', id: invited, ...(found ? { name: found.name } : {}) } as const
    await record(stores, actor, { environment, at, action: 'invitation.withdrawn', target })
    await stores.outbox.append({ environment, kind: 'person', target: invited, at })
  }
  for (const grant of await stores.grants.awaitingGivenWith({ environment }, id)) {
    const person = await stores.people.find({ environment }, grant.person)
    await stores.grants.end({ environment }, grant.id, { at, by: { id: '', name: actorName(actor) } })
    await recordGrant(stores, actor, person ?? { id: grant.person, name: '' }, grant, 'grant.ended', at)
  }
}
