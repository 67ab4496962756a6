import type { DeskActor } from '../actor.ts'
import { placeCertificate } from '../credentials/certificate/certificate-credential.ts'
import { certificatesOf } from '../credentials/certificate/certificates-of.ts'
import { endCredentials, forgetLost } from '../credentials/change-credentials.ts'
import type { EveryCredential } from '../credentials/credential.port.ts'
import { isTrusted } from '../credentials/is-trusted.ts'
import type { FollowGivenUp } from '../issuance/given-up.ts'
import { linkOfIntent, ownerOfIntent, requestOfIntent } from '../issuance/intent.ts'
import { isAsSigned } from '../issuance/is-as-signed.ts'
import { isForSignIn } from '../issuance/is-for-sign-in.ts'
import type { Follow } from '../issuance/issuance.ts'
import type { Revoker } from '../revocation/revoke.ts'
import type { Scope } from '../scope.ts'
import type { Readers } from '../work.ts'
import { endSessionsOf } from './follow-revocation.ts'

/**
 * What follows from a person's new certificate, in the unit that stores it. One that neither says that people sign in with it nor came by a link is
 * theirs, and no more. Of the others: they are active and sign in with it. One that somebody
 * else's link made takes the place of all that they signed in with, whose certificates are revoked; one of their own link for
 * another device is added. What was decided first and signed last takes the place of nothing: it is revoked at once. So is one of a person who was disabled
 * meanwhile, of a link whose own credential has ended meanwhile, and where nothing with a code says what link it was.
 */
export const followPersonCertificate =
  (revoker: Pick<Revoker, 'revokeWithin'>): Follow =>
  async (stores, certificate, at, intent) => {
    const scope = { environment: certificate.environment }
    const person = await stores.people.find(scope, certificate.owner.id)
    // Whose row is not there, or not the desk's, may be somebody who was disabled.
    if (!person) {
      await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
      return
    }
    const link = linkOfIntent(intent)
    // Theirs, and nothing to sign in with: it takes the place of nothing.
    if (!link && !isForSignIn(certificate)) {
      if (person.state === 'disabled') await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
      return
    }
    const adds = link?.adds
    const isTheirs = link !== undefined && (adds === undefined || (await isTrusted(stores, scope, link.madeWith)))
    if (person.state === 'disabled' || !isTheirs) {
      await revoker.revokeWithin(stores, DESK, certificate, at, 'privilegeWithdrawn')
      return
    }
    const every = adds === undefined ? await stores.credentials.everyOf(scope, person.id) : undefined
    const held = every?.rows ?? []
    // By the numbers of the requests, which the database gives: clocks go back, and rows are taken away.
    const request = requestOfIntent(intent) ?? 0
    if (every && (await isLate(stores, scope, request, every))) {
      await revoker.revokeWithin(stores, DESK, certificate, at, 'superseded')
      return
    }
    const forgotten = every ? await forgetLost(stores, scope, person.id, every) : []
    const madeWith = adds === undefined ? undefined : link.madeWith
    await stores.people.update({ ...person, state: 'active' })
    const made = { person: person.id, certificate, name: adds, madeWith, decided: every && request }
    await placeCertificate(stores, made, intent.createdAt)
    const ended = await endCredentials(stores, held, at, 'replaced')
    const others = every?.lasting.filter((one) => !one.ended && one.certificate === undefined) ?? []
    await endSessionsOf(stores, others, at, 'credential')
    for (const earlier of await certificatesOf(stores, scope, ended, forgotten)) {
      await revoker.revokeWithin(stores, DESK, earlier, at, 'superseded')
    }
    const { environment } = certificate
    await stores.outbox.append({ environment, kind: 'person', target: person.id, state: 'active', at })
  }

/** Whether another was decided after the request: as it is noted, or by a certificate that an authority of the desk has signed. */
async function isLate(stores: Readers, scope: Scope, request: number, every: EveryCredential): Promise<boolean> {
  if (request < every.decided) return true
  for (const later of every.later) {
    if (later.request <= request) continue
    const certificate = await stores.certificates.find(scope, later.certificate)
    if (!certificate || !isForSignIn(certificate)) continue
    if (await isAsSigned(stores, certificate)) return true
    stores.certificates.tellPlanted(certificate)
  }
  return false
}

/** What follows where a person's certificate is never made: whoever looks on sees it. */
export const tellPersonGivenUp: FollowGivenUp = async (stores, _, intent, at) => {
  const { environment, organisation } = intent
  const of = { environment, ...(organisation === undefined ? {} : { organisation }) }
  await stores.outbox.append({ ...of, kind: 'person', target: ownerOfIntent(intent).id, at })
}

const DESK: DeskActor = { kind: 'desk', name: 'people' }
